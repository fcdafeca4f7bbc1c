//! The pairs of states at a moment: who presents, who validates, and how they meet.

use admit_core::fabric::rollout::{Answer, Class, Moment, Tie};
use yew::prelude::*;

use crate::page::mark::{mark, tone};
use crate::page::prose::{name, prose};
use crate::prose::each_once;
use crate::text::rollout as words;

pub(super) fn pairs(answer: &Answer, moment: &Moment) -> Html {
    let label = |class: &Class| {
        let notation = answer.states.get(class.state as usize).map_or("", |state| state.notation.as_str());
        html! {
            <>
                <code>{ name(notation) }</code>
                <span class="far">{ words::nodes(class.nodes) }</span>
                if class.stale { <span class="far">{ words::STALE }</span> }
            </>
        }
    };
    let tie = |from: usize, to: usize| -> Option<&Tie> {
        let is_it = |pair: &&admit_core::fabric::rollout::Pair| (pair.from as usize, pair.to as usize) == (from, to);
        answer.ties.get(moment.pairs.iter().find(is_it)?.tie as usize)
    };
    let classes: Vec<(usize, &Class)> = moment.classes.iter().enumerate().collect();
    let row = |(from, class): &(usize, &Class)| {
        html! {
            <tr>
                <th scope="row">{ label(class) }</th>
                { for classes.iter().map(|(to, _)| cell(tie(*from, *to))) }
            </tr>
        }
    };
    let met = moment.pairs.iter().chain(&moment.services).map(|pair| pair.tie);
    let ties = met.chain(moment.closed.iter().map(|own| own.tie));
    let logs = each_once(ties.filter_map(|tie| answer.ties.get(tie as usize)).flat_map(|tie| &tie.logs));
    let closed = moment.closed.iter().filter_map(|own| {
        let (class, tie) = (moment.classes.get(own.class as usize)?, answer.ties.get(own.tie as usize)?);
        Some(html! {
            <li>
                { mark(tie.verdict) }<code>{ name(&own.role) }</code>{ " " }{ label(class) }{ " " }{ prose(&tie.because) }
            </li>
        })
    });
    let closed: Vec<Html> = closed.collect();
    html! {
        <>
            <h4>{ words::PAIRS }</h4>
            <div class="wide">
                <table class="matrix">
                    <thead><tr>
                        <th scope="col">{ words::PRESENTS }</th>
                        { for classes.iter().map(|(_, class)| html! { <th scope="col">{ label(class) }</th> }) }
                    </tr></thead>
                    <tbody>{ for classes.iter().map(row) }</tbody>
                </table>
            </div>
            if !closed.is_empty() {
                <h4>{ words::CLOSED }</h4>
                <ul class="plain-list">{ for closed }</ul>
            }
            if !logs.is_empty() {
                <h4>{ words::LOGS }</h4>
                <ul class="plain-list quiet">{ for logs.into_iter().map(|line| html! { <li>{ prose(line) }</li> }) }</ul>
            }
        </>
    }
}

fn cell(tie: Option<&Tie>) -> Html {
    let Some(tie) = tie else {
        return html! { <td class="absent">{ "–" }<span class="away">{ words::NO_PAIR }</span></td> };
    };
    html! {
        <td>
            <p class={classes!("cell", tone(tie.verdict))}>{ mark(tie.verdict) }{ crate::text::verdict_in_words(tie.verdict) }</p>
            <p class="because">{ prose(&tie.because) }</p>
            if let Some(code) = &tie.code { <p class="meta"><code class="code">{ name(code) }</code></p> }
        </td>
    }
}
