//! What a moment comes to: which pairs are connected, how many nodes are cut off, whether the seed nodes have a quorum.

use alloc::vec::Vec;

use super::closed::Closed;
use super::rehearsal::Rehearsal;
use super::tie::{Meeting, Nodes};
use super::walk::Party;
use crate::fabric::manifest::CertificateRole;
use crate::fabric::{Connection, Role};
use crate::{Limits, Verdict};

/// A moment, decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Assessment {
    /// Every ordered pair of parties: who presents, who validates, how they meet.
    pub(super) pairs: Vec<(usize, usize, usize)>,
    /// The services of nodes that are refused by a gateway: whose, whose gateway, and how they meet.
    pub(super) services: Vec<(usize, usize, usize)>,
    /// What nodes do not load.
    pub(super) closed: Vec<Closed>,
    pub(super) cut_off: u32,
    /// Seed nodes that can be connected with each other, in the worst case.
    pub(super) connected_seeds: u32,
    pub(super) seeds: u32,
}

/// The connections over which services of the cluster reach it: who presents what, and who judges it by what.
const SERVICES: [(CertificateRole, Connection); 3] = [
    (CertificateRole::Client, Connection::Gateway),
    (CertificateRole::UserRoleClient, Connection::Gateway),
    (CertificateRole::Server, Connection::Server),
];

/// The worse of two verdicts: refused, then indeterminate.
pub(super) fn worse(one: Verdict, other: Verdict) -> Verdict {
    match (one, other) {
        (Verdict::Refused, _) | (_, Verdict::Refused) => Verdict::Refused,
        (Verdict::Indeterminate, _) | (_, Verdict::Indeterminate) => Verdict::Indeterminate,
        (Verdict::Admitted, Verdict::Admitted) => Verdict::Admitted,
    }
}

impl Rehearsal<'_> {
    /// Whether every pair of parties is connected. Only whether there are two nodes of a party matters, not how many.
    pub(super) fn quick(&mut self, parties: &[Party], slot: usize) -> Verdict {
        let key: Vec<(usize, usize, bool)> =
            parties.iter().map(|party| (party.state, party.searched, party.nodes > 1)).collect();
        let key = (key, slot, self.start_slot);
        if let Some(&known) = self.verdicts.get(&key) {
            return known;
        }
        let assessed = self.assess(parties, slot);
        let verdict = self.overall(&assessed);
        if self.verdicts.len() < Limits::ROLLOUT_REMEMBERED {
            self.verdicts.insert(key, verdict);
        }
        verdict
    }

    /// The verdict of a moment: pairs of nodes, and services that lose what they had.
    pub(super) fn overall(&self, assessed: &Assessment) -> Verdict {
        self.of_meetings(assessed).fold(Verdict::Admitted, |verdict, meeting| worse(verdict, meeting.verdict))
    }

    /// The verdict of a moment if no peer were trusted for its key.
    pub(super) fn overall_without(&self, assessed: &Assessment) -> Verdict {
        self.of_meetings(assessed).fold(Verdict::Admitted, |verdict, meeting| worse(verdict, meeting.without))
    }

    /// Everything that happens at a moment.
    pub(super) fn of_meetings(&self, assessed: &Assessment) -> impl Iterator<Item = &Meeting> {
        let met = assessed.pairs.iter().chain(&assessed.services).map(|(.., meeting)| *meeting);
        let all = met.chain(assessed.closed.iter().map(|closed| closed.meeting));
        all.filter_map(|meeting| self.meetings.get(meeting))
    }

    /// Decides every ordered pair of parties.
    pub(super) fn assess(&mut self, parties: &[Party], slot: usize) -> Assessment {
        let mut assessed = Assessment::default();
        let is_alone = parties.iter().filter(|party| !party.stale).all(|party| party.nodes < 2)
            && parties.iter().filter(|party| !party.stale).count() < 2;
        for (from, presenter) in parties.iter().enumerate() {
            assessed.closed.extend(self.closed(from, nodes(presenter), is_alone, slot));
            for (to, validator) in parties.iter().enumerate() {
                // A class of one node has no pair with itself, and neither has one with itself as it was. Its services
                // reach its own gateway all the same.
                let alone = presenter.nodes.max(validator.nodes) < 2 && presenter.state == validator.state;
                if alone && (presenter.stale || validator.stale) {
                    continue;
                }
                let (one, other) = (nodes(presenter), nodes(validator));
                let is_pair = !(alone && from == to);
                if is_pair
                    && let Some(meeting) = self.meet(one, other, CertificateRole::Cluster, Connection::Node, slot)
                {
                    assessed.pairs.push((from, to, meeting));
                }
                for (role, connection) in SERVICES {
                    if let Some(meeting) = self.service(one, other, role, connection, slot) {
                        assessed.services.push((from, to, meeting));
                    }
                }
            }
        }
        self.count(parties, &mut assessed);
        assessed
    }

    /// How a service of one node is met by another node, where that fails although each of them meets its like.
    fn service(
        &mut self,
        from: Nodes,
        to: Nodes,
        role: CertificateRole,
        connection: Connection,
        slot: usize,
    ) -> Option<usize> {
        let meeting = self.meet(from, to, role, connection, slot)?;
        let (verdict, granted) = self.meetings.get(meeting).map(|meeting| (meeting.verdict, meeting.role))?;
        let is_user = role == CertificateRole::Client && granted == Some(Role::User);
        if verdict == Verdict::Admitted && !is_user {
            return None;
        }
        // What did not work when everything started is not lost.
        let (old, peer) = (self.baseline(from.0)?, self.baseline(to.0)?);
        let start = self.start_slot;
        let before = self.meet((old, start), (peer, start), role, connection, start)?;
        let had = self.meetings.get(before).filter(|meeting| meeting.verdict == Verdict::Admitted)?.role;
        match verdict {
            // A service that was an administrator and is a user can't do what it did.
            Verdict::Admitted => (had != Some(Role::User)).then(|| self.lowered(meeting)),
            _ => Some(meeting),
        }
    }

    fn count(&self, parties: &[Party], assessed: &mut Assessment) {
        // A node that does not open is connected with nobody, not even where nobody is there to refuse it.
        let opens = |place: usize| {
            let is_open = |closed: &Closed| {
                let meeting = self.meetings.get(closed.meeting);
                meeting.is_none_or(|meeting| meeting.verdict != Verdict::Refused || meeting.idle)
            };
            let own = |closed: &&Closed| closed.party == place && closed.role == CertificateRole::Cluster;
            assessed.closed.iter().filter(own).all(is_open)
        };
        let connected = |one: usize, other: usize| -> bool {
            let admits = |from: usize, to: usize| {
                let pair = assessed.pairs.iter().find(|(own, peer, _)| (*own, *peer) == (from, to));
                pair.is_none_or(|(.., meeting)| {
                    self.meetings.get(*meeting).is_some_and(|meeting| meeting.verdict == Verdict::Admitted)
                })
            };
            opens(one) && opens(other) && admits(one, other) && admits(other, one)
        };
        // Nodes that may not have searched their store again count as if they had not.
        let counted: Vec<usize> = (0..parties.len())
            .filter(|&place| {
                let Some(party) = parties.get(place) else { return false };
                let has_stale = parties.iter().any(|other| other.stale && other.state == party.state);
                party.stale || !has_stale
            })
            .collect();
        let nodes_of = |place: usize| parties.get(place).map_or(0, |party| party.nodes);
        let total: u32 = counted.iter().fold(0, |sum, &place| sum.saturating_add(nodes_of(place)));
        let mut cut_off = 0_u32;
        for &place in &counted {
            let reached = counted.iter().filter(|&&other| connected(place, other));
            let reached: u32 = reached.fold(0, |sum, &other| {
                let own = nodes_of(other);
                sum.saturating_add(own)
            });
            let reached = if connected(place, place) { reached } else { reached.saturating_add(1) };
            let is_minority = total > 1 && u64::from(reached).saturating_mul(2) <= u64::from(total);
            if is_minority || !opens(place) {
                cut_off = cut_off.saturating_add(nodes_of(place));
            }
        }
        let (worst, seeds) = quorum(parties, &counted, connected, opens);
        assessed.cut_off = cut_off;
        assessed.connected_seeds = worst;
        assessed.seeds = seeds;
    }
}

/// The seed nodes that can be connected with each other, in the worst case, and how many there are. In a domain that is half
/// done its seed nodes may be in either state.
fn quorum(
    parties: &[Party],
    counted: &[usize],
    connected: impl Fn(usize, usize) -> bool,
    opens: impl Fn(usize) -> bool,
) -> (u32, u32) {
    // At most two parties differ in what they are at least and at most: the two halves of one domain.
    let open: Vec<usize> = counted
        .iter()
        .copied()
        .filter(|&place| parties.get(place).is_some_and(|party| party.seeds.0 < party.seeds.1))
        .collect();
    let least = |place: usize| parties.get(place).map_or(0, |party| party.seeds.0);
    let most = |place: usize| parties.get(place).map_or(0, |party| party.seeds.1);
    let movable = open.first().map_or(0, |&place| most(place).saturating_sub(least(place)));
    let certain: u32 = counted.iter().fold(0, |sum, &place| sum.saturating_add(least(place)));
    let seeds = certain.saturating_add(movable);
    let mut worst = seeds;
    let half = movable.checked_div(2).unwrap_or_default();
    for first in [0, 1.min(movable), half, movable.saturating_sub(1), movable] {
        let of = |place: usize| match open.iter().position(|&other| other == place) {
            None => least(place),
            Some(0) => least(place).saturating_add(first),
            Some(1) => least(place).saturating_add(movable.saturating_sub(first)),
            Some(_) => most(place),
        };
        let of = |place: usize| if opens(place) { of(place) } else { 0 };
        worst = worst.min(largest(counted, &of, &connected));
    }
    (worst, seeds)
}

/// The largest number of seed nodes of which each is connected with each. Beyond a number of classes only what is certain
/// is counted: the largest class.
fn largest(counted: &[usize], seeds: &impl Fn(usize) -> u32, connected: &impl Fn(usize, usize) -> bool) -> u32 {
    let with: Vec<usize> = counted.iter().copied().filter(|&place| seeds(place) > 0).collect();
    let alone = |place: usize| if connected(place, place) { seeds(place) } else { seeds(place).min(1) };
    if with.len() > Limits::ROLLOUT_SEED_CLASSES {
        return with.iter().map(|&place| alone(place)).max().unwrap_or_default();
    }
    let mut best = 0_u32;
    let sets = 1_u32.checked_shl(u32::try_from(with.len()).unwrap_or(31)).unwrap_or(u32::MAX);
    for set in 1..sets {
        let members: Vec<usize> = with
            .iter()
            .enumerate()
            .filter(|(bit, _)| set.checked_shr(u32::try_from(*bit).unwrap_or(31)).unwrap_or(0) & 1 == 1)
            .map(|(_, &place)| place)
            .collect();
        let is_clique = members
            .iter()
            .enumerate()
            .all(|(index, &one)| members.iter().skip(index.saturating_add(1)).all(|&other| connected(one, other)));
        if is_clique {
            best = best.max(members.iter().fold(0, |sum, &place| sum.saturating_add(alone(place))));
        }
    }
    best
}

fn nodes(party: &Party) -> Nodes {
    (party.state, party.searched)
}
