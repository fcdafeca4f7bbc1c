//! `cargo xtask bench`: the benchmarks of `tests/benches`.

use anyhow::Result;

use crate::project::Project;
use crate::run;

/// Runs them; arguments go to `cargo bench`.
///
/// # Errors
///
/// A benchmark fails.
pub(crate) fn command(project: &Project, arguments: &[String]) -> Result<()> {
    run::run(project.cargo(&["bench", "--package=admit-tests"]).args(arguments))
}
