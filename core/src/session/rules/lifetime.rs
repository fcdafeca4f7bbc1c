//! How long sessions live (the article: continued interaction; implement short expiration times).
//!
//! What it checks: the pool's times, and what a time line does on it.
//! Why it matters: a session that lives long can be entered long; one that ended is silently a new and empty one.
//! Reference: Use dynamic sessions in Azure Container Apps; Azure Container Apps session pools, lifecycle.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::batch::timed::{BURST, burst, burst_message};
use super::{Findings, KINDS, article, page};
use crate::quote::quote;
use crate::session::life::{EventKind, Lifecycle, Moment, Outcome, Pool};
use crate::{Document, Rule, Severity, Time};

pub(crate) static COOLDOWN_RANGE: Rule = Rule {
    id: "cooldown-out-of-range",
    aliases: &[],
    title: "the cooldown is outside of what the service takes",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares with 300 to 3,600 seconds."),
    why: crate::page!("The pool can't be made with it."),
    bad: crate::page!("\"cooldown\": 60"),
    good: crate::page!("\"cooldown\": 300"),
    citation: page("session-pool.md, cooldownPeriodInSeconds"),
};

pub(crate) static COOLDOWN_LONG: Rule = Rule {
    id: "cooldown-long",
    aliases: &[],
    title: "a session stays for more than 15 minutes after its last request",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the cooldown with 900 seconds."),
    why: crate::page!("Until then whoever has the identifier can enter and read what was left."),
    bad: crate::page!("\"cooldown\": 3600"),
    good: crate::page!("\"cooldown\": 300"),
    citation: article("Security: implement short expiration times"),
};

pub(crate) static NO_AGE: Rule = Rule {
    id: "max-alive-missing",
    aliases: &[],
    title: "nothing but the container's exit ends the session",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `max_alive` of pools whose sessions live until their container exits."),
    why: crate::page!("Untrusted code decides how long the session lives, and takes a place in the pool as long."),
    bad: crate::page!("\"lifecycle\": \"on-container-exit\""),
    good: crate::page!("\"lifecycle\": \"on-container-exit\", \"max_alive\": 3600"),
    citation: page("session-pool.md, maxAlivePeriodInSeconds"),
};

pub(crate) static LOST: Rule = Rule {
    id: "session-state-lost",
    aliases: &[],
    title: "a request comes after the session ended, and gets an empty one",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Plays the time line: a request with an identifier whose session has ended."),
    why: crate::page!("Files and variables are gone, and no error says so."),
    bad: crate::page!("requests six minutes apart with a cooldown of 300 seconds"),
    good: crate::page!("requests at most five minutes apart, or an application that restores what it needs"),
    citation: article("Continued interaction"),
};

pub(crate) static FULL: Rule = Rule {
    id: "pool-full",
    aliases: &[],
    title: "a request finds the pool full",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Plays the time line: a request that needs a session while as many live as the pool may have."),
    why: crate::page!(
        "The service refuses it; documents say 404, others have seen 429. It does not mean that the session is gone."
    ),
    bad: crate::page!("11 identifiers within the cooldown on a pool of 10"),
    good: crate::page!("a pool with as many sessions as users"),
    citation: page("session-pool.md, maxConcurrentSessions"),
};

pub(crate) static MISTYPED: Rule = Rule {
    id: "identifier-mistyped",
    aliases: &[],
    title: "an identifier is nearly one that lives, and got a session of its own",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Plays the time line: an identifier with one request that differs in one or two characters from another."
    ),
    why: crate::page!(
        "A wrong identifier is never \"not found\": it costs a session, and the user sees none of their files."
    ),
    bad: crate::page!("9b74c9897bac770f and 9b74c9897bac770e"),
    good: crate::page!("identifiers read from one place"),
    citation: article("Identifiers: a session is allocated automatically"),
};

/// Identifiers among which mistyped ones are looked for; beyond them each would be compared with too many.
const COMPARED: usize = 500;

/// Findings about the pool's times.
pub(in crate::session) fn check_pool(pool: &Pool, findings: &mut Findings) {
    match pool.lifecycle {
        Lifecycle::Timed if !(300..=3600).contains(&pool.cooldown) => {
            findings.add(
                &COOLDOWN_RANGE,
                |finding| finding,
                || format!("expected 300 to 3600 seconds, found {}", pool.cooldown),
            );
        }
        Lifecycle::Timed if pool.cooldown > 900 => {
            findings.add(
                &COOLDOWN_LONG,
                |finding| finding,
                || format!("expected at most 900 seconds, found {}", pool.cooldown),
            );
        }
        Lifecycle::OnContainerExit if pool.max_alive.is_none() => {
            findings.add(&NO_AGE, |finding| finding, || "expected a greatest age, found none".into());
        }
        _ => {}
    }
}

/// Findings about what a time line did; `most` new identifiers within a minute are no burst.
pub(in crate::session) fn check(
    moments: &[Moment<'_>],
    outcomes: &[Outcome],
    document: &Document<'_>,
    most: u32,
    findings: &mut Findings,
) {
    for (place, kind) in outcomes {
        let Some(moment) = moments.get(*place) else {
            continue;
        };
        let at = |finding: crate::Finding| finding.at(document.span(moment.range.clone()));
        let name = quote(moment.identifier);
        match kind {
            EventKind::Lost => {
                findings.add(&LOST, at, || format!("{name} had a session, which has ended: this one is new and empty"))
            }
            EventKind::Refused => {
                findings.add(&FULL, at, || format!("{name} needs a session at {}, and the pool is full", moment.at))
            }
            _ => {}
        }
    }
    let mut firsts: BTreeMap<&str, (Time, usize)> = BTreeMap::new();
    for (place, moment) in moments.iter().enumerate() {
        firsts.entry(moment.identifier).or_insert((moment.at, place));
    }
    if let Some((count, from, place)) = burst(firsts.into_values().collect(), most)
        && let Some(moment) = moments.get(place)
    {
        let at = |finding: crate::Finding| finding.at(document.span(moment.range.clone()));
        findings.add(&BURST, at, || burst_message(count, from, most));
    }
    let mut counts: Vec<(&str, usize, usize)> = Vec::new();
    for (place, moment) in moments.iter().enumerate() {
        let room = counts.len() < COMPARED;
        match counts.iter_mut().find(|(identifier, ..)| *identifier == moment.identifier) {
            Some((.., count)) => *count = count.saturating_add(1),
            None if room => counts.push((moment.identifier, place, 1)),
            None => {}
        }
    }
    for (identifier, place, _) in counts.iter().filter(|(.., count)| *count == 1) {
        let near = counts.iter().find(|(other, _, count)| *count > 1 && differs_little(identifier, other));
        if let (Some((other, ..)), Some(moment)) = (near, moments.get(*place)) {
            findings.add(
                &MISTYPED,
                |finding| finding.at(document.span(moment.range.clone())),
                || format!("{} has a session of its own, {} was probably meant", quote(identifier), quote(other)),
            );
        }
    }
}

/// Whether two long texts of one length differ in one or two characters, or in their case.
fn differs_little(one: &str, two: &str) -> bool {
    let differences = one.bytes().zip(two.bytes()).filter(|(one, two)| one != two).count();
    one.len() == two.len() && one.len() >= 6 && ((1..=2).contains(&differences) || one.eq_ignore_ascii_case(two))
}
