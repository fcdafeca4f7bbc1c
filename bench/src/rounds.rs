//! Measuring several things that are compared: in turns, so that whatever else the machine does meets all of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of which the median is taken.
const ROUNDS: usize = 150;

/// Of these, the least where they take longer than [`LONGEST`].
const ROUNDS_LEAST: usize = 15;

/// What the rounds take at most, beyond the least of them.
const LONGEST: Duration = Duration::from_secs(12);

/// How long one takes in each round. Shorter than what a scheduler gives at a time, so that most batches run undisturbed.
const BATCH: Duration = Duration::from_micros(1_500);

/// What is measured: a name, and one operation that says whether its answer is right.
pub type Candidate<'c> = (&'static str, &'c dyn Fn() -> bool);

/// Measures all candidates in turns and prints a line of JSON for each: microseconds of one operation in each round.
///
/// # Panics
///
/// A candidate gives a wrong answer.
pub fn measure(operation: &str, candidates: &[Candidate<'_>]) {
    let batches: Vec<u32> = candidates.iter().map(|(name, run)| batch(operation, name, run)).collect();
    let mut times: Vec<Vec<f64>> = candidates.iter().map(|_| Vec::new()).collect();
    let begin = Instant::now();
    for round in 0..ROUNDS {
        if round >= ROUNDS_LEAST && begin.elapsed() > LONGEST {
            break;
        }
        for (((_, run), &batch), times) in candidates.iter().zip(&batches).zip(&mut times) {
            let start = Instant::now();
            for _ in 0..batch {
                black_box(run());
            }
            times.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(batch));
        }
    }
    for ((name, _), times) in candidates.iter().zip(&times) {
        println!("{}", serde_json::json!({ "impl": name, "op": operation, "micros": times }));
    }
}

/// Operations of one round.
fn batch(operation: &str, name: &str, run: &dyn Fn() -> bool) -> u32 {
    assert!(run(), "{name} gives a wrong answer to {operation}");
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < BATCH * 40 {
        black_box(run());
        count += 1;
    }
    (count / 40).max(1)
}
