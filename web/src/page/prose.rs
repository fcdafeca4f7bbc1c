//! A message of the engine: what stood between back-ticks is shown as code.

use yew::prelude::*;

use crate::prose::{Part, parts, sentence};

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) text: AttrValue,
}

/// Draws a message as a sentence of its own.
#[component]
pub(super) fn Prose(Props { text }: &Props) -> Html {
    let text = sentence(text);
    let part = |part: Part<'_>| match part {
        Part::Words(words) => html! { { words } },
        Part::Code(code) => html! { <code>{ code }</code> },
    };
    html! { { for parts(&text).into_iter().map(part) } }
}
