//! The chain: a picture from the certificate to its root, and every bit with its cause.

use admit_core::Verdict;
use admit_core::chain::{Answer, Element, Other};
use yew::prelude::*;

use super::Dispatch;
use super::mark::{path, tone};
use super::place::place_as;
use super::prose::{name, prose};
use crate::links::{self, Link};
use crate::state::Action;
use crate::text::chain as words;
use crate::{keys, text};

/// Heights in the picture, in CSS pixels.
const BOX: usize = 44;
const LINE: usize = 18;
const GAP: usize = 36;

#[inline(never)]
pub(super) fn chain(dispatch: &Dispatch, answer: &Answer) -> Html {
    // What may be wrong is not among the errors: a result without them would say more than is known.
    let is_open = answer.status.unknown & !answer.status.errors != 0;
    let outcome = |label: &'static str, outcome: &admit_core::chain::Outcome| {
        if is_open && outcome.hresult == 0 {
            return html! { <><dt>{ label }</dt><dd>{ words::OPEN }</dd></> };
        }
        html! {
            <><dt>{ label }</dt><dd><code>{ name(&outcome.name) }</code>{ format!(" 0x{:08X}", outcome.hresult) }</dd></>
        }
    };
    html! {
        <section aria-labelledby="chain-heading">
            <h3 id="chain-heading">{ words::CHAIN }</h3>
            { picture(dispatch, answer) }
            <ol class="elements">{ for answer.elements.iter().map(|element| item(dispatch, element)) }</ol>
            <dl class="pairs">
                { outcome(words::BASE, &answer.base_result) }
                { outcome(words::SSL, &answer.ssl_result) }
            </dl>
            if !answer.others.is_empty() {
                <details class="facts">
                    <summary>{ words::OTHER_PATHS }<span class="count">{ answer.others.len() }</span></summary>
                    <ul class="plain-list">{ for answer.others.iter().map(other) }</ul>
                </details>
            }
        </section>
    }
}

/// As wide as its column: only heights are fixed, so that its text keeps its size.
fn picture(dispatch: &Dispatch, answer: &Answer) -> Html {
    let links = links::links(answer);
    let (end, end_state) = links::end(answer);
    let mut drawn = Vec::new();
    let mut y = 1;
    for (number, (link, element)) in (1..).zip(links.iter().zip(&answer.elements)) {
        let height = BOX + LINE * link.words.len();
        let up = if number == links.len() { end_state } else { link.up };
        drawn.push(html! { <>{ element_box(dispatch, link, element, y, height) }{ bond(up, y + height) }</> });
        y += height + GAP;
    }
    let height = y + BOX - 8;
    html! {
        <>
            <svg class="chain" height={height.to_string()} aria-hidden="true">
                { for drawn }
                <g class={classes!("end", tone(end_state))}>
                    <rect x="0.5" y={y.to_string()} width="99%" height={(BOX - 10).to_string()} rx="6" />
                    { shape(end_state, y + 9) }
                    <text x="40" y={(y + 22).to_string()}>{ end }</text>
                </g>
            </svg>
            <p class="away">{ links::sentence(&links, end) }</p>
        </>
    }
}

fn element_box(dispatch: &Dispatch, link: &Link, element: &Element, y: usize, height: usize) -> Html {
    let go = {
        let (dispatch, span) = (dispatch.clone(), element.span.clone());
        Callback::from(move |_: MouseEvent| {
            keys::leave();
            dispatch.dispatch(Action::Go(span.clone()));
        })
    };
    let line = |(number, words): (usize, &String)| {
        html! { <text class="wrong" x="40" y={(y + BOX + 1 + LINE * number).to_string()}>{ words.clone() }</text> }
    };
    html! {
        <g class={classes!("element", tone(link.state))} onclick={go}>
            <rect x="0.5" y={y.to_string()} width="99%" height={height.to_string()} rx="6" />
            { shape(link.state, y + 14) }
            <text class="name" x="40" y={(y + 27).to_string()}>{ link.name.clone() }</text>
            { for link.words.iter().enumerate().map(line) }
        </g>
    }
}

/// The link to what is above: whole, dashed where it is not known, apart where it is broken.
fn bond(state: Verdict, y: usize) -> Html {
    let line = |from: usize, to: usize| {
        html! { <line x1="22" x2="22" y1={from.to_string()} y2={to.to_string()} /> }
    };
    let class = classes!("bond", tone(state));
    match state {
        Verdict::Refused => html! {
            <g {class}>
                { line(y, y + 8) }
                <path class="stroke" d={format!("M17 {}l10 10m0 -10l-10 10", y + GAP / 2 - 5)} />
                { line(y + GAP - 8, y + GAP) }
            </g>
        },
        Verdict::Admitted | Verdict::Indeterminate => html! { <g {class}>{ line(y, y + GAP) }</g> },
    }
}

/// A shape beside the words, so that colour says nothing alone.
fn shape(state: Verdict, y: usize) -> Html {
    html! { <path class="stroke" transform={format!("translate(14 {y})")} d={path(state)} /> }
}

fn item(dispatch: &Dispatch, element: &Element) -> Html {
    let cause = |cause: &admit_core::chain::Cause| {
        html! {
            <li class="cause">
                <code>{ name(links::bit_name(cause.bit)) }</code>
                if cause.unknown { <span class="indeterminate">{ text::verdict_in_words(Verdict::Indeterminate) }</span> }
                <span>{ prose(&cause.because) }</span>
                if let Some(span) = &cause.span { { place_as(dispatch, span, text::place(span)) } }
            </li>
        }
    };
    html! {
        <li>
            <p class="subject">
                <span class="name">{ links::name(&element.subject) }</span>
                <span class="far">{ words::origin(element.origin) }</span>
                { place_as(dispatch, &element.span, text::place(&element.span)) }
            </p>
            if !element.causes.is_empty() { <ul class="causes">{ for element.causes.iter().map(cause) }</ul> }
        </li>
    }
}

fn other(path: &Other) -> Html {
    let because = path.because.iter().map(|because| html! { <li>{ prose(because) }</li> });
    let subjects: Vec<String> = path.subjects.iter().map(|subject| links::name(subject)).collect();
    let errors = match path.errors.as_slice() {
        [] => words::NO_ERRORS.to_owned(),
        errors => errors.join(", "),
    };
    html! {
        <li>
            { subjects.join(words::ISSUED_BY) }<br /><span class="far">{ name(&errors) }</span>
            if !path.because.is_empty() { <ul class="causes">{ for because }</ul> }
        </li>
    }
}
