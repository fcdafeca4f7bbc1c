//! Everything below the verdict.

use std::rc::Rc;

use admit_core::Answer;
use yew::prelude::*;

use super::certificates::Certificates;
use super::errors::Errors;
use super::findings::Findings;
use super::matrix::Matrix;
use super::timeline::Timeline;
use super::trace::Trace;
use super::verdict::Details;
use crate::prose::{count, size};
use crate::state::State;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) state: State,
}

#[component]
pub(super) fn Results(Props { state }: &Props) -> Html {
    let Some((_, report)) = state.answer.as_ref().filter(|_| !state.is_blank()) else {
        return html! { <div class="results" /> };
    };
    let current = state.is_current();
    let Answer::Peer(answer) = &report.answer;
    let cost = &report.cost;
    html! {
        // Old results stay until new ones come; after a moment they are dimmed.
        <div class="results" aria-busy={(!current).then_some("true")}>
            <Details report={Rc::clone(report)} {current} />
            if !report.errors.is_empty() { <Errors errors={report.errors.clone()} /> }
            if !answer.cells.is_empty() {
                <Matrix answer={answer.clone()} certificates={report.certificates.clone()} />
            }
            if !report.findings.is_empty() || !report.off.is_empty() {
                <Findings findings={report.findings.clone()} off={report.off.clone()} {current} />
            }
            if !report.flips.is_empty() {
                <Timeline at={report.at} verdict={report.verdict} flips={report.flips.clone()} />
            }
            <Trace step={report.trace.clone()} />
            if !report.certificates.is_empty() {
                <Certificates certificates={report.certificates.clone()} at={report.at} />
            }
            <p class="cost">
                { format!("Decided in this browser by engine {}: {} read, {}, {}, {}. Nothing was sent.",
                    report.engine,
                    size(cost.bytes),
                    count(cost.certificates as usize, "certificate", "certificates"),
                    count(cost.signatures as usize, "signature", "signatures"),
                    count(cost.rules as usize, "rule or entry", "rules and entries")) }
            </p>
        </div>
    }
}
