//! Measures roll-outs natively: each case of the folder that the first argument names. A line of JSON for each, with the
//! microseconds of one operation in each round.

use std::hint::black_box;
use std::path::Path;
use std::{env, fs};

use admit_bench::{rollout, rounds};

fn main() {
    let folder = env::args().nth(1).unwrap_or_default();
    let mut files: Vec<_> = fs::read_dir(Path::new(&folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    for path in files {
        let case = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let operation = format!("rollout/{name}");
        rounds::measure(&operation, &[("admit, native", &|| rollout::rollout(black_box(&case)))]);
    }
}
