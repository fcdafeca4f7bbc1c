//! What the rules found, the heaviest first.

use admit_core::{Finding, Fix};
use yew::prelude::*;

use super::mark::{Mark, Shape};
use super::place::Place;
use super::prose::Prose;
use super::use_dispatch;
use crate::state::Action;
use crate::text;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) findings: Vec<Finding>,
    /// Rules that the policy switched off.
    pub(super) off: Vec<String>,
    pub(super) current: bool,
}

#[component]
pub(super) fn Findings(Props { findings, off, current }: &Props) -> Html {
    html! {
        <section aria-labelledby="findings">
            <h3 id="findings">{ "Findings" }<span class="count">{ findings.len() }</span></h3>
            <ul class="findings">
                { for findings.iter().map(|finding| html! { <Item finding={finding.clone()} current={*current} /> }) }
            </ul>
            if !off.is_empty() { <p class="note">{ format!("Switched off by the policy: {}.", off.join(", ")) }</p> }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct ItemProps {
    finding: Finding,
    current: bool,
}

#[component]
fn Item(ItemProps { finding, current }: &ItemProps) -> Html {
    let citation = &finding.citation;
    let class = match finding.severity {
        admit_core::Severity::Error => "error",
        admit_core::Severity::Warning => "warning",
        admit_core::Severity::Info => "info",
    };
    html! {
        <li class={classes!("finding", class)}>
            <Mark shape={Shape::from(finding.severity)} />
            <div>
                <p class="message">
                    <span class="away">{ format!("{}: ", text::severity(finding.severity)) }</span>
                    <Prose text={finding.message.clone()} />
                </p>
                if let Some(help) = &finding.help { <p class="help"><Prose text={help.clone()} /></p> }
                { for finding.fixes.iter().map(|fix| html! { <Mend fix={fix.clone()} current={*current} /> }) }
                { for finding.related.iter().map(|related| html! {
                    <p class="related"><Place span={related.span.clone()} />{ " " }<Prose text={related.message.clone()} /></p>
                }) }
                <p class="meta">
                    if let Some(span) = &finding.span { <Place span={span.clone()} /> }
                    { rule(finding) }
                    if let Some(own) = finding.severity_of_rule {
                        <span>{ format!("{} set by the policy, {} by itself",
                            text::severity(finding.severity), text::severity(own).to_lowercase()) }</span>
                    }
                    <span class="citation">{ format!("{}, {}", citation.source, citation.place) }</span>
                </p>
            </div>
        </li>
    }
}

/// The rule's id; unfolds to what it checks and why, as the catalog says it.
fn rule(finding: &Finding) -> Html {
    let id = finding.rule.to_string();
    match admit_core::rule(&id) {
        None => html! { <span class="rule">{ id }</span> },
        Some(rule) => html! {
            <details class="rule">
                <summary>{ id }</summary>
                <p><Prose text={rule.what} /></p>
                <p><Prose text={rule.why} /></p>
            </details>
        },
    }
}

#[derive(PartialEq, Properties)]
struct MendProps {
    fix: Fix,
    current: bool,
}

/// A fix as a button, with the verdict that it leads to and what else it would let in.
#[component]
fn Mend(MendProps { fix, current }: &MendProps) -> Html {
    let dispatch = use_dispatch();
    let apply = {
        let fix = fix.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Fixed(fix.clone())))
    };
    html! {
        <p class="mend">
            <button type="button" onclick={apply} disabled={!current}>{ &fix.title }</button>
            if let Some(then) = fix.then {
                <span class="then">{ "then " }<Mark shape={Shape::from(then)} />{ text::verdict_in_words(then) }</span>
            }
            if !fix.lets_in.is_empty() {
                <span class="lets-in">{ format!("also lets in {}", fix.lets_in.join(", ")) }</span>
            }
        </p>
    }
}
