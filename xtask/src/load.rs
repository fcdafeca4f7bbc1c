//! `cargo xtask load`: the worker under load, and beside one that echoes.

use std::fs;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::{page, run, setup, worker};

/// Where the section begins in `docs/benchmarks.md`; it is the last one.
const HEADING: &str = "## The worker under load";
/// Where it is kept, so that `cargo xtask bench` writes it again.
const KEPT: &str = "xtask/src/bench/worker.md";
const PAGE: &str = "docs/benchmarks.md";

/// Measures, and writes the section.
///
/// # Errors
///
/// A request or a write is lost; the memory does not settle; a build fails.
pub(crate) fn command(project: &Project, seconds: &str) -> Result<()> {
    setup::command(project)?;
    page::build(project)?;
    worker::build(project)?;
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
        "{HEADING}\n\nWritten by `cargo xtask load` on `workerd` under `wrangler dev`, with its proxy in front, eight \
         connections that\nsend one case over and over, and two that write policies and read them back. Processor time \
         is of all the\nruntime's processes.\n\n{measured}"
    );
    println!("{section}");
    fs::write(project.root.join(KEPT), &section).context(KEPT)?;
    let place = project.root.join(PAGE);
    let text = fs::read_to_string(&place).context(PAGE)?;
    let before = text.split(HEADING).next().unwrap_or_default().trim_end();
    fs::write(&place, format!("{before}\n\n{section}")).context(PAGE)?;
    run::say(&format!("wrote {PAGE} and {KEPT}"));
    Ok(())
}
