//! `cargo xtask bench lists`: 100,000 identifiers at once, as WebAssembly.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::project::Project;
use crate::{run, section, setup};

/// Where the section is kept, so that `cargo xtask bench` writes it again.
const KEPT: &str = "xtask/src/bench/lists.md";
/// Milliseconds that a list may take.
const GOAL: f64 = 500.0;

/// Measures, and writes the section.
///
/// # Errors
///
/// A build fails, a list is judged wrongly, or one takes longer than it may in every round.
pub(super) fn command(project: &Project) -> Result<()> {
    setup::command(project)?;
    let folder = project.target.join("bench");
    let bindings = run::timed("compiling the engine as WebAssembly", || super::wasm(project, &folder.join("wasm")))?;
    let lines = run::timed("measuring under Node", || {
        run::output(project.command("node").arg(project.root.join("bench/js/lists.mjs")).arg(bindings))
    })?;
    let mut text = String::from(
        "## A list of 100,000 identifiers\n\nWritten by `cargo xtask bench lists`: the whole report of one list under \
         Node, in milliseconds. Every row is judged by itself\nand against all others. The least of the rounds is what \
         the work takes; the median is what else the machine did, too.\n\n\
         | | wanted | least | median | |\n|---|--:|--:|--:|---|\n",
    );
    let mut late = Vec::new();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).with_context(|| line.to_string())?;
        let name = row["op"].as_str().with_context(|| line.to_string())?;
        let mut times: Vec<f64> = row["millis"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        times.sort_by(f64::total_cmp);
        let (Some(least), Some(median)) = (times.first(), times.get(times.len() / 2)) else {
            bail!("no times: {line}")
        };
        let met = if *least < GOAL { "met" } else { "**not met**" };
        text.push_str(&format!("| {name} | {GOAL:.0} | {least:.0} | {median:.0} | {met} |\n"));
        if *least >= GOAL {
            late.push(name.to_string());
        }
    }
    println!("{text}");
    section::write(project, KEPT, &text)?;
    if !late.is_empty() {
        bail!("longer than {GOAL} ms: {}", late.join(", "));
    }
    Ok(())
}
