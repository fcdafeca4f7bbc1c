//! The wire: what was meant, what the server sees, and from whom.

use admit_core::session::{Client, Effect, Identifier, Order, Way};
use yew::prelude::*;

use super::mark::{Shape, mark};
use super::prose::name;
use crate::text::session as words;
use crate::ways::{Seen, rows};

pub(super) fn wire(identifier: &Identifier) -> Html {
    if identifier.ways.is_empty() {
        return html! { <p class="note">{ words::AS_MEANT }</p> };
    }
    let row = |row: &Seen| {
        let shape = if row.effect == Effect::Equal && row.version { Shape::Check } else { Shape::Triangle };
        let names = |clients: &[Client]| clients.iter().map(|one| words::client(*one)).collect::<Vec<_>>().join(", ");
        let from = [
            (words::IDENTIFIER_FIRST, &row.identifier_first),
            (words::VERSION_FIRST, &row.version_first),
            ("", &row.both),
        ];
        let from = from.into_iter().filter(|(_, clients)| !clients.is_empty());
        let from = from.map(|(order, clients)| html! { <span class="senders">{ order }{ names(clients) }</span> });
        html! {
            <tr>
                <td>
                    <span class="column">{ words::SERVER_SEES }</span>
                    if row.values.is_empty() { { words::NOTHING } }
                    { for row.values.iter().map(|seen| html! { <code class="seen">{ name(seen) }</code> }) }
                </td>
                <td>
                    <span class="column">{ words::MEANS }</span>
                    <span>
                        { mark(shape) }{ " " }{ words::effect(row.effect) }
                        if !row.version && row.effect != Effect::Unsent { { ", " }{ words::NO_VERSION } }
                    </span>
                </td>
                <td><span class="column">{ words::FROM }</span><span class="because">{ for from }</span></td>
            </tr>
        }
    };
    html! {
        <>
            <table class="matrix wire">
                <caption>{ words::MEANT }<code class="seen">{ name(&identifier.text) }</code></caption>
                <thead><tr>
                    <th scope="col">{ words::SERVER_SEES }</th>
                    <th scope="col">{ words::MEANS }</th>
                    <th scope="col">{ words::FROM }</th>
                </tr></thead>
                <tbody>{ for rows(identifier).iter().map(row) }</tbody>
            </table>
            <details class="facts">
                <summary>{ words::SENT }</summary>
                <ul class="parts">{ for identifier.ways.iter().filter(|way| !way.sent.is_empty()).map(sent) }</ul>
            </details>
        </>
    }
}

/// A query as it is sent. The order shows by itself.
fn sent(way: &Way) -> Html {
    let first = way.order == Order::IdentifierFirst;
    html! {
        <li>
            if first { <span class="kind">{ words::client(way.client) }</span> } else {
                <span class="away">{ words::client(way.client) }</span>
            }
            <code class="seen">{ name(&way.sent) }</code>
        </li>
    }
}
