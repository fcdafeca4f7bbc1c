//! What could not be read, and where.

use admit_core::{Error, Severity};
use yew::prelude::*;

use super::Dispatch;
use super::mark::mark;
use super::place::place_as;
use super::prose::prose;
use crate::text;
use crate::text::ui;

#[inline(never)]
pub(super) fn errors(dispatch: &Dispatch, errors: &[Error]) -> Html {
    let item = |error: &Error| {
        html! {
            <li class="finding error">
                { mark(Severity::Error) }
                <div>
                    <p class="message">{ prose(&ui::expected(&error.expected, &error.found)) }</p>
                    if let Some(help) = &error.help { <p>{ prose(help) }</p> }
                    <p class="meta">{ place_as(dispatch, &error.span, text::exact_place(&error.span)) }</p>
                </div>
            </li>
        }
    };
    html! {
        <section aria-labelledby="errors">
            <h3 id="errors">{ ui::NOT_READ }</h3>
            <ul class="findings">{ for errors.iter().map(item) }</ul>
        </section>
    }
}
