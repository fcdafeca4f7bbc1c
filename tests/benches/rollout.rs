//! How long the roll-out of a large cluster takes natively, and how that grows with its nodes and with its states.
//! `cargo bench -p admit-tests --bench rollout`; exits 1 beyond a budget.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use admit_core::{Case, Verdict, evaluate};
use admit_tests::roll_out;

/// The most that 10,000 nodes in 20 domains with 5 certificates may take, signatures included.
const BUDGET: Duration = Duration::from_millis(50);
/// Nodes in 20 domains.
const NODES: [usize; 3] = [100, 1_000, 10_000];
/// How much dearer a hundred times as many nodes may be: not at all, but for what a clock and a cache do.
const STEEPEST: f64 = 1.5;
const ROUNDS: usize = 15;

/// The least of several rounds: whatever else the machine does only adds to it.
fn least(case: &Case) -> Duration {
    let round = || {
        let start = Instant::now();
        let report = evaluate(black_box(case));
        let took = start.elapsed();
        assert_eq!(report.verdict, Verdict::Admitted, "{}", report.summary);
        took
    };
    std::iter::repeat_with(round).take(ROUNDS).min().unwrap_or_default()
}

fn main() -> ExitCode {
    let took: Vec<Duration> = NODES.iter().map(|nodes| least(&roll_out::case(20, nodes / 20))).collect();
    for (nodes, took) in NODES.iter().zip(&took) {
        println!("{nodes} nodes in 20 domains: {took:?}");
    }
    for domains in [5, 10, 20, 40, 80] {
        println!("10,000 nodes in {domains} domains: {:?}", least(&roll_out::case(domains, 10_000 / domains)));
    }
    let (few, many) = (took[0], took[took.len() - 1]);
    let steep = many.as_secs_f64() / few.as_secs_f64() > STEEPEST;
    println!("budget {BUDGET:?}");
    ExitCode::from(u8::from(many > BUDGET || steep))
}
