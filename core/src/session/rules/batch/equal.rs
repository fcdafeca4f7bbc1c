//! Identifiers that are one, or become one.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::{Findings, KINDS, article};
use super::Rows;
use crate::quote::quote;
use crate::session::Policy;
use crate::session::batch::{neighbours, normalised};
use crate::session::identifiers::Row;
use crate::session::profile::Set;
use crate::session::wire::{CHANGED, Client, Order, way};
use crate::{Rule, Severity};

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
    what: crate::page!(
        "Writes each identifier into a query as a string put together is written (and sent by urllib, a browser, \
          requests and curl), and as `encodeURI` writes it, and compares what the server parses."
    ),
    why: crate::page!("The two users share a session, and no error says so."),
    bad: crate::page!("user&alice and user&bob"),
    good: crate::page!("user-alice and user-bob"),
    citation: article("Security: validate user input"),
};

/// The models under which two identifiers can become one. Every other encoder gives back what was meant.
const MODELS: [(Client, &str); 5] = [
    (Client::Interpolation, "a string put together"),
    (Client::Fetch, "fetch"),
    (Client::Requests, "requests"),
    (Client::Curl, "curl"),
    (Client::EncodeUri, "encodeURI"),
];

/// Findings about identifiers that become one.
pub(super) fn check(rows: &Rows<'_, '_>, policy: &Policy, findings: &mut Findings) {
    // Without a capital letter nothing differs by case.
    let capitals = rows.seen.without(Set::UPPER) != rows.seen;
    let cased = if capitals { rows.all } else { &[] };
    for (one, two) in neighbours(cased, |row| row.identifier.to_ascii_lowercase()) {
        if one.identifier != two.identifier {
            let message = || format!("{} and {} differ by case only", quote(&one.identifier), quote(&two.identifier));
            rows.pair(&CASE, one, two, message, findings);
        }
    }
    let changes = |row: &Row<'_>| normalised(&row.identifier, &policy.normalisation) != row.identifier;
    if !policy.normalisation.is_empty() && rows.all.iter().any(changes) {
        for (one, two) in neighbours(rows.all, |row| normalised(&row.identifier, &policy.normalisation)) {
            if one.identifier != two.identifier {
                let same = normalised(&two.identifier, &policy.normalisation);
                let names = (quote(&one.identifier), quote(&two.identifier));
                let message = || format!("{} and {} both become {}", names.0, names.1, quote(&same));
                rows.pair(&NORMALISED, one, two, message, findings);
            }
        }
    }
    for ((_, _), (one, two, seen, clients)) in collisions(rows.all, rows.seen) {
        let message = || {
            let (one, two) = (quote(&one.identifier), quote(&two.identifier));
            format!("of both {one} and {two} the server sees {} ({})", quote(&seen), clients.join(", "))
        };
        rows.pair(&COLLIDE, one, two, message, findings);
    }
}

/// Two rows, what the server sees of both, and from whom.
type Collision<'r, 'a> = (&'r Row<'a>, &'r Row<'a>, String, Vec<&'static str>);

/// Pairs of different identifiers of which the server sees the same, by the numbers of their rows.
fn collisions<'r, 'a>(rows: &'r [Row<'a>], all: Set) -> BTreeMap<(u32, u32), Collision<'r, 'a>> {
    let mut found: BTreeMap<(u32, u32), Collision<'r, 'a>> = BTreeMap::new();
    let changed = Set::of(CHANGED);
    let any = |seen: Set, of: Set| seen.without(of) != seen;
    let changes = |row: &Row<'_>| any(Set::seen(&row.identifier), changed);
    if !any(all, changed) {
        return found;
    }
    // Where no escape and no bracket stands, all five see the same.
    let apart = any(all, Set::of(b"%[]{}\\"));
    let names = if apart {
        MODELS.map(|(_, name)| Vec::from([name]))
    } else {
        [MODELS.map(|(_, name)| name).to_vec(), Vec::new(), Vec::new(), Vec::new(), Vec::new()]
    };
    for ((client, _), names) in MODELS.into_iter().zip(names).filter(|(_, names)| !names.is_empty()) {
        let mut seen: Vec<(Cow<'r, str>, &'r Row<'a>)> = Vec::with_capacity(rows.len());
        for row in rows {
            if changes(row) {
                // curl may send several requests of one.
                let values = way(&row.identifier, client, Order::VersionFirst).seen;
                seen.extend(values.into_iter().map(|value| (Cow::Owned(value), row)));
            } else {
                seen.push((Cow::Borrowed(row.identifier.as_ref()), row));
            }
        }
        crate::order::sort_by(&mut seen, |(one, first), (two, second)| (one, first.number).cmp(&(two, second.number)));
        for ((one, first), (two, second)) in seen.iter().zip(seen.iter().skip(1)) {
            if one == two && first.identifier != second.identifier {
                let key = (second.number, first.number);
                let entry = found.entry(key).or_insert_with(|| (*first, *second, two.clone().into_owned(), Vec::new()));
                entry.3.extend(names.iter().filter(|name| !entry.3.contains(name)).copied().collect::<Vec<_>>());
            }
        }
    }
    found
}
