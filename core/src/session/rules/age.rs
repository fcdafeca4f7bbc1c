//! How old an identifier is (the article: implement short expiration times).
//!
//! What it checks: the instant inside of an identifier against the policy's rotation.
//! Why it matters: an identifier that leaked stays useful until it is replaced.
//! Reference: Use dynamic sessions in Azure Container Apps, Security.

use alloc::format;

use super::{Findings, KINDS, article};
use crate::session::judge::Place;
use crate::session::strength::Estimate;
use crate::{Rule, Severity, Time};

pub(crate) static OLD: Rule = Rule {
    id: "identifier-older-than-rotation",
    aliases: &[],
    title: "the identifier was made longer ago than the policy rotates",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Reads the time inside of UUIDs of version 1, 6 and 7, ULIDs, KSUIDs, ObjectIds and timestamps."
    ),
    why: crate::page!("It should have been replaced by now."),
    bad: crate::page!("017f22e2-79b0-7cc3-98c4-dc0c0c07398f (made in 2022) with rotation 30"),
    good: crate::page!("an identifier of this month"),
    citation: article("Security: implement short expiration times"),
};

/// A finding that comes, or would come, at an instant.
#[derive(Debug, Clone)]
pub(in crate::session) struct Due {
    /// From when on it is found.
    pub(in crate::session) at: Time,
    /// Of which rule.
    pub(in crate::session) rule: &'static Rule,
    /// What happens then.
    pub(in crate::session) because: alloc::string::String,
}

/// The instant at which an identifier is too old.
pub(in crate::session) fn due(estimate: &Estimate, rotation: Option<u32>) -> Option<Time> {
    let made = estimate.parts.iter().find_map(|part| part.time)?;
    Some(made.plus(i64::from(rotation?).saturating_mul(86_400)))
}

/// The finding about an identifier that is too old.
pub(in crate::session) fn check(
    place: &Place<'_>,
    estimate: &Estimate,
    rotation: Option<u32>,
    at: Time,
    findings: &mut Findings,
) {
    if let (Some(due), Some(days)) = (due(estimate, rotation), rotation)
        && at >= due
    {
        findings.add(
            &OLD,
            |finding| finding.at(place.whole()),
            || format!("expected an identifier of the last {days} days, found one that was due at {due}"),
        );
    }
}
