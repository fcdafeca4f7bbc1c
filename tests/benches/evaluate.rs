//! How long the largest example of the gallery takes natively. `cargo bench -p admit-tests`; exits 1 beyond the budget.

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use admit_core::{Case, evaluate};
use admit_tests::folder;
use criterion::Criterion;

/// The most that the median may be.
const BUDGET: Duration = Duration::from_millis(1);

const GROUP: &str = "evaluate";
const LARGEST: &str = "largest example";

/// 10,000 nodes in 20 domains with 5 certificates, three roll-outs.
const ROLLOUT: &str = "roll-out of 10,000 nodes";
/// The most that its median may be.
const ROLLOUT_BUDGET: Duration = Duration::from_millis(50);

fn bytes(case: &Case) -> usize {
    case.documents().iter().map(|(_, text)| text.len()).sum()
}

fn main() -> ExitCode {
    let examples = folder::all().into_iter().filter(|folder| folder.case.teaches.is_some());
    let largest = examples.max_by_key(|folder| bytes(&folder.case)).expect("a case that teaches");
    println!("largest example: {}, {} bytes", largest.name, bytes(&largest.case));

    let json = largest.case.to_json();
    let home = home();
    let mut criterion = Criterion::default().output_directory(&home).configure_from_args();
    let mut group = criterion.benchmark_group(GROUP);
    group.bench_function(LARGEST, |bencher| bencher.iter(|| evaluate(black_box(&largest.case))));
    group.bench_function("largest example, JSON to JSON", |bencher| {
        bencher.iter(|| Case::from_json(black_box(&json)).map(|case| evaluate(&case).to_json()));
    });
    let rollout = admit_tests::roll_out::case(20, 500);
    group.bench_function(ROLLOUT, |bencher| bencher.iter(|| evaluate(black_box(&rollout))));
    group.finish();
    criterion.final_summary();

    let budgets = [(LARGEST, BUDGET), (ROLLOUT, ROLLOUT_BUDGET)];
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
