//! A dialog: the browser's own, with its focus trap and its Escape.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::use_dispatch;
use crate::state::Action;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) title: &'static str,
    pub(super) children: Html,
}

#[component]
pub(super) fn Modal(Props { title, children }: &Props) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
            }
        }
    });
    let close = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Open(None)));
    let onclose = {
        let close = use_dispatch();
        Callback::from(move |_: Event| close.dispatch(Action::Open(None)))
    };
    html! {
        <dialog ref={node} aria-labelledby="dialog-title" {onclose}>
            <div class="dialog-head">
                <h2 id="dialog-title">{ *title }</h2>
                <button type="button" class="plain" onclick={close}>{ "Close" }</button>
            </div>
            { children.clone() }
        </dialog>
    }
}
