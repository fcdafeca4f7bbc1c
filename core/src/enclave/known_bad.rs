//! The policy tried against enclaves that are known to be bad: if it admits one, which line lets it in.

use alloc::format;
use alloc::vec::Vec;

use super::binary::is_placeholder;
use super::rules::acceptance::{KNOWN_BAD, LENIENT, MALFORMED};
use super::{Policy, signer};
use crate::Finding;
use crate::quote::quote;

/// Tries the policy.
pub(super) fn check(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut malformed = |line: alloc::string::String, text: &str| {
        let message = format!("`{line}` is {}, which is no hash", quote(text));
        findings.push(Finding::new(&MALFORMED, message).arg("line", line));
    };
    for (index, mrenclave) in policy.mrenclave.iter().enumerate().filter(|(_, text)| !is_hash(text)) {
        malformed(format!("policy.mrenclave[{index}]"), mrenclave);
    }
    for (index, signer) in policy.signers.iter().enumerate().filter(|(_, signer)| !is_hash(&signer.mrsigner)) {
        malformed(format!("policy.signers[{index}].mrsigner"), &signer.mrsigner);
    }
    for (index, image) in policy.images.iter().flatten().enumerate() {
        if !image.strip_prefix("sha256:").is_some_and(is_hash) {
            malformed(format!("policy.images[{index}]"), image);
        }
    }
    let mut admits = |rule, line: alloc::string::String, what: &str| {
        let message = format!("`{line}` admits {what}");
        findings.push(Finding::new(rule, message).arg("line", line));
    };
    for (index, mrenclave) in policy.mrenclave.iter().enumerate().filter(|(_, text)| is_hash(text)) {
        if is_placeholder(mrenclave) {
            admits(&KNOWN_BAD, format!("policy.mrenclave[{index}]"), "a measurement that is a placeholder");
        }
    }
    for (index, accepted) in policy.signers.iter().enumerate() {
        if let Some(place) = signer::published(&accepted.mrsigner.to_ascii_lowercase()) {
            // A listed measurement narrows it to one enclave, whoever signed it.
            if policy.mrenclave.is_empty() {
                let what = format!("any enclave, since this signer's private key is published ({place})");
                admits(&KNOWN_BAD, format!("policy.signers[{index}].mrsigner"), &what);
            }
        }
        if accepted.minimum_svn == 0 && policy.mrenclave.is_empty() {
            admits(&LENIENT, format!("policy.signers[{index}].minimum_svn"), "every version, the oldest included");
        }
    }
    if policy.debug {
        admits(&LENIENT, "policy.debug".into(), "enclaves whose memory the host reads");
    }
    findings
}
