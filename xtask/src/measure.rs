//! `cargo xtask bench page`: what the page needs and how long it takes, in Chromium, against its budgets.

use anyhow::Result;

use crate::chromium::Chromium;
use crate::project::Project;
use crate::{page, run, setup};

/// Builds the page, measures it and prints a table.
///
/// # Errors
///
/// The build or the browser fails; a budget is passed.
pub(crate) fn command(project: &Project) -> Result<()> {
    setup::command(project)?;
    let chromium = Chromium::get(project)?;
    page::build(project)?;
    let mut node = project.command("node");
    node.arg("tests/browser/measure.mjs").env("ADMIT_DIST", project.dist()).env("ADMIT_CHROMIUM", chromium.browser);
    run::run(&mut node)
}
