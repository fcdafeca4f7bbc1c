//! Walking a move: which classes of nodes there are at each moment.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::ops::Range;

use super::assess;
use super::quiet::Quiet;
use super::rehearsal::Rehearsal;
use super::schedule::{Beat, Move};
use crate::{Limits, Time, Verdict};

/// Nodes of one state that searched their store in one slot of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Party {
    pub(super) state: usize,
    /// The slot of time in which they searched their store.
    pub(super) searched: usize,
    pub(super) nodes: u32,
    /// Seed nodes, at least and at most: in a domain that is half done it is not known which.
    pub(super) seeds: (u32, u32),
    /// Whether they are counted elsewhere as well, since it is not known whether they searched their store again.
    pub(super) stale: bool,
}

/// A stretch of time in which nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) at: Time,
    pub(super) beat: Beat,
    pub(super) parties: Vec<Party>,
    /// The states of each domain.
    pub(super) domain_states: Vec<Vec<usize>>,
    /// What happened at `at`, where it is something about a certificate.
    pub(super) instant: Option<usize>,
}

/// A move with everything about it that does not depend on when it starts.
pub(super) struct Course {
    /// Seconds that it takes.
    pub(super) duration: i64,
    beats: Vec<Beat>,
    sides: Sides,
    /// What the beats come to in each slot of time (that of the walk, and that of its start), where nothing happens.
    quiet: BTreeMap<(usize, usize), Quiet>,
    /// What a beat comes to in a slot of time (that of the start as well) where something happened lately: for each such
    /// instant, how many domains had begun to be upgraded before it.
    disturbed: BTreeMap<(usize, usize, usize, Vec<usize>), Verdict>,
}

impl Course {
    pub(super) fn beats(&self) -> &[Beat] {
        &self.beats
    }

    /// The state of a group's nodes before the move, by the group's place.
    pub(super) fn before(&self, group: usize) -> Option<usize> {
        self.sides.before.get(group).copied()
    }

    /// The state of a group's nodes after the move.
    pub(super) fn after(&self, group: usize) -> Option<usize> {
        self.sides.after.get(group).copied()
    }
}

/// How many nodes of a group that is half done have the new state, and how many the old. A group of one node counts as
/// both: which of them it is, is not known.
pub(super) fn halves(nodes: u32) -> (u32, u32) {
    let new = nodes.div_ceil(2);
    (new, nodes.saturating_sub(new).max(1))
}

/// The states of a move: of each group before and after.
struct Sides {
    before: Vec<usize>,
    after: Vec<usize>,
    /// When the nodes of each domain read their settings anew, in seconds after the start of the move.
    reread: Vec<i64>,
    interval: i64,
}

impl Rehearsal<'_> {
    /// Prepares a move.
    pub(super) fn course(&mut self, step: &Move) -> Course {
        let cluster = self.cluster;
        let before: Vec<usize> = cluster.groups.iter().map(|group| self.state(group, &step.from)).collect();
        let after: Vec<usize> = cluster.groups.iter().map(|group| self.state(group, &step.to)).collect();
        let states: BTreeSet<usize> = crate::order::set(before.iter().chain(&after).copied());
        let interval = states.into_iter().map(|state| self.monitor_interval(state)).max().unwrap_or_default();
        let mut reread: Vec<i64> = Vec::new();
        let mut began = 0_i64;
        for domain in &cluster.domains {
            reread.push(began);
            if !step.installs() {
                began = began.saturating_add(domain.duration).saturating_add(cluster.wait);
            }
        }
        let (beats, duration) = (step.beats(cluster), step.duration(cluster));
        Course {
            duration,
            beats,
            sides: Sides { before, after, reread, interval },
            quiet: BTreeMap::new(),
            disturbed: BTreeMap::new(),
        }
    }

    /// Where the stretches of a move begin that starts at an instant, in the order of time: when, in which beat, and with
    /// which instant of a certificate.
    pub(super) fn cuts(&self, course: &Course, start: Time) -> Vec<(Time, Beat, Option<usize>)> {
        let mut cuts: Vec<(Time, Beat, Option<usize>)> = Vec::new();
        for &beat in &course.beats {
            let divided = self.divided(start, beat, course.sides.interval).into_iter();
            cuts.extend(divided.map(|(at, instant)| (at, beat, instant)));
        }
        // Two beats of one stretch of time are both possible in it.
        crate::order::sort_by_key(&mut cuts, |(at, ..)| *at);
        cuts
    }

    /// A stretch of a move that starts at an instant.
    pub(super) fn stretch(&mut self, course: &Course, start: Time, cut: (Time, Beat, Option<usize>)) -> Stretch {
        let (at, beat, instant) = cut;
        let (parties, domain_states) = self.parties(&course.sides, start, beat, at);
        Stretch { at, beat, parties, domain_states, instant }
    }

    /// Whether a move keeps every pair connected.
    pub(super) fn verdict(&mut self, step: &Move, start: Time) -> Verdict {
        let mut course = self.course(step);
        self.verdict_of(&mut course, start)
    }

    /// Whether a prepared move keeps every pair connected.
    pub(super) fn verdict_of(&mut self, course: &mut Course, start: Time) -> Verdict {
        let interval = course.sides.interval;
        let (ground, count) = (self.ground, course.beats.len());
        let first = ground.slot(start.plus(interval.saturating_neg()));
        let last = ground.slot(start.plus(course.duration));
        let mut worst = Verdict::Admitted;
        let mut place = 0_usize;
        for slot in first..=last {
            // What happens at the instant that ends this interval is noticed by the beats around it; those before are quiet.
            let next = ground.instants.get(slot).filter(|_| slot < last);
            let (noisy, after) = next.map_or((count, count), |(instant, _)| {
                let since = instant.unix().saturating_sub(start.unix());
                let noisy = course.beats.partition_point(|beat| beat.until < since);
                (noisy, course.beats.partition_point(|beat| beat.at < since.saturating_add(interval)))
            });
            if place < noisy {
                worst = assess::worse(worst, self.calm(course, place..noisy, slot));
            }
            for at in place.max(noisy)..after {
                if worst == Verdict::Refused {
                    return worst;
                }
                worst = assess::worse(worst, self.disturbed(course, at, start));
            }
            place = place.max(after);
        }
        worst
    }

    /// The verdict of beats in which nothing happens, in one interval between instants.
    fn calm(&mut self, course: &mut Course, beats: Range<usize>, slot: usize) -> Verdict {
        let key = (slot, self.start_slot);
        if let Some(quiet) = course.quiet.get(&key) {
            return quiet.over(beats);
        }
        let quiet = self.quiet(course, slot);
        let verdict = quiet.over(beats);
        course.quiet.insert(key, quiet);
        verdict
    }

    /// The verdict of a beat in which something begins or ends, or has done so lately. It depends on which domains have been
    /// upgraded since, not on when exactly.
    fn disturbed(&mut self, course: &mut Course, place: usize, start: Time) -> Verdict {
        let Some(&beat) = course.beats.get(place) else { return Verdict::Admitted };
        let ground = self.ground;
        let mut worst = Verdict::Admitted;
        for (at, _) in self.divided(start, beat, course.sides.interval) {
            let slot = ground.slot(at);
            let oldest = ground.slot(at.plus(course.sides.interval.saturating_neg()));
            let recent = ground.instants.iter().take(slot).skip(oldest);
            let since: Vec<usize> = recent
                .map(|(instant, _)| course.sides.reread.partition_point(|seconds| start.plus(*seconds) < *instant))
                .collect();
            let key = (place, slot, self.start_slot, since);
            let own = match course.disturbed.get(&key) {
                Some(&known) => known,
                None => {
                    let (parties, _) = self.parties(&course.sides, start, beat, at);
                    let own = self.quick(&parties, slot);
                    if course.disturbed.len() < Limits::ROLLOUT_REMEMBERED {
                        course.disturbed.insert(key, own);
                    }
                    own
                }
            };
            worst = assess::worse(worst, own);
        }
        worst
    }

    /// The verdict of a walk: every move, and the check before each roll-out.
    pub(super) fn walk_verdict(&mut self, moves: &[Move], courses: &mut [Course], start: Time) -> Verdict {
        let mut now = start;
        let mut worst = Verdict::Admitted;
        for (step, course) in moves.iter().zip(courses) {
            if self.gate(step, now).is_some_and(|gate| gate.verdict == Verdict::Refused) {
                return Verdict::Refused;
            }
            worst = assess::worse(worst, self.verdict_of(course, now));
            if worst == Verdict::Refused {
                return worst;
            }
            now = now.plus(course.duration);
        }
        worst
    }

    /// The instants inside of a beat at which something changes: its start, where something about a certificate begins or
    /// ends, and where every node has searched its store again.
    fn divided(&self, start: Time, beat: Beat, interval: i64) -> Vec<(Time, Option<usize>)> {
        let (at, until) = (start.plus(beat.at), start.plus(beat.until));
        let mut instants: BTreeMap<Time, Option<usize>> = BTreeMap::from([(at, None)]);
        let from = self.ground.slot(at.plus(interval.saturating_neg())).saturating_sub(1);
        for (place, (instant, _)) in self.ground.instants.iter().enumerate().skip(from) {
            if *instant >= until {
                break;
            }
            if *instant > at {
                instants.insert(*instant, Some(place));
            }
            let searched = instant.plus(interval);
            if searched > at && searched < until {
                instants.entry(searched).or_insert(None);
            }
        }
        instants.into_iter().collect()
    }

    /// The classes of nodes at an instant of a beat, and the states of each domain.
    fn parties(&mut self, sides: &Sides, start: Time, beat: Beat, at: Time) -> (Vec<Party>, Vec<Vec<usize>>) {
        let cluster = self.cluster;
        let mut parties: Vec<Party> = Vec::new();
        let mut domain_states: Vec<Vec<usize>> = Vec::new();
        domain_states.resize(cluster.domains.len(), Vec::new());
        for (place, group) in cluster.groups.iter().enumerate() {
            let (Some(&before), Some(&after)) = (sides.before.get(place), sides.after.get(place)) else { continue };
            // Nodes read their settings anew while their domain is upgraded, and search their store then.
            let reread = sides.reread.get(group.domain).map_or(Time::MIN, |seconds| start.plus(*seconds));
            let half = beat.half && group.domain == beat.done;
            let mut add = |rehearsal: &mut Self, state: usize, nodes: u32, seeds: (u32, u32), loaded: Time| {
                if nodes == 0 {
                    return;
                }
                rehearsal.join(
                    &mut parties,
                    Party { state, searched: 0, nodes, seeds, stale: false },
                    at,
                    loaded,
                    sides.interval,
                );
                if let Some(states) = domain_states.get_mut(group.domain)
                    && !states.contains(&state)
                {
                    states.push(state);
                }
            };
            if half {
                let (new, old) = halves(group.nodes);
                add(self, after, new, (0, group.seeds), reread);
                add(self, before, old, (0, group.seeds), Time::MIN);
            } else if group.domain < beat.done {
                add(self, after, group.nodes, (group.seeds, group.seeds), reread);
            } else {
                add(self, before, group.nodes, (group.seeds, group.seeds), Time::MIN);
            }
        }
        (parties, domain_states)
    }

    /// Adds nodes to their class: where something began or ended lately, also as nodes that have not noticed it.
    fn join(&mut self, parties: &mut Vec<Party>, party: Party, at: Time, loaded: Time, interval: i64) {
        let slot = self.ground.slot(at);
        merge(parties, Party { searched: slot, ..party });
        let fresh = self.front(party.state, slot);
        let mut known = Vec::from([fresh]);
        let mut earlier = slot;
        while earlier > 0 {
            let since = self.ground.slot_start(earlier);
            if loaded >= since || since.plus(interval) <= at {
                break;
            }
            earlier = earlier.saturating_sub(1);
            let front = self.front(party.state, earlier);
            if !known.contains(&front) {
                known.push(front);
                merge(parties, Party { searched: earlier, stale: true, ..party });
            }
        }
    }
}

fn merge(parties: &mut Vec<Party>, party: Party) {
    let same = |own: &&mut Party| (own.state, own.searched, own.stale) == (party.state, party.searched, party.stale);
    match parties.iter_mut().find(same) {
        Some(own) => {
            own.nodes = own.nodes.saturating_add(party.nodes);
            own.seeds = (own.seeds.0.saturating_add(party.seeds.0), own.seeds.1.saturating_add(party.seeds.1));
        }
        None => parties.push(party),
    }
}
