//! A pool over time: what each request of a time line does.
//!
//! What is simulated is what is documented: the first request with an identifier allocates, reads too; each request
//! starts the cooldown again; after it the session and everything in it is gone. How fast ready sessions are refilled is
//! undocumented, so only requests of one and the same second compete for them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::identifiers::instant;
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits, Time};

/// The pool on which a time line is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Pool {
    /// What ends a session.
    pub lifecycle: Lifecycle,
    /// Seconds without a request after which a timed session ends.
    pub cooldown: u32,
    /// Seconds after which a session ends that lives until its container exits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_alive: Option<u32>,
    /// Sessions that may live at the same time.
    pub capacity: u32,
    /// Sessions that are kept ready.
    pub ready: u32,
}

/// What ends a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Lifecycle {
    /// The cooldown.
    #[default]
    Timed,
    /// The exit of its container, or its greatest age.
    OnContainerExit,
}

impl Default for Pool {
    /// The defaults of the Azure command line.
    fn default() -> Self {
        Self { lifecycle: Lifecycle::Timed, cooldown: 300, max_alive: None, capacity: 10, ready: 5 }
    }
}

/// What happened on a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The pool.
    pub pool: Pool,
    /// What happened, in order; the first [`Limits::SESSION_EVENTS`].
    pub events: Vec<Event>,
    /// Sessions that were allocated.
    pub allocated: u32,
    /// Requests that were refused because the pool was full.
    pub refused: u32,
    /// The most sessions that lived at the same time.
    pub peak: u32,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    pub at: Time,
    /// To which session.
    pub identifier: String,
    /// What.
    pub kind: EventKind,
    /// How many sessions live afterwards.
    pub live: u32,
}

/// What happened to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The first request of the identifier took a ready session.
    Allocated,
    /// The first request of the identifier had to wait for a session to start.
    Waited,
    /// The identifier had a session before; this one is new and empty.
    Lost,
    /// The session lives on, and a timed one's cooldown starts again.
    Continued,
    /// The pool is full.
    Refused,
    /// The cooldown or the greatest age ended the session.
    Ended,
    /// The session was stopped, or its container exited.
    Stopped,
}

/// A line of a time line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment<'a> {
    pub(crate) at: Time,
    pub(crate) identifier: &'a str,
    pub(crate) stops: bool,
    pub(crate) range: Range<usize>,
}

/// Reads a time line: an instant, an identifier, and `stop` or `exit` where the session is ended; one a line, separated by
/// blanks or commas. Lines that start with `#` are comments.
pub(crate) fn read<'a>(document: &Document<'a>) -> (Vec<Moment<'a>>, Vec<Error>) {
    let (mut moments, mut errors, mut start) = (Vec::new(), Vec::new(), 0_usize);
    for line in document.text().split_inclusive('\n') {
        let range = start..start.saturating_add(line.trim_end().len());
        start = start.saturating_add(line.len());
        if line.trim().is_empty() || line.trim_start().starts_with('#') || errors.len() >= Limits::FINDINGS_PER_RULE {
            continue;
        }
        let mut words = line.split([' ', '\t', ',']).map(str::trim).filter(|word| !word.is_empty());
        let (time, identifier, verb) = (words.next().and_then(instant), words.next(), words.next());
        match (time, identifier) {
            (Some(at), Some(identifier)) if moments.len() < Limits::SESSION_MOMENTS => {
                let stops = verb.is_some_and(|verb| matches!(verb, "stop" | "exit"));
                moments.push(Moment { at, identifier, stops, range });
            }
            (Some(_), Some(_)) => {
                let expected = alloc::format!("at most {} lines", Limits::SESSION_MOMENTS);
                errors.push(Error::new(ErrorKind::Limit, expected, "more", document.span(range)));
                break;
            }
            _ => {
                let expected = "an instant and an identifier";
                errors.push(Error::new(ErrorKind::Syntax, expected, quote(line.trim()), document.span(range)));
            }
        }
    }
    crate::order::sort_by_key(&mut moments, |moment| moment.at);
    (moments, errors)
}

/// What one line of the time line did.
pub(crate) type Outcome = (usize, EventKind);

/// Plays a time line on a pool: what happened, and what each line did.
pub(crate) fn play(pool: &Pool, moments: &[Moment<'_>]) -> (Run, Vec<Outcome>) {
    let mut run = Run { pool: *pool, ..Run::default() };
    let mut outcomes = Vec::new();
    let mut live: BTreeMap<&str, Time> = BTreeMap::new();
    let mut ends: BTreeSet<(Time, &str)> = BTreeSet::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut burst = (Time::MIN, 0_u32);
    let count = |live: &BTreeMap<&str, Time>| u32::try_from(live.len()).unwrap_or(u32::MAX);
    for (place, moment) in moments.iter().enumerate() {
        while let Some((end, identifier)) = ends.first().copied().filter(|(end, _)| *end <= moment.at) {
            ends.remove(&(end, identifier));
            live.remove(identifier);
            run.add(end, identifier, EventKind::Ended, count(&live));
        }
        let identifier = moment.identifier;
        let kind = match (live.get(identifier).copied(), moment.stops) {
            (Some(end), true) => {
                live.remove(identifier);
                ends.remove(&(end, identifier));
                EventKind::Stopped
            }
            (None, true) => continue,
            (Some(end), false) => {
                if pool.lifecycle == Lifecycle::Timed {
                    ends.remove(&(end, identifier));
                    let next = moment.at.plus(i64::from(pool.cooldown));
                    ends.insert((next, identifier));
                    live.insert(identifier, next);
                }
                EventKind::Continued
            }
            (None, false) if count(&live) >= pool.capacity => {
                run.refused = run.refused.saturating_add(1);
                EventKind::Refused
            }
            (None, false) => {
                let seconds = match pool.lifecycle {
                    Lifecycle::Timed => Some(pool.cooldown),
                    Lifecycle::OnContainerExit => pool.max_alive,
                };
                let end = seconds.map_or(Time::MAX, |seconds| moment.at.plus(i64::from(seconds)));
                live.insert(identifier, end);
                ends.insert((end, identifier));
                run.allocated = run.allocated.saturating_add(1);
                burst = if burst.0 == moment.at { (moment.at, burst.1.saturating_add(1)) } else { (moment.at, 1) };
                match (known.insert(identifier), burst.1 > pool.ready) {
                    (false, _) => EventKind::Lost,
                    (true, true) => EventKind::Waited,
                    (true, false) => EventKind::Allocated,
                }
            }
        };
        run.peak = run.peak.max(count(&live));
        run.add(moment.at, identifier, kind, count(&live));
        outcomes.push((place, kind));
    }
    for (end, identifier) in ends.iter().copied().filter(|(end, _)| *end < Time::MAX) {
        live.remove(identifier);
        run.add(end, identifier, EventKind::Ended, count(&live));
    }
    (run, outcomes)
}

impl Run {
    fn add(&mut self, at: Time, identifier: &str, kind: EventKind, live: u32) {
        if self.events.len() < Limits::SESSION_EVENTS {
            self.events.push(Event { at, identifier: identifier.to_string(), kind, live });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(pool: Pool, text: &str) -> Vec<EventKind> {
        let document = Document::new("subject.timeline", text);
        let (moments, errors) = read(&document);
        assert!(errors.is_empty());
        play(&pool, &moments).0.events.iter().map(|event| event.kind).collect()
    }

    #[test]
    fn cooldowns_start_again_and_end() {
        use EventKind::{Allocated, Continued, Ended, Lost, Refused, Stopped};
        let timed = Pool { capacity: 1, ..Pool::default() };
        assert_eq!(kinds(timed, "0 a\n299 a\n598 a\n"), [Allocated, Continued, Continued, Ended]);
        assert_eq!(kinds(timed, "0 a\n300 a\n"), [Allocated, Ended, Lost, Ended]);
        assert_eq!(kinds(timed, "0 a\n1 b\n"), [Allocated, Refused, Ended]);
        assert_eq!(kinds(timed, "0 a\n1 a stop\n2 b\n"), [Allocated, Stopped, Allocated, Ended]);
        let exits = Pool { lifecycle: Lifecycle::OnContainerExit, max_alive: Some(600), ..Pool::default() };
        assert_eq!(kinds(exits, "0 a\n599 a\n600 a"), [Allocated, Continued, Ended, Lost, Ended]);
    }

    #[test]
    fn ready_sessions_run_out_within_a_second() {
        let pool = Pool { ready: 1, ..Pool::default() };
        assert_eq!(kinds(pool, "5 a\n5 b\n").get(..2), Some(&[EventKind::Allocated, EventKind::Waited][..]));
    }
}
