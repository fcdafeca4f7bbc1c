//! Fixes of findings: edits of what was pasted, each offered only after the edited case was decided.

mod identifier;
mod log;
mod request;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::{Case, Document, Edit, Finding, Limits, Report, Verdict};

pub(super) use identifier::identifier;
pub(super) use log::log;
pub(super) use request::{Asked, commands, request};

/// Bytes of a case of which fixes are tried: each is decided again.
const TRIED_BYTES: u32 = 262_144;

/// An edit of a stretch.
fn edit(document: &Document<'_>, range: Range<usize>, text: impl Into<String>) -> Edit {
    Edit { span: document.span(range), text: text.into() }
}

/// Decides the edited case of each fix. A fix stays if what it mends is found less often afterwards, and the report is
/// decided no worse.
pub(super) fn try_fixes(case: &Case, report: &mut Report, decide: impl Fn(&Case) -> Report) {
    let small = report.cost.bytes <= TRIED_BYTES;
    let count = |findings: &[Finding], rule: &str| findings.iter().filter(|finding| finding.rule == rule).count();
    let before: BTreeMap<String, usize> =
        report.findings.iter().map(|one| (one.rule.clone().into_owned(), count(&report.findings, &one.rule))).collect();
    let weight = |verdict| match verdict {
        Verdict::Refused => 0,
        Verdict::Indeterminate => 1,
        Verdict::Admitted => 2,
    };
    let (verdict, mut tried) = (report.verdict, 0_usize);
    for finding in &mut report.findings {
        let rule = finding.rule.clone();
        finding.fixes.retain_mut(|fix| {
            tried = tried.saturating_add(1);
            if !small || tried > Limits::TRIED_FIXES {
                return false;
            }
            let Some(edited) = case.edited(fix) else { return false };
            let after = decide(&edited);
            fix.then = Some(after.verdict);
            let fewer = count(&after.findings, &rule) < before.get(rule.as_ref()).copied().unwrap_or_default();
            fewer && after.errors.len() <= report.errors.len() && weight(after.verdict) >= weight(verdict)
        });
    }
}

/// Adds a fix, where there are edits.
fn add(finding: &mut Finding, title: impl Into<String>, edits: Vec<Edit>) {
    if !edits.is_empty() {
        finding.fixes.push(crate::Fix { title: title.into(), edits, then: None, lets_in: Vec::new() });
    }
}
