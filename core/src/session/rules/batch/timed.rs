//! Identifiers over time: how long they are used, how many come at once, and what became of their sessions.

use alloc::format;
use alloc::vec::Vec;

use super::super::{Findings, KINDS, article};
use super::Rows;
use crate::quote::quote;
use crate::session::Policy;
use crate::session::identifiers::Row;
use crate::session::life::Lifecycle;
use crate::session::rules::age::Due;
use crate::{Rule, Severity, Time};

pub(crate) static ROTATION: Rule = Rule {
    id: "identifier-outlives-rotation",
    aliases: &[],
    title: "an identifier is used for longer than the policy rotates",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Subtracts the first from the last time of each identifier."),
    why: crate::page!("An identifier that leaked stays useful until it is replaced."),
    bad: crate::page!("the same identifier on 1 January and on 1 March with rotation 30"),
    good: crate::page!("a new identifier every 30 days"),
    citation: article("Security: regularly rotate session credentials"),
};

pub(crate) static STALE: Rule = Rule {
    id: "mapping-outlives-session",
    aliases: &[],
    title: "the application still holds identifiers whose sessions have ended",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Compares the last time of each identifier with the pool's cooldown, where the list has the column `time` and \
          the pool's sessions end by a cooldown."
    ),
    why: crate::page!(
        "The next request with the identifier gets a new and empty session, and no error says so. What leaks from the \
          mapping is a key to that session."
    ),
    bad: crate::page!("an identifier that was last used an hour ago, with a cooldown of 300 seconds"),
    good: crate::page!("a mapping that is forgotten when the cooldown ends"),
    citation: article("Security: implement short expiration times"),
};

pub(crate) static BURST: Rule = Rule {
    id: "identifiers-in-burst",
    aliases: &[],
    title: "many identifiers come for the first time within a minute",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Counts the identifiers that are seen for the first time within any minute, in the list and in the time \
          line, against the policy's `burst`."
    ),
    why: crate::page!(
        "That is what guessing looks like, and each new identifier also allocates a session until the pool is full."
    ),
    bad: crate::page!("500 new identifiers in ten seconds"),
    good: crate::page!("a few new identifiers in a minute"),
    citation: article("Security: monitor session activity"),
};

/// Seconds within which new identifiers are counted.
const WINDOW: i64 = 60;

/// When an identifier was used, and the row of its last use.
struct Use<'r, 'a> {
    first: Time,
    last: Time,
    row: &'r Row<'a>,
}

/// The uses of each identifier of which the list tells times. The rows are in the order of the identifiers.
fn uses<'r, 'a>(rows: &[&'r Row<'a>]) -> Vec<Use<'r, 'a>> {
    let mut uses: Vec<Use<'r, 'a>> = Vec::new();
    for row in rows {
        let Some(time) = row.time else { continue };
        match uses.last_mut().filter(|last| last.row.identifier == row.identifier) {
            Some(seen) => {
                seen.first = seen.first.min(time);
                if time >= seen.last {
                    (seen.last, seen.row) = (time, row);
                }
            }
            None => uses.push(Use { first: time, last: time, row }),
        }
    }
    uses
}

/// Findings about identifiers over time. What will be found later, or no more, is given as an instant.
pub(super) fn check(rows: &Rows<'_, '_>, policy: &Policy, at: Time, findings: &mut Findings) -> Vec<Due> {
    let seen = uses(&rows.sorted);
    if let Some(days) = policy.rotation {
        for Use { first, last, row } in &seen {
            if *last > first.plus(i64::from(days).saturating_mul(86_400)) {
                findings.add(
                    &ROTATION,
                    |finding| finding.at(rows.span(row)),
                    || {
                        format!(
                            "{} was used from {first} until {last}, longer than {days} days",
                            quote(&row.identifier)
                        )
                    },
                );
            }
        }
    }
    let firsts = seen.iter().map(|one| (one.first, one.row)).collect();
    if let Some((count, from, row)) = burst(firsts, policy.burst) {
        let message = || burst_message(count, from, policy.burst);
        findings.add(&BURST, |finding| finding.at(rows.span(row)), message);
    }
    stale(rows, &seen, policy, at, findings)
}

fn stale(rows: &Rows<'_, '_>, seen: &[Use<'_, '_>], policy: &Policy, at: Time, findings: &mut Findings) -> Vec<Due> {
    if policy.pool.lifecycle != Lifecycle::Timed {
        return Vec::new();
    }
    let ends = |last: &Time| last.plus(i64::from(policy.pool.cooldown));
    let ended = seen.iter().filter(|one| ends(&one.last) <= at);
    let oldest = ended.clone().min_by_key(|one| (one.last, one.row.number));
    if let Some(Use { last, row, .. }) = oldest {
        findings.add(
            &STALE,
            |finding| finding.at(rows.span(row)),
            || {
                let (count, all, cooldown) = (ended.count(), seen.len(), policy.pool.cooldown);
                format!(
                    "of {all} identifiers {count} were last used more than {cooldown} seconds ago, {} at {last}",
                    quote(&row.identifier)
                )
            },
        );
    }
    let next = seen.iter().map(|one| ends(&one.last)).min();
    let because = "a session ends whose identifier is still listed";
    next.map(|at| Due { at, rule: &STALE, because: because.into() }).into_iter().collect()
}

/// The most new identifiers within a minute, if they are more than `most`: how many, since when, and where the first
/// is. `firsts` are the instants at which identifiers are seen first.
pub(in crate::session::rules) fn burst<P: Clone>(mut firsts: Vec<(Time, P)>, most: u32) -> Option<(usize, Time, P)> {
    crate::order::sort_by_key(&mut firsts, |(time, _)| *time);
    let mut until = 0_usize;
    let mut found: Option<(usize, usize)> = None;
    for (from, (start, _)) in firsts.iter().enumerate() {
        while firsts.get(until).is_some_and(|(time, _)| *time < start.plus(WINDOW)) {
            until = until.saturating_add(1);
        }
        let count = until.saturating_sub(from);
        if found.is_none_or(|(most, _)| count > most) {
            found = Some((count, from));
        }
    }
    let (count, from) = found.filter(|(count, _)| u32::try_from(*count).unwrap_or(u32::MAX) > most)?;
    let (start, place) = firsts.get(from)?;
    Some((count, *start, place.clone()))
}

/// What is said of a burst.
pub(in crate::session::rules) fn burst_message(count: usize, from: Time, most: u32) -> alloc::string::String {
    format!("expected at most {most} new identifiers within a minute, found {count} from {from} on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bursts_are_counted_within_a_minute() {
        let firsts = |seconds: &[i64]| seconds.iter().map(|second| (Time::from_unix(*second), *second)).collect();
        assert_eq!(burst::<i64>(firsts(&[100, 0, 59, 60, 61]), 3), Some((4, Time::from_unix(59), 59)));
        assert_eq!(burst::<i64>(firsts(&[0, 59, 60, 61, 100]), 4), None);
        assert_eq!(burst::<i64>(Vec::new(), 0), None);
    }
}
