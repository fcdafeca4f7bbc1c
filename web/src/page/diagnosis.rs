//! What explains what someone saw, and where to look next: shown before everything else.

use admit_core::fabric::Diagnosis;
use admit_core::fabric::diagnosis::{Cause, Next, Seen};
use yew::prelude::*;

use super::Dispatch;
use super::place::place;
use super::prose::prose;
use crate::text::ui;

#[inline(never)]
pub(super) fn diagnosis(dispatch: &Dispatch, diagnosis: &Diagnosis) -> Html {
    let seen = |seen: &Seen| {
        html! { <li><code class="code">{ seen.name.to_string() }</code>{ " " }{ prose(&seen.meaning) }</li> }
    };
    let cause = |cause: &Cause| {
        html! {
            <li>
                <p class="message">{ prose(&cause.because) }</p>
                if let Some(help) = &cause.help { <p>{ prose(help) }</p> }
                if let Some(span) = &cause.span { <p class="meta">{ place(dispatch, span) }</p> }
            </li>
        }
    };
    let next = |next: &Next| html! { <li>{ prose(&next.what) }</li> };
    html! {
        <section aria-labelledby="diagnosis" data-testid="diagnosis">
            <h3 id="diagnosis">{ ui::DIAGNOSIS }</h3>
            <p>{ prose(&diagnosis.summary) }</p>
            if !diagnosis.codes.is_empty() {
                <ul class="plain-list quiet">{ for diagnosis.codes.iter().map(seen) }</ul>
            }
            if !diagnosis.causes.is_empty() { <ol>{ for diagnosis.causes.iter().map(cause) }</ol> }
            <h3>{ ui::LOOK_NEXT }</h3>
            <ul class="plain-list">{ for diagnosis.next.iter().map(next) }</ul>
        </section>
    }
}
