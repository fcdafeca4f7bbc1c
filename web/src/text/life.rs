//! Words for a pool over time.

use admit_core::session::{Event, EventKind, Run};

use crate::instant;
use crate::prose::count;

/// Heading.
pub const LIFE: &str = "The pool over time";
/// Heading of the events as text.
pub const EVENTS: &str = "What happens";
/// Label of the strip that shows how full the pool is.
pub const LIVE: &str = "sessions";

/// The run in a sentence.
pub fn run(run: &Run, capacity: u32) -> String {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    format!(
        "{} allocated, {} refused, at most {} of {capacity} at a time.",
        count(number(run.allocated), "session", "sessions"),
        count(number(run.refused), "request", "requests"),
        run.peak
    )
}

/// What happened, after the identifier.
pub fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Allocated => "takes a ready session",
        EventKind::Waited => "waits until a session has started",
        EventKind::Lost => "gets a new and empty session: the earlier one has ended",
        EventKind::Continued => "goes on; a cooldown starts again",
        EventKind::Refused => "is refused: the pool is full",
        EventKind::Ended => "has ended, and everything in it is gone",
        EventKind::Stopped => "was stopped, or its container exited",
    }
}

/// How many sessions live after an event.
pub fn live(event: &Event) -> String {
    count(usize::try_from(event.live).unwrap_or(usize::MAX), "session lives", "sessions live")
}

/// The picture in a sentence, for those who don't see it.
pub fn picture(from: admit_core::Time, to: admit_core::Time, lanes: usize) -> String {
    let (from, to) = (instant::write(from), instant::write(to));
    format!("A line for each of {}, from {from} to {to}.", count(lanes, "identifier", "identifiers"))
}

/// Identifiers without a lane.
pub fn no_lane(more: usize) -> String {
    format!("{} more in the list below.", count(more, "identifier", "identifiers"))
}

/// Events that are not listed.
pub fn not_listed(listed: usize, events: usize) -> String {
    format!("{listed} of {events} events are listed.")
}
