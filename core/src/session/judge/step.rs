//! The trace of one identifier.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::Place;
use crate::session::profile;
use crate::session::strength::Estimate;
use crate::{Limits, Outcome, Step, Verdict};

/// The trace of one identifier.
pub(super) fn step(
    text: &str,
    place: &Place<'_>,
    judged: &profile::Judgement,
    estimate: &Estimate,
    verdict: Verdict,
    derived: Option<&str>,
) -> Step {
    let outcome = |verdict| match verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    };
    let form = match judged.acceptance {
        profile::Acceptance::Portable => (Outcome::Passed, "both of Azure's published rules accept it"),
        profile::Acceptance::SpecificationOnly => (Outcome::Unknown, "only the API specification accepts it"),
        profile::Acceptance::Accepted => (Outcome::Passed, "the profile accepts it"),
        profile::Acceptance::Rejected => (Outcome::Failed, "the profile does not accept it"),
    };
    let parts = estimate.parts.iter().map(|part| {
        let detail = alloc::format!("{}: {} bits", part.note, part.bits);
        let label = text.get(part.start as usize..part.end as usize).unwrap_or_default();
        Step::new(crate::quote::quote(label), Outcome::Noted, detail)
            .at(Some(place.part(part.start as usize..part.end as usize)))
    });
    let bits = alloc::format!("an estimated {} bits of at most {}", estimate.structural, estimate.upper);
    // A token that was pasted as an identifier is not shown in pieces either.
    let shown = if crate::session::token::masked(text).is_empty() { Limits::TRACE_PARTS } else { 0 };
    let mut steps = Vec::from([
        Step::new("form", form.0, form.1),
        Step::new("strength", Outcome::Noted, bits).with(parts.take(shown)),
    ]);
    steps.extend(derived.map(|derived| Step::new("origin", Outcome::Failed, derived)));
    let detail: Cow<'static, str> = match verdict {
        Verdict::Admitted => "acceptable by itself".into(),
        Verdict::Refused => "not acceptable".into(),
        Verdict::Indeterminate => "depends on a fact that is not known".into(),
    };
    Step::new(crate::quote::quote(text), outcome(verdict), detail).at(Some(place.whole())).with(steps)
}
