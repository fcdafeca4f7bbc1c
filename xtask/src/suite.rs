//! `cargo xtask suite`: the suites that others wrote, as `tests/src/suite.rs` runs them.

use anyhow::Result;

use crate::project::Project;
use crate::run;

/// Runs one; its own program reads the arguments.
///
/// # Errors
///
/// A divergence without a reason, or the data is not there.
pub(crate) fn command(project: &Project, arguments: &[String]) -> Result<()> {
    let build = &["run", "--quiet", "--locked", "--package=admit-tests", "--bin=suite", "--"];
    run::run(project.cargo(build).args(arguments))
}
