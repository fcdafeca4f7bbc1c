//! Fixes, each tried before it is offered.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::verdict::counts;
use super::{Memory, decide};
use crate::chain::Verifier;
use crate::fabric::{Policy, rules};
use crate::{Case, Limits, Question, Report, Verdict};

/// What an edited case comes to: the verdict, and the certificates that it admits.
type Tried = (Verdict, Vec<u32>);

/// Evaluates the edited case of each fix, so that only what was tried is offered. Of what is to let a certificate in,
/// only what does is offered.
pub(super) fn try_fixes(
    case: &Case,
    report: &mut Report,
    policy: &Policy,
    verifier: &mut Verifier,
    memory: &mut Memory,
) {
    let errors = report.errors.len();
    let bytes: usize = case.documents().iter().map(|(_, text)| text.len()).sum();
    let most = Limits::TRIED_BYTES.checked_div(bytes).unwrap_or(Limits::TRIED_FIXES).clamp(1, Limits::TRIED_FIXES);
    let mut tried: BTreeMap<Vec<(u32, String)>, Option<Tried>> = BTreeMap::new();
    for finding in &mut report.findings {
        let meant = match rules::matching::MENDED.contains(&finding.rule.as_ref()) {
            true => finding.args.get("certificate").and_then(|number| number.parse::<u32>().ok()),
            false => None,
        };
        finding.fixes.retain_mut(|fix| {
            let key = fix.edits.iter().map(|edit| (edit.span.start, edit.text.clone())).collect();
            let count = tried.len();
            let outcome = tried.entry(key).or_insert_with(|| {
                let edited = if count < most { case.edited(fix) } else { None }?;
                let Question::Peer(own, subject) = &edited.question else { return None };
                let report = decide(&edited, own, subject, verifier, memory);
                // What can't be read any more is not mended.
                (report.errors.len() <= errors).then(|| (report.verdict, admitted(policy, &report)))
            });
            fix.then = outcome.as_ref().map(|(verdict, _)| *verdict);
            match (outcome, meant) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some((_, admitted)), Some(number)) => admitted.contains(&number),
            }
        });
    }
}

/// The certificates that a connection that counts admits.
fn admitted(policy: &Policy, report: &Report) -> Vec<u32> {
    let crate::Answer::Peer(answer) = &report.answer else { return Vec::new() };
    let counted = answer.cells.iter().filter(|cell| counts(policy, cell.connection));
    counted.filter(|cell| cell.verdict == Verdict::Admitted).map(|cell| cell.certificate).collect()
}
