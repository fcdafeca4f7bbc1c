//! A large cluster: what it takes, and how that grows with its rules.

use std::fmt::Write as _;

use super::rates::Rates;
use super::{NATIVE, WASM};

/// A budget: what it says, the operation, the implementation, and milliseconds.
struct Budget {
    says: &'static str,
    operation: &'static str,
    implementation: &'static str,
    wanted: f64,
}

const BUDGETS: [Budget; 4] = [
    Budget {
        says: "natively, besides the signatures",
        operation: "cluster/large",
        implementation: NATIVE,
        wanted: 10.0,
    },
    Budget {
        says: "as WebAssembly, besides the signatures",
        operation: "cluster/large",
        implementation: WASM,
        wanted: 30.0,
    },
    Budget {
        says: "as WebAssembly, remembered, the instant a second later",
        operation: "cluster/large, a second later",
        implementation: WASM,
        wanted: 5.0,
    },
    Budget {
        says: "as WebAssembly, a digit of the manifest edited: it is read again",
        operation: "cluster/large, a digit edited",
        implementation: WASM,
        wanted: 30.0,
    },
];

/// With its signatures, as WebAssembly; what they take is not counted.
const WHOLE: &str = "cluster/large, signatures included";
/// Thumbprints, and as many names.
const SIZES: [f64; 4] = [10.0, 100.0, 1_000.0, 10_000.0];

/// The section about it.
pub(super) fn section(rates: &Rates) -> String {
    let mut text = String::from(
        "\n## A large cluster\n\nA manifest with 1,000 thumbprints and 1,000 names, each pinned to 10 issuers, and 100 certificates with keys of \
         RSA-2048,\nof five issuers, on every connection, with the instants at which the verdict changes. The least of all \
         rounds: a budget in\nmilliseconds is about the engine, not about what else the machine did.\n\n\
         Nothing is asked twice. Besides the signatures: between rounds a digit of a thumbprint in the manifest is edited, and a\n\
         line break behind the certificates, so that both are read again, and only signatures are remembered. Remembered: between\n\
         rounds the instant moves by a second, so that documents are remembered, and chains where they don't begin or end. Where\n\
         that digit alone is edited, the certificates and their chains are remembered, and the manifest is read as a whole.\n\n\
         | budget | wanted, ms | measured, ms | |\n|---|--:|--:|---|\n",
    );
    let mut row = |says: &str, wanted: f64, measured: Option<f64>| {
        let met = if measured.is_some_and(|measured| measured <= wanted) { "met" } else { "**not met**" };
        let measured = measured.map_or_else(|| "–".into(), |measured| format!("{measured:.1}"));
        let _ = writeln!(text, "| {says} | {wanted} | {measured} | {met} |");
    };
    for budget in &BUDGETS {
        row(budget.says, budget.wanted, milliseconds(rates, budget.operation, budget.implementation));
    }
    if let Some(whole) = milliseconds(rates, WHOLE, WASM) {
        let _ = writeln!(text, "\nWith its 105 signatures it takes {whole:.0} ms as WebAssembly.");
    }
    text.push_str(
        "\nHow that grows with the thumbprints and names, with 20 certificates. Ten times as many may take ten times as long and\n\
         what a logarithm adds; from 10 to 10,000 that is 4,000 times as long at most.\n\n\
         | thumbprints, and as many names | natively, ms | as WebAssembly, ms |\n|--:|--:|--:|\n",
    );
    let took = |size: f64, implementation| milliseconds(rates, &format!("cluster/{size:.0}"), implementation);
    for size in SIZES {
        let shown = |implementation| took(size, implementation).map_or_else(|| "–".into(), |took| format!("{took:.2}"));
        let _ = writeln!(text, "| {size:.0} | {} | {} |", shown(NATIVE), shown(WASM));
    }
    let [first, .., last] = SIZES;
    let most = last * last.ln() / (first * first.ln());
    for (implementation, name) in [(NATIVE, "Natively"), (WASM, "As WebAssembly")] {
        let (Some(small), Some(large)) = (took(first, implementation), took(last, implementation)) else { continue };
        let times = large / small;
        let met = if times <= most { "no worse than n log n" } else { "**worse than n log n**" };
        let _ = writeln!(text, "\n{name} the last takes {times:.0} times as long as the first: {met}.");
    }
    text
}

fn milliseconds(rates: &Rates, operation: &str, implementation: &str) -> Option<f64> {
    Some(rates.least(operation, implementation)? / 1_000.0)
}
