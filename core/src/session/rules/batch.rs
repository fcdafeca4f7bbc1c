//! Identifiers together (the article: one session per user, one session per agent conversation).
//!
//! What it checks: that identifiers differ after everything that happens to them, that each belongs to one user and one
//! conversation, and that together they show no pattern.
//! Why it matters: two users with one identifier share files, variables and secrets.
//! Reference: Use dynamic sessions in Azure Container Apps, Securing session identifiers, example strategies.

pub(crate) mod equal;
pub(crate) mod owner;
pub(crate) mod pattern;
pub(crate) mod timed;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Findings;
use super::age::Due;
use crate::session::Policy;
use crate::session::batch::{Check, Summary};
use crate::session::identifiers::Row;
use crate::{Document, Rule, Span, Time};

/// The identifiers of a document.
struct Rows<'r, 'a> {
    all: &'r [Row<'a>],
    document: &'r Document<'r>,
}

impl Rows<'_, '_> {
    fn span(&self, row: &Row<'_>) -> Span {
        self.document.span(row.range.clone())
    }

    /// Adds a finding about two rows, at the second.
    fn pair(
        &self,
        rule: &'static Rule,
        one: &Row<'_>,
        two: &Row<'_>,
        message: impl FnOnce() -> String,
        findings: &mut Findings,
    ) {
        findings.add(rule, |finding| finding.at(self.span(two)).related(self.span(one), "the other"), message);
    }
}

/// Findings about identifiers together, their summary, and what changes with time.
pub(in crate::session) fn check(
    rows: &[Row<'_>],
    policy: &Policy,
    at: Time,
    document: &Document<'_>,
    findings: &mut Findings,
) -> (Summary, Vec<Due>) {
    let all = Rows { all: rows, document };
    owner::check(&all, findings);
    equal::check(&all, policy, findings);
    let mut distinct: Vec<&str> = rows.iter().map(|row| row.identifier.as_ref()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut summary = Summary::of(rows.len(), &distinct);
    pattern::check(&all, &distinct, &summary, policy, findings);
    let due = timed::check(&all, policy, at, findings);
    let count = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.dedup();
        u32::try_from(names.len()).unwrap_or(u32::MAX)
    };
    summary.users = count(rows.iter().filter_map(|row| row.user.as_deref()).collect());
    summary.conversations = count(rows.iter().filter_map(|row| row.conversation.as_deref()).collect());
    summary.checks = checks(rows, policy, &summary, findings);
    (summary, due)
}

/// What was looked for among the rows, and how often it was found.
fn checks(rows: &[Row<'_>], policy: &Policy, summary: &Summary, findings: &Findings) -> Vec<Check> {
    let (users, conversations) = (summary.users > 0, summary.conversations > 0);
    let timed = rows.iter().any(|row| row.time.is_some());
    let owned = users || conversations;
    let nobody = rows.iter().any(|row| row.user.is_none() && row.conversation.is_none());
    let looked: [(&'static Rule, bool); 15] = [
        (&owner::DUPLICATED, nobody),
        (&owner::SHARED_USERS, users),
        (&owner::SHARED_CONVERSATIONS, conversations),
        (&owner::MANY, owned),
        (&owner::IS_USER, owned),
        (&equal::CASE, true),
        (&equal::NORMALISED, !policy.normalisation.is_empty()),
        (&equal::COLLIDE, true),
        (&pattern::SEQUENCE, summary.distinct >= 3),
        (&pattern::PREFIX, summary.distinct >= 3),
        (&pattern::PLACES, summary.distinct >= pattern::MANY_ENOUGH),
        (&timed::ROTATION, timed && policy.rotation.is_some()),
        (&super::age::OLD, policy.rotation.is_some()),
        (&timed::STALE, timed && policy.pool.lifecycle == crate::session::Lifecycle::Timed),
        (&timed::BURST, timed),
    ];
    let check = |(rule, looked): (&'static Rule, bool)| {
        let found = u32::try_from(findings.count(rule)).unwrap_or(u32::MAX);
        Check { rule: Cow::Borrowed(rule.id), looked, found }
    };
    looked.into_iter().map(check).collect()
}
