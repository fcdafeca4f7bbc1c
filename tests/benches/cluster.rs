//! How long a large cluster takes natively, and how that grows with its rules. `cargo bench -p admit-tests --bench cluster`;
//! exits 1 beyond a budget.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use admit_core::{Case, Evaluator, Verdict, evaluate};
use admit_tests::generator::load::{Size, cluster};

/// The most that the median may be, besides the signatures.
const BUDGET: Duration = Duration::from_millis(10);
/// Rules, and how often their manifest is judged.
const GROWTH: [(usize, usize); 4] = [(10, 200), (100, 100), (1_000, 40), (10_000, 10)];
/// How much dearer ten times as many rules may be: n log n, and a third for what a clock and a cache do.
const STEEPEST: f64 = 10.0 * 4.0 / 3.0 * 4.0 / 3.0;

fn median(mut rounds: Vec<Duration>) -> Duration {
    rounds.sort_unstable();
    rounds[rounds.len() / 2]
}

/// The median with an evaluator that remembers every signature and nothing else that is of use: before each round, outside
/// of what is measured, the manifest and the certificates get another line break at their ends.
fn besides_signatures(mut case: Case, rounds: usize) -> Duration {
    let mut evaluator: Evaluator = Evaluator::default();
    let report = evaluator.evaluate(&case);
    assert_eq!(report.verdict, Verdict::Admitted, "{}", report.summary);
    let round = || {
        for document in ["policy.manifest", "subject.certificates"] {
            case.document_mut(document).expect("a document of a peer case").push('\n');
        }
        let start = Instant::now();
        black_box(evaluator.evaluate(black_box(&case)));
        start.elapsed()
    };
    median(std::iter::repeat_with(round).take(rounds).collect())
}

fn main() -> ExitCode {
    let large = cluster(Size::LARGE);
    let start = Instant::now();
    black_box(evaluate(&large));
    println!("{:?}: {:?} with its signatures", Size::LARGE, start.elapsed());
    let besides = besides_signatures(large, 20);
    println!("{besides:?} besides its signatures, budget {BUDGET:?}");

    let mut before: Option<Duration> = None;
    let mut steep = false;
    for (rules, rounds) in GROWTH {
        let took = besides_signatures(cluster(Size::of(rules)), rounds);
        let grows = before.map(|before| took.as_secs_f64() / before.as_secs_f64());
        println!("{rules} thumbprints and names: {took:?}, {grows:.1?} times the one before");
        steep |= grows.is_some_and(|grows| grows > STEEPEST);
        before = Some(took);
    }
    ExitCode::from(u8::from(besides > BUDGET || steep))
}
