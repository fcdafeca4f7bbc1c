//! `cargo xtask load`: the worker under load, and beside one that echoes.

use anyhow::Result;

use crate::project::Project;
use crate::{build, run, section, worker};

/// Where the section is kept, so that `cargo xtask bench` writes it again.
const KEPT: &str = "xtask/src/bench/worker.md";

/// Measures, and writes the section.
///
/// # Errors
///
/// A request or a write is lost; the memory does not settle; a build fails.
pub(crate) fn command(project: &Project, seconds: &str) -> Result<()> {
    build::command(project)?;
    let build = ["build", "--quiet", "--locked", "--package=admit-tests", "--bin=load"];
    run::timed("compiling the senders", || run::run(&mut project.cargo(&build)))?;
    let measured = run::timed(&format!("{seconds} s of load, and 40 s of comparison"), || {
        let mut load =
            project.cargo(&["run", "--quiet", "--locked", "--package=admit-tests", "--bin=load", "--", seconds]);
        load.envs(worker::environment(project));
        load.env("ADMIT_WRANGLER", project.root.join("node_modules/.bin/wrangler"));
        load.env("ADMIT_WRANGLER_CONFIG", project.wrangler_config());
        run::output(&mut load)
    })?;
    let section = format!(
        "## The worker under load\n\nWritten by `cargo xtask load` on `workerd` itself: eight connections that send one case over \
         and over, and\ntwo that write policies and read them back. Processor time and memory are the runtime's.\n\n{measured}"
    );
    println!("{section}");
    section::write(project, KEPT, &section)
}
