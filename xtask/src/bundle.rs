//! What the page loads after it can answer: modules bundled by esbuild from `web/` and pinned npm packages.

use std::path::PathBuf;

use anyhow::Result;

use crate::project::Project;
use crate::{run, stamp};

/// Each module by its name in `web/static/lazy/`, and the file that it begins with.
const MODULES: [(&str, &str); 4] = [
    ("editor", "web/editor/main.js"),
    ("tools", "web/tools/main.js"),
    ("hungarian", "web/tools/hungarian.js"),
    ("embed", "web/embed/element.js"),
];

/// The page's style, as one file.
const STYLE: (&str, &str) = ("web/style/main.css", "web/static/style.css");

/// The loader of the embed, which documentation pages name: at the root, with nothing bundled into it.
const LOADER: (&str, &str) = ("web/embed/loader.js", "web/static/admit-playground.js");

/// Bundles them, where they have changed.
///
/// # Errors
///
/// esbuild fails: its message has the file and the line.
pub(crate) fn build(project: &Project) -> Result<()> {
    let out = project.root.join("web/static/lazy");
    let inputs: Vec<PathBuf> = ["web/editor", "web/tools", "web/embed", "web/style", "package-lock.json"]
        .map(|name| project.root.join(name))
        .into();
    let recipe = format!("{MODULES:?}");
    let outputs = [out.clone(), project.root.join(LOADER.1), project.root.join(STYLE.1)];
    stamp::unless_same(project, "bundle", &recipe, &inputs, &outputs, || {
        // A module that is no longer made must not stay.
        if out.exists() {
            std::fs::remove_dir_all(&out)?;
        }
        let mut esbuild = project.command("esbuild");
        esbuild.args(MODULES.map(|(name, path)| format!("{name}={path}")));
        esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--charset=utf8"]);
        // The licences of what is bundled lie beside it.
        esbuild.args(["--legal-comments=linked", "--log-level=warning"]).arg(format!("--outdir={}", out.display()));
        run::timed("bundling editor, tools and embed", || run::run(&mut esbuild))?;
        let mut style = project.command("esbuild");
        style.args([STYLE.0, "--bundle", "--minify", "--charset=utf8", "--log-level=warning"]);
        run::run(style.arg(format!("--outfile={}", project.root.join(STYLE.1).display())))?;
        let mut loader = project.command("esbuild");
        loader.args([LOADER.0, "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
        run::run(loader.arg(format!("--outfile={}", project.root.join(LOADER.1).display())))
    })?;
    Ok(())
}
