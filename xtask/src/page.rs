//! The page: `dist/`.

use anyhow::Result;

use crate::project::Project;
use crate::{api, bundle, gallery, results, run, stamp};

/// Builds the page. Cargo decides what is compiled again; Trunk runs only if something that it reads has changed.
///
/// # Errors
///
/// A program fails, or a case of the gallery can't be read.
pub(crate) fn build(project: &Project) -> Result<()> {
    compile(project)?;
    finish(project)
}

/// Compiles its modules.
///
/// # Errors
///
/// Cargo fails.
pub(crate) fn compile(project: &Project) -> Result<()> {
    // Trunk would build the binaries one after the other, each with its own link-time optimisation, and without
    // permission to fetch dependencies.
    run::timed("compiling the page", || {
        run::run(&mut project.cargo(&[
            "build",
            "--locked",
            "--profile=wasm",
            "--target=wasm32-unknown-unknown",
            "--package=admit-web",
            "--bins",
        ]))
    })
}

/// Puts the modules and everything beside them together.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn finish(project: &Project) -> Result<()> {
    gallery::write(project)?;
    results::write(project)?;
    api::write(project)?;
    bundle::build(project)?;
    let inputs = [
        project.root.join("index.html"),
        project.root.join("Trunk.toml"),
        project.root.join("web/static"),
        project.root.join("web/finish"),
        project.root.join("web/js"),
        project.wasm("admit-web"),
        project.wasm("admit-peers"),
        project.wasm("admit-chains"),
        project.wasm("admit-nodes"),
        project.wasm("admit-sessions"),
        project.wasm("admit-formats"),
        project.wasm("admit-enclaves"),
    ];
    let made = stamp::unless_same(project, "page", "trunk build", &inputs, &[project.dist()], || {
        run::timed("building the page", || {
            let mut trunk = project.command("trunk");
            // Trunk takes any value of NO_COLOR but true and false for a mistake.
            run::run(trunk.args(["build", "--log", "warn"]).env_remove("NO_COLOR"))?;
            // Hashes of what Trunk made: integrity, the offline cache, the page as one file.
            run::run(project.command("node").arg("web/finish/main.mjs").arg(project.dist()))
        })
    })?;
    if !made {
        run::say("the page is up to date");
    }
    Ok(())
}
