//! Everything below the verdict.

use std::rc::Rc;

use admit_core::{Answer, Report};
use yew::prelude::*;

use super::certificates::certificates;
use super::chain::chain;
use super::diagnosis::diagnosis;
use super::enclave::enclave;
use super::errors::errors;
use super::findings::findings;
use super::matrix::matrix;
use super::pool::pool;
use super::presented::presented;
use super::recipe::Recipe;
use super::rollout::Rollout;
use super::session::session;
use super::timeline::timeline;
use super::trace::trace;
use super::verdict::details;
use super::{Dispatch, Same};
use crate::rules::Rule;
use crate::text::ui;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) dispatch: Dispatch,
    pub(super) report: Same<Report>,
    /// What the catalog says.
    pub(super) rules: Same<[Rule]>,
    /// Whether the report answers what is shown.
    pub(super) current: bool,
}

/// A component of its own, so that it is drawn when the report changes and not at every key.
#[component]
pub(super) fn Results(Props { dispatch, report, rules, current }: &Props) -> Html {
    let (report, current) = (&report.0, *current);
    // A kind without a picture of its own shows everything else.
    let picture = match &report.answer {
        Answer::Peer(answer) if !answer.cells.is_empty() => matrix(dispatch, answer, &report.certificates),
        Answer::Presentation(answer) if !answer.presentations.is_empty() => {
            presented(dispatch, answer, &report.certificates)
        }
        Answer::Chain(answer) if !answer.elements.is_empty() => chain(dispatch, answer),
        Answer::Session(answer) => session(dispatch, answer, &report.findings),
        Answer::Enclave(answer) => enclave(dispatch, answer),
        Answer::Pool(answer) => pool(dispatch, answer),
        Answer::Rollout(answer) => html! { <Rollout answer={Same(Rc::new(answer.clone()))} /> },
        _ => Html::default(),
    };
    // Of a chain also those that were not sent: intermediates and roots that the verifier has.
    let held = match &report.answer {
        Answer::Chain(answer) => answer.certificates.as_slice(),
        _ => &[],
    };
    html! {
        // Old results stay until new ones come; after a moment they are dimmed.
        <div class="results" aria-busy={(!current).then_some("true")}>
            if let Some(found) = &report.diagnosis { { diagnosis(dispatch, found) } }
            { details(dispatch, report, current) }
            if !report.errors.is_empty() { { errors(dispatch, &report.errors) } }
            { picture }
            if !report.findings.is_empty() || !report.off.is_empty() {
                { findings(dispatch, report, &rules.0, current) }
            }
            if !report.flips.is_empty() {
                { timeline(dispatch, report.at, report.verdict, &report.flips) }
            }
            // Filled by the tools, once they are there.
            <div id="scrub" />
            { trace(dispatch, &report.trace) }
            <div id="what-if" />
            if !report.certificates.is_empty() {
                { certificates(dispatch, &[report.certificates.as_slice(), held].concat(), report.at) }
            }
            if matches!(report.answer, Answer::Session(_)) { <Recipe dispatch={dispatch.clone()} open=false /> }
            <p class="cost">
                { ui::cost(&report.engine, &report.cost) }{ " " }<span id="silence" />
            </p>
        </div>
    }
}
