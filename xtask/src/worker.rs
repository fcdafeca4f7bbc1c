//! The worker: `worker/build/`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::tool::TOOLS;
use crate::{run, stamp};

/// The module's name, which shim.mjs imports.
const NAME: &str = "admit_worker";

/// Builds the worker.
///
/// # Errors
///
/// A program fails.
pub(crate) fn build(project: &Project) -> Result<()> {
    compile(project)?;
    finish(project)
}

/// Compiles its module.
///
/// # Errors
///
/// Cargo fails.
pub(crate) fn compile(project: &Project) -> Result<()> {
    run::timed("compiling the worker", || {
        run::run(&mut project.cargo(&[
            "build",
            "--locked",
            "--profile=wasm",
            "--target=wasm32-unknown-unknown",
            "--package=admit-worker",
            "--lib",
        ]))
    })
}

/// What `wasm-opt` does: its control flow is built anew between, which saves 8 KB under brotli.
const PASSES: [&str; 5] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// Binds and optimises it.
///
/// # Errors
///
/// A program fails.
pub(crate) fn finish(project: &Project) -> Result<()> {
    let (module, build) = (project.wasm(NAME), project.root.join("worker/build"));
    let (inputs, outputs) = (std::slice::from_ref(&module), std::slice::from_ref(&build));
    let recipe = TOOLS.map(|tool| tool.version).into_iter().chain(PASSES).collect::<Vec<_>>().join(" ");
    let made = stamp::unless_same(project, "worker", &recipe, inputs, outputs, || {
        run::timed("building the worker", || {
            bind(project, &module, &build)?;
            let bound = build.join(format!("{NAME}_bg.wasm"));
            run::run(project.command("wasm-opt").args(PASSES).arg(&bound).arg("--output").arg(&bound))
        })
    })?;
    if !made {
        run::say("the worker is up to date");
    }
    Ok(())
}

/// Builds the worker that panics when it is asked to, for the test of what follows: beside the one that is deployed, not
/// optimised. Gives its configuration.
///
/// # Errors
///
/// A program fails.
pub(crate) fn build_trap(project: &Project) -> Result<PathBuf> {
    let place = project.tools().join("trap");
    let config = place.join("wrangler.toml");
    run::timed("building the worker that panics", || {
        run::run(&mut project.cargo(&[
            "build",
            "--locked",
            "--target=wasm32-unknown-unknown",
            "--package=admit-worker",
            "--features=trap",
            "--lib",
        ]))?;
        let module = project.target.join("wasm32-unknown-unknown/debug").join(NAME).with_extension("wasm");
        bind(project, &module, &place.join("build"))?;
        let source = project.root.join("worker");
        std::fs::copy(source.join("shim.mjs"), place.join("shim.mjs"))?;
        let files = format!("directory = \"{}\"", project.dist().display());
        let text = std::fs::read_to_string(source.join("wrangler.toml"))?;
        std::fs::write(&config, text.replace("directory = \"../dist\"", &files))?;
        Ok(())
    })?;
    Ok(config)
}

/// Writes the module and its bindings into a folder of their own.
fn bind(project: &Project, module: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let mut bindgen = project.command("wasm-bindgen");
    // The reset function is what shim.mjs recovers from a panic with.
    bindgen.args(["--target=web", "--no-typescript", "--experimental-reset-state-function"]);
    run::run(bindgen.arg("--out-dir").arg(folder).arg(module))
}

/// What wrangler is told so that it works without a network, asks nothing, sends nothing, and keeps its settings and
/// logs in the project rather than in the user's folder.
pub(crate) fn environment(project: &Project) -> [(&'static str, OsString); 4] {
    [
        ("CI", "1".into()),
        ("WRANGLER_SEND_METRICS", "false".into()),
        ("CLOUDFLARE_CF_FETCH_ENABLED", "false".into()),
        ("XDG_CONFIG_HOME", project.tools().join("config").into()),
    ]
}
