//! Whose an identifier is.

use alloc::borrow::Cow;
use alloc::format;

use super::super::{Findings, KINDS, article};
use super::Rows;
use crate::quote::quote;
use crate::session::batch::pairs;
use crate::session::identifiers::{Row, trimmed};
use crate::session::profile::Set;
use crate::{Rule, Severity};

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

/// Who has which identifier.
pub(super) fn check(rows: &Rows<'_, '_>, findings: &mut Findings) {
    let span = |row: &Row<'_>| rows.span(row);
    let Rows { all, sorted, owned, unique, .. } = rows;
    // Where all are different, neighbours need not be compared.
    let sorted = if unique.0 { &[] } else { sorted.as_slice() };
    let owned = if unique.1 { &[] } else { owned.as_slice() };
    let differ = |one: &Option<Cow<'_, str>>, two: &Option<Cow<'_, str>>| matches!((one, two), (Some(one), Some(two)) if one != two);
    let nobody = |row: &Row<'_>| row.user.is_none() && row.conversation.is_none();
    for (one, two) in pairs(sorted, |one, two| one.identifier == two.identifier) {
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
    for (one, two) in pairs(owned, |one, two| (&one.user, &one.conversation) == (&two.user, &two.conversation)) {
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
    for row in *all {
        let seen = Set::seen(&row.identifier);
        for (column, value) in [("user", &row.user), ("conversation", &row.conversation)] {
            if let Some(value) = value.as_deref().map(trimmed).filter(|value| value.len() >= 3)
                && value
                    .chars()
                    .all(|one| seen.contains(one.to_ascii_lowercase()) || seen.contains(one.to_ascii_uppercase()))
                && holds(&row.identifier, value)
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

/// Whether `text` holds `part`, in any case.
fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let begins = part.first().map(u8::to_ascii_lowercase);
    let mut windows = text.windows(part.len().max(1));
    // The first byte tells most windows apart.
    windows.any(|window| window.first().map(u8::to_ascii_lowercase) == begins && window.eq_ignore_ascii_case(part))
}
