//! A thumbprint: grouped by four to be read, copied without blanks.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::prose::grouped;
use crate::text::ui;

/// How long the button says that it copied.
const SAID_MS: u32 = 1_500;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// Lower-case hexadecimal.
    pub(super) value: AttrValue,
    /// What it is: "SHA-1".
    pub(super) label: AttrValue,
}

#[component]
pub(super) fn Thumbprint(Props { value, label }: &Props) -> Html {
    let copied = use_state(|| None::<Timeout>);
    let onclick = {
        let (value, copied) = (value.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(window) = web_sys::window() else { return };
            // Whether it may is the browser's decision; a refusal leaves the text to be selected.
            let promise = window.navigator().clipboard().write_text(&value);
            let copied = copied.setter();
            wasm_bindgen_futures::spawn_local(async move {
                if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
                    let reset = copied.clone();
                    copied.set(Some(Timeout::new(SAID_MS, move || reset.set(None))));
                }
            });
        })
    };
    html! {
        <span class="thumbprint">
            <code>{ grouped(value) }</code>
            <button type="button" class="plain" {onclick} aria-label={ui::copy(label)}>
                { if copied.is_some() { ui::COPIED } else { ui::COPY } }
            </button>
        </span>
    }
}
