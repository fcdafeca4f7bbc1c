//! The time line: when the verdict changes, as a picture and as text.

use admit_core::{Flip, Time, Verdict};
use yew::prelude::*;

use super::Dispatch;
use super::mark::{mark, tone};
use super::prose::prose;
use crate::axis::{Axis, LENGTH, Stretch};
use crate::state::Action;
use crate::text::ui;
use crate::{instant, text};

pub(super) fn timeline(dispatch: &Dispatch, at: Time, verdict: Verdict, flips: &[Flip]) -> Html {
    let axis = Axis::new(at, verdict, flips);
    let stretch = |Stretch { from, to, verdict }: &Stretch| {
        let class = verdict.map_or("unknown", tone);
        html! { <line class={classes!("stretch", class)} x1={percent(*from)} x2={percent(*to)} y1="30" y2="30" /> }
    };
    let flip = |(place, flip): (&f64, &Flip)| {
        html! {
            <circle class={classes!("flip", tone(flip.verdict))} cx={percent(*place)} cy="30" r="5" />
        }
    };
    let item = |flip: &Flip| {
        let look = {
            let (dispatch, to) = (dispatch.clone(), instant::write(flip.at));
            Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::At(to.clone())))
        };
        html! {
            <li>
                <button type="button" class="place" onclick={look} title={ui::JUDGE_HERE}>
                    <time datetime={flip.at.to_string()}>{ instant::write(flip.at) }</time>
                </button>
                <span class="far">{ instant::distance(at, flip.at) }</span>
                if !flip.health {
                    <span class={classes!("then", tone(flip.verdict))}>
                        { mark(flip.verdict) }{ text::verdict_in_words(flip.verdict) }
                    </span>
                }
                <span class="because">{ prose(&flip.because) }</span>
            </li>
        }
    };
    let x = percent(axis.at);
    html! {
        <section aria-labelledby="time">
            <h3 id="time">{ ui::WHEN }</h3>
            <svg class="timeline" aria-hidden="true">
                { for axis.stretches.iter().map(stretch) }
                { for axis.flips.iter().zip(flips).map(flip) }
                <line class="at" x1={x.clone()} x2={x.clone()} y1="18" y2="42" />
                <text class="at" {x} y="12">{ instant::date(at) }</text>
            </svg>
            <ol class="flips">{ for flips.iter().map(item) }</ol>
        </section>
    }
}

/// A place on the axis as a part of its width, so that the drawing is as wide as its column and keeps its heights.
fn percent(place: f64) -> String {
    // In whole hundredths: printing a fraction costs ten kilobytes of WebAssembly.
    let hundredths = (place / LENGTH * 10_000.0).round() as i64;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
