//! A roll-out: its upgrade domains over time, the pairs of states at a chosen moment, and the plan.

use admit_core::fabric::rollout::{Answer, Moment, Plan, PlanStep};
use admit_core::{Time, Verdict};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Same;
use super::copy::Copy;
use super::mark::{mark, tone};
use super::prose::{name, prose};
use crate::instant;
use crate::text::rollout as words;

mod domains;
mod pairs;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) answer: Same<Answer>,
}

/// A component of its own, since it keeps the moment that is looked at.
#[component]
pub(super) fn Rollout(Props { answer }: &Props) -> Html {
    let answer = &*answer.0;
    let chosen = use_state(|| None::<usize>);
    let last = answer.moments.len().saturating_sub(1);
    let first_unsafe = answer.first_unsafe.map(|place| place as usize);
    // The first moment that is not safe is what people look for.
    let place = chosen.or(first_unsafe).unwrap_or_default().min(last);
    let slide = {
        let chosen = chosen.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            chosen.set(value.parse().ok());
        })
    };
    let go = {
        let chosen = chosen.clone();
        Callback::from(move |_: MouseEvent| chosen.set(first_unsafe))
    };
    let Some(moment) = answer.moments.get(place) else { return Html::default() };
    html! {
        <>
            <section aria-labelledby="rollout">
                <h3 id="rollout">{ words::WALK }</h3>
                { legend(answer) }
                { domains::domains(answer, place) }
                <p class="scrubber">
                    <label for="rollout-moment">{ words::MOMENT }</label>
                    <input id="rollout-moment" type="range" min="0" max={last.to_string()} step="1"
                        value={place.to_string()} oninput={slide} aria-valuetext={spoken(moment)} />
                </p>
                <p class={classes!("cell", tone(moment.verdict))} role="status">
                    { mark(moment.verdict) }{ when(moment.at) }{ " " }{ name(&words::happens(moment.roll_out, &moment.label)) }
                </p>
                if first_unsafe.is_some_and(|first| first != place) {
                    <p class="actions"><button type="button" onclick={go}>{ words::FIRST }</button></p>
                }
                { pairs::pairs(answer, moment) }
                { table(answer) }
            </section>
            if let Some(plan) = &answer.plan { { shown_plan(plan) } }
            { others(answer) }
        </>
    }
}

fn when(at: Time) -> Html {
    html! { <time datetime={at.to_string()}>{ instant::write(at) }</time> }
}

fn spoken(moment: &Moment) -> String {
    format!("{}, {}", instant::write(moment.at), words::happens(moment.roll_out, &moment.label))
}

/// What the letters stand for.
fn legend(answer: &Answer) -> Html {
    let pair = |(letter, thumbprint): &(String, String)| {
        html! { <><dt>{ letter }</dt><dd><code>{ name(thumbprint) }</code></dd></> }
    };
    html! { <dl class="pairs letters">{ for answer.letters.iter().map(pair) }</dl> }
}

/// The same for screen readers and for print.
fn table(answer: &Answer) -> Html {
    let states = |moment: &Moment| {
        let domain = |(domain, states): (&String, &Vec<u32>)| {
            let notation = states.iter().filter_map(|state| answer.states.get(*state as usize));
            let notation: Vec<&str> = notation.map(|state| state.notation.as_str()).collect();
            html! { <li>{ name(domain) }{ " = " }<code>{ name(&notation.join(" / ")) }</code></li> }
        };
        html! { <ul class="plain-list">{ for answer.domains.iter().zip(&moment.domain_states).map(domain) }</ul> }
    };
    let row = |moment: &Moment| {
        html! {
            <tr>
                <th scope="row">{ when(moment.at) }</th>
                <td>{ name(&words::happens(moment.roll_out, &moment.label)) }</td>
                <td class={tone(moment.verdict)}>{ mark(moment.verdict) }{ crate::text::verdict_in_words(moment.verdict) }</td>
                <td>{ moment.cut_off }</td>
                <td>{ words::quorum(moment.quorum.connected, moment.quorum.seeds) }</td>
                <td>{ states(moment) }</td>
            </tr>
        }
    };
    html! {
        <details class="facts moments">
            <summary>{ words::TABLE }</summary>
            <div class="wide">
                <table class="matrix">
                    <thead><tr>{ for words::COLUMNS.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr></thead>
                    <tbody>{ for answer.moments.iter().map(row) }</tbody>
                </table>
            </div>
        </details>
    }
}

fn shown_plan(plan: &Plan) -> Html {
    let step = |(number, step): (usize, &PlanStep)| {
        html! {
            <li>
                <p>{ prose(&step.title) }</p>
                <p><code>{ name(&step.notation) }</code></p>
                if !step.needs.is_empty() { <p class="note">{ prose(&step.needs) }</p> }
                if !step.manifest.is_empty() {
                    <details class="facts">
                        <summary>{ words::TEXT }</summary>
                        <p class="actions"><Copy text={step.manifest.clone()} label={words::step(number + 1, &step.title)} /></p>
                        <pre class="wide"><code>{ &step.manifest }</code></pre>
                    </details>
                }
            </li>
        }
    };
    html! {
        <section aria-labelledby="plan">
            <h3 id="plan">{ words::PLAN }</h3>
            <p class="note">{ prose(&plan.summary) }</p>
            <ol class="plan">{ for plan.steps.iter().enumerate().map(step) }</ol>
        </section>
    }
}

/// Losses, checks, the deployer, and the ways back.
fn others(answer: &Answer) -> Html {
    let line = |verdict: Verdict, label: String, because: &str| {
        html! { <li>{ mark(verdict) }{ " " }{ name(&label) }{ ": " }<span class="because">{ prose(because) }</span></li> }
    };
    html! {
        <>
            if !answer.losses.is_empty() {
                <section aria-labelledby="losses">
                    <h3 id="losses">{ words::LOSSES }</h3>
                    <ul class="plain-list">{ for answer.losses.iter().map(|loss| line(Verdict::Refused, format!("{}, {}", instant::write(loss.at), loss.who), &loss.because)) }</ul>
                </section>
            }
            if !answer.gates.is_empty() {
                <section aria-labelledby="gates">
                    <h3 id="gates">{ words::GATES }</h3>
                    <ul class="plain-list">{ for answer.gates.iter().map(|gate| line(gate.verdict, words::happens(gate.roll_out, ""), &gate.because)) }</ul>
                </section>
            }
            if let Some(view) = &answer.deployer {
                <section aria-labelledby="deployer">
                    <h3 id="deployer">{ words::DEPLOYER }</h3>
                    if !view.refusals.is_empty() {
                        <p class="note">{ words::REFUSES }</p>
                        <ul class="plain-list">{ for view.refusals.iter().map(|own| html! { <li><code>{ name(own) }</code></li> }) }</ul>
                    }
                    if !view.steps.is_empty() {
                        <p class="note">{ words::ITS_STEPS }</p>
                        <ol>{ for view.steps.iter().map(|own| html! { <li><code>{ name(own) }</code></li> }) }</ol>
                    }
                </section>
            }
            if !answer.rollbacks.is_empty() {
                <section aria-labelledby="rollbacks">
                    <h3 id="rollbacks">{ words::BACK }</h3>
                    <ul class="plain-list">{ for answer.rollbacks.iter().map(|own| line(own.verdict, words::back(own.from, own.to, own.unfinished), &own.because)) }</ul>
                </section>
            }
        </>
    }
}
