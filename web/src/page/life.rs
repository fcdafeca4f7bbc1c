//! A pool over time, as a picture and as text.

use admit_core::session::{Event, EventKind, Run};
use yew::prelude::*;

use super::mark::{Shape, mark, path};
use super::prose::name;
use crate::instant;
use crate::lanes::{Full, Lane, Lanes, Session};
use crate::text::life as words;

/// Heights in the picture, in CSS pixels.
const LANE: usize = 38;
const STRIP: usize = 40;
/// Events that are listed.
const LISTED: usize = 100;

pub(super) fn life(run: &Run) -> Html {
    let listed = run.events.len().min(LISTED);
    html! {
        <section aria-labelledby="life-heading">
            <h3 id="life-heading">{ words::LIFE }</h3>
            <p class="about-strength">{ words::run(run, run.pool.capacity) }</p>
            if let Some(lanes) = Lanes::new(&run.events) { { picture(&lanes, run.pool.capacity) } }
            <h4>{ words::EVENTS }</h4>
            <ol class="flips">{ for run.events.iter().take(LISTED).map(event) }</ol>
            if listed < run.events.len() { <p class="note">{ words::not_listed(listed, run.events.len()) }</p> }
        </section>
    }
}

fn shape(kind: EventKind) -> Shape {
    match kind {
        EventKind::Allocated | EventKind::Continued => Shape::Check,
        EventKind::Waited | EventKind::Lost => Shape::Triangle,
        EventKind::Refused => Shape::Cross,
        EventKind::Ended | EventKind::Stopped => Shape::Dash,
    }
}

fn event(event: &Event) -> Html {
    html! {
        <li>
            <time datetime={event.at.to_string()}>{ instant::write(event.at) }</time>
            <code class="seen">{ name(&event.identifier) }</code>
            <span>{ mark(shape(event.kind)) }{ words::kind(event.kind) }</span>
            <span class="far">{ words::live(event) }</span>
        </li>
    }
}

/// As wide as its column: only heights are fixed, so that its text keeps its size.
fn picture(lanes: &Lanes, capacity: u32) -> Html {
    let below = lanes.lanes.len() * LANE + 8;
    let height = below + STRIP + 24;
    let (from, to) = lanes.ends;
    let most = lanes.live.iter().map(|full| full.live).max().unwrap_or(0).max(capacity).max(1) as usize;
    let bar = |full: &Full| {
        let tall = full.live as usize * STRIP / most;
        let class = if full.live >= capacity { "full" } else { "some" };
        html! {
            <rect {class} x={percent(full.from)} y={(below + STRIP - tall).to_string()}
                width={percent(full.to - full.from)} height={tall.to_string()} />
        }
    };
    let limit = (below + STRIP - capacity as usize * STRIP / most).to_string();
    let bottom = (below + STRIP).to_string();
    html! {
        <>
            <svg class="life" height={height.to_string()} aria-hidden="true">
                { for lanes.lanes.iter().enumerate().map(|(number, one)| lane(one, number * LANE)) }
                { for lanes.live.iter().map(bar) }
                <line class="limit" x1="0" x2="100%" y1={limit.clone()} y2={limit} />
                <line class="ground" x1="0" x2="100%" y1={bottom.clone()} y2={bottom} />
                <text x="0" y={(below + STRIP + 16).to_string()}>{ instant::write(from) }</text>
                <text class="right" x="100%" y={(below + STRIP + 16).to_string()}>{ instant::write(to) }</text>
            </svg>
            <p class="away">{ words::picture(from, to, lanes.lanes.len()) }</p>
            if lanes.more > 0 { <p class="note">{ words::no_lane(lanes.more) }</p> }
        </>
    }
}

fn lane(lane: &Lane, y: usize) -> Html {
    let middle = (y + 26).to_string();
    let session = |session: &Session| {
        html! {
            <line class={if session.again { "session again" } else { "session" }} x1={percent(session.from)}
                x2={percent(session.to)} y1={middle.clone()} y2={middle.clone()} />
        }
    };
    let one = |(at, kind): &(f64, EventKind)| {
        let (x, y) = (percent(*at), middle.clone());
        match kind {
            EventKind::Continued => {
                let (top, bottom) = ((y_of(&y) - 5).to_string(), (y_of(&y) + 5).to_string());
                html! { <line class="request" x1={x.clone()} x2={x} y1={top} y2={bottom} /> }
            }
            EventKind::Refused => html! {
                // A nested drawing, since a transform takes no percentage.
                <svg class="refused" {x} y={(y_of(&y) - 8).to_string()} width="16" height="16" overflow="visible">
                    <path class="stroke" transform="translate(-8 0)" d={path(Shape::Cross)} />
                </svg>
            },
            EventKind::Allocated => html! { <circle class="begins" cx={x} cy={y} r="4.5" /> },
            EventKind::Waited | EventKind::Lost => html! { <circle class="begins again" cx={x} cy={y} r="4.5" /> },
            EventKind::Ended | EventKind::Stopped => {
                let (top, bottom) = ((y_of(&y) - 7).to_string(), (y_of(&y) + 7).to_string());
                html! { <line class="ends" x1={x.clone()} x2={x} y1={top} y2={bottom} /> }
            }
        }
    };
    html! {
        <g>
            <text x="0" y={(y + 12).to_string()}>{ short(&lane.identifier) }</text>
            <line class="ground" x1="0" x2="100%" y1={middle.clone()} y2={middle.clone()} />
            { for lane.sessions.iter().map(session) }
            { for lane.marks.iter().map(one) }
        </g>
    }
}

fn y_of(text: &str) -> usize {
    text.parse().unwrap_or_default()
}

/// As much of an identifier as a line of the narrowest page holds.
fn short(identifier: &str) -> String {
    const SHOWN: usize = 34;
    let mut short: String = identifier.chars().take(SHOWN).collect();
    if short.len() < identifier.len() {
        short.push('…');
    }
    short
}

/// A place as a part of the width, with a margin for what is drawn around the ends.
fn percent(place: f64) -> String {
    // In whole hundredths: printing a fraction costs ten kilobytes of WebAssembly.
    let hundredths = (place * 10_000.0).round() as i64;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
