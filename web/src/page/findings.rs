//! What the rules found, the heaviest first.

use admit_core::{Finding, Fix, Report};
use yew::prelude::*;

use super::Dispatch;
use super::mark::mark;
use super::place::place;
use super::prose::prose;
use crate::rules::Rule;
use crate::state::Action;
use crate::text;
use crate::text::ui;

/// The findings, and the rules that the policy switched off. Fixes can be applied while the report is `current`.
pub(super) fn findings(dispatch: &Dispatch, report: &Report, rules: &[Rule], current: bool) -> Html {
    let Report { findings, off, .. } = report;
    html! {
        <section aria-labelledby="findings">
            <h3 id="findings">{ ui::FINDINGS }<span class="count">{ findings.len() }</span></h3>
            <ul class="findings">
                { for findings.iter().map(|finding| item(dispatch, finding, rules, current)) }
            </ul>
            if !off.is_empty() { <p class="note">{ ui::switched_off(off) }</p> }
        </section>
    }
}

fn item(dispatch: &Dispatch, finding: &Finding, rules: &[Rule], current: bool) -> Html {
    let citation = &finding.citation;
    let class = match finding.severity {
        admit_core::Severity::Error => "error",
        admit_core::Severity::Warning => "warning",
        admit_core::Severity::Info => "info",
    };
    html! {
        <li class={classes!("finding", class)} data-rule={finding.rule.to_string()}>
            { mark(finding.severity) }
            <div>
                <p class="message">
                    <span class="away">{ format!("{}: ", text::severity(finding.severity)) }</span>
                    { prose(&finding.message) }
                </p>
                if let Some(help) = &finding.help { <p class="help">{ prose(help) }</p> }
                { for finding.fixes.iter().map(|fix| mend(dispatch, fix, current)) }
                { for finding.related.iter().map(|related| html! {
                    <p class="related">{ place(dispatch, &related.span) }{ " " }{ prose(&related.message) }</p>
                }) }
                <p class="meta">
                    if let Some(span) = &finding.span { { place(dispatch, span) } }
                    { rule(finding, rules) }
                    if let Some(own) = finding.severity_of_rule {
                        <span>{ ui::severity_set(finding.severity, own) }</span>
                    }
                    <span class="citation">{ format!("{}, {}", citation.source, citation.place) }</span>
                </p>
            </div>
        </li>
    }
}

/// The rule's id; unfolds to what it checks and why, as the catalog says it.
fn rule(finding: &Finding, rules: &[Rule]) -> Html {
    let id = finding.rule.to_string();
    match rules.iter().find(|rule| rule.id == id) {
        None => html! { <span class="rule">{ id }</span> },
        Some(rule) => html! {
            <details class="rule">
                <summary>{ id }</summary>
                <p>{ prose(&rule.what) }</p>
                <p>{ prose(&rule.why) }</p>
                <p><a href={format!("#rules/{}", rule.id)}>{ ui::RULE_PAGE }</a></p>
            </details>
        },
    }
}

/// A fix as a button, with the verdict that it leads to and what else it would let in.
fn mend(dispatch: &Dispatch, fix: &Fix, current: bool) -> Html {
    let apply = {
        let (dispatch, fix) = (dispatch.clone(), fix.clone());
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Fixed(fix.clone())))
    };
    html! {
        <p class="mend">
            <button type="button" onclick={apply} disabled={!current} data-fix="">{ &fix.title }</button>
            if let Some(then) = fix.then {
                <span class="then">{ ui::THEN }{ mark(then) }{ text::verdict_in_words(then) }</span>
            }
            if !fix.lets_in.is_empty() {
                <span class="lets-in">{ ui::lets_in(&fix.lets_in) }</span>
            }
        </p>
    }
}
