//! How long the largest examples of the gallery take natively. `cargo bench -p admit-tests`; exits 1 beyond a budget.

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use admit_core::{Case, Evaluator, Kind, evaluate};
use admit_tests::folder;
use criterion::Criterion;

const GROUP: &str = "evaluate";

/// The largest certificate that presents itself to a cluster. Only its signatures are remembered: the documents are others
/// in each round.
const PEER: &str = "largest example of a peer, besides its signatures";
/// The most that its median may be.
const PEER_BUDGET: Duration = Duration::from_millis(1);
/// The documents that get another number of line breaks behind them.
const PASTED: [&str; 2] = ["policy.manifest", "subject.certificates"];
/// More rounds than an evaluator remembers documents.
const ROUNDS: usize = 8;

/// 10,000 nodes in 20 domains with 5 certificates, three roll-outs.
const ROLLOUT: &str = "roll-out of 10,000 nodes";
/// The most that its median may be.
const ROLLOUT_BUDGET: Duration = Duration::from_millis(50);

fn bytes(case: &Case) -> usize {
    case.documents().iter().map(|(_, text)| text.len()).sum()
}

/// The case with as many line breaks behind what was pasted.
fn with_line_breaks(case: &Case, count: usize) -> Case {
    let mut case = case.clone();
    for name in PASTED {
        if let Some(text) = case.document_mut(name) {
            text.extend(std::iter::repeat_n('\n', count));
        }
    }
    case
}

fn main() -> ExitCode {
    let examples = || folder::all().into_iter().filter(|folder| folder.case.teaches.is_some());
    let largest = examples().max_by_key(|folder| bytes(&folder.case)).expect("a case that teaches");
    let peers = examples().filter(|folder| folder.case.kind() == Kind::Peer);
    let peer = peers.max_by_key(|folder| bytes(&folder.case)).expect("a peer that teaches");
    println!("largest example: {}, {} bytes", largest.name, bytes(&largest.case));
    println!("largest example of a peer: {}, {} bytes", peer.name, bytes(&peer.case));

    let home = home();
    let mut criterion = Criterion::default().output_directory(&home).configure_from_args();
    let mut group = criterion.benchmark_group(GROUP);
    group.bench_function(PEER, |bencher| {
        let mut evaluator: Evaluator = Evaluator::default();
        let rounds: Vec<Case> = (0..ROUNDS).map(|round| with_line_breaks(&peer.case, round)).collect();
        let mut round = rounds.iter().cycle();
        bencher.iter(|| round.next().map(|case| evaluator.evaluate(black_box(case))));
    });
    group.bench_function("largest example of a peer", |bencher| bencher.iter(|| evaluate(black_box(&peer.case))));
    group.bench_function("largest example", |bencher| bencher.iter(|| evaluate(black_box(&largest.case))));
    let json = largest.case.to_json();
    group.bench_function("largest example, JSON to JSON", |bencher| {
        bencher.iter(|| Case::from_json(black_box(&json)).map(|case| evaluate(&case).to_json()));
    });
    let rollout = admit_tests::roll_out::case(20, 500);
    group.bench_function(ROLLOUT, |bencher| bencher.iter(|| evaluate(black_box(&rollout))));
    group.finish();
    criterion.final_summary();

    let budgets = [(PEER, PEER_BUDGET), (ROLLOUT, ROLLOUT_BUDGET)];
    let over = budgets.into_iter().filter(|(name, budget)| {
        // Absent where the arguments left the benchmark out.
        let Some(median) = median(&home.join(GROUP).join(name).join("new/estimates.json")) else { return false };
        println!("{name}: median {median:?}, budget {budget:?}");
        median > *budget
    });
    ExitCode::from(u8::from(over.count() > 0))
}

/// Beside what cargo builds.
fn home() -> PathBuf {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| admit_tests::repository().join("target"), PathBuf::from);
    target.join("criterion")
}

/// The median that criterion wrote down.
fn median(estimates: &PathBuf) -> Option<Duration> {
    let estimates: serde_json::Value = serde_json::from_str(&fs::read_to_string(estimates).ok()?).ok()?;
    let nanoseconds = estimates.get("median")?.get("point_estimate")?.as_f64()?;
    Some(Duration::from_secs_f64(nanoseconds / 1e9))
}
