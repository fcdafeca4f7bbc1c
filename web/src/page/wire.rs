//! You meant, the server sees: what becomes of an identifier on its way, by what is seen.

use admit_core::session::{Effect, Identifier, Way};
use yew::prelude::*;

use super::mark::{Shape, mark};
use super::prose::name;
use crate::prose::each_once;
use crate::text::session as words;

pub(super) fn wire(identifier: &Identifier) -> Html {
    if identifier.ways.is_empty() {
        return html! { <p class="note">{ words::AS_MEANT }</p> };
    }
    let key = |way: &Way| (way.effect, way.seen.clone(), way.version_arrives);
    let mut kinds = each_once(identifier.ways.iter().map(key));
    // What goes wrong is read first.
    kinds.sort_by_key(|(effect, ..)| *effect == Effect::Equal);
    let row = |(effect, seen, version): &(Effect, Vec<String>, bool)| {
        let ways = identifier.ways.iter().filter(|way| key(way) == (*effect, seen.clone(), *version));
        let clients = each_once(ways.map(|way| words::client(way.client)));
        let shape = if *effect == Effect::Equal && *version { Shape::Check } else { Shape::Triangle };
        html! {
            <tr>
                <td>
                    <span class="column">{ words::SERVER_SEES }</span>
                    if seen.is_empty() { { words::NOTHING } }
                    { for seen.iter().map(|seen| html! { <code class="seen">{ name(seen) }</code> }) }
                </td>
                <td>
                    <span class="column">{ words::MEANS }</span>
                    <span>
                        { mark(shape) }{ " " }{ words::effect(*effect) }
                        if !*version && *effect != Effect::Unsent { { ", " }{ words::NO_VERSION } }
                    </span>
                </td>
                <td><span class="column">{ words::FROM }</span><span class="because">{ clients.join(", ") }</span></td>
            </tr>
        }
    };
    html! {
        <table class="matrix wire">
            <caption>{ words::MEANT }<code class="seen">{ name(&identifier.text) }</code></caption>
            <thead><tr>
                <th scope="col">{ words::SERVER_SEES }</th>
                <th scope="col">{ words::MEANS }</th>
                <th scope="col">{ words::FROM }</th>
            </tr></thead>
            <tbody>{ for kinds.iter().map(row) }</tbody>
        </table>
    }
}
