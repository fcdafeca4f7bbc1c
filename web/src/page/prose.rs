//! A message of the engine: what stood between back-ticks is shown as code.

use yew::prelude::*;

use crate::prose::{Part, humps, parts, sentence};

/// A message as a sentence of its own.
pub(super) fn prose(text: &str) -> Html {
    words(&sentence(text))
}

/// A message as it stands.
pub(super) fn words(text: &str) -> Html {
    let part = |part: Part<'_>| match part {
        Part::Words(words) => html! { { words } },
        Part::Code(code) => html! { <code>{ name(code) }</code> },
    };
    html! { { for parts(text).into_iter().map(part) } }
}

/// A long name that may be broken where its words meet.
pub(super) fn name(text: &str) -> Html {
    html! { { for humps(text).into_iter().map(|part| html! { <>{ part }<wbr /></> }) } }
}
