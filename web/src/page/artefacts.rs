//! Artefacts: adding one, giving it a name, removing it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Dispatch;
use crate::state::Action;
use crate::text::enclave as words;

/// What adds one.
#[inline(never)]
pub(super) fn add(dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Added));
    html! {
        <p class="actions">
            <button type="button" {onclick}>{ words::ADD }</button>
            <span class="note">{ words::DROP }</span>
        </p>
    }
}

/// The name of an artefact, which is changed when the field is left, and what removes it.
pub(super) fn naming(dispatch: &Dispatch, document: &'static str, name: &'static str) -> Html {
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::Renamed(document, field.value()));
            // A name that is not taken is not shown either.
            field.set_value(name);
        })
    };
    let dispatch = dispatch.clone();
    let remove = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Removed(document)));
    html! {
        <>
            <details class="naming">
                <summary>{ words::RENAME }</summary>
                <input type="text" value={name} {onchange} aria-label={words::name_of(name)} autocomplete="off"
                    spellcheck="false" />
            </details>
            <button type="button" class="plain" onclick={remove} aria-label={words::remove(name)}>{ words::REMOVE }</button>
        </>
    }
}
