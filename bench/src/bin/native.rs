//! Measures natively, in the folder of chains that the first argument names: a JSON object a line, operations per second
//! as the median of seven batches, the form that the JavaScript half prints as well.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

const AT: &str = "2026-11-22T00:00:00Z";
const AT_UNIX: u64 = 1_795_305_600;

fn main() {
    let folder = env::args().nth(1).unwrap_or_default();
    for tag in ["rsa2048", "rsa4096", "p256", "p384"] {
        let read = |name: &str| {
            let path = Path::new(&folder).join(format!("{tag}_{name}.pem"));
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let (leaf, intermediate, root) = (read("leaf"), read("inter"), read("root"));
        let sent = format!("{leaf}{intermediate}");
        measure("admit, native", tag, "info_pem", || admit_bench::facts(black_box(&leaf)) == [40, 1, 3]);
        measure("admit, native", tag, "chain3", || admit_bench::chain(black_box(&sent), &root, AT));
        let pems = [leaf.as_str(), &intermediate, &root];
        measure("RustCrypto, native", tag, "chain3", || admit_bench::raw::chain(black_box(&pems), AT_UNIX));
    }
}

fn measure(implementation: &str, tag: &str, operation: &str, run: impl Fn() -> bool) {
    assert!(run(), "{implementation} {tag}/{operation} gives a wrong answer");
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < Duration::from_millis(200) {
        black_box(run());
        count += 1;
    }
    let batch = (count / 2).max(1);
    let mut rates: Vec<f64> = (0..7)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..batch {
                black_box(run());
            }
            f64::from(batch) / start.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    let operation = format!("{tag}/{operation}");
    println!("{}", serde_json::json!({ "impl": implementation, "op": operation, "ops": rates[3] }));
}
