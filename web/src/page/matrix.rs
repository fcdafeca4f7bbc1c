//! The matrix: each certificate in each role, by connection.

use std::borrow::Cow;
use std::slice;

use admit_core::certificate::Facts;
use admit_core::fabric::{Answer, Cell, Connection, Role};
use yew::prelude::*;

use super::Dispatch;
use super::facts;
use super::mark::{mark, tone};
use super::place::place;
use super::prose::{name, prose};
use crate::prose::each_once;
use crate::roles::{Ground, Place, places};
use crate::text;
use crate::text::ui;

pub(super) fn matrix(dispatch: &Dispatch, answer: &Answer, certificates: &[Facts]) -> Html {
    let in_effect = answer.roles_in_effect;
    let connections = each_once(answer.cells.iter().map(|cell| cell.connection));
    let numbers = each_once(answer.cells.iter().map(|cell| cell.certificate));
    let columns: Vec<(Connection, &[Role])> =
        connections.into_iter().map(|connection| (connection, connection.roles(in_effect))).collect();
    let row = |number: u32| {
        let facts = certificates.iter().find(|facts| facts.number == number);
        let cells = columns.iter().map(|(connection, roles)| {
            let is_own = |cell: &&Cell| (cell.certificate, cell.connection) == (number, *connection);
            match answer.cells.iter().find(is_own) {
                Some(cell) => html! { { for places(cell, in_effect).iter().map(|of| said(dispatch, cell, of)) } },
                None => html! { <td class="absent" colspan={roles.len().to_string()}>{ "–" }</td> },
            }
        });
        html! {
            <tr>
                <th scope="row">
                    { name(&facts.map_or_else(|| ui::certificate(number), facts::name)) }
                </th>
                { for cells }
            </tr>
        }
    };
    let width: usize = columns.iter().map(|(_, roles)| roles.len()).sum();
    let groups = columns.iter().map(|(connection, roles)| {
        html! { <th scope="colgroup" colspan={roles.len().to_string()}>{ text::connection(*connection) }</th> }
    });
    let single = columns.iter().flat_map(|(_, roles)| *roles).map(|role| {
        html! { <th scope="col" class={begins(slice::from_ref(role))}>{ text::role(*role) }</th> }
    });
    html! {
        <section class="by-role" aria-labelledby="matrix">
            <h3 id="matrix">{ ui::WHO_GETS_IN }</h3>
            <table class={classes!("matrix", "roles", (width > 4).then_some("many"))}>
                <colgroup />
                { for columns.iter().map(|(_, roles)| html! { <colgroup span={roles.len().to_string()} /> }) }
                <thead>
                    <tr><th scope="col" rowspan="2">{ ui::CERTIFICATE }</th>{ for groups }</tr>
                    <tr>{ for single }</tr>
                </thead>
                <tbody>{ for numbers.iter().map(|number| row(*number)) }</tbody>
            </table>
            if columns.iter().any(|(_, roles)| roles.len() > 1) {
                <p class="note">{ ui::ADMIN_IS_USER }</p>
            }
            if !in_effect {
                <p class="note">{ ui::NO_ROLES }</p>
            }
        </section>
    }
}

/// What a cell of the report says of one role, or of several alike.
fn said(dispatch: &Dispatch, cell: &Cell, of: &Place) -> Html {
    let follows = match of.ground {
        Ground::Cell => None,
        Ground::Admin => Some(ui::AS_ADMIN),
        Ground::UserOnly => Some(ui::USER_ONLY),
        Ground::UserAtLeast => Some(ui::USER_AT_LEAST),
    };
    // What the sentence names is not said twice.
    let unsaid = |name: &&Cow<'static, str>| !cell.because.contains(&***name);
    html! {
        <td colspan={of.roles.len().to_string()} class={begins(of.roles)}>
            // Text by text, since a language knows each of them alone.
            <span class="column">
                { text::connection(cell.connection) }
                { for of.roles.iter().enumerate().map(|(place, role)| {
                    html! { <>{ [": ", ", "][usize::from(place > 0)] }{ text::role(*role) }</> }
                }) }
            </span>
            <p class={classes!("cell", tone(of.verdict))}>{ mark(of.verdict) }{ text::verdict_in_words(of.verdict) }</p>
            <p class="because">{ follows.map_or_else(|| prose(&cell.because), Html::from) }</p>
            if follows.is_none() {
                <p class="meta">
                    if let Some(span) = &cell.span { { place(dispatch, span) } }
                    if let Some(rule) = cell.rule.as_ref().filter(unsaid) { <span class="setting">{ name(rule) }</span> }
                    if let Some(code) = cell.code.as_ref().filter(unsaid) { <code class="code">{ name(code) }</code> }
                </p>
            }
        </td>
    }
}

/// The class of what the columns of a connection begin with: a user client comes second.
fn begins(roles: &[Role]) -> Option<&'static str> {
    (roles != [Role::User]).then_some("first")
}
