//! Where things are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::run;

/// The project's folders.
pub(crate) struct Project {
    /// The folder of the workspace manifest.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the user wants it.
    pub(crate) target: PathBuf,
}

impl Project {
    /// Asks cargo, which knows the user's configuration.
    pub(crate) fn find() -> Result<Self> {
        let mut metadata = Command::new(cargo());
        metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(manifest) = std::env::var_os("CARGO_MANIFEST_DIR") {
            metadata.current_dir(manifest);
        }
        let metadata: Value = serde_json::from_str(&run::output(&mut metadata)?)?;
        let folder = |key: &str| metadata[key].as_str().map(PathBuf::from).with_context(|| format!("no `{key}`"));
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    /// The built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// What is installed for this project only.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The worker's configuration.
    pub(crate) fn wrangler_config(&self) -> PathBuf {
        self.root.join("worker/wrangler.toml")
    }

    /// A WebAssembly module that `cargo build --profile wasm` leaves.
    pub(crate) fn wasm(&self, name: &str) -> PathBuf {
        self.target.join("wasm32-unknown-unknown/wasm").join(name).with_extension("wasm")
    }

    /// The folders where programs are looked for: the project's own, then the user's.
    pub(crate) fn path(&self) -> Vec<PathBuf> {
        let mut path = vec![self.tools().join("bin"), self.root.join("node_modules/.bin")];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        path
    }

    /// The place of a program.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        self.path().iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    /// A command in the project's folder that finds the project's tools first.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        // The program itself is looked up here: the standard library would look in the PATH that this process has.
        let program = program.as_ref();
        let place = program.to_str().and_then(|name| self.program(name)).unwrap_or_else(|| program.to_path_buf());
        let mut command = Command::new(place);
        command.current_dir(&self.root);
        if let Ok(path) = std::env::join_paths(self.path()) {
            command.env("PATH", path);
        }
        command
    }

    /// A cargo command in the project's folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(PathBuf::from(cargo()));
        command.args(arguments);
        command
    }
}

/// The cargo that runs this program.
fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
