//! Taking credentials out of a report: wherever a message repeats a text of an artefact, a credential in it is replaced.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::{Form, Subject};
use crate::secret::{mask_in, secrets};
use crate::session::redact::mask_tokens;
use crate::{Limits, Report, Step};

/// Replaces every credential of the artefacts in a report, and every token.
pub(super) fn mask(report: &mut Report, subject: &Subject) {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let is_binary = |name: &String| match &report.answer {
        crate::Answer::Enclave(answer) => answer
            .artefacts
            .iter()
            .any(|artefact| artefact.name == *name && matches!(artefact.form, Some(Form::Sigstruct | Form::Sgxs))),
        _ => false,
    };
    let texts =
        subject.artefacts.iter().filter(|(name, text)| text.len() <= Limits::DOCUMENT_BYTES && !is_binary(name));
    for (_, text) in texts {
        found.extend(secrets(text).into_iter().filter_map(|place| text.get(place)));
    }
    let is_too_many = found.len() > Limits::CREDENTIALS;
    // The longest first: one may be a part of another.
    let mut found: alloc::vec::Vec<&str> = found.into_iter().collect();
    crate::order::sort_by_key(&mut found, |credential| core::cmp::Reverse(credential.len()));
    let hide = |text: &mut String| {
        if is_too_many {
            *text = String::from("not shown: there are too many credentials to mask");
            return;
        }
        mask_in(text, &found);
        mask_tokens(text);
    };
    for finding in &mut report.findings {
        hide(&mut finding.message);
        finding.help.iter_mut().for_each(hide);
        finding.args.values_mut().for_each(hide);
        finding.related.iter_mut().for_each(|related| hide(&mut related.message));
        finding.fixes.iter_mut().for_each(|fix| hide(&mut fix.title));
    }
    report.errors.iter_mut().for_each(|error| hide(&mut error.found));
    report.settle.iter_mut().for_each(hide);
    hide(&mut report.summary);
    step(&mut report.trace, &hide);
    let crate::Answer::Enclave(answer) = &mut report.answer else { return };
    for difference in &mut answer.differences {
        for change in difference.security.iter_mut().chain(&mut difference.text) {
            [&mut change.before, &mut change.after].into_iter().flatten().for_each(hide);
        }
    }
    if let Some(flow) = &mut answer.flow {
        flow.stages.iter_mut().for_each(|stage| hide(&mut stage.detail));
    }
}

/// A trace is three steps deep: the case, its artefacts, their findings.
fn step(one: &mut Step, hide: &impl Fn(&mut String)) {
    hide(&mut one.label);
    hide(&mut one.detail);
    one.steps.iter_mut().for_each(|inner| step(inner, hide));
}
