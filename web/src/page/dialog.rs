//! A dialog: the browser's own, with its focus trap and its Escape.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Dispatch;
use crate::state::Action;
use crate::text::ui;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) dispatch: Dispatch,
    pub(super) title: &'static str,
    pub(super) children: Html,
}

#[component]
pub(super) fn Modal(Props { dispatch, title, children }: &Props) -> Html {
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
    let close = |dispatch: Dispatch| move || dispatch.dispatch(Action::Open(None));
    let (clicked, closed) = (close(dispatch.clone()), close(dispatch.clone()));
    html! {
        <dialog ref={node} aria-labelledby="dialog-title" onclose={move |_: Event| closed()}>
            <div class="dialog-head">
                <h2 id="dialog-title">{ *title }</h2>
                <button type="button" class="plain" onclick={move |_: MouseEvent| clicked()}>{ ui::CLOSE }</button>
            </div>
            { children.clone() }
        </dialog>
    }
}
