//! What identifiers look like together.

use alloc::format;

use super::super::{Findings, KINDS, article};
use super::Rows;
use crate::quote::quote;
use crate::session::Policy;
use crate::session::batch::{Step, Summary, step};
use crate::session::strength::Bits;
use crate::{Citation, Rule, Severity};

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

/// Identifiers from which on places are judged.
pub(super) const MANY_ENOUGH: u32 = 100;

/// What the identifiers look like together.
pub(super) fn check(
    rows: &Rows<'_, '_>,
    distinct: &[&str],
    summary: &Summary,
    policy: &Policy,
    findings: &mut Findings,
) {
    let whole = || rows.document.span(0..rows.document.text().len());
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
}
