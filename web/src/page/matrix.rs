//! The matrix: each certificate on each connection, and the role it gets there.

use admit_core::certificate::Facts;
use admit_core::fabric::{Answer, Cell, Connection};
use yew::prelude::*;

use super::Dispatch;
use super::facts;
use super::mark::{mark, tone};
use super::place::place;
use super::prose::{name, prose};
use crate::prose::each_once;
use crate::text;
use crate::text::ui;

pub(super) fn matrix(dispatch: &Dispatch, answer: &Answer, certificates: &[Facts]) -> Html {
    let connections = each_once(answer.cells.iter().map(|cell| cell.connection));
    let numbers = each_once(answer.cells.iter().map(|cell| cell.certificate));
    let find = |number: u32, connection: Connection| {
        answer.cells.iter().find(|cell| (cell.certificate, cell.connection) == (number, connection))
    };
    let row = |number: u32| {
        let facts = certificates.iter().find(|facts| facts.number == number);
        html! {
            <tr>
                <th scope="row">
                    { name(&facts.map_or_else(|| ui::certificate(number), facts::name)) }
                </th>
                { for connections.iter().map(|connection| cell(dispatch, *connection, find(number, *connection))) }
            </tr>
        }
    };
    html! {
        <section aria-labelledby="matrix">
            <h3 id="matrix">{ ui::WHO_GETS_IN }</h3>
            <table class="matrix">
                <thead><tr>
                    <th scope="col">{ ui::CERTIFICATE }</th>
                    { for connections.iter().map(|connection| html! { <th scope="col">{ text::connection(*connection) }</th> }) }
                </tr></thead>
                <tbody>{ for numbers.iter().map(|number| row(*number)) }</tbody>
            </table>
            if !answer.roles_in_effect {
                <p class="note">{ ui::NO_ROLES }</p>
            }
        </section>
    }
}

fn cell(dispatch: &Dispatch, connection: Connection, cell: Option<&Cell>) -> Html {
    let Some(cell) = cell else { return html! { <td class="absent">{ "–" }</td> } };
    let word = match (cell.verdict, cell.role) {
        (admit_core::Verdict::Admitted, Some(role)) => text::role(role),
        (verdict, _) => text::verdict_in_words(verdict),
    };
    html! {
        <td>
            <span class="column">{ text::connection(connection) }</span>
            <p class={classes!("cell", tone(cell.verdict))}>
                { mark(cell.verdict) }
                if cell.role.is_some() && cell.verdict == admit_core::Verdict::Admitted {
                    <span class="away">{ ui::ADMITTED_AS }</span>
                }
                { word }
            </p>
            <p class="because">{ prose(&cell.because) }</p>
            <p class="meta">
                if let Some(span) = &cell.span {
                    { place(dispatch, span) }
                }
                if let Some(rule) = cell.rule.as_ref().filter(|rule| !cell.because.contains(&***rule)) { <span class="setting">{ name(rule) }</span> }
                if let Some(code) = &cell.code { <code class="code">{ name(code) }</code> }
            </p>
        </td>
    }
}
