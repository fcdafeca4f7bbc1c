//! The instant at which everything is judged.

use admit_core::Time;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::use_dispatch;
use crate::state::Action;
use crate::{clock, instant};

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// As it was typed.
    pub(super) written: String,
    /// As it was last readable.
    pub(super) at: Time,
}

#[component]
pub(super) fn At(Props { written, at }: &Props) -> Html {
    let dispatch = use_dispatch();
    let readable = instant::read(written).is_some();
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::At(field.value()));
        })
    };
    let now = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::At(instant::write(clock::now()))));
    html! {
        <div class="control at">
            <label for="at">{ "At" }</label>
            <input id="at" type="text" value={written.clone()} {oninput} autocomplete="off" spellcheck="false"
                aria-invalid={(!readable).then_some("true")} aria-describedby="at-note" />
            <button type="button" onclick={now}>{ "now" }</button>
            <span id="at-note" class={classes!("note", (!readable).then_some("refused"))}>
                if readable {
                    { instant::distance(clock::now(), *at) }
                } else {
                    { "not an instant such as 2026-11-22 00:00 UTC" }
                }
            </span>
        </div>
    }
}
