//! What is presented: each certificate of the store in each role, node type by node type.

use admit_core::certificate::Facts;
use admit_core::fabric::presentation::{Answer, Presentation};
use yew::prelude::*;

use super::mark::{mark, tone};
use super::place::place;
use super::prose::{name, prose};
use super::{Dispatch, facts};
use crate::prose::each_once;
use crate::text::ui;

#[inline(never)]
pub(super) fn presented(dispatch: &Dispatch, answer: &Answer, certificates: &[Facts]) -> Html {
    let node_types = each_once(answer.presentations.iter().map(|one| one.node_type.as_deref()));
    let table = |node_type: &Option<&str>| {
        let own = answer.presentations.iter().filter(|one| one.node_type.as_deref() == *node_type);
        let own: Vec<&Presentation> = own.collect();
        let row = |certificate: &Facts| {
            html! {
                <tr>
                    <th scope="row">{ name(&facts::name(certificate)) }</th>
                    { for own.iter().map(|one| cell(dispatch, one, certificate.number)) }
                </tr>
            }
        };
        html! {
            <table class="matrix">
                if let Some(node_type) = node_type { <caption>{ name(node_type) }</caption> }
                <thead><tr>
                    <th scope="col">{ ui::CERTIFICATE }</th>
                    { for own.iter().map(|one| html! { <th scope="col">{ one.role.clone() }</th> }) }
                </tr></thead>
                <tbody>{ for certificates.iter().map(row) }</tbody>
            </table>
        }
    };
    html! {
        <section aria-labelledby="presented">
            <h3 id="presented">{ ui::WHAT_IS_PRESENTED }</h3>
            { for node_types.iter().map(table) }
        </section>
    }
}

fn cell(dispatch: &Dispatch, one: &Presentation, number: u32) -> Html {
    if one.presented == Some(number) {
        return html! {
            <td>
                <span class="column">{ one.role.clone() }</span>
                <p class={classes!("cell", tone(one.verdict))}>{ mark(one.verdict) }{ ui::PRESENTED }</p>
                <p class="because">{ prose(&one.because) }</p>
                <p class="meta">{ place(dispatch, &one.span) }</p>
            </td>
        };
    }
    match one.credentials.iter().find(|credential| credential.certificate == number) {
        Some(credential) => html! {
            <td>
                <span class="column">{ one.role.clone() }</span>
                <p class="because">{ prose(&credential.because) }</p>
            </td>
        },
        None => html! { <td class="absent">{ "–" }</td> },
    }
}
