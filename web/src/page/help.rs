//! Help: the keyboard, and what the page promises.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Dispatch;
use super::dialog::Modal;
use crate::bench::Bench;
use crate::bridge;
use crate::state::Action;
use crate::text;
use crate::text::ui;

#[inline(never)]
pub(super) fn help(dispatch: &Dispatch, bench: &Bench, shortcuts: bool) -> Html {
    let teller = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        teller.dispatch(Action::Shortcuts(on));
    });
    html! {
        <Modal dispatch={dispatch.clone()} title={ui::HELP}>
            <p>{ ui::HOW }</p>
            <p>{ ui::PROMISE }</p>
            <h3>{ ui::KEYBOARD }</h3>
            <dl class="keys">
                { for bench.every_pane().filter_map(|pane| pane.key.map(|key| html! {
                    <><dt><kbd>{ key }</kbd></dt><dd>{ ui::go_to(pane.noun) }</dd></>
                })) }
                { for text::KEYS.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></> }) }
            </dl>
            <label class="check">
                <input type="checkbox" checked={shortcuts} {onchange} />
                { ui::SINGLE_KEYS }
            </label>
            <p class="actions">
                <button type="button" onclick={|_: MouseEvent| bridge::open("settings")}>{ ui::MORE }</button>
            </p>
        </Modal>
    }
}
