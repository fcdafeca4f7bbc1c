//! Fixes of identifiers: what has to be encoded or refused is replaced by a hyphen.

use alloc::string::String;
use alloc::vec::Vec;

use super::{add, edit};
use crate::quote::quote;
use crate::session::judge::Place;
use crate::session::profile::{Judgement, Offence};
use crate::session::rules::format::{CHARACTER, UNDOCUMENTED};
use crate::{Finding, Limits};

/// Adds to the first finding about the characters of an identifier the edit that replaces all of them.
pub(in crate::session) fn identifier(text: &str, place: &Place<'_>, judged: &Judgement, findings: &mut [Finding]) {
    let Some((document, range)) = place.verbatim() else { return };
    let whole = document.span(range.clone());
    let inside = |finding: &&mut Finding| {
        finding.span.as_ref().is_some_and(|span| span.start >= whole.start && span.end <= whole.end)
            && (finding.rule == CHARACTER.id || finding.rule == UNDOCUMENTED.id)
    };
    let Some(finding) = findings.iter_mut().rev().take(Limits::FINDINGS_PER_RULE).filter(inside).last() else { return };
    let wrong: Vec<usize> = judged
        .offences
        .iter()
        .filter_map(|offence| match offence {
            Offence::Character(_, at) | Offence::Undocumented(_, at) => Some(*at),
            _ => None,
        })
        .collect();
    let mended: String =
        text.char_indices().map(|(at, character)| if wrong.contains(&at) { '-' } else { character }).collect();
    add(finding, alloc::format!("Write {}", quote(&mended)), Vec::from([edit(document, range, mended)]));
}
