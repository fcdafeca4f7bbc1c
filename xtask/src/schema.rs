//! `cargo xtask schema`: the JSON Schema of the case format, generated from the types.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::run;

/// Writes it.
///
/// # Errors
///
/// The file can't be written.
pub(crate) fn write(project: &Project) -> Result<()> {
    let place = place(project);
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&place, text()?).with_context(|| place.display().to_string())?;
    run::say("wrote docs/case.schema.json");
    Ok(())
}

/// Compares it.
///
/// # Errors
///
/// The file is missing, or is not what the types say.
pub(crate) fn check(project: &Project) -> Result<()> {
    if std::fs::read_to_string(place(project)).is_ok_and(|found| text().is_ok_and(|expected| found == expected)) {
        return Ok(());
    }
    bail!("docs/case.schema.json is not up to date: run `cargo xtask schema` and commit it")
}

fn place(project: &Project) -> PathBuf {
    project.root.join("docs/case.schema.json")
}

fn text() -> Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(&admit_core::schema())?))
}
