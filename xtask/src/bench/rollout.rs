//! What the roll-out of a large cluster takes, and how that grows.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use super::rates::Rates;
use super::{NATIVE, WASM};
use crate::project::Project;
use crate::run;

/// The most that 10,000 nodes in 20 domains may take, in milliseconds: natively, as WebAssembly under Node.
const BUDGETS: [(&str, f64); 2] = [(NATIVE, 50.0), (WASM, 150.0)];
/// The one that the budgets are about.
const LARGEST: &str = "nodes-10000";

/// Rows of the table: the operation, and what it is.
const ROWS: [(&str, &str); 10] = [
    ("nodes-100", "100 nodes in 20 domains, 2 states"),
    ("nodes-1000", "1,000 nodes in 20 domains, 2 states"),
    (LARGEST, "10,000 nodes in 20 domains, 2 states"),
    ("kits-2", "10,000 nodes in 20 domains, 4 states"),
    ("kits-4", "10,000 nodes in 20 domains, 8 states"),
    ("kits-8", "10,000 nodes in 20 domains, 16 states"),
    ("domains-5", "10,000 nodes in 5 domains, 2 states"),
    ("domains-10", "10,000 nodes in 10 domains, 2 states"),
    ("domains-40", "10,000 nodes in 40 domains, 2 states"),
    ("domains-80", "10,000 nodes in 80 domains, 2 states"),
];

/// Makes the cases and measures them, natively and as WebAssembly. Lines of JSON.
pub(super) fn measure(project: &Project, cases: &Path, scripts: &Path, bindings: &Path) -> Result<String> {
    run::timed("making roll-outs", || {
        let tests = project.root.join("tests");
        run::run(project.command("node").arg(scripts.join("rollouts.mjs")).arg(cases).arg(tests))
    })?;
    let mut lines = run::timed("measuring roll-outs natively", || {
        let own = ["run", "--quiet", "--locked", "--profile=bench", "--package=admit-bench", "--bin=rollout", "--"];
        run::output(project.cargo(&own).arg(cases))
    })?;
    lines += &run::timed("measuring roll-outs under Node", || {
        run::output(project.command("node").arg(scripts.join("rollout.mjs")).arg(cases).arg(bindings))
    })?;
    Ok(lines)
}

/// The section of the page.
pub(super) fn section(rates: &Rates) -> String {
    let millis = |name: &str, implementation| {
        rates.least(&format!("rollout/{name}"), implementation).map(|micros| micros / 1_000.0)
    };
    let mut section = String::from(
        "\n## A roll-out of a large cluster\n\nOne certificate replaced by another in three roll-outs, five certificates in the \
         case: the walk with every pair of states at\nevery moment, the plan, the ways back, and the starts at which the verdict \
         changes. The least of the rounds, in milliseconds.\n\n| goal | wanted | measured | |\n|---|--:|--:|---|\n",
    );
    for (implementation, budget) in BUDGETS {
        let measured = millis(LARGEST, implementation);
        let met = if measured.is_some_and(|measured| measured <= budget) { "met" } else { "**not met**" };
        let _ = writeln!(
            section,
            "| 10,000 nodes in 20 domains, {implementation} | {budget:.0} ms | {} ms | {met} |",
            shown(measured)
        );
    }
    section.push_str("\n| | native, ms | wasm, ms |\n|---|--:|--:|\n");
    for (name, what) in ROWS {
        let _ = writeln!(section, "| {what} | {} | {} |", shown(millis(name, NATIVE)), shown(millis(name, WASM)));
    }
    section
}

fn shown(millis: Option<f64>) -> String {
    millis.map_or_else(|| "–".into(), |millis| format!("{millis:.1}"))
}
