//! Help: the keyboard, and what the page promises.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Modal;
use super::use_dispatch;
use crate::state::Action;
use crate::text;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) shortcuts: bool,
}

#[component]
pub(super) fn Help(Props { shortcuts }: &Props) -> Html {
    let dispatch = use_dispatch();
    let onchange = Callback::from(move |event: Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        dispatch.dispatch(Action::Shortcuts(on));
    });
    html! {
        <Modal title="Help">
            <p>{ "Paste or drop a manifest and certificates anywhere on the page. The verdict follows as you type. \
                  Links such as “manifest, line 5” lead to the place that decided." }</p>
            <p>{ "Everything is decided in this browser. Nothing you paste is sent, logged or put in the address. What you \
                  typed last is kept in this browser’s storage, unless it holds a private key." }</p>
            <h3>{ "Keyboard" }</h3>
            <dl class="keys">
                { for text::KEYS.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></> }) }
            </dl>
            <label class="check">
                <input type="checkbox" checked={*shortcuts} {onchange} />
                { "Single keys are shortcuts, outside of text fields" }
            </label>
        </Modal>
    }
}
