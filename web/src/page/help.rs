//! Help: the keyboard, and what the page promises.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Dispatch;
use super::dialog::Modal;
use crate::state::Action;
use crate::text;

pub(super) fn help(dispatch: &Dispatch, shortcuts: bool) -> Html {
    let teller = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        teller.dispatch(Action::Shortcuts(on));
    });
    html! {
        <Modal dispatch={dispatch.clone()} title="Help">
            <p>{ "Paste or drop a manifest and certificates anywhere on the page. The verdict follows as you type. \
                  Links such as “manifest, line 5” lead to the place that decided." }</p>
            <p>{ "Everything is decided in this browser. Nothing you paste is sent, logged or put in the address. What you \
                  typed last is kept in this browser’s storage, unless it holds a private key." }</p>
            <h3>{ "Keyboard" }</h3>
            <dl class="keys">
                { for text::KEYS.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></> }) }
            </dl>
            <label class="check">
                <input type="checkbox" checked={shortcuts} {onchange} />
                { "Single keys are shortcuts, outside of text fields" }
            </label>
        </Modal>
    }
}
