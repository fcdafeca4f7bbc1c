//! An identifier, character by character.

use admit_core::Finding;
use admit_core::session::{Identifier, PartKind};
use yew::prelude::*;

use super::mark::severity_tone;
use crate::characters::{self, Character, DRAWN};
use crate::text::session as words;

/// The picture, and the same as a sentence.
pub(super) fn characters(identifier: &Identifier, findings: &[Finding]) -> Html {
    let drawn = characters::characters(identifier, findings);
    let more = identifier.text.chars().count().saturating_sub(DRAWN);
    let one = |character: &Character| {
        let severity = character.severity.map(severity_tone);
        html! { <span class={classes!(character.class.words()[0], severity)}>{ character.shown.clone() }</span> }
    };
    // Recognised parts stand together, with what they look like below them. The list of parts says the same.
    let part = |group: &[Character]| {
        let of = group.first().and_then(|first| identifier.estimate.parts.get(first.part));
        let weight = of.map(|part| if part.bits.thousandths() == 0 { "known" } else { "open" });
        html! {
            <span class={classes!("part", weight)}>
                <span class="drawn">{ for group.iter().map(one) }</span>
                if let Some(of) = of.filter(|of| of.kind != PartKind::Separator) {
                    <span class="of">{ words::part(of.kind) }{ " " }{ words::part_bits(of.bits) }</span>
                }
            </span>
        }
    };
    html! {
        <>
            <p class="characters" aria-hidden="true">{ for drawn.chunk_by(|one, two| one.part == two.part).map(part) }</p>
            if more > 0 { <p class="note">{ words::not_drawn(more) }</p> }
            <p class="note">{ characters::sentence(&drawn) }</p>
        </>
    }
}
