//! Judges each of the long lists once natively and prints the milliseconds: for a profiler, and to see where time goes.
//! `cargo xtask bench` measures them as WebAssembly.

use std::hint::black_box;
use std::time::Instant;

use admit_bench::lists::{ROWS, judge, list};

fn main() {
    for (name, uuid) in [("CSV", false), ("UUIDs", true)] {
        let text = list(ROWS, uuid);
        for _ in 0..5 {
            let text = text.clone();
            let start = Instant::now();
            let judged = judge(black_box(text));
            println!("{name}: {} ms, {judged:?}", start.elapsed().as_millis());
        }
    }
}
