//! Why: the tree of what was looked at. Every leaf that has a place leads there.

use admit_core::{Outcome, Step};
use yew::prelude::*;

use super::mark::{Mark, Shape};
use super::place::Place;
use super::prose::Prose;
use crate::text;

/// Levels that are open at first; deeper ones open where something failed or is unknown.
const OPEN: u32 = 2;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) step: Step,
}

#[component]
pub(super) fn Trace(Props { step }: &Props) -> Html {
    html! {
        <section aria-labelledby="why">
            <h3 id="why">{ "Why" }</h3>
            <ul class="trace">{ draw(step, 0) }</ul>
        </section>
    }
}

fn draw(step: &Step, depth: u32) -> Html {
    let line = html! {
        <>
            <Mark shape={Shape::from(step.outcome)} />
            <span class="away">{ format!("{}: ", text::outcome(step.outcome)) }</span>
            <span class="label">{ &step.label }</span>
            <span class="detail"><Prose text={step.detail.clone()} /></span>
            if let Some(span) = &step.span { <Place span={span.clone()} /> }
        </>
    };
    let class = classes!((step.outcome == Outcome::Skipped).then_some("skipped"));
    if step.steps.is_empty() {
        return html! { <li class={class}><div class="step">{ line }</div></li> };
    }
    let open = depth < OPEN || matches!(step.outcome, Outcome::Failed | Outcome::Unknown);
    html! {
        <li class={class}>
            <details {open}>
                <summary class="step">{ line }</summary>
                <ul>{ for step.steps.iter().map(|step| draw(step, depth + 1)) }</ul>
            </details>
        </li>
    }
}
