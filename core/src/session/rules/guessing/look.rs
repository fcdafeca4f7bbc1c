//! What an identifier looks like.

use alloc::format;

use super::super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::judge::Place;
use crate::session::strength::{Bits, Estimate, Part, PartKind};
use crate::{Citation, Rule, Severity};

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

/// What the parts look like.
pub(super) fn check(identifier: &str, place: &Place<'_>, estimate: &Estimate, refuse: Bits, findings: &mut Findings) {
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
}
