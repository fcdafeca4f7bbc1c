//! The shortest safe sequence: settings between the old and the new, found by walking every roll-out between them.
//!
//! What is tried: presentation as before or as after; acceptance as before, as after, or of both together, with names that
//! only one of them pins left open or pinned to the issuers of what is presented. Of the sequences that are safe the
//! shortest is the plan, and of those that are as short the one that widens first. Where there is none now, it is looked for
//! when a certificate begins to be valid.

mod candidate;
mod telling;

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::answer::Plan;
use super::change::applied;
use super::ground::Ground;
use super::groups::Cluster;
use super::input::Issuers;
use super::rehearsal::{Rehearsal, Shown};
use super::schedule::{Move, Version};
use crate::chain::Verifier;
use crate::fabric::Connection;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{self, Manifest};
use crate::fabric::settings::Settings;
use crate::{Document, Limits, Time, Verdict};

/// The settings before and after, with the documents that they were read from.
pub(super) struct Ends<'e> {
    pub(super) before: &'e Settings<'e>,
    pub(super) after: &'e Settings<'e>,
    pub(super) before_document: &'e Document<'e>,
    pub(super) after_document: &'e Document<'e>,
    /// What the document after says by itself: where it is a fragment, only the changed values.
    pub(super) after_read: &'e Manifest<'e>,
}

/// A place that the search has reached.
#[derive(Clone)]
struct Reached {
    version: Version,
    roll_outs: u32,
    path: Vec<Move>,
}

/// Finds the plan. `late` are certificates that the case installs later than at the start.
pub(super) fn find(
    ends: &Ends<'_>,
    ground: &Ground<'_>,
    cluster: &Cluster,
    issuers: &Issuers<'_>,
    late: &BTreeSet<u32>,
    start: Time,
    verifier: &mut Verifier,
) -> Option<Plan> {
    let candidates = candidate::all(ends, ground, cluster, issuers, start, verifier)?;
    let documents: Vec<Document<'_>> =
        candidates.iter().map(|candidate| Document::new("plan", &candidate.fragment)).collect();
    let readings: Vec<manifest::Reading<'_>> = documents.iter().map(manifest::read).collect();
    if readings.iter().any(|reading| !reading.errors.is_empty()) {
        return None;
    }
    let mut manifests: Vec<Manifest<'_>> = Vec::from([ends.before.manifest().clone(), ends.after.manifest().clone()]);
    for (candidate, reading) in candidates.iter().zip(&readings) {
        let base = if candidate.new_face { ends.after.manifest() } else { ends.before.manifest() };
        manifests.push(applied(base, &reading.manifest));
    }
    let settings: Vec<Settings<'_>> = manifests.iter().map(Settings::read).collect();
    let judges: Vec<Judge<'_, '_>> = settings.iter().map(|one| super::input::judge(one, ground, issuers)).collect();
    let mut rehearsal = Rehearsal::new(ground, judges.iter().collect(), cluster, verifier);
    rehearsal.start_slot = ground.slot(start);
    let mut absent: BTreeSet<u32> = late.clone();
    let whole = Version { settings: 0, absent: absent.clone() };
    if rehearsal.verdict(&whole.still(), start) != Verdict::Admitted && late.is_empty() {
        absent = strangers(&mut rehearsal, start);
    }
    let first = Version { settings: 0, absent };
    let goal = Version { settings: 1, absent: BTreeSet::new() };
    if rehearsal.verdict(&first.still(), start) != Verdict::Admitted {
        let safe = rehearsal.verdict(&goal.still(), start) == Verdict::Admitted;
        return safe.then(|| telling::emergency(ends, &mut rehearsal));
    }
    let order: Vec<usize> = (2..manifests.len()).chain([1]).collect();
    if let Some(found) = search(&mut rehearsal, cluster, first.clone(), &goal, &order, start) {
        return Some(telling::told(ends, &mut rehearsal, &candidates, &manifests, &found, None));
    }
    // What can't be done now may be possible when a certificate has begun, if all stay connected until then.
    for begin in begins(ground, start) {
        if !lasts(&mut rehearsal, &first, start, begin) {
            return None;
        }
        rehearsal.start_slot = ground.slot(begin);
        if let Some(found) = search(&mut rehearsal, cluster, first.clone(), &goal, &order, begin) {
            return Some(telling::told(ends, &mut rehearsal, &candidates, &manifests, &found, Some(begin)));
        }
    }
    None
}

/// The instants after the start at which certificates begin to be valid.
fn begins(ground: &Ground<'_>, start: Time) -> impl Iterator<Item = Time> {
    let all: BTreeSet<Time> = crate::order::set(ground.holdings.iter().map(|holding| holding.facts.not_before));
    all.into_iter().filter(move |begin| *begin > start).take(Limits::ROLLOUT_PLAN_WAITS)
}

/// Whether nodes that nothing is done to stay connected from one instant to another.
fn lasts(rehearsal: &mut Rehearsal<'_>, version: &Version, from: Time, until: Time) -> bool {
    let ground = rehearsal.ground;
    (ground.slot(from)..=ground.slot(until)).all(|slot| {
        let at = ground.slot_start(slot).max(from);
        rehearsal.verdict(&version.still(), at) == Verdict::Admitted
    })
}

/// Breadth first, so that what is found first is shortest.
fn search(
    rehearsal: &mut Rehearsal<'_>,
    cluster: &Cluster,
    first: Version,
    goal: &Version,
    order: &[usize],
    start: Time,
) -> Option<Vec<Move>> {
    let mut reached = Vec::from([Reached { version: first.clone(), roll_outs: 0, path: Vec::new() }]);
    let mut known = BTreeSet::from([(first, 0_u32)]);
    let mut next = 0_usize;
    while let Some(here) = reached.get(next).cloned() {
        next = next.saturating_add(1);
        if here.path.len() >= Limits::ROLLOUT_PLAN_STEPS {
            continue;
        }
        let mut moves: Vec<Version> = Vec::new();
        if !here.version.absent.is_empty() {
            moves.push(Version { absent: BTreeSet::new(), ..here.version.clone() });
        }
        let others = order.iter().filter(|&&settings| settings != here.version.settings);
        moves.extend(others.map(|&settings| Version { settings, ..here.version.clone() }));
        for version in moves {
            let installs = version.settings == here.version.settings;
            let roll_outs = here.roll_outs.saturating_add(u32::from(!installs));
            if known.contains(&(version.clone(), roll_outs)) {
                continue;
            }
            let roll_out = if installs { here.roll_outs.saturating_add(1) } else { roll_outs };
            let step = Move { from: here.version.clone(), to: version.clone(), roll_out };
            let at = start.plus(step_seconds(cluster).saturating_mul(i64::from(here.roll_outs)));
            if rehearsal.verdict(&step, at) != Verdict::Admitted
                || rehearsal.gate(&step, at).is_some_and(|gate| gate.verdict != Verdict::Admitted)
            {
                continue;
            }
            known.insert((version.clone(), roll_outs));
            let mut path = here.path.clone();
            path.push(step);
            if version == *goal {
                return Some(path);
            }
            reached.push(Reached { version, roll_outs, path });
        }
    }
    None
}

/// Seconds of one roll-out.
fn step_seconds(cluster: &Cluster) -> i64 {
    let each = cluster.domains.iter().map(|domain| domain.duration.saturating_add(cluster.wait));
    each.fold(0, i64::saturating_add)
}

/// The certificates that the settings before find and refuse: they came too early, and are better installed later.
fn strangers(rehearsal: &mut Rehearsal<'_>, start: Time) -> BTreeSet<u32> {
    let slot = rehearsal.ground.slot(start);
    let mut strangers = BTreeSet::new();
    let cluster = rehearsal.cluster;
    for group in &cluster.groups {
        let state = rehearsal.state(group, &Version { settings: 0, absent: BTreeSet::new() });
        if let Some(Shown::Certificate(place)) = rehearsal.front(state, slot).first() {
            let refused = rehearsal
                .ask(state, *place, Connection::Node, None, slot)
                .and_then(|meeting| rehearsal.meetings.get(meeting))
                .is_some_and(|meeting| meeting.verdict == Verdict::Refused);
            if let Some(holding) = rehearsal.ground.holdings.get(*place).filter(|_| refused) {
                strangers.insert(holding.installed.number);
            }
        }
    }
    strangers
}
