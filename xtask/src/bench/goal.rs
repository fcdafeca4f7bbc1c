//! What was aimed at.

use super::rates::Rates;
use super::{MATHEMATICS, RAW, WASM};

/// A goal: what it says, and the least ratio that was measured of all that it is about, beside the one that meets it.
pub(super) struct Goal {
    /// In words.
    pub(super) says: &'static str,
    operations: &'static [&'static str],
    others: &'static [&'static str],
    /// The ratio that meets it.
    pub(super) wanted: f64,
}

/// As WebAssembly under Node.
pub(super) const GOALS: [Goal; 5] = [
    Goal {
        says: "RSA-2048 chains faster than `node:crypto`, which is OpenSSL, natively",
        operations: &["rsa2048/chain3"],
        others: &["node:crypto"],
        wanted: 1.0,
    },
    Goal {
        says: "RSA-2048 chains beside `jsrsasign` and `node-forge`",
        operations: &["rsa2048/chain3"],
        others: &["jsrsasign", "node-forge"],
        wanted: 3.0,
    },
    Goal {
        says: "RSA-2048 chains beside `pkijs` and `@peculiar/x509`",
        operations: &["rsa2048/chain3"],
        others: &["pkijs", "@peculiar/x509"],
        wanted: 10.0,
    },
    Goal {
        says: "P-256 chains beside `pkijs` and `@peculiar/x509`",
        operations: &["p256/chain3"],
        others: &["pkijs", "@peculiar/x509"],
        wanted: 3.0,
    },
    Goal {
        says: "parse plus facts beside `node:crypto`",
        operations: &["rsa2048/facts", "rsa4096/facts", "p256/facts", "p384/facts"],
        others: &["node:crypto"],
        wanted: 8.0,
    },
];

impl Goal {
    /// The least of the ratios.
    pub(super) fn measured(&self, rates: &Rates) -> Option<f64> {
        let pairs =
            self.operations.iter().flat_map(|operation| self.others.iter().map(move |other| (operation, other)));
        pairs
            .map(|(operation, other)| rates.ratio(operation, WASM, other))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .reduce(f64::min)
    }
}

/// A time that is not to be passed.
pub(super) struct Bound {
    /// In words.
    pub(super) says: &'static str,
    /// What is measured.
    pub(super) operation: &'static str,
    /// In microseconds.
    pub(super) most: f64,
}

/// Of enclaves, as WebAssembly under Node. The last one is one frame of a screen: no piece of work is longer.
pub(super) const BOUNDS: [Bound; 4] = [
    Bound { says: "the slowest artefact of all cases", operation: "enclave/slowest artefact", most: 5_000.0 },
    Bound { says: "a signature structure with its signature", operation: "enclave/signature structure", most: 5_000.0 },
    Bound { says: "an SGXS stream of 10 MB, hashed and listed", operation: "enclave/stream", most: 300_000.0 },
    Bound { says: "the longest of its pieces", operation: "enclave/longest piece", most: 16_700.0 },
];

/// The share of raw RustCrypto's time that everything but the mathematics may take of a verdict.
pub(super) const NATIVE_SHARE: f64 = 0.10;

/// That share, measured, of a verdict or of a whole report.
pub(super) fn native_share(rates: &Rates, operation: &str, implementation: &str) -> Option<f64> {
    rates.rest(operation, [implementation, MATHEMATICS, RAW])
}
