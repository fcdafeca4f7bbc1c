//! Identifiers together (the article: one session per user, one session per agent conversation).
//!
//! What it checks: that identifiers differ after everything that happens to them, that each belongs to one user and one
//! conversation, and that together they show no pattern.
//! Why it matters: two users with one identifier share files, variables and secrets.
//! Reference: Use dynamic sessions in Azure Container Apps, Securing session identifiers, example strategies.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::Policy;
use crate::session::batch::{Step, Summary, neighbours, normalised, step};
use crate::session::identifiers::Row;
use crate::session::strength::Bits;
use crate::session::wire::{Order, effective, is_safe};
use crate::{Citation, Document, Rule, Severity};

pub(crate) static DUPLICATED: Rule = Rule {
    id: "identifiers-duplicated",
    aliases: &[],
    title: "an identifier comes twice",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for equal identifiers where the list does not say whose they are."),
    why: crate::page!(
        "If they are meant for two sessions, they are one. Give a column `user` or `conversation` to tell."
    ),
    bad: crate::page!("the same identifier on two lines"),
    good: crate::page!("every identifier once"),
    citation: article("Identifier format: unique within the session pool"),
};

pub(crate) static SHARED_USERS: Rule = Rule {
    id: "identifier-shared-by-users",
    aliases: &[],
    title: "two users have one identifier",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for equal identifiers with different users."),
    why: crate::page!(
        "They share one session with all its files and variables. Defaults in code and identifiers made from the \
          first message of a chat do this."
    ),
    bad: crate::page!("adslfjlad,alice and adslfjlad,bob"),
    good: crate::page!("one identifier for each user"),
    citation: article("Example strategies: one session per user"),
};

pub(crate) static SHARED_CONVERSATIONS: Rule = Rule {
    id: "identifier-shared-by-conversations",
    aliases: &[],
    title: "two conversations have one identifier",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for equal identifiers with different conversations."),
    why: crate::page!("What one conversation leaves in the session, the other reads."),
    bad: crate::page!("one identifier in two rows with different conversations"),
    good: crate::page!("one identifier for each conversation"),
    citation: article("Example strategies: one session per agent conversation"),
};

pub(crate) static MANY: Rule = Rule {
    id: "user-has-many-identifiers",
    aliases: &[],
    title: "one user or conversation has several identifiers",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for different identifiers of one user (of one conversation, where the list has that column)."
    ),
    why: crate::page!(
        "Sessions that nobody returns to stay until their cooldown ends, and many for one user look like guessing."
    ),
    bad: crate::page!("two identifiers for alice"),
    good: crate::page!("one live identifier for each user"),
    citation: article("Example strategies: one session per user"),
};

pub(crate) static IS_USER: Rule = Rule {
    id: "identifier-is-the-user",
    aliases: &[],
    title: "the identifier is, or holds, the user's or the conversation's own name",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the identifier with the columns `user` and `conversation`."),
    why: crate::page!(
        "It is unique and it can be guessed by everyone who knows the user. An end user may be able to choose a \
          conversation's name."
    ),
    bad: crate::page!("alice,alice"),
    good: crate::page!("HMAC-SHA-256(server key, tenant | user | conversation)"),
    citation: article("Securing session identifiers: not modifiable by the end user"),
};

pub(crate) static CASE: Rule = Rule {
    id: "identifiers-differ-by-case",
    aliases: &[],
    title: "two identifiers differ by case only",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the identifiers in small letters."),
    why: crate::page!(
        "Whether the service distinguishes case is undocumented. If it or anything on the way doesn't, they are one."
    ),
    bad: crate::page!("ABCDEF01 and abcdef01"),
    good: crate::page!("lower-case identifiers only"),
    citation: article("Identifier format: case is undocumented"),
};

pub(crate) static NORMALISED: Rule = Rule {
    id: "identifiers-equal-after-normalisation",
    aliases: &[],
    title: "the application makes one identifier of two",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Applies the policy's `normalisation` to every identifier and compares."),
    why: crate::page!("After it, two users share a session."),
    bad: crate::page!("tenant:user and tenant/user with hyphens"),
    good: crate::page!("a hash with a key, which needs no normalisation"),
    citation: article("Identifier format: unique within the session pool"),
};

pub(crate) static COLLIDE: Rule = Rule {
    id: "identifiers-collide-on-the-wire",
    aliases: &[],
    title: "put into a URL as they stand, two identifiers are one",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Parses a query with each identifier interpolated, and compares what the server sees."),
    why: crate::page!("The two users share a session, and no error says so."),
    bad: crate::page!("user&alice and user&bob"),
    good: crate::page!("user-alice and user-bob"),
    citation: article("Security: validate user input"),
};

pub(crate) static SEQUENCE: Rule = Rule {
    id: "identifiers-in-sequence",
    aliases: &[],
    title: "the identifiers count",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for decimal or hexadecimal ends that grow by the same or by small steps, in at least three \
          identifiers."
    ),
    why: crate::page!("Who has one has its neighbours."),
    bad: crate::page!("u-1001, u-1002, u-1003"),
    good: crate::page!("random identifiers"),
    citation: article("Security: avoid sequential identifiers"),
};

pub(crate) static PREFIX: Rule = Rule {
    id: "identifiers-share-a-beginning",
    aliases: &[],
    title: "all identifiers have the same beginning",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Compares the beginnings of at least three identifiers."),
    why: crate::page!("What is the same in all adds nothing to guess."),
    bad: crate::page!("cond-1a2b3c4d, cond-5e6f7a8b, cond-9c0d1e2f"),
    good: crate::page!("identifiers that differ from the first character on"),
    citation: article("Security: use strong, unique session identifiers"),
};

pub(crate) static PLACES: Rule = Rule {
    id: "identifiers-vary-too-little",
    aliases: &[],
    title: "together, the identifiers vary in few places only",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Adds the min-entropy of each place, by its most common character, over at least 100 identifiers."
    ),
    why: crate::page!(
        "However long they are, an attacker who has seen some has few places left to guess. A test of output proves \
          weakness, never strength."
    ),
    bad: crate::page!("100 identifiers that differ in four places"),
    good: crate::page!("100 random identifiers"),
    citation: Citation::new("NIST SP 800-90B", "section 6.3.1"),
};

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

/// Identifiers from which on places are judged.
const MANY_ENOUGH: u32 = 100;

/// Findings about identifiers together, and their summary.
pub(in crate::session) fn check(
    rows: &[Row<'_>],
    policy: &Policy,
    document: &Document<'_>,
    findings: &mut Findings,
) -> Summary {
    let span = |row: &Row<'_>| document.span(row.range.clone());
    let pair =
        |rule: &'static Rule, one: &Row<'_>, two: &Row<'_>, message: &dyn Fn() -> String, findings: &mut Findings| {
            findings.add(rule, |finding| finding.at(span(two)).related(span(one), "the other"), message);
        };
    owners(rows, document, findings);
    for (one, two) in neighbours(rows, |row| row.identifier.to_ascii_lowercase()) {
        if one.identifier != two.identifier {
            pair(
                &CASE,
                one,
                two,
                &|| format!("{} and {} differ by case only", quote(&one.identifier), quote(&two.identifier)),
                findings,
            );
        }
    }
    if !policy.normalisation.is_empty() {
        for (one, two) in neighbours(rows, |row| normalised(&row.identifier, &policy.normalisation)) {
            if one.identifier != two.identifier {
                let same = normalised(&two.identifier, &policy.normalisation);
                pair(
                    &NORMALISED,
                    one,
                    two,
                    &|| {
                        format!(
                            "{} and {} both become {}",
                            quote(&one.identifier),
                            quote(&two.identifier),
                            quote(&same)
                        )
                    },
                    findings,
                );
            }
        }
    }
    if rows.iter().any(|row| !is_safe(&row.identifier)) {
        let seen = |row: &Row<'_>| -> Cow<'_, str> {
            if is_safe(&row.identifier) {
                Cow::Owned(row.identifier.clone().into_owned())
            } else {
                Cow::Owned(effective(&row.identifier, Order::VersionFirst))
            }
        };
        for (one, two) in neighbours(rows, |row| seen(row).into_owned()) {
            if one.identifier != two.identifier {
                let same = seen(two);
                pair(
                    &COLLIDE,
                    one,
                    two,
                    &|| {
                        format!(
                            "of both {} and {} the server sees {}",
                            quote(&one.identifier),
                            quote(&two.identifier),
                            quote(&same)
                        )
                    },
                    findings,
                );
            }
        }
    }
    let mut distinct: Vec<&str> = rows.iter().map(|row| row.identifier.as_ref()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let summary = Summary::of(rows.len(), &distinct);
    patterns(rows, &distinct, &summary, policy, document, findings);
    summary
}

/// Who has which identifier.
fn owners(rows: &[Row<'_>], document: &Document<'_>, findings: &mut Findings) {
    let span = |row: &Row<'_>| document.span(row.range.clone());
    let differ = |one: &Option<Cow<'_, str>>, two: &Option<Cow<'_, str>>| matches!((one, two), (Some(one), Some(two)) if one != two);
    let nobody = |row: &Row<'_>| row.user.is_none() && row.conversation.is_none();
    for (one, two) in neighbours(rows, |row| row.identifier.as_ref()) {
        let name = quote(&two.identifier);
        if differ(&one.user, &two.user) {
            findings.add(
                &SHARED_USERS,
                |finding| finding.at(span(two)).related(span(one), "the other user's"),
                || {
                    let whose = |row: &Row<'_>| quote(row.user.as_deref().unwrap_or_default());
                    format!("{name} belongs to {} and to {}", whose(one), whose(two))
                },
            );
        } else if differ(&one.conversation, &two.conversation) {
            findings.add(
                &SHARED_CONVERSATIONS,
                |finding| finding.at(span(two)).related(span(one), "the other conversation's"),
                || format!("{name} belongs to two conversations"),
            );
        } else if nobody(one) || nobody(two) {
            findings.add(
                &DUPLICATED,
                |finding| finding.at(span(two)).related(span(one), "the first"),
                || format!("{name} comes twice"),
            );
        }
    }
    let owned: Vec<Row<'_>> =
        rows.iter().filter(|row| row.user.is_some() || row.conversation.is_some()).cloned().collect();
    for (one, two) in neighbours(&owned, |row| (row.user.clone(), row.conversation.clone())) {
        if one.identifier != two.identifier {
            findings.add(
                &MANY,
                |finding| finding.at(span(two)).related(span(one), "the other"),
                || {
                    format!(
                        "{} and {} belong to one user or conversation",
                        quote(&one.identifier),
                        quote(&two.identifier)
                    )
                },
            );
        }
    }
    for row in rows {
        for (column, value) in [("user", &row.user), ("conversation", &row.conversation)] {
            if let Some(value) = value.as_deref().map(str::trim).filter(|value| value.len() >= 3)
                && row.identifier.to_ascii_lowercase().contains(&value.to_ascii_lowercase())
            {
                findings.add(
                    &IS_USER,
                    |finding| finding.at(span(row)),
                    || format!("{} holds the {column}'s own name", quote(&row.identifier)),
                );
            }
        }
    }
}

/// What the identifiers look like together.
fn patterns(
    rows: &[Row<'_>],
    distinct: &[&str],
    summary: &Summary,
    policy: &Policy,
    document: &Document<'_>,
    findings: &mut Findings,
) {
    let whole = || document.span(0..document.text().len());
    match step(distinct, summary.common_prefix as usize) {
        Some(Step::Constant(by)) => findings.add(
            &SEQUENCE,
            |finding| finding.at(whole()),
            || format!("{} identifiers grow by {by} each", summary.distinct),
        ),
        Some(Step::Small(most)) => findings.add(
            &SEQUENCE,
            |finding| finding.at(whole()),
            || format!("{} identifiers grow by at most {most} each", summary.distinct),
        ),
        None => {}
    }
    if summary.distinct >= 3 && summary.common_prefix >= 3 {
        findings.add(
            &PREFIX,
            |finding| finding.at(whole()),
            || {
                let first = distinct.first().copied().unwrap_or_default();
                let prefix = first.get(..summary.common_prefix as usize).unwrap_or_default();
                format!("all {} identifiers begin with {}", summary.distinct, quote(prefix))
            },
        );
    }
    if summary.distinct >= MANY_ENOUGH {
        let total: Bits = summary.positions.iter().copied().sum();
        if total < Bits::whole(policy.thresholds.refuse) {
            findings.add(
                &PLACES,
                |finding| finding.at(whole()),
                || format!("expected at least {} bits over all places, found {total}", policy.thresholds.refuse),
            );
        }
    }
    if let Some(days) = policy.rotation {
        let mut spans: BTreeMap<&str, (crate::Time, crate::Time, &Row<'_>)> = BTreeMap::new();
        for row in rows {
            if let Some(time) = row.time {
                let seen = spans.entry(row.identifier.as_ref()).or_insert((time, time, row));
                *seen = (seen.0.min(time), seen.1.max(time), row);
            }
        }
        for (identifier, (first, last, row)) in spans {
            if last > first.plus(i64::from(days).saturating_mul(86_400)) {
                findings.add(
                    &ROTATION,
                    |finding| finding.at(document.span(row.range.clone())),
                    || format!("{} was used from {first} until {last}, longer than {days} days", quote(identifier)),
                );
            }
        }
    }
}
