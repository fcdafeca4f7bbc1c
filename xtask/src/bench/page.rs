//! `docs/benchmarks.md`.

use std::fmt::Write as _;

use super::goal::{BOUNDS, GOALS, NATIVE_SHARE, native_share};
use super::rates::Rates;
use super::{MATHEMATICS, NATIVE, OTHERS, RAW, TAGS, VERDICT, WASM};

const HEAD: &str = "\
# Benchmarks

Written by `cargo xtask bench`, which makes new certificates, measures everything on the same bytes in one run on one
machine, and fails on a wrong answer. What is compared runs in turns, a short batch of each in every round; a ratio is the
median of the rounds' ratios, so what else the machine did meets all alike. Absolute numbers are of the machine that wrote
this page.

The engine is the one that is shipped: the profile `wasm` and `wasm-opt -Oz`, a new evaluator for each chain, so that nothing
is remembered. It gives its whole report, the instants at which the verdict changes included.

## Goals, as WebAssembly under Node

| goal | wanted | measured | |
|---|--:|--:|---|
";

const CHOICES: &str = include_str!("choices.md");
/// What `cargo xtask bench lists` has measured.
const LISTS: &str = include_str!("lists.md");
/// What `cargo xtask load` has measured.
const WORKER: &str = include_str!("worker.md");

/// The page.
pub(super) fn page(rates: &Rates) -> String {
    let mut page = String::from(HEAD);
    for goal in &GOALS {
        let measured = goal.measured(rates);
        let met = if measured.is_some_and(|measured| measured >= goal.wanted) { "met" } else { "**not met**" };
        let _ = writeln!(page, "| {} | {}× | {} | {met} |", goal.says, goal.wanted, times(measured));
    }
    page.push_str("\nThe lowest ratio counts, where a goal names several.\n");
    for (operation, title) in [
        ("chain3", "A chain of three: read, built, verified and reported"),
        ("facts", "One certificate from PEM: thumbprint, common name, alternative names"),
    ] {
        let _ = write!(page, "\n## {title}\n\nHow many times as fast as each the engine is, as WebAssembly.\n\n| | ");
        for other in OTHERS {
            let _ = write!(page, "{other} | ");
        }
        let _ = write!(page, "admit, µs |\n|---|{}--:|\n", "--:|".repeat(OTHERS.len()));
        for tag in TAGS {
            let operation = format!("{tag}/{operation}");
            let _ = write!(page, "| {tag} |");
            for other in OTHERS {
                let _ = write!(page, " {} |", times(rates.ratio(&operation, WASM, other)));
            }
            let _ = writeln!(page, " {} |", micros(rates.micros(&operation, WASM)));
        }
    }
    let _ = write!(
        page,
        "\n`–`: the library can't read such a key.\n\n## Natively\n\nRaw RustCrypto parses, compares names and dates, verifies two \
         signatures, and says whether all is well. A verdict of the\nengine is that, every path that could be meant and every \
         rule of RFC 5280 included. Goal: all of it, without the\nmathematics, in at most {:.0} % of raw RustCrypto's time. A report \
         tells besides what each certificate says, what was looked at,\nand at which instants the verdict changes.\n\n\
         | | its mathematics, µs | raw RustCrypto, µs | a verdict, µs | besides the mathematics, of raw RustCrypto's time | | \
         a report, µs | besides the mathematics |\n|---|--:|--:|--:|--:|---|--:|--:|\n",
        NATIVE_SHARE * 100.0
    );
    for tag in TAGS {
        let operation = format!("{tag}/chain3");
        let time = |implementation| micros(rates.micros(&operation, implementation));
        let share = |implementation| native_share(rates, &operation, implementation);
        let met = if share(VERDICT).is_some_and(|share| share <= NATIVE_SHARE) { "met" } else { "**not met**" };
        let shown = |implementation| {
            share(implementation).map_or_else(|| "–".into(), |share| format!("{:.0} %", share * 100.0))
        };
        let _ = writeln!(
            page,
            "| {tag} | {} | {} | {} | {} | {met} | {} | {} |",
            time(MATHEMATICS),
            time(RAW),
            time(VERDICT),
            shown(VERDICT),
            time(NATIVE),
            shown(NATIVE)
        );
    }
    page.push_str(&super::cluster::section(rates));
    page.push_str(&super::rollout::section(rates));
    let _ = write!(
        page,
        "\n## Enclaves, as WebAssembly under Node\n\nEach artefact of the cases by itself ({} of them), a fresh evaluator \
         each time; a stream in the pieces in which the page\nreads a file.\n\n| | at most, ms | measured, ms | |\n|---|--:|--:|---|\n",
        rates.micros("enclave/artefacts", WASM).unwrap_or_default()
    );
    for bound in &BOUNDS {
        let measured = rates.micros(bound.operation, WASM);
        let met = if measured.is_some_and(|measured| measured <= bound.most) { "met" } else { "**not met**" };
        let millis = measured.map_or_else(|| "–".into(), |micros| format!("{:.1}", micros / 1e3));
        let _ = writeln!(page, "| {} | {} | {millis} | {met} |", bound.says, bound.most / 1e3);
    }
    page.push('\n');
    page.push_str(CHOICES);
    page.push('\n');
    page.push_str(LISTS);
    page.push('\n');
    page.push_str(WORKER);
    page
}

fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "–".into(), |ratio| format!("{ratio:.1}×"))
}

fn micros(micros: Option<f64>) -> String {
    micros.map_or_else(|| "–".into(), |micros| format!("{micros:.0}"))
}
