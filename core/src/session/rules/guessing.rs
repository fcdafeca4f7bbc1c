//! How hard identifiers are to guess (the article: use strong, unique session identifiers).
//!
//! What it checks: the structural estimate against the thresholds, and what the identifier looks like.
//! Why it matters: one token enters any session of the pool, so among an application's users the identifier is all that
//! keeps them apart.
//! Reference: Use dynamic sessions in Azure Container Apps, Security; OWASP Session Management Cheat Sheet; RFC 9562.

use alloc::format;
use alloc::string::String;

use super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::Thresholds;
use crate::session::derived::Origin;
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

pub(crate) static COUNTS: Rule = Rule {
    id: "identifier-is-a-number",
    aliases: &[],
    title: "the identifier is a number",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for identifiers whose only variable part is a number: counters, row numbers, snowflake ids."
    ),
    why: crate::page!("The next one is one more: who has one identifier has them all."),
    bad: crate::page!("100042"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: article("Security: avoid sequential identifiers"),
};

pub(crate) static DATED: Rule = Rule {
    id: "identifier-is-a-time",
    aliases: &[],
    title: "the identifier is a date or a time",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for identifiers whose only variable part is a date, an instant, or a count of seconds or \
          milliseconds since 1970."
    ),
    why: crate::page!("When a session began is no secret: it is in logs, and a year has only 25 bits of seconds."),
    bad: crate::page!("1700000000000"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: article("Security: use strong, unique session identifiers"),
};

pub(crate) static PERSONAL: Rule = Rule {
    id: "identifier-is-personal",
    aliases: &[],
    title: "the identifier is personal data",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for mail addresses, user principal names, telephone numbers and Windows security identifiers."
    ),
    why: crate::page!(
        "It is known to everyone who knows the person, it ends up in URLs and logs, and it is the user's own for \
          ever."
    ),
    bad: crate::page!("alice@contoso.com"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: article("Security: limit session visibility"),
};

pub(crate) static SAMPLE: Rule = Rule {
    id: "identifier-is-a-sample",
    aliases: &[],
    title: "the identifier is a word of samples and tests",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for identifiers of sample words, alone or with a small number: `test`, `session-1`, `user-123`, and \
          `adslfjlad`, which a published sample gave to every user."
    ),
    why: crate::page!(
        "It is the first thing an attacker tries, and the first thing that another developer of the same pool uses."
    ),
    bad: crate::page!("test-identifier"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: Citation::new(
        "Azure-Samples/container-apps-dynamic-sessions-samples",
        "autogen-python-webapi/aca_sessions_executor.py:32",
    ),
};

pub(crate) static REPEATS: Rule = Rule {
    id: "identifier-repeats",
    aliases: &[],
    title: "a part of the identifier was made by fingers, not by a generator",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for one character again and again, groups that repeat, consecutive characters and neighbours on a \
          keyboard."
    ),
    why: crate::page!("Such a part adds length and nothing to guess."),
    bad: crate::page!("qwertyuiopqwertyuiop"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de"),
    citation: article("Security: use strong, unique session identifiers"),
};

pub(crate) static PADDED: Rule = Rule {
    id: "identifier-padded",
    aliases: &[],
    title: "the identifier is filled up to a length",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for a run of one filler character at an end of the identifier."),
    why: crate::page!(
        "A shortest length is not a least entropy: filling up satisfies the rule and leaves the identifier as easy \
          to guess."
    ),
    bad: crate::page!("user42000000000000000000000000000"),
    good: crate::page!("9b74c9897bac770ffc029102a200c5de0"),
    citation: Citation::new("Amazon Bedrock AgentCore", "runtimeSessionId: at least 33 characters"),
};

pub(crate) static TAIL: Rule = Rule {
    id: "identifier-weak-tail",
    aliases: &[],
    title: "all that varies is a short end behind a constant beginning",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for words followed by one variable part that has fewer bits than the threshold."),
    why: crate::page!("The whole looks long; only the end has to be guessed."),
    bad: crate::page!("cond-1a2b3c4d"),
    good: crate::page!("cond-9b74c9897bac770ffc029102a200c5de"),
    citation: article("Security: use strong, unique session identifiers"),
};

pub(crate) static DERIVED: Rule = Rule {
    id: "identifier-derived",
    aliases: &[],
    title: "the identifier is derived from something guessable",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Hashes the candidates that are supplied with MD5, SHA-1 and SHA-256, makes UUIDs of versions 3 and 5 of them, \
          and compares with the identifier: whole or cut, hexadecimal or base64."
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
    looks(identifier, place, estimate, refuse, findings);
}

/// What the parts look like.
fn looks(identifier: &str, place: &Place<'_>, estimate: &Estimate, refuse: Bits, findings: &mut Findings) {
    use PartKind::{
        Date, Hexadecimal, Instant, Integer, Keyboard, Mail, Padding, Placeholder, Repeat, SecurityIdentifier,
        Separator, Sequence, Snowflake, Telephone, Unstructured, Word,
    };
    let parts = || estimate.parts.iter().filter(|part| part.kind != Separator);
    let part = |part: &Part| place.part(part.start as usize..part.end as usize);
    let one = |kinds: &[PartKind]| parts().find(|part| kinds.contains(&part.kind));
    // The variable part: everything but constant words.
    let mut variable = parts().filter(|part| !matches!(part.kind, Word | Placeholder | Padding));
    let only = variable.next().filter(|_| variable.next().is_none());
    if let Some(found) = one(&[Mail, Telephone, SecurityIdentifier]) {
        findings.add(&PERSONAL, |finding| finding.at(part(found)), || format!("found {}", found.note));
    }
    let placeholder = parts().any(|part| part.kind == Placeholder);
    let small = |part: &Part| match part.kind {
        Placeholder => true,
        Integer | Sequence | Repeat => part.end.saturating_sub(part.start) <= 4,
        _ => false,
    };
    let sequence = estimate.parts.len() == 1 && one(&[Sequence, Repeat, Keyboard]).is_some() && identifier.len() <= 8;
    if (placeholder && parts().all(small)) || sequence {
        findings.add(
            &SAMPLE,
            |finding| finding.at(place.whole()).arg("identifier", quote(identifier)),
            || format!("expected an identifier of its own for each session, found {}", quote(identifier)),
        );
    } else if let Some(found) = only.filter(|part| matches!(part.kind, Integer | Snowflake)) {
        findings.add(&COUNTS, |finding| finding.at(part(found)), || format!("all that varies is {}", found.note));
    } else if let Some(found) = only.filter(|part| matches!(part.kind, Date | Instant)) {
        findings.add(
            &DATED,
            |finding| finding.at(part(found)),
            || {
                let told = found.time.map(|time| format!(", {time}")).unwrap_or_default();
                format!("all that varies is {}{told}", found.note)
            },
        );
    }
    for found in parts() {
        match found.kind {
            Repeat | Sequence | Keyboard => {
                findings.add(&REPEATS, |finding| finding.at(part(found)), || format!("found {}", found.note));
            }
            Padding => findings.add(&PADDED, |finding| finding.at(part(found)), || format!("found {}", found.note)),
            _ => {}
        }
    }
    let constant = parts().next().is_some_and(|part| matches!(part.kind, Word | Placeholder));
    if let Some(tail) = only
        && constant
        && matches!(tail.kind, Hexadecimal | Unstructured | Integer)
        && tail.end as usize == identifier.len()
        && tail.bits < refuse
    {
        findings.add(
            &TAIL,
            |finding| finding.at(part(tail)).arg("bits", format!("{}", tail.bits)),
            || format!("behind a constant beginning only {} bits vary", tail.bits),
        );
    }
    if let [only] = estimate.parts.as_slice()
        && only.kind == Hexadecimal
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
            finding
                .at(place.whole())
                .related(origin.span.clone(), "what it is derived from")
                .help("derive with a key that only the server has: HMAC-SHA-256")
        },
        || format!("the identifier is {} of candidate {}", origin.function, quote(&origin.candidate)),
    );
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
