//! The upgrade domains over time, as a picture: a row for each domain, a column for each moment, and in each cell the states
//! of the domain's nodes. The table tells the same.

use admit_core::fabric::rollout::{Answer, Moment};
use yew::prelude::*;

use crate::page::mark::tone;

/// Domains that are drawn; the table has every one.
const DOMAINS: usize = 40;
/// Moments that are drawn.
const MOMENTS: usize = 400;
/// Height of a row.
const ROW: usize = 22;
/// Shades of states: one for each of the settings.
const SHADES: u32 = 6;

pub(super) fn domains(answer: &Answer, chosen: usize) -> Html {
    let columns = answer.moments.len().clamp(1, MOMENTS);
    let rows = answer.domains.len().min(DOMAINS);
    let height = (rows + 1) * ROW;
    html! {
        <svg class="domains" aria-hidden="true" height={height.to_string()}>
            { for answer.moments.iter().take(MOMENTS).enumerate().map(|(column, moment)| drawn(answer, moment, column, columns, column == chosen)) }
            { for answer.domains.iter().take(DOMAINS).enumerate().map(|(row, domain)| html! {
                <text x="0" y={(row * ROW + 15).to_string()}>{ domain.clone() }</text>
            }) }
        </svg>
    }
}

fn drawn(answer: &Answer, moment: &Moment, column: usize, columns: usize, chosen: bool) -> Html {
    let (x, width) = (place(column, columns), hundredths(8_500 / columns));
    let rows = answer.domains.len().min(DOMAINS);
    let cell = |(row, states): (usize, &Vec<u32>)| {
        let parts = states.len().max(1);
        html! {
            { for states.iter().enumerate().map(|(part, state)| {
                let known = answer.states.get(*state as usize);
                let shade = known.map_or(0, |state| state.settings % SHADES);
                let notation = known.map(|state| state.notation.clone()).unwrap_or_default();
                let height = (ROW - 4) / parts;
                html! {
                    <rect class={format!("state-{shade}")} x={x.clone()} width={width.clone()}
                        y={(row * ROW + 2 + part * height).to_string()} height={height.to_string()}>
                        <title>{ notation }</title>
                    </rect>
                }
            }) }
        }
    };
    html! {
        <g class={classes!("moment", chosen.then_some("chosen"))}>
            { for moment.domain_states.iter().take(DOMAINS).enumerate().map(cell) }
            <rect class={classes!("sum", tone(moment.verdict))} x={x.clone()} width={width.clone()} y={(rows * ROW + 2).to_string()} height={(ROW - 4).to_string()} />
        </g>
    }
}

/// Names take the first fifteen hundredths.
fn place(column: usize, columns: usize) -> String {
    hundredths(1_500 + column * 8_500 / columns)
}

/// A part of the width, in whole hundredths of a percent.
fn hundredths(part: usize) -> String {
    format!("{}.{:02}%", part / 100, part % 100)
}
