//! A pool over time as it is drawn: a lane for each identifier, and how full the pool is.

use admit_core::Time;
use admit_core::session::{Event, EventKind};

/// Lanes that are drawn; the list below the picture has the rest.
pub const LANES: usize = 12;

/// The picture. Places are parts of the whole time, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Lanes {
    /// The first and the last instant.
    pub ends: (Time, Time),
    /// The lanes, in the order in which their identifiers come.
    pub lanes: Vec<Lane>,
    /// Identifiers that have no lane.
    pub more: usize,
    /// How many sessions live, stretch by stretch.
    pub live: Vec<Full>,
}

/// What happens to one identifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The identifier.
    pub identifier: String,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Its requests and ends, with where they stand.
    pub marks: Vec<(f64, EventKind)>,
}

/// One session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Whether an earlier session of the identifier was lost.
    pub again: bool,
}

/// How many sessions live for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Full {
    /// Where the stretch begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How many live.
    pub live: u32,
}

impl Lanes {
    /// Lays out the events, which are in order of time.
    pub fn new(events: &[Event]) -> Option<Self> {
        let (first, last) = (events.first()?.at, events.last()?.at);
        let whole = last.unix().saturating_sub(first.unix()).max(1) as f64;
        let place = |at: Time| at.unix().saturating_sub(first.unix()) as f64 / whole;
        let mut lanes: Vec<Lane> = Vec::new();
        let mut others: Vec<&str> = Vec::new();
        let mut live: Vec<Full> = Vec::new();
        for event in events {
            let at = place(event.at);
            if let Some(last) = live.last_mut() {
                last.to = at;
            }
            live.push(Full { from: at, to: 1.0, live: event.live });
            let known = lanes.iter().position(|lane| lane.identifier == event.identifier);
            let known = known.or_else(|| {
                let room = lanes.len() < LANES;
                if room {
                    let identifier = event.identifier.clone();
                    lanes.push(Lane { identifier, sessions: Vec::new(), marks: Vec::new() });
                } else if !others.contains(&event.identifier.as_str()) {
                    others.push(&event.identifier);
                }
                room.then(|| lanes.len() - 1)
            });
            let Some(lane) = known.and_then(|known| lanes.get_mut(known)) else { continue };
            match event.kind {
                EventKind::Allocated | EventKind::Waited | EventKind::Lost => {
                    // Until its end comes, it lives on.
                    lane.sessions.push(Session { from: at, to: 1.0, again: event.kind == EventKind::Lost });
                }
                EventKind::Ended | EventKind::Stopped => {
                    if let Some(session) = lane.sessions.last_mut() {
                        session.to = at;
                    }
                }
                EventKind::Continued | EventKind::Refused => {}
            }
            lane.marks.push((at, event.kind));
        }
        live.retain(|full| full.to > full.from);
        Some(Self { ends: (first, last), lanes, more: others.len(), live })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, identifier: &str, kind: EventKind, live: u32) -> Event {
        Event { at: Time::from_unix(at), identifier: identifier.to_owned(), kind, live }
    }

    #[test]
    fn sessions_begin_and_end_on_their_lane() {
        use EventKind::{Allocated, Continued, Ended, Lost, Refused};
        let events = [
            event(0, "a", Allocated, 1),
            event(25, "a", Continued, 1),
            event(25, "b", Refused, 1),
            event(50, "a", Ended, 0),
            event(75, "a", Lost, 1),
            event(100, "a", Ended, 0),
        ];
        let lanes = Lanes::new(&events).expect("events");
        assert_eq!(lanes.lanes.len(), 2);
        let session = |from, to, again| Session { from, to, again };
        assert_eq!(lanes.lanes[0].sessions, [session(0.0, 0.5, false), session(0.75, 1.0, true)]);
        assert_eq!(lanes.lanes[1].sessions, []);
        assert_eq!(lanes.lanes[1].marks, [(0.25, Refused)]);
        let live: Vec<u32> = lanes.live.iter().map(|full| full.live).collect();
        assert_eq!(live, [1, 1, 0, 1]);
    }

    #[test]
    fn what_never_ends_reaches_the_edge_and_many_have_no_lane() {
        let events: Vec<Event> =
            (0..20).map(|n| event(n, &format!("i{n}"), EventKind::Allocated, n as u32 + 1)).collect();
        let lanes = Lanes::new(&events).expect("events");
        assert_eq!((lanes.lanes.len(), lanes.more), (LANES, 8));
        assert!(lanes.lanes.iter().all(|lane| lane.sessions[0].to == 1.0));
        assert_eq!(Lanes::new(&[]), None);
        let one = Lanes::new(&events[..1]).expect("an event");
        assert_eq!(one.lanes[0].sessions[0].from, 0.0);
    }
}
