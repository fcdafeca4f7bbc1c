//! The way of an application into an enclave, as steps.

use admit_core::Verdict;
use admit_core::enclave::{Flow, Progress, Stage};
use yew::prelude::*;

use super::mark::{Shape, mark};
use super::prose::prose;
use crate::text::enclave as words;

pub(super) fn flow(flow: &Flow) -> Html {
    let stage = |stage: &Stage| {
        let shape = match stage.progress {
            Progress::Done => mark(Verdict::Admitted),
            Progress::Refused => mark(Verdict::Refused),
            Progress::Waiting => mark(Shape::Triangle),
            Progress::Unknown => mark(Verdict::Indeterminate),
        };
        html! {
            <li data-progress={words::progress(stage.progress)}>
                { shape }
                <span class="kind">{ stage.title.to_string() }</span>
                <span class="far">{ words::progress(stage.progress) }</span>
                <span class="because">{ prose(&stage.detail) }</span>
            </li>
        }
    };
    html! {
        <section aria-labelledby="flow-heading">
            <h3 id="flow-heading">{ words::FLOW }</h3>
            <p>{ words::STARTED_NOW }{ prose(&flow.started_now) }</p>
            <ol class="parts stages">{ for flow.stages.iter().map(stage) }</ol>
        </section>
    }
}
