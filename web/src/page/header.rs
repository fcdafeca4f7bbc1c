//! The bar: the benches, the examples, the colours, help.

use yew::prelude::*;

use super::Dispatch;
use crate::bench::{BENCHES, Bench};
use crate::bridge;
use crate::state::{Action, Dialog, Theme};
use crate::text;
use crate::text::ui;

pub(super) fn header(dispatch: &Dispatch, bench: &Bench, theme: Theme) -> Html {
    let on = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let tab = |tab: &&Bench| {
        let current = (tab.id == bench.id).then_some("page");
        html! { <li><a href={format!("#{}", tab.id)} aria-current={current} title={tab.question}>{ tab.label }</a></li> }
    };
    let tool = |name: &'static str, label: &'static str| {
        let open = Callback::from(move |_: MouseEvent| bridge::open(name));
        html! { <button type="button" class="plain" onclick={open}>{ label }</button> }
    };
    let theme_label = ui::theme(theme);
    html! {
        <header class="bar">
            <h1 class="brand">{ text::ADMIT }</h1>
            <nav aria-label={ui::BENCHES}><ul class="tabs">{ for BENCHES.iter().map(tab) }</ul></nav>
            <p class="question">{ bench.question }</p>
            <div class="tools">
                <button type="button" class="plain" onclick={on(Action::Open(Some(Dialog::Examples)))}>
                    { ui::EXAMPLES }
                </button>
                { tool("rules", ui::RULES) }
                { tool("share", ui::SHARE) }
                <button type="button" class="plain icon" aria-label={theme_label.clone()} title={theme_label}
                    onclick={on(Action::Theme(theme.next()))}>
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <circle cx="8" cy="8" r="6.25" class="stroke" />
                        <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" class="fill" />
                    </svg>
                </button>
                <button type="button" class="plain icon" aria-label={ui::HELP} title={ui::HELP_KEY}
                    onclick={on(Action::Open(Some(Dialog::Help)))}>
                    { "?" }
                </button>
            </div>
        </header>
    }
}
