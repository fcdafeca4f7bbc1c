//! What an identifier is made from.

use alloc::format;

use super::super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::derived::Origin;
use crate::session::judge::Place;
use crate::session::strength::{Estimate, PartKind};
use crate::{Rule, Severity};

pub(crate) static DERIVED: Rule = Rule {
    id: "identifier-derived",
    aliases: &[],
    title: "the identifier is derived from something guessable",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Hashes the candidates that are supplied with MD5, SHA-1 and SHA-256, makes UUIDs of versions 3 and 5 of them, \
          and compares with the identifier: whole or cut, hexadecimal or base64. Hashes of words that everyone tries, \
          such as `test`, are looked for unasked."
    ),
    why: crate::page!(
        "A hash of a known value without a key is as easy to guess as the value, however random it looks."
    ),
    bad: crate::page!("sha256(\"alice@contoso.com\")"),
    good: crate::page!("HMAC-SHA-256(server key, tenant | user | conversation)"),
    citation: article("Securing session identifiers"),
};

pub(crate) static HASH: Rule = Rule {
    id: "identifier-could-be-a-hash",
    aliases: &[],
    title: "the identifier has the length of a hash",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for 32, 40 or 64 hexadecimal digits."),
    why: crate::page!(
        "Random digits and a hash of a mail address can't be told apart by looking; supply what it could be derived \
          from, and it is tried."
    ),
    bad: crate::page!("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    good: crate::page!("64 hexadecimal digits with `subject.candidates` that do not match"),
    citation: article("Securing session identifiers"),
};

/// The finding about an identifier that could be a hash.
pub(super) fn check(identifier: &str, place: &Place<'_>, estimate: &Estimate, findings: &mut Findings) {
    if let [only] = estimate.parts.as_slice()
        && only.kind == PartKind::Hexadecimal
        && matches!(identifier.len(), 32 | 40 | 64)
    {
        findings.add(
            &HASH,
            |finding| finding.at(place.whole()),
            || format!("{} hexadecimal digits: random, or a hash of something guessable", identifier.len()),
        );
    }
}

/// The finding about an identifier whose origin was found among the candidates.
pub(in crate::session) fn derived(place: &Place<'_>, origin: &Origin, findings: &mut Findings) {
    findings.add(
        &DERIVED,
        |finding| {
            let finding = match &origin.span {
                Some(span) => finding.related(span.clone(), "what it is derived from"),
                None => finding,
            };
            finding.at(place.whole()).help("derive with a key that only the server has: HMAC-SHA-256")
        },
        || match (&origin.span, origin.candidate.as_str()) {
            (Some(_), candidate) => format!("the identifier is {} of candidate {}", origin.function, quote(candidate)),
            (None, "") => format!("the identifier is {} of an empty text", origin.function),
            (None, word) => format!("the identifier is {} of {}, which everyone tries", origin.function, quote(word)),
        },
    );
}
