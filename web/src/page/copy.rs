//! A button that copies a text.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::text::ui;

/// How long the button says that it copied.
const SAID_MS: u32 = 1_500;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// What is copied.
    pub(super) text: AttrValue,
    /// What it is, for those who don't see where the button stands.
    pub(super) label: AttrValue,
}

#[component]
pub(super) fn Copy(Props { text, label }: &Props) -> Html {
    let copied = use_state(|| None::<Timeout>);
    let onclick = {
        let (text, copied) = (text.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(window) = web_sys::window() else { return };
            // Whether it may is the browser's decision; a refusal leaves the text to be selected.
            let promise = window.navigator().clipboard().write_text(&text);
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
        <button type="button" class="plain" {onclick} aria-label={ui::copy(label)}>
            { if copied.is_some() { ui::COPIED } else { ui::COPY } }
        </button>
    }
}
