//! The time line: when the verdict changes, as a picture and as text.

use admit_core::{Flip, Time, Verdict};
use yew::prelude::*;

use super::mark::{Mark, Shape, tone};
use super::prose::Prose;
use super::use_dispatch;
use crate::axis::{Axis, LENGTH, Stretch};
use crate::state::Action;
use crate::{instant, text};

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) at: Time,
    pub(super) verdict: Verdict,
    pub(super) flips: Vec<Flip>,
}

#[component]
pub(super) fn Timeline(Props { at, verdict, flips }: &Props) -> Html {
    let dispatch = use_dispatch();
    let axis = Axis::new(*at, *verdict, flips);
    let stretch = |Stretch { from, to, verdict }: &Stretch| {
        let class = verdict.map_or("unknown", tone);
        html! { <line class={classes!("stretch", class)} x1={from.to_string()} x2={to.to_string()} y1="30" y2="30" /> }
    };
    let flip = |(place, flip): (&f64, &Flip)| {
        html! {
            <circle class={classes!("flip", tone(flip.verdict))} cx={place.to_string()} cy="30" r="5" />
        }
    };
    let item = |flip: &Flip| {
        let look = {
            let (dispatch, to) = (dispatch.clone(), instant::write(flip.at));
            Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::At(to.clone())))
        };
        html! {
            <li>
                <button type="button" class="place" onclick={look} title="Judge at this instant">
                    <time datetime={flip.at.to_string()}>{ instant::write(flip.at) }</time>
                </button>
                <span class="far">{ instant::distance(*at, flip.at) }</span>
                <span class={classes!("then", tone(flip.verdict))}>
                    <Mark shape={Shape::from(flip.verdict)} />{ text::verdict_in_words(flip.verdict) }
                </span>
                <span class="because"><Prose text={flip.because.clone()} /></span>
            </li>
        }
    };
    let x = axis.at.to_string();
    html! {
        <section aria-labelledby="time">
            <h3 id="time">{ "When it changes" }</h3>
            <svg class="timeline" viewBox={format!("0 0 {LENGTH} 44")} aria-hidden="true">
                { for axis.stretches.iter().map(stretch) }
                { for axis.flips.iter().zip(flips).map(flip) }
                <line class="at" x1={x.clone()} x2={x.clone()} y1="18" y2="42" />
                <text class="at" {x} y="12">{ instant::date(*at) }</text>
            </svg>
            <ol class="flips">{ for flips.iter().map(item) }</ol>
        </section>
    }
}
