//! Taking tokens out of a report: wherever a message, a step or an answer repeats a text of the case, a token in it is
//! replaced.

use alloc::string::String;

use crate::session::redact::mask_tokens;
use crate::{Answer, Report, Step};

/// Replaces every token in a report.
pub(super) fn mask(report: &mut Report) {
    for finding in &mut report.findings {
        mask_tokens(&mut finding.message);
        finding.help.iter_mut().for_each(mask_tokens);
        finding.args.values_mut().for_each(mask_tokens);
        // A fix is applied as it stands: one that would repeat a token is not offered.
        finding.fixes.retain(|fix| {
            let texts = fix.edits.iter().map(|edit| &edit.text).chain([&fix.title]);
            texts.into_iter().all(|text| {
                let mut masked = text.clone();
                mask_tokens(&mut masked);
                masked == *text
            })
        });
        finding.related.iter_mut().for_each(|related| mask_tokens(&mut related.message));
    }
    report.errors.iter_mut().for_each(|error| mask_tokens(&mut error.found));
    report.settle.iter_mut().for_each(mask_tokens);
    mask_tokens(&mut report.summary);
    step(&mut report.trace);
    let Answer::Session(answer) = &mut report.answer else {
        return;
    };
    for identifier in &mut answer.identifiers {
        mask_tokens(&mut identifier.text);
        let said = [&mut identifier.derived, &mut identifier.user, &mut identifier.conversation];
        said.into_iter().flatten().for_each(mask_tokens);
        for way in &mut identifier.ways {
            mask_tokens(&mut way.sent);
            way.seen.iter_mut().for_each(mask_tokens);
        }
    }
    if let Some(request) = &mut answer.request {
        let optional: [&mut Option<String>; 3] = [&mut request.forwarded, &mut request.api_version, &mut request.pool];
        optional.into_iter().flatten().for_each(mask_tokens);
        mask_tokens(&mut request.host);
    }
    if let Some(life) = &mut answer.life {
        life.events.iter_mut().for_each(|event| mask_tokens(&mut event.identifier));
    }
}

/// A trace is as deep as the judge makes it: four steps.
fn step(one: &mut Step) {
    mask_tokens(&mut one.label);
    mask_tokens(&mut one.detail);
    one.steps.iter_mut().for_each(step);
}
