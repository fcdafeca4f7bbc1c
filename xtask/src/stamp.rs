//! Whether something has to be made again.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::project::Project;

/// Makes outputs from inputs, unless both are byte for byte what they were the last time.
///
/// Inputs and outputs are files, or folders with all that is below them; `recipe` is anything else that matters.
/// Returns whether it was made.
///
/// # Errors
///
/// Those of `make`; an input can't be read.
pub(crate) fn unless_same(
    project: &Project,
    name: &str,
    recipe: &str,
    inputs: &[PathBuf],
    outputs: &[PathBuf],
    make: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    let stamp = project.tools().join("stamp").join(name);
    let before = hash(recipe, inputs)?;
    let stamped = |outputs: u64| format!("{before:016x} {outputs:016x}\n");
    if let (Ok(old), Ok(outputs)) = (std::fs::read_to_string(&stamp), hash("", outputs))
        && old == stamped(outputs)
    {
        return Ok(false);
    }
    make()?;
    std::fs::create_dir_all(project.tools().join("stamp"))?;
    std::fs::write(&stamp, stamped(hash("", outputs)?))?;
    Ok(true)
}

/// Every file at or below a path, in order.
///
/// # Errors
///
/// The path is not there, or can't be read.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let metadata = std::fs::metadata(path).with_context(|| path.display().to_string())?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    found.sort();
    Ok(found)
}

fn hash(recipe: &str, paths: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    recipe.hash(&mut hasher);
    for path in paths {
        for file in files(path)? {
            file.hash(&mut hasher);
            std::fs::read(&file)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_again_what_changed() -> Result<()> {
        let root = std::env::temp_dir().join(format!("admit-stamp-{}", std::process::id()));
        std::fs::create_dir_all(root.join("out"))?;
        std::fs::write(root.join("in"), "1")?;
        let project = Project { root: root.clone(), target: root.join("target") };
        let make = |recipe: &str| {
            let (inputs, outputs) = ([root.join("in")], [root.join("out")]);
            let made = || Ok(std::fs::write(root.join("out/file"), "made")?);
            unless_same(&project, "name", recipe, &inputs, &outputs, made)
        };
        assert!(make("a")?);
        assert!(!make("a")?);
        assert!(make("b")?, "another recipe");
        std::fs::write(root.join("in"), "2")?;
        assert!(make("b")?, "another input");
        std::fs::write(root.join("out/file"), "spoilt")?;
        assert!(make("b")?, "another output");
        std::fs::remove_file(root.join("out/file"))?;
        assert!(make("b")?, "no output");
        assert!(!make("b")?);
        std::fs::remove_dir_all(&root)?;
        Ok(())
    }
}
