//! The instant at which everything is judged.

use admit_core::Time;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Dispatch;
use crate::state::Action;
use crate::text::ui;
use crate::{clock, instant};

/// The field: the instant as it was `written`, and as it was last readable.
pub(super) fn at(dispatch: &Dispatch, written: &str, at: Time) -> Html {
    let readable = instant::read(written).is_some();
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            dispatch.dispatch(Action::At(field.value()));
        })
    };
    let dispatch = dispatch.clone();
    let now = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::At(instant::write(clock::now()))));
    html! {
        <div class="control at">
            <label for="at">{ ui::AT }</label>
            <input id="at" type="text" value={written.to_owned()} {oninput} autocomplete="off" spellcheck="false"
                aria-invalid={(!readable).then_some("true")} aria-describedby="at-note" />
            <button type="button" onclick={now}>{ ui::NOW }</button>
            <span id="at-note" class={classes!("note", (!readable).then_some("refused"))}>
                if readable {
                    { instant::distance(clock::now(), at) }
                } else {
                    { ui::NOT_AN_INSTANT }
                }
            </span>
        </div>
    }
}
