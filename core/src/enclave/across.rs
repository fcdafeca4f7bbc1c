//! What the artefacts say against each other.

use alloc::format;
use alloc::vec::Vec;

use super::Answer;
use super::claims::{Claims, Source};
use super::rules::signature::OTHER_MEASUREMENT;
use crate::Finding;

/// Compares each pair that can disagree.
pub(super) fn check(claims: &Claims, _: &Answer) -> Vec<Finding> {
    let mut findings = Vec::new();
    let of_source = |source| claims.mrenclave.iter().filter(move |claim| claim.source == source);
    for stream in of_source(Source::Sgxs) {
        for signed in of_source(Source::Sigstruct).filter(|signed| signed.value != stream.value) {
            let message = format!("the signature is for MRENCLAVE {}, the enclave is {}", signed.value, stream.value);
            let finding = Finding::new(&OTHER_MEASUREMENT, message).at(signed.span.clone());
            findings.push(finding.related(stream.span.clone(), "the enclave"));
        }
    }
    findings
}
