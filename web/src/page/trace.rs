//! Why: the tree of what was looked at. Every leaf that has a place leads there.

use admit_core::{Outcome, Step};
use yew::prelude::*;

use super::Dispatch;
use super::mark::mark;
use super::place::place_as;
use super::prose::{prose, words};
use crate::text;
use crate::text::ui;

/// Levels that are open at first; deeper ones open where something failed or is unknown.
const OPEN: u32 = 2;

pub(super) fn trace(dispatch: &Dispatch, step: &Step) -> Html {
    html! {
        <section aria-labelledby="why">
            <h3 id="why">{ ui::WHY }</h3>
            <ul class="trace">{ draw(dispatch, step, 0) }</ul>
        </section>
    }
}

fn draw(dispatch: &Dispatch, step: &Step, depth: u32) -> Html {
    let line = html! {
        <>
            { mark(step.outcome) }
            <span class="away">{ format!("{}: ", text::outcome(step.outcome)) }</span>
            <span class="label">{ words(&step.label) }</span>
            <span class="detail">{ prose(&step.detail) }</span>
        </>
    };
    // Beside the summary and not inside it: a control inside another can't be reached by everybody.
    let link = step.span.as_ref().map(|span| {
        html! { <span class="step-place">{ place_as(dispatch, span, text::line(span)) }</span> }
    });
    let class = classes!((step.outcome == Outcome::Skipped).then_some("skipped"), link.as_ref().map(|_| "placed"));
    if step.steps.is_empty() {
        return html! { <li {class}><div class="step">{ line }</div>{ link }</li> };
    }
    let open = depth < OPEN || matches!(step.outcome, Outcome::Failed | Outcome::Unknown);
    html! {
        <li {class}>
            { link }
            <details {open}>
                <summary class="step">{ line }</summary>
                <ul>{ for step.steps.iter().map(|step| draw(dispatch, step, depth + 1)) }</ul>
            </details>
        </li>
    }
}
