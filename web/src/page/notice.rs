//! A sentence about the last thing that was done, and a way back to what was set aside.

use yew::prelude::*;

use super::use_dispatch;
use crate::prose::sentence;
use crate::state::Action;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) text: Option<String>,
    /// Whether the stored case was set aside.
    pub(super) set_aside: bool,
    pub(super) bring_back: Callback<()>,
}

#[component]
pub(super) fn Notice(Props { text, set_aside, bring_back }: &Props) -> Html {
    let dispatch = use_dispatch();
    let close = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Say(None)));
    let bring_back = bring_back.reform(|_: MouseEvent| ());
    html! {
        <div class="notices" role="status">
            if let Some(text) = text {
                <p class="notice">
                    <span>{ sentence(text) }</span>
                    <button type="button" class="plain" onclick={close}>{ "Close" }</button>
                </p>
            }
            if *set_aside {
                <p class="notice">
                    <span>{ "What was here last time did not finish loading, so it was set aside." }</span>
                    <button type="button" onclick={bring_back}>{ "Bring it back" }</button>
                </p>
            }
        </div>
    }
}
