//! Identifiers together: what was looked for, the rows, and how much each place varies.

use admit_core::Finding;
use admit_core::session::{Answer, Check, Identifier, Summary};
use yew::prelude::*;

use super::Dispatch;
use super::mark::{Shape, mark, tone};
use super::place::place_as;
use super::prose::name;
use crate::heat::{self, COLUMNS, Cell};
use crate::text::batch as words;
use crate::text::session::bits;
use crate::{instant, text};

/// Height of a cell of the map, in CSS pixels.
const CELL: usize = 22;
/// Places that each check leads to.
const PLACES: usize = 3;

pub(super) fn batch(dispatch: &Dispatch, answer: &Answer, summary: &Summary, findings: &[Finding]) -> Html {
    html! {
        <section aria-labelledby="batch-heading">
            <h3 id="batch-heading">{ words::TOGETHER }</h3>
            <p class="about-strength">{ words::summary(summary) }</p>
            { checks(dispatch, summary, findings) }
            { others(summary) }
            { map(summary) }
            { rows(dispatch, answer, summary) }
        </section>
    }
}

fn checks(dispatch: &Dispatch, summary: &Summary, findings: &[Finding]) -> Html {
    let row = |check: &Check| {
        let of_rule = findings.iter().filter(|finding| finding.rule == check.rule);
        let spans: Vec<_> = of_rule.clone().filter_map(|finding| finding.span.as_ref()).take(PLACES).collect();
        let shape = match check.found {
            0 => Shape::Check,
            _ => of_rule.clone().map(|finding| finding.severity).min().map_or(Shape::Triangle, Shape::from),
        };
        html! {
            <tr>
                <th scope="row">{ words::check(check) }</th>
                <td>
                    <span class="column">{ words::FOUND }</span>
                    <span>
                        { mark(shape) }{ " " }
                        if check.found == 0 {
                            { words::NONE }
                        } else {
                            { check.found }
                            { for spans.into_iter().map(|span| html! {
                                <>{ " " }{ place_as(dispatch, span, text::place(span)) }</>
                            }) }
                        }
                    </span>
                </td>
            </tr>
        }
    };
    html! {
        <table class="matrix checks">
            <caption>{ words::CHECKS }</caption>
            <thead><tr><th scope="col">{ words::LOOKED_FOR }</th><th scope="col">{ words::FOUND }</th></tr></thead>
            <tbody>{ for summary.checks.iter().filter(|check| check.looked).map(row) }</tbody>
        </table>
    }
}

/// What was not looked for, since too little is known.
fn others(summary: &Summary) -> Html {
    let others = summary.checks.iter().filter(|check| !check.looked);
    if others.clone().next().is_none() {
        return Html::default();
    }
    html! {
        <details class="facts">
            <summary>{ words::NOT_LOOKED }<span class="count">{ others.clone().count() }</span></summary>
            <ul class="plain-list">{ for others.map(|check| html! { <li>{ words::check(check) }</li> }) }</ul>
        </details>
    }
}

/// The map, and the same as a list.
fn map(summary: &Summary) -> Html {
    let rows = heat::rows(summary);
    let cell = |row: usize, column: usize, cell: &Cell| {
        // Whole hundredths: printing a fraction costs ten kilobytes of WebAssembly.
        let hundredths = column * 10_000 / COLUMNS;
        let x = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
        let y = (row * CELL + 1).to_string();
        html! {
            <rect class={format!("heat-{}", cell.step)} {x} {y} width="2.9%" height={(CELL - 2).to_string()} />
        }
    };
    let line = |(row, cells): (usize, &Vec<Cell>)| {
        html! { { for cells.iter().enumerate().map(|(column, one)| cell(row, column, one)) } }
    };
    html! {
        <>
            <h4>{ words::PLACES }</h4>
            <svg class="heat" height={(rows.len() * CELL).to_string()} aria-hidden="true">
                { for rows.iter().enumerate().map(line) }
            </svg>
            <p class="note" aria-hidden="true">{ words::SCALE }</p>
            <ul class="plain-list">
                { for heat::stretches(summary).iter().map(|stretch| html! { <li>{ words::stretch(stretch) }</li> }) }
            </ul>
        </>
    }
}

fn rows(dispatch: &Dispatch, answer: &Answer, summary: &Summary) -> Html {
    let owned = summary.users > 0 || summary.conversations > 0;
    let timed = answer.identifiers.iter().any(|identifier| identifier.time.is_some());
    let row = |identifier: &Identifier| {
        let whose = [identifier.user.as_deref(), identifier.conversation.as_deref()];
        let whose: Vec<&str> = whose.into_iter().flatten().collect();
        let seen = identifier.time.map(instant::write).unwrap_or_default();
        html! {
            <tr>
                <td>
                    <span class="column">{ words::IDENTIFIER }</span>
                    <code class="seen">{ name(&identifier.text) }</code>
                    { place_as(dispatch, &identifier.span, text::place(&identifier.span)) }
                </td>
                if owned { <td><span class="column">{ words::WHOSE }</span>{ name(&whose.join(", ")) }</td> }
                if timed { <td><span class="column">{ words::SEEN }</span>{ seen }</td> }
                <td>
                    <span class="column">{ words::BITS }</span>
                    <span class={classes!("cell", tone(identifier.verdict))}>
                        { mark(identifier.verdict) }
                        <span class="away">{ text::verdict(identifier.verdict) }{ ", " }</span>
                        { bits(identifier.estimate.structural) }
                    </span>
                </td>
            </tr>
        }
    };
    let shown = answer.identifiers.len();
    html! {
        <details class="facts">
            <summary>{ words::ROWS }<span class="count">{ summary.rows }</span></summary>
            <table class="matrix rows">
                <thead><tr>
                    <th scope="col">{ words::IDENTIFIER }</th>
                    if owned { <th scope="col">{ words::WHOSE }</th> }
                    if timed { <th scope="col">{ words::SEEN }</th> }
                    <th scope="col">{ words::BITS }</th>
                </tr></thead>
                <tbody>{ for answer.identifiers.iter().map(row) }</tbody>
            </table>
            if (shown as u32) < summary.rows { <p class="note">{ words::not_shown(shown, summary.rows) }</p> }
        </details>
    }
}
