//! What could not be read, and where.

use admit_core::Error;
use yew::prelude::*;

use super::mark::{Mark, Shape};
use super::place::Place;
use super::prose::Prose;
use crate::text;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) errors: Vec<Error>,
}

#[component]
pub(super) fn Errors(Props { errors }: &Props) -> Html {
    let item = |error: &Error| {
        html! {
            <li class="finding error">
                <Mark shape={Shape::Cross} />
                <div>
                    <p class="message"><Prose text={format!("expected {}, found {}", error.expected, error.found)} /></p>
                    if let Some(help) = &error.help { <p><Prose text={help.clone()} /></p> }
                    <p class="meta"><Place span={error.span.clone()} label={text::exact_place(&error.span)} /></p>
                </div>
            </li>
        }
    };
    html! {
        <section aria-labelledby="errors">
            <h3 id="errors">{ "Could not be read" }</h3>
            <ul class="findings">{ for errors.iter().map(item) }</ul>
        </section>
    }
}
