//! `cargo xtask load`: a minute at the machine's capacity, with policies written at the same time, and how much of a core
//! an evaluation takes beside a worker that only echoes. Prints what `docs/benchmarks.md` shows.

use std::process::ExitCode;
use std::time::Duration;

use admit_core::evaluate;
use admit_tests::folder;
use admit_tests::worker::{Runtime, load};

/// The case whose evaluation is measured.
const CASE: &str = "peer/article-1-thumbprints";
/// Connections: enough to keep both cores busy.
const SENDERS: usize = 8;

fn main() -> ExitCode {
    let seconds = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let case = folder::all().into_iter().find(|folder| folder.name == CASE).expect("the case").case;
    let (asked, expected) = (case.to_json(), evaluate(&case).to_json());
    let Some(worker) = Runtime::default().start() else {
        eprintln!("error: run this as `cargo xtask load`, which builds the worker and names it");
        return ExitCode::FAILURE;
    };
    // What is compiled at first use is not what is measured.
    load::run(&worker, &asked, &expected, SENDERS, 0, Duration::from_secs(3));
    let under_load = load::run(&worker, &asked, &expected, SENDERS, 2, Duration::from_secs(seconds));
    let alone = load::run(&worker, &asked, &expected, SENDERS, 0, Duration::from_secs(10));
    drop(worker);
    let echo = Runtime::default().start_of(&admit_tests::root().join("worker/echo/wrangler.toml"));
    load::run(&echo, &asked, &asked, SENDERS, 0, Duration::from_secs(3));
    let echoed = load::run(&echo, &asked, &asked, SENDERS, 0, Duration::from_secs(10));
    drop(echo);

    println!("| | evaluations | of a core, per second | failed | policies written | lost | memory settles |");
    println!("|---|--:|--:|--:|--:|--:|---|");
    let row = |name: &str, load: &load::Load| {
        println!(
            "| {name}, {:.0} s | {} | {:.0} | {} | {} | {} | {} |",
            load.seconds,
            load.evaluations,
            load.per_core(),
            load.failures.len(),
            load.writes,
            load.lost,
            // A runtime that has just started fills its heap first.
            if load.memory.len() < 30 {
                "-"
            } else if load.settles() {
                "yes"
            } else {
                "no"
            }
        );
    };
    row("with policies written", &under_load);
    row("evaluations alone", &alone);
    row("a worker that echoes", &echoed);
    println!(
        "\nAn evaluation of `{CASE}` ({} bytes) takes {:.1} times the processor time of echoing it.",
        asked.len(),
        echoed.per_core() / alone.per_core().max(0.01)
    );
    let memory: Vec<String> = under_load.memory.iter().step_by(5).map(|kib| format!("{}", kib / 1024)).collect();
    println!("Memory of the runtime in MiB, every 5 s: {}.", memory.join(", "));
    let good = under_load.failures.is_empty() && under_load.lost == 0 && under_load.settles();
    if let Some(first) = under_load.failures.first() {
        eprintln!("first failure: {first}");
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
