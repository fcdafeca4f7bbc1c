//! `cargo xtask build`: page and worker.

use std::thread;

use anyhow::{Result, anyhow};

use crate::project::Project;
use crate::{page, setup, worker};

/// Installs what is missing and builds both.
///
/// Where one core links, the others have nothing to do: so the first time, programs are installed while page and worker
/// are compiled.
///
/// # Errors
///
/// Those of the parts.
pub(crate) fn command(project: &Project) -> Result<()> {
    setup::compilers(project)?;
    beside(|| setup::programs(project), || page::compile(project).and_then(|()| worker::compile(project)))?;
    beside(|| page::finish(project), || worker::finish(project))
}

/// Does one thing beside the other, both to their ends.
fn beside(one: impl FnOnce() -> Result<()> + Send, other: impl FnOnce() -> Result<()>) -> Result<()> {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join().map_err(|_| anyhow!("a thread panicked"))?;
        one.and(other)
    })
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn either_failure_is_told() {
        assert!(beside(|| Ok(()), || Ok(())).is_ok());
        assert!(beside(|| bail!("one"), || Ok(())).is_err_and(|error| error.to_string() == "one"));
        assert!(beside(|| Ok(()), || bail!("other")).is_err_and(|error| error.to_string() == "other"));
    }
}
