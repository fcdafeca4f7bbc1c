//! The build tools that are npm packages, pinned by `package.json` and `package-lock.json`.

use std::process::{Child, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::project::Project;
use crate::run;

/// The packages whose installed version is not the pinned one.
///
/// # Errors
///
/// package.json can't be read.
pub(crate) fn missing(project: &Project) -> Result<Vec<String>> {
    let pinned = json(&project.root.join("package.json"))?;
    let pinned = pinned["devDependencies"].as_object().context("package.json names no devDependencies")?;
    let installed = |name: &str| json(&project.root.join("node_modules").join(name).join("package.json"));
    let is_missing = |name: &str, version: &Value| installed(name).map_or(true, |found| found["version"] != *version);
    Ok(pinned.iter().filter(|(name, version)| is_missing(name, version)).map(|(name, _)| name.clone()).collect())
}

/// Starts to install them all, exactly as locked. No package's script is run: none needs to be.
///
/// # Errors
///
/// npm is missing.
pub(crate) fn start(project: &Project) -> Result<Child> {
    let mut command = project.command("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]);
    run::say(&format!("installing npm packages: {}", run::line(&command)));
    command.stdout(Stdio::null()).spawn().context("npm ci")
}

/// Waits until they are installed.
///
/// # Errors
///
/// npm fails.
pub(crate) fn finish(mut npm: Child) -> Result<()> {
    let status = npm.wait()?;
    if !status.success() {
        bail!("`npm ci` failed ({status})");
    }
    run::say("installed npm packages");
    Ok(())
}

fn json(path: &std::path::Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
