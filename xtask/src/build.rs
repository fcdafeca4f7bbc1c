//! `cargo xtask build`: page and worker.

use anyhow::Result;

use crate::project::Project;
use crate::{page, setup, worker};

/// Builds both.
///
/// # Errors
///
/// Those of the parts.
pub(crate) fn command(project: &Project) -> Result<()> {
    setup::command(project)?;
    page::build(project)?;
    worker::build(project)
}
