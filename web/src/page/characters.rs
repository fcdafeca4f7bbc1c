//! An identifier, character by character.

use admit_core::Finding;
use admit_core::session::Identifier;
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
    html! {
        <>
            <p class="characters" aria-hidden="true">{ for drawn.iter().map(one) }</p>
            if more > 0 { <p class="note">{ words::not_drawn(more) }</p> }
            <p class="note">{ characters::sentence(&drawn) }</p>
        </>
    }
}
