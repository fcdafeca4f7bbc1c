//! How hard identifiers are to guess (the article: use strong, unique session identifiers).
//!
//! What it checks: the structural estimate against the thresholds, and what the identifier looks like.
//! Why it matters: one token enters any session of the pool, so among an application's users the identifier is all that
//! keeps them apart.
//! Reference: Use dynamic sessions in Azure Container Apps, Security; OWASP Session Management Cheat Sheet; RFC 9562.

pub(crate) mod look;
pub(crate) mod origin;

use alloc::format;
use alloc::string::String;

use super::{Findings, KINDS};
use crate::quote::quote;
use crate::session::Thresholds;
use crate::session::judge::Place;
use crate::session::profile::Profile;
use crate::session::strength::{Bits, Estimate, Part, PartKind};
use crate::{Citation, Rule, Severity};

pub(crate) static GUESSABLE: Rule = Rule {
    id: "identifier-guessable",
    aliases: &[],
    title: "the identifier can be guessed",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Recognises the parts that no random generator makes, and adds up the bits of the rest. Fewer than the \
          threshold refuse (64 unless the policy says otherwise)."
    ),
    why: crate::page!(
        "At 10,000 guesses a second against 100,000 live identifiers, 64 bits take 292 years and 32 bits take two \
          seconds."
    ),
    bad: crate::page!("user-1234"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: Citation::new("OWASP Session Management Cheat Sheet", "session ID entropy"),
};

pub(crate) static WEAK: Rule = Rule {
    id: "identifier-weak",
    aliases: &[],
    title: "the identifier has fewer bits than a random UUID",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Compares the structural estimate with the second threshold (122 bits, what UUID version 4 has, unless the \
          policy says otherwise)."
    ),
    why: crate::page!("Enough for OWASP and for NIST SP 800-63B-3, below what new standards ask for."),
    bad: crate::page!("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"),
    good: crate::page!("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
    citation: Citation::new("OWASP ASVS 5.0", "V7.2.3"),
};

pub(crate) static AMBIGUOUS: Rule = Rule {
    id: "identifier-reads-two-ways",
    aliases: &[],
    title: "the identifier is guessable if it is what it looks like",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for forms that a random generator also makes, such as 24 hexadecimal digits, and for UUIDs made \
          from a name (versions 3, 5 and 8)."
    ),
    why: crate::page!(
        "An ObjectId has 40 bits that are not known and 24 random hexadecimal digits have 96; the form does not \
          tell which it is."
    ),
    bad: crate::page!("507f1f77bcf86cd799439011"),
    good: crate::page!("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
    citation: Citation::new("RFC 9562", "section 8"),
};

pub(crate) static LETTER: Rule = Rule {
    id: "identifier-below-128-bits",
    aliases: &[],
    title: "the identifier is strong in practice and misses the letter of ASVS 5",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for estimates of at least the second threshold and below 128 bits."),
    why: crate::page!(
        "ASVS 5 asks for 128 bits. The 122 of a random UUID are enough in practice, but six bits short on paper."
    ),
    bad: crate::page!("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: Citation::new("OWASP ASVS 5.0", "V7.2.3"),
};

pub(crate) static ENTROPY: Rule = Rule {
    id: "identifier-below-profile-entropy",
    aliases: &[],
    title: "the identifier has fewer bits than its profile asks for",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the structural estimate with the entropy that the profile names."),
    why: crate::page!("The profile is the standard that was chosen."),
    bad: crate::page!("3f2504e0-4f89-41d3-9a0c-0305e82c3301 (owasp-asvs-5)"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: Citation::new("the profile", "its entropy"),
};

/// Whether the structural estimate refuses, and whether only under one of two readings.
pub(in crate::session) fn reads_two_ways(estimate: &Estimate, thresholds: Thresholds) -> bool {
    let refuse = Bits::whole(thresholds.refuse);
    estimate.structural < refuse && estimate.otherwise.is_some_and(|bits| bits >= refuse)
}

/// Findings about the strength of one identifier.
pub(in crate::session) fn check(
    identifier: &str,
    place: &Place<'_>,
    estimate: &Estimate,
    profile: &Profile,
    thresholds: Thresholds,
    findings: &mut Findings,
) {
    let (refuse, warn) = (Bits::whole(thresholds.refuse), Bits::whole(thresholds.warn));
    let bits = estimate.structural;
    let at = |finding: crate::Finding| finding.at(place.whole()).arg("bits", format!("{bits}"));
    if reads_two_ways(estimate, thresholds) {
        let note = estimate.parts.iter().find(|part| part.otherwise.is_some()).map_or("", |part| part.note.as_ref());
        let other = estimate.otherwise.unwrap_or_default();
        findings.add(&AMBIGUOUS, at, || format!("an estimated {bits} bits or {other}: {note}"));
    } else if bits < refuse {
        findings.add(
            &GUESSABLE,
            |finding| {
                at(finding).help(
                    "draw 16 to 32 bytes from the system's random source and write them as lower-case hexadecimal",
                )
            },
            || {
                format!(
                    "expected at least {} bits to guess, found an estimated {bits}: {}",
                    thresholds.refuse,
                    told(&estimate.parts)
                )
            },
        );
    } else if bits < warn {
        findings.add(&WEAK, at, || {
            format!("an estimated {bits} bits, below {}: {}", thresholds.warn, told(&estimate.parts))
        });
    } else if bits < Bits::whole(128) {
        findings.add(&LETTER, at, || format!("an estimated {bits} bits, below the 128 of ASVS 5"));
    }
    if let Some(entropy) = profile.entropy
        && bits < Bits::whole(entropy)
    {
        findings.add(
            &ENTROPY,
            |mut finding| {
                finding.citation = profile.citation.clone();
                at(finding)
            },
            || format!("expected at least {entropy} bits for {}, found an estimated {bits}", quote(&profile.name)),
        );
    }
    look::check(identifier, place, estimate, refuse, findings);
    origin::check(identifier, place, estimate, findings);
}

/// The recognised parts in a sentence.
fn told(parts: &[Part]) -> String {
    let mut told = String::new();
    let mut notes: alloc::vec::Vec<&str> =
        parts.iter().filter(|part| part.kind != PartKind::Separator).map(|part| part.note.as_ref()).collect();
    notes.dedup();
    for (at, note) in notes.iter().take(4).enumerate() {
        if at > 0 {
            told.push_str(", ");
        }
        told.push_str(note);
    }
    if told.is_empty() { String::from("nothing that has to be guessed") } else { told }
}
