//! What changed between two artefacts of one form.

use admit_core::enclave::{Change, Difference};
use yew::prelude::*;

use super::Dispatch;
use super::place::place;
use super::prose::{name, prose};
use crate::text::enclave as words;

pub(super) fn difference(dispatch: &Dispatch, found: &Difference) -> Html {
    let id = format!("difference-{}-{}", found.before, found.after).replace(char::is_whitespace, "-");
    html! {
        <section aria-labelledby={id.clone()}>
            <h3 {id}>{ words::DIFFERENCE }<span class="count">{ words::between(&found.before, &found.after) }</span></h3>
            { changes(dispatch, words::FOR_SECURITY, &found.security) }
            if !found.broken.is_empty() { <p>{ words::NOW_BROKEN }{ codes(&found.broken) }</p> }
            if !found.mended.is_empty() { <p>{ words::NOW_MENDED }{ codes(&found.mended) }</p> }
            if !found.text.is_empty() { { changes(dispatch, words::IN_TEXT, &found.text) } }
            <p class="note">{ words::lines(found.lines_added, found.lines_removed) }</p>
        </section>
    }
}

fn codes(rules: &[String]) -> Html {
    html! { { for rules.iter().map(|rule| html! { <><code>{ rule }</code>{ " " }</> }) } }
}

fn changes(dispatch: &Dispatch, heading: &'static str, changes: &[Change]) -> Html {
    if changes.is_empty() {
        return html! { <p class="note">{ words::nothing(heading) }</p> };
    }
    let value = |value: &Option<String>| match value {
        Some(value) => prose(value),
        None => html! { <span class="note">{ words::ABSENT }</span> },
    };
    let row = |change: &Change| {
        html! {
            <tr>
                <th scope="row"><code>{ name(&change.what) }</code></th>
                <td><span class="column">{ words::BEFORE }</span><span>{ value(&change.before) }</span></td>
                <td>
                    <span class="column">{ words::AFTER }</span>
                    <span>
                        { value(&change.after) }
                        if let Some(means) = &change.means { <span class="because">{ ": " }{ means }</span> }
                        if let Some(span) = &change.span { { " " }{ place(dispatch, span) } }
                    </span>
                </td>
            </tr>
        }
    };
    html! {
        <table class="matrix changes">
            <caption>{ heading }</caption>
            <thead><tr>
                <th scope="col">{ words::WHAT }</th>
                <th scope="col">{ words::BEFORE }</th>
                <th scope="col">{ words::AFTER }</th>
            </tr></thead>
            <tbody>{ for changes.iter().map(row) }</tbody>
        </table>
    }
}
