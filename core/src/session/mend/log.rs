//! The fix of a log: everything in it that must not be passed on is replaced.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{add, edit};
use crate::session::redact::{replacement, secrets};
use crate::session::rules::visibility::{IDENTIFIER_LOGGED, KEY_LOGGED, TOKEN_LOGGED};
use crate::{Document, Edit, Finding};

/// Replacements in one fix: a longer log is redacted as a copy.
const MOST: usize = 200;

/// Adds to the first finding of each kind the edits that redact the log.
pub(in crate::session) fn log(document: &Document<'_>, known: &[&str], findings: &mut [Finding]) {
    let text = document.text();
    let mut numbers = BTreeMap::new();
    let found = secrets(text, known);
    if found.is_empty() || found.len() > MOST {
        return;
    }
    let edits: Vec<Edit> = found
        .iter()
        .map(|secret| edit(document, secret.range.clone(), replacement(text, secret, &mut numbers)))
        .collect();
    for rule in [&TOKEN_LOGGED, &KEY_LOGGED, &IDENTIFIER_LOGGED] {
        let first = findings.iter_mut().find(|finding| finding.rule == rule.id);
        if let Some(finding) = first {
            add(finding, "Redact the log", edits.clone());
            // One is enough: it mends the others too.
            return;
        }
    }
}
