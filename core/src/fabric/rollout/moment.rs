//! A stretch of the walk as the answer shows it.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::answer::{Class, Closed, Moment, Pair, Quorum, State, Tie};
use super::assess::Assessment;
use super::notation::Letters;
use super::rehearsal::{Rehearsal, Shown};
use super::schedule::Move;
use super::tie::Meeting;
use super::walk::Stretch;
use crate::cost::count;
use crate::fabric::Connection;
use crate::{Limits, Verdict};

/// A stretch that was decided.
pub(super) struct Decided {
    pub(super) stretch: Stretch,
    pub(super) step: Move,
    pub(super) assessed: Assessment,
    pub(super) verdict: Verdict,
    pub(super) without: Verdict,
}

/// What is shown of the states and meetings that occur, in the order in which they do.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) states: Vec<State>,
    pub(super) ties: Vec<Tie>,
    state_places: BTreeMap<usize, u32>,
    tie_places: BTreeMap<usize, u32>,
}

impl Shelf {
    /// The place of a state in the answer.
    pub(super) fn state(&mut self, rehearsal: &Rehearsal<'_>, letters: &mut Letters, state: usize) -> u32 {
        if let Some(&place) = self.state_places.get(&state) {
            return place;
        }
        let place = count(self.states.len());
        self.state_places.insert(state, place);
        let known = rehearsal.states.get(state);
        let judge = rehearsal.judge(state);
        let node_type = known.and_then(|known| known.node_type.clone());
        let kit = known.and_then(|known| rehearsal.kits.get(known.kit));
        let all = rehearsal.ground.holdings.len();
        let installed = kit.filter(|kit| kit.len() < all).map(|kit| {
            kit.iter().filter_map(|&place| Some(rehearsal.ground.holdings.get(place)?.installed.number)).collect()
        });
        self.states.push(State {
            settings: known.map_or(0, |known| count(known.settings)),
            notation: judge.map_or_else(String::new, |judge| letters.state(judge, node_type.as_deref())),
            node_type,
            installed,
        });
        place
    }

    /// The place of a meeting in the answer.
    pub(super) fn tie(&mut self, rehearsal: &Rehearsal<'_>, meeting: usize) -> u32 {
        if let Some(&place) = self.tie_places.get(&meeting) {
            return place;
        }
        let place = count(self.ties.len());
        self.tie_places.insert(meeting, place);
        if let Some(meeting) = rehearsal.meetings.get(meeting) {
            self.ties.push(Tie {
                verdict: meeting.verdict,
                certificate: meeting.certificate,
                because: meeting.because.clone(),
                code: meeting.code.map(Into::into),
                by_key: meeting.by_key,
                logs: logs(meeting),
            });
        }
        place
    }
}

/// What is logged where a meeting fails (SecurityContext.cpp:117-133): by the node that refuses, as client and as server,
/// and by the one that has nothing to present.
pub(super) fn logs(meeting: &Meeting) -> Vec<String> {
    if meeting.verdict != Verdict::Refused {
        return Vec::new();
    }
    let inner = meeting.code.map(|code| format!(", inner code {code}")).unwrap_or_default();
    match (meeting.certificate, meeting.connection) {
        // It opens, and has nothing to log.
        (None, _) if meeting.idle => Vec::new(),
        (None, connection) => {
            let code = meeting.code.unwrap_or("an error whose code is not documented");
            Vec::from([match connection {
                Connection::Node => format!("the node that presents: {code}, it does not open"),
                Connection::Server => format!("the gateway that presents: {code}, it does not start"),
                _ => format!("the client on the node: {code}, it connects to no gateway"),
            }])
        }
        (Some(_), Connection::Node) => Vec::from([
            format!(
                "the node that refuses, when it connects: FABRIC_E_SERVER_AUTHENTICATION_FAILED (0x80071c44){inner}"
            ),
            format!("the node that refuses, when it is connected to: FABRIC_E_CONNECTION_DENIED (0x80071c43){inner}"),
        ]),
        (Some(_), Connection::Server) => {
            Vec::from([format!("the client: FABRIC_E_SERVER_AUTHENTICATION_FAILED (0x80071c44){inner}")])
        }
        (Some(_), Connection::Gateway | Connection::HttpGateway) => {
            Vec::from([format!("the gateway: FABRIC_E_CONNECTION_DENIED (0x80071c43){inner}")])
        }
    }
}

impl Rehearsal<'_> {
    /// What happens at a stretch, in words.
    pub(super) fn label(&self, stretch: &Stretch, step: &Move) -> String {
        let name = |place: usize| self.cluster.domains.get(place).map_or("", |domain| domain.name.as_str()).to_string();
        let instant = stretch.instant.and_then(|place| self.ground.instants.get(place));
        let happens = match (stretch.beat.half, stretch.beat.done) {
            (true, done) => format!("{} half done", name(done)),
            (false, 0) => String::from("before the first domain"),
            (false, done) => format!("{} done", name(done.saturating_sub(1))),
        };
        let happens = if step.installs() { format!("installing: {happens}") } else { happens };
        match instant {
            Some((_, because)) => format!("{happens}; {because}"),
            None => happens,
        }
    }

    /// A stretch for the answer.
    pub(super) fn shown(&mut self, decided: &Decided, shelf: &mut Shelf, letters: &mut Letters) -> Moment {
        let stretch = &decided.stretch;
        let mut classes = Vec::new();
        for party in stretch.parties.iter().take(Limits::ROLLOUT_CLASSES) {
            let presents = match self.front(party.state, party.searched).into_iter().next() {
                Some(Shown::Certificate(place)) => self.ground.holdings.get(place).map(|own| own.installed.number),
                _ => None,
            };
            classes.push(Class {
                state: shelf.state(self, letters, party.state),
                nodes: party.nodes,
                seeds: party.seeds.1,
                presents,
                stale: party.stale,
            });
        }
        let shown = classes.len();
        let pairs = decided.assessed.pairs.iter().filter(|(from, to, _)| *from < shown && *to < shown);
        let pairs: Vec<Pair> = pairs
            .map(|&(from, to, meeting)| Pair { from: count(from), to: count(to), tie: shelf.tie(self, meeting) })
            .collect();
        let services = decided.assessed.services.iter().filter(|(from, to, _)| *from < shown && *to < shown);
        let services: Vec<Pair> = services
            .map(|&(from, to, meeting)| Pair { from: count(from), to: count(to), tie: shelf.tie(self, meeting) })
            .collect();
        let closed = decided.assessed.closed.iter().filter(|closed| closed.party < shown);
        let closed: Vec<Closed> = closed
            .map(|own| Closed {
                class: count(own.party),
                role: own.role.element().into(),
                tie: shelf.tie(self, own.meeting),
            })
            .collect();
        let mut domain_states = Vec::new();
        for states in &stretch.domain_states {
            domain_states.push(states.iter().map(|&state| shelf.state(self, letters, state)).collect());
        }
        let beat = stretch.beat;
        let domain = if beat.half { Some(beat.done) } else { beat.done.checked_sub(1) };
        let assessed = &decided.assessed;
        let needed = assessed.seeds.checked_div(2).unwrap_or_default();
        Moment {
            at: stretch.at,
            label: self.label(stretch, &decided.step),
            roll_out: decided.step.roll_out,
            domain: domain.map(count),
            half: beat.half,
            verdict: decided.verdict,
            domain_states,
            classes,
            pairs,
            services,
            closed,
            cut_off: assessed.cut_off,
            quorum: Quorum {
                seeds: assessed.seeds,
                connected: assessed.connected_seeds,
                survives: assessed.seeds == 0 || assessed.connected_seeds > needed,
            },
        }
    }
}
