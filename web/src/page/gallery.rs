//! The gallery: what there is to learn from.

use std::rc::Rc;

use yew::prelude::*;

use super::dialog::Modal;
use super::mark::{Mark, Shape, tone};
use super::use_dispatch;
use crate::example::Example;
use crate::state::Action;
use crate::text;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) examples: Rc<[Example]>,
    pub(super) shown: Option<String>,
}

#[component]
pub(super) fn Gallery(Props { examples, shown }: &Props) -> Html {
    let dispatch = use_dispatch();
    let item = |example: &Example| {
        let id = example.id.clone();
        let current = (shown.as_ref() == Some(&id)).then_some("true");
        let dispatch = dispatch.clone();
        let open = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Example(id.clone())));
        html! {
            <li>
                <button type="button" class="example" onclick={open} aria-current={current}>
                    <span class="title">{ example.title().to_owned() }</span>
                    if let Some(expected) = example.expected() {
                        <span class={classes!("then", tone(expected))}>
                            <Mark shape={Shape::from(expected)} />{ text::verdict_in_words(expected) }
                        </span>
                    }
                    if let Some(teaches) = &example.case.teaches { <span class="teaches">{ teaches }</span> }
                </button>
            </li>
        }
    };
    html! {
        <Modal title="Examples">
            if examples.is_empty() {
                <p class="note">{ "The examples could not be loaded." }</p>
            } else {
                <ul class="examples">{ for examples.iter().map(item) }</ul>
            }
        </Modal>
    }
}
