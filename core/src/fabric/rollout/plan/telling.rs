//! A plan for people: what each step does, its settings as text, and what it needs installed where.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::super::answer::{Plan, PlanStep};
use super::super::notation::Letters;
use super::super::rehearsal::{Rehearsal, Shown};
use super::super::schedule::{Move, Version};
use super::super::text;
use super::Ends;
use super::candidate::{Accepts, Candidate};
use crate::Time;
use crate::fabric::manifest::Manifest;

/// What is left where nothing can be rolled out.
pub(super) fn emergency(ends: &Ends<'_>, rehearsal: &mut Rehearsal<'_>) -> Plan {
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
            until: None,
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
pub(super) fn told(
    ends: &Ends<'_>,
    rehearsal: &mut Rehearsal<'_>,
    candidates: &[Candidate],
    manifests: &[Manifest<'_>],
    found: &[Move],
    begin: Option<Time>,
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
    let now = rehearsal.judges.first().map(|judge| letters.state(judge, None)).unwrap_or_default();
    if let Some(begin) = begin {
        let began = rehearsal.ground.holdings.iter().filter(|holding| holding.facts.not_before == begin);
        let list: Vec<String> = began.map(|holding| holding.installed.number.to_string()).collect();
        let (noun, verb) = if list.len() == 1 { ("certificate", "begins") } else { ("certificates", "begin") };
        steps.push(PlanStep {
            title: format!("wait until {begin}, when {noun} {} {verb} to be valid", list.join(", ")),
            notation: now,
            manifest: String::new(),
            until: Some(begin),
            installed: Vec::new(),
            needs: String::new(),
        });
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
        steps.push(PlanStep { title: title(step, from, to), notation, manifest: text, until: None, installed, needs });
    }
    let rolled = found.iter().filter(|step| !step.installs()).count();
    let noun = if rolled == 1 { "roll-out" } else { "roll-outs" };
    let between = if found.len() > rolled { " with an installation between" } else { "" };
    let from = begin.map(|begin| format!(" from {begin} on")).unwrap_or_default();
    let summary = format!("{rolled} {noun}{between}{from}, each walked: every pair of nodes stays connected");
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
        (from, Accepts::New) if is_both(from) => Some("drop what the new settings do not accept"),
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
