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
use crate::session::batch::{Check, Summary, distinct, ordered};
use crate::session::identifiers::Row;
use crate::session::profile::Set;
use crate::{Document, Rule, Span, Time};

/// The identifiers of a document.
struct Rows<'r, 'a> {
    all: &'r [Row<'a>],
    /// In the order of the identifiers.
    sorted: Vec<&'r Row<'a>>,
    /// Those that are somebody's, by user and then by conversation.
    owned: Vec<&'r Row<'a>>,
    document: &'r Document<'r>,
    /// The characters of all identifiers.
    seen: Set,
    /// Whether no identifier comes twice, and whether no user and conversation do.
    unique: (bool, bool),
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
    seen: Set,
    policy: &Policy,
    at: Time,
    document: &Document<'_>,
    findings: &mut Findings,
) -> (Summary, Vec<Due>) {
    let owned = rows.iter().filter(|row| row.user.is_some() || row.conversation.is_some()).collect();
    let owned = ordered(owned, |row| row.conversation.as_deref().unwrap_or_default());
    let conversations = distinct(&owned, |row| row.conversation.as_deref().unwrap_or_default());
    let owned = ordered(owned, |row| row.user.as_deref().unwrap_or_default());
    let users = distinct(&owned, |row| row.user.as_deref().unwrap_or_default());
    let sorted = ordered(rows.iter().collect(), |row| &row.identifier);
    let different = distinct(&sorted, |row| &row.identifier);
    let unique = (different.len() == rows.len(), users.len().max(conversations.len()) == owned.len());
    let all = Rows { all: rows, sorted, owned, document, seen, unique };
    owner::check(&all, findings);
    equal::check(&all, policy, findings);
    let mut summary = Summary::of(rows.len(), &different);
    pattern::check(&all, &different, &summary, policy, findings);
    let due = timed::check(&all, policy, at, findings);
    // A row without one has the empty text, which no cell gives.
    let count =
        |names: &[&str]| u32::try_from(names.iter().filter(|name| !name.is_empty()).count()).unwrap_or(u32::MAX);
    summary.users = count(&users);
    summary.conversations = count(&conversations);
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
