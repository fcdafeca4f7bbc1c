//! A sentence about the last thing that was done, and a way back to what was set aside.

use yew::prelude::*;

use super::Dispatch;
use crate::state::Action;
use crate::text::ui;

/// What the buttons of a set-aside case do.
pub(super) type SetAside<'a> = Option<(&'a Callback<MouseEvent>, &'a Callback<MouseEvent>)>;

/// `set_aside`: how to bring the set-aside case back and how to discard it, where there is one.
pub(super) fn notice(dispatch: &Dispatch, text: Option<&str>, set_aside: SetAside) -> Html {
    let dispatch = dispatch.clone();
    let close = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Say(None)));
    html! {
        <div class="notices" role="status">
            if let Some(text) = text {
                <p class="notice">
                    <span>{ text.to_owned() }</span>
                    <button type="button" class="plain" onclick={close}>{ ui::CLOSE }</button>
                </p>
            }
            if let Some((bring_back, discard)) = set_aside {
                <p class="notice">
                    <span>{ ui::SET_ASIDE }</span>
                    <button type="button" onclick={bring_back}>{ ui::BRING_BACK }</button>
                    <button type="button" class="plain" onclick={discard}>{ ui::DISCARD }</button>
                </p>
            }
        </div>
    }
}
