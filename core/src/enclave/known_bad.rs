//! The policy tried against enclaves that are known to be bad: if it admits one, which line lets it in.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::binary::is_placeholder;
use super::claims::{Claim, Claims, Source};
use super::rules::acceptance::{KNOWN_BAD, LENIENT, MALFORMED};
use super::rules::debug;
use super::{Policy, admission};
use crate::quote::quote;
use crate::{Document, Finding, Limits, Rule, Severity};

/// Tries the policy.
pub(super) fn check(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut malformed = |line: String, text: &str| {
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
    for (index, mrenclave) in policy.mrenclave.iter().enumerate().filter(|(_, text)| is_hash(text)) {
        if is_placeholder(mrenclave) {
            let line = format!("policy.mrenclave[{index}]");
            findings.push(admits(&KNOWN_BAD, line, "a measurement that is a placeholder"));
        }
    }
    for bad in known_bad(policy) {
        if is_admitted(policy, &bad) {
            let line = line(policy, &bad);
            // One line may let in several; the first says what.
            if !findings.iter().any(|finding| finding.args.get("line") == Some(&line)) {
                findings.push(admits(bad.rule, line, &bad.what));
            }
        }
    }
    findings
}

fn admits(rule: &'static Rule, line: String, what: &str) -> Finding {
    Finding::new(rule, format!("`{line}` admits {what}")).arg("line", line)
}

/// A signature structure that nobody should accept.
struct Bad {
    what: String,
    /// What is found if it is admitted.
    rule: &'static Rule,
    mrenclave: String,
    mrsigner: String,
    product_id: u16,
    version: u16,
    /// What is found in the structure itself, whatever the policy accepts.
    found: Option<&'static Rule>,
}

/// A measurement and a signer that are nobody's.
const NOBODY: &str = "ba0dba0dba0dba0dba0dba0dba0dba0dba0dba0dba0dba0dba0dba0dba0dba0d";

/// Bad signature structures: debug builds, versions 0 and published keys of the signers that the policy accepts, and one
/// of a signer that it doesn't.
fn known_bad(policy: &Policy) -> Vec<Bad> {
    let nobody = || Bad {
        what: "an enclave of any signer".into(),
        rule: &KNOWN_BAD,
        mrenclave: NOBODY.into(),
        mrsigner: NOBODY.into(),
        product_id: 0,
        version: 0,
        found: None,
    };
    let mut all = Vec::from([nobody()]);
    let measured = policy.mrenclave.first().map_or(NOBODY, String::as_str);
    let debug = |mrsigner: &str, product_id, version| {
        [
            (&debug::ENABLED, "enclaves whose memory the host reads"),
            (&debug::LEFT_TO_HOST, "enclaves that the host may start in debug mode"),
        ]
        .map(|(found, what)| Bad {
            what: what.into(),
            rule: &LENIENT,
            mrenclave: measured.into(),
            mrsigner: mrsigner.into(),
            product_id,
            version,
            found: Some(found),
        })
    };
    if policy.signers.is_empty() {
        all.extend(debug(NOBODY, 0, u16::MAX));
    }
    for signer in policy.signers.iter().take(Limits::TRIED_SIGNERS) {
        let of_signer =
            |version| Bad { mrsigner: signer.mrsigner.clone(), product_id: signer.product_id, version, ..nobody() };
        all.extend(debug(&signer.mrsigner, signer.product_id, u16::MAX));
        all.push(Bad { what: "every version, the oldest included".into(), rule: &LENIENT, ..of_signer(0) });
        if let Some(place) = super::signer::published(&signer.mrsigner.to_ascii_lowercase()) {
            let what = format!("any enclave, since this signer's private key is published ({place})");
            all.push(Bad { what, ..of_signer(u16::MAX) });
        }
    }
    all
}

/// Whether nothing that refuses is found.
fn is_admitted(policy: &Policy, bad: &Bad) -> bool {
    if !policy.names_an_identity() {
        return false;
    }
    let span = Document::new("", "").span(0..0);
    let mut claims = Claims::default();
    let source = Source::Sigstruct;
    claims.mrenclave.push(Claim { value: bad.mrenclave.clone(), span: span.clone(), artefact: String::new(), source });
    claims.mrsigner.push(Claim { value: bad.mrsigner.clone(), span: span.clone(), artefact: String::new(), source });
    let number = |value: u16| Claim { value: u64::from(value), span: span.clone(), artefact: String::new(), source };
    claims.product_id.push(number(bad.product_id));
    claims.security_version.push(number(bad.version));
    let refuses = |id: &str, severity: Severity| match policy.severity.get(id) {
        Some(level) => level.severity() == Some(Severity::Error),
        None => severity == Severity::Error,
    };
    let by_itself = bad.found.is_some_and(|rule| !policy.debug && refuses(rule.id, rule.severity));
    !by_itself && !admission::check(policy, &claims).iter().any(|finding| refuses(&finding.rule, finding.severity))
}

/// The line of the policy that lets it in: the first without which it is refused.
fn line(policy: &Policy, bad: &Bad) -> String {
    let without = |change: &dyn Fn(&mut Policy)| {
        let mut changed = policy.clone();
        change(&mut changed);
        !is_admitted(&changed, bad)
    };
    if policy.debug && without(&|policy| policy.debug = false) {
        return "policy.debug".into();
    }
    for id in policy.severity.keys() {
        if without(&|policy| policy.severity.retain(|other, _| other != id)) {
            return format!("policy.severity.{}", id.escape_default());
        }
    }
    let of_bad = |signer: &super::Signer| signer.mrsigner == bad.mrsigner && signer.product_id == bad.product_id;
    match policy.signers.iter().position(of_bad) {
        Some(index) if bad.version == 0 => format!("policy.signers[{index}].minimum_svn"),
        Some(index) => format!("policy.signers[{index}].mrsigner"),
        None if policy.debug => "policy.debug".into(),
        None => "policy.severity".into(),
    }
}
