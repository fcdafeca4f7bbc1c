//! The gallery: what there is to learn from.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Modal;
use super::mark::{mark, tone};
use super::{Dispatch, Same};
use crate::bench::{BENCHES, Bench};
use crate::bridge;
use crate::example::Example;
use crate::state::Action;
use crate::text;
use crate::text::ui;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) dispatch: Dispatch,
    /// The bench whose examples are shown first.
    pub(super) bench: &'static Bench,
    pub(super) examples: Same<[Example]>,
    /// The example that is on the bench.
    pub(super) shown: Option<String>,
}

/// A component of its own, because it remembers which benches are wanted.
#[component]
pub(super) fn Gallery(Props { dispatch, bench, examples, shown }: &Props) -> Html {
    let wanted = use_state(|| Some(*bench));
    let sought = use_state(String::new);
    let examples = &examples.0;
    let of = |bench: Option<&Bench>, example: &Example| bench.is_none_or(|bench| bench.owns(&example.id));
    let filter = |only: Option<&'static Bench>| {
        let number = examples.iter().filter(|example| of(only, example)).count();
        let choose = {
            let wanted = wanted.setter();
            Callback::from(move |_: MouseEvent| wanted.set(only))
        };
        html! {
            <button type="button" onclick={choose} aria-pressed={(*wanted == only).to_string()}>
                { ui::counted(only.map_or(ui::ALL, |bench| bench.label), number) }
            </button>
        }
    };
    let search = {
        let sought = sought.setter();
        Callback::from(move |event: InputEvent| {
            sought.set(event.target_unchecked_into::<HtmlInputElement>().value().to_lowercase());
        })
    };
    let fits = |example: &&Example| sought.split_whitespace().all(|word| example.says(word));
    let listed = examples.iter().filter(|example| of(*wanted, example)).filter(fits);
    html! {
        <Modal dispatch={dispatch.clone()} title={ui::EXAMPLES}>
            if examples.is_empty() {
                <p class="note">{ ui::NO_EXAMPLES }</p>
            } else {
                <div class="filters">
                    { for BENCHES.into_iter().map(Some).chain([None]).map(filter) }
                </div>
                <div class="filters">
                    <input type="text" aria-label={ui::SEARCH} placeholder={ui::SEARCH} oninput={search} />
                    <button type="button" onclick={|_: MouseEvent| bridge::open("run-all")}>{ ui::RUN_ALL }</button>
                </div>
                <ul class="examples">{ for listed.map(|example| item(dispatch, example, shown.as_deref())) }</ul>
            }
        </Modal>
    }
}

fn item(dispatch: &Dispatch, example: &Example, shown: Option<&str>) -> Html {
    let id = example.id.clone();
    let current = (shown == Some(id.as_str())).then_some("true");
    let dispatch = dispatch.clone();
    let open = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Example(id.clone())));
    html! {
        <li key={example.id.clone()}>
            <button type="button" class="example" onclick={open} aria-current={current}>
                <span class="title">{ example.title().to_owned() }</span>
                if let Some(expected) = example.expected() {
                    <span class={classes!("then", tone(expected))}>
                        { mark(expected) }{ text::verdict_in_words(expected) }
                    </span>
                }
                if let Some(teaches) = example.teaches() { <span class="teaches">{ teaches.to_owned() }</span> }
            </button>
        </li>
    }
}
