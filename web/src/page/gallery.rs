//! The gallery: what there is to learn from.

use yew::prelude::*;

use super::Dispatch;
use super::dialog::Modal;
use super::mark::{mark, tone};
use crate::example::Example;
use crate::state::Action;
use crate::text;
use crate::text::ui;

pub(super) fn gallery(dispatch: &Dispatch, examples: &[Example], shown: Option<&str>) -> Html {
    let item = |example: &Example| {
        let id = example.id.clone();
        let current = (shown == Some(id.as_str())).then_some("true");
        let dispatch = dispatch.clone();
        let open = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Example(id.clone())));
        html! {
            <li>
                <button type="button" class="example" onclick={open} aria-current={current}>
                    <span class="title">{ example.title().to_owned() }</span>
                    if let Some(expected) = example.expected() {
                        <span class={classes!("then", tone(expected))}>
                            { mark(expected) }{ text::verdict_in_words(expected) }
                        </span>
                    }
                    if let Some(teaches) = &example.case.teaches { <span class="teaches">{ teaches }</span> }
                </button>
            </li>
        }
    };
    html! {
        <Modal dispatch={dispatch.clone()} title={ui::EXAMPLES}>
            if examples.is_empty() {
                <p class="note">{ ui::NO_EXAMPLES }</p>
            } else {
                <ul class="examples">{ for examples.iter().map(item) }</ul>
            }
        </Modal>
    }
}
