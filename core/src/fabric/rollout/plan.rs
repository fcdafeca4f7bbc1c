//! The shortest safe sequence: settings between the old and the new, found by walking every roll-out between them.
//!
//! What is tried: presentation as before or as after; acceptance as before, as after, or of both together, with names that
//! only one of them pins left open or pinned to the issuers of what is presented. Of the sequences that are safe the
//! shortest is the plan, and of those that are as short the one that widens first.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::answer::{Plan, PlanStep};
use super::change::applied;
use super::ground::Ground;
use super::groups::Cluster;
use super::input::Issuers;
use super::notation::Letters;
use super::rehearsal::{Rehearsal, Shown};
use super::schedule::{Move, Version};
use super::text;
use super::widen::Acceptance;
use crate::chain::Verifier;
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

/// Settings that a plan can go through.
struct Candidate {
    /// Whether it presents as the settings after do.
    new_face: bool,
    /// What it accepts.
    accepts: Accepts,
    fragment: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Accepts {
    Old,
    New,
    Both,
    /// Both, with open names pinned to what is presented.
    BothPinned,
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
    let candidates = candidates(ends, ground, cluster, issuers, start, verifier)?;
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
    let still = |version: &Version| Move { from: version.clone(), to: version.clone(), roll_out: 1 };
    let mut absent: BTreeSet<u32> = late.clone();
    let whole = Version { settings: 0, absent: absent.clone() };
    if rehearsal.verdict(&still(&whole), start) != Verdict::Admitted && late.is_empty() {
        absent = strangers(&mut rehearsal, start);
    }
    let first = Version { settings: 0, absent };
    let goal = Version { settings: 1, absent: BTreeSet::new() };
    if rehearsal.verdict(&still(&first), start) != Verdict::Admitted {
        let safe = rehearsal.verdict(&still(&goal), start) == Verdict::Admitted;
        return safe.then(|| emergency(ends, &mut rehearsal));
    }
    let order: Vec<usize> = (2..manifests.len()).chain([1]).collect();
    let found = search(&mut rehearsal, cluster, first, &goal, &order, start)?;
    Some(told(ends, &mut rehearsal, &candidates, &manifests, &found))
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

/// The settings that are tried. Nothing where the acceptance of an end can't be taken apart.
fn candidates(
    ends: &Ends<'_>,
    ground: &Ground<'_>,
    cluster: &Cluster,
    issuers: &Issuers<'_>,
    start: Time,
    verifier: &mut Verifier,
) -> Option<Vec<Candidate>> {
    let (old, new) = (Acceptance::of(ends.before)?, Acceptance::of(ends.after)?);
    let both = old.with(&new, None);
    let pins = {
        let judges =
            [super::input::judge(ends.before, ground, issuers), super::input::judge(ends.after, ground, issuers)];
        let mut rehearsal = Rehearsal::new(ground, judges.iter().collect(), cluster, verifier);
        presented_issuers(&mut rehearsal, start)
    };
    let pinned = old.with(&new, Some(&pins));
    let mut candidates = Vec::new();
    let mut add = |new_face: bool, accepts: Accepts, acceptance: &Acceptance| {
        let accepts = match acceptance {
            own if *own == new => Accepts::New,
            own if *own == old => Accepts::Old,
            _ => accepts,
        };
        let shown = if new_face { ends.after } else { ends.before };
        candidates.push(Candidate { new_face, accepts, fragment: acceptance.fragment(shown) });
    };
    add(false, Accepts::Both, &both);
    add(true, Accepts::Both, &both);
    if pinned != both {
        add(false, Accepts::BothPinned, &pinned);
        add(true, Accepts::BothPinned, &pinned);
    }
    add(false, Accepts::New, &new);
    add(true, Accepts::Old, &old);
    Some(candidates)
}

/// The issuers of everything that the settings before and after present.
fn presented_issuers(rehearsal: &mut Rehearsal<'_>, start: Time) -> Vec<Vec<u8>> {
    let slot = rehearsal.ground.slot(start);
    let mut issuers: Vec<Vec<u8>> = Vec::new();
    let cluster = rehearsal.cluster;
    for settings in 0..rehearsal.judges.len() {
        for group in &cluster.groups {
            let state = rehearsal.state(group, &Version { settings, absent: BTreeSet::new() });
            for shown in rehearsal.front(state, slot) {
                if let Shown::Certificate(place) = shown {
                    let own = rehearsal.issuers(place, start);
                    let new: Vec<Vec<u8>> = own.into_iter().filter(|issuer| !issuers.contains(issuer)).collect();
                    issuers.extend(new);
                }
            }
        }
    }
    issuers
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
                .ask(state, *place, crate::fabric::Connection::Node, None, slot)
                .and_then(|meeting| rehearsal.meetings.get(meeting))
                .is_some_and(|meeting| meeting.verdict == Verdict::Refused);
            if let Some(holding) = rehearsal.ground.holdings.get(*place).filter(|_| refused) {
                strangers.insert(holding.installed.number);
            }
        }
    }
    strangers
}

fn emergency(ends: &Ends<'_>, rehearsal: &mut Rehearsal<'_>) -> Plan {
    let mut letters = Letters::default();
    let judge = rehearsal.judges.get(1).copied();
    let (installed, needs) = needs(rehearsal, &Version { settings: 1, absent: BTreeSet::new() });
    Plan {
        emergency: true,
        summary: String::from(
            "the nodes are not connected when it starts, so nothing can be rolled out: change the settings of every node by \
             hand, at the same time, and start the nodes again",
        ),
        steps: Vec::from([PlanStep {
            title: String::from("write the new settings on every node"),
            notation: judge.map_or_else(String::new, |judge| letters.state(judge, None)),
            manifest: end_text(ends),
            installed,
            needs,
        }]),
    }
}

/// The settings after as text: the document as it is, or the one before with the changed values.
fn end_text(ends: &Ends<'_>) -> String {
    if !ends.after_read.is_fragment {
        return ends.after_document.text().to_string();
    }
    let whole = text::whole(ends.before_document, ends.before.manifest(), ends.after.manifest());
    whole.unwrap_or_else(|| text::changes(ends.before.manifest(), ends.after.manifest()))
}

/// The plan for people: what each step does, its settings as text, and what it needs.
fn told(
    ends: &Ends<'_>,
    rehearsal: &mut Rehearsal<'_>,
    candidates: &[Candidate],
    manifests: &[Manifest<'_>],
    found: &[Move],
) -> Plan {
    let mut letters = Letters::default();
    let face = |settings: usize| match settings {
        0 => (false, Accepts::Old),
        1 => (true, Accepts::New),
        other => candidates
            .get(other.saturating_sub(2))
            .map_or((true, Accepts::New), |candidate| (candidate.new_face, candidate.accepts)),
    };
    let mut steps = Vec::new();
    if let Some(judge) = rehearsal.judges.first() {
        letters.state(judge, None);
    }
    for step in found {
        let (from, to) = (face(step.from.settings), face(step.to.settings));
        let notation =
            rehearsal.judges.get(step.to.settings).map(|judge| letters.state(judge, None)).unwrap_or_default();
        let (installed, needs) = match step.installs() {
            true => arriving(step),
            false => needs(rehearsal, &step.to),
        };
        let text = match (step.installs(), step.to.settings, manifests.get(step.to.settings)) {
            (true, ..) | (.., None) => String::new(),
            (_, 1, _) => end_text(ends),
            (_, _, Some(target)) => {
                let is_whole = !ends.after_read.is_fragment;
                let (document, read) = match to.0 && is_whole {
                    true => (ends.after_document, ends.after.manifest()),
                    false => (ends.before_document, ends.before.manifest()),
                };
                let whole = text::whole(document, read, target);
                whole.unwrap_or_else(|| text::changes(ends.before.manifest(), target))
            }
        };
        steps.push(PlanStep { title: title(step, from, to), notation, manifest: text, installed, needs });
    }
    let rolled = found.iter().filter(|step| !step.installs()).count();
    let noun = if rolled == 1 { "roll-out" } else { "roll-outs" };
    let summary = match found.len().saturating_sub(rolled) {
        0 => format!("{rolled} {noun}, each walked: every pair of nodes stays connected"),
        _ => format!("{rolled} {noun} with an installation between, each walked: every pair of nodes stays connected"),
    };
    Plan { emergency: false, summary, steps }
}

fn title(step: &Move, from: (bool, Accepts), to: (bool, Accepts)) -> String {
    if step.installs() {
        return String::from("install the certificates that the new settings present, on every node");
    }
    let is_both = |accepts: Accepts| matches!(accepts, Accepts::Both | Accepts::BothPinned);
    let accepts = match (from.1, to.1) {
        (from, to) if from == to => None,
        (_, to) if is_both(to) => Some("accept what the new settings accept as well"),
        (from, Accepts::New) if is_both(from) => Some("drop the old rules"),
        (Accepts::Old, Accepts::New) => Some("accept what the new settings accept"),
        _ => Some("go back to the old rules"),
    };
    let presents = match (from.0, to.0) {
        (false, true) => Some("present what the new settings present"),
        (true, false) => Some("present what the old settings present"),
        _ => None,
    };
    match (presents, accepts) {
        (Some(presents), Some(accepts)) => format!("{presents}, and {accepts}"),
        (one, other) => one.or(other).unwrap_or("settings that change nothing of this").to_string(),
    }
}

/// The certificates that a step installs.
fn arriving(step: &Move) -> (Vec<u32>, String) {
    let installed: Vec<u32> = step.from.absent.difference(&step.to.absent).copied().collect();
    let list: Vec<String> = installed.iter().map(u32::to_string).collect();
    let noun = if list.len() == 1 { "certificate" } else { "certificates" };
    let needs = format!("{noun} {} with the private key in LocalMachine, on every node, not earlier", list.join(", "));
    (installed, needs)
}

/// The certificates that nodes of a version present, and where they have to be installed.
fn needs(rehearsal: &mut Rehearsal<'_>, version: &Version) -> (Vec<u32>, String) {
    let mut installed: BTreeSet<u32> = BTreeSet::new();
    let mut node_types: BTreeSet<String> = BTreeSet::new();
    let cluster = rehearsal.cluster;
    let slot = rehearsal.start_slot;
    for group in &cluster.groups {
        let state = rehearsal.state(group, version);
        for shown in rehearsal.front(state, slot) {
            if let Shown::Certificate(place) = shown {
                installed.extend(rehearsal.ground.holdings.get(place).map(|holding| holding.installed.number));
            }
        }
        node_types.extend(group.node_type.clone());
    }
    let list: Vec<String> = installed.iter().map(u32::to_string).collect();
    if list.is_empty() {
        return (Vec::new(), String::new());
    }
    let noun = if list.len() == 1 { "certificate" } else { "certificates" };
    let place = match node_types.len() {
        0 | 1 => String::from("on every node"),
        _ => format!("on every node of {}", node_types.into_iter().collect::<Vec<_>>().join(", ")),
    };
    let needs = format!("{noun} {} with the private key in LocalMachine, {place}, before it begins", list.join(", "));
    (installed.into_iter().collect(), needs)
}
