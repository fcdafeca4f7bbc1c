//! The walk in sentences.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::answer::{Answer, Closed, Moment, Tie};
use super::groups::Cluster;
use super::moment::Decided;
use super::rehearsal::Rehearsal;
use super::{Client, Subject};
use crate::fabric::manifest::{CertificateRole, Manifest};
use crate::{Case, Limits, Outcome, Report, Revocation, Severity, Step, Verdict};

/// The facts that would settle what is open.
pub(super) fn settle(
    rehearsal: &Rehearsal<'_>,
    walked: &[Decided],
    is_unreadable: bool,
    cluster: &Cluster,
) -> Vec<String> {
    if cluster.groups.is_empty() {
        return Vec::from([String::from("how many nodes there are")]);
    }
    if is_unreadable {
        return Vec::from([String::from("documents that can be read")]);
    }
    let mut settle: Vec<String> = Vec::new();
    for decided in walked {
        for fact in rehearsal.of_meetings(&decided.assessed).flat_map(|met| &met.settle) {
            if !settle.contains(fact) {
                settle.push(fact.clone());
            }
        }
    }
    settle
}

/// What was assumed because the case does not say.
pub(super) fn assumptions(
    case: &Case,
    before: &Manifest<'_>,
    after: &Manifest<'_>,
    cluster: &Cluster,
    clients: &[Client],
    subject: &Subject,
) -> Vec<String> {
    let mut assumptions = Vec::new();
    if before.is_fragment {
        assumptions.push(String::from("settings that the fragment does not show have their defaults"));
    }
    if after.is_fragment {
        assumptions.push(String::from("what the fragment in `policy.after` does not show stays as it is"));
    }
    assumptions.extend(cluster.assumed.iter().cloned());
    if subject.domains.iter().all(|domain| domain.installed.is_none()) {
        assumptions.push(String::from("every certificate is installed on every node, with a usable private key"));
    }
    if subject.start.is_none() {
        assumptions.push(String::from("the first roll-out starts at the instant of the case"));
    }
    if subject.clients.is_empty() && !clients.is_empty() {
        assumptions.push(String::from("certificates that no node presents are those of clients"));
    }
    assumptions.push(String::from(
        "connections are made anew; those that are open live on until they are authenticated again",
    ));
    if case.trust.revocation == Revocation::AssumeGood {
        assumptions.push(String::from("certificates without a revocation list are not revoked"));
    }
    assumptions
}

/// That not everything is shown.
pub(super) fn left_out(shown: usize, left_out: usize) -> String {
    format!("the answer shows {shown} moments; {left_out} more are walked and not shown")
}

fn sign(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    }
}

/// What a moment comes to, in one sentence.
pub(super) fn sentence(answer: &Answer, moment: &Moment) -> String {
    let quorum = match (moment.quorum.seeds, moment.quorum.survives) {
        (0, _) => String::new(),
        (seeds, true) => format!("; the seed nodes keep their quorum ({} of {seeds})", moment.quorum.connected),
        (seeds, false) => format!("; the seed nodes lose their quorum ({} of {seeds})", moment.quorum.connected),
    };
    if let Some(closed) = closed(answer, moment, Verdict::Refused) {
        return format!("{closed}{quorum}");
    }
    match moment.verdict {
        Verdict::Admitted => format!("every pair of nodes is connected{quorum}"),
        Verdict::Indeterminate => String::from("whether every pair is connected depends on facts that are not known"),
        Verdict::Refused if !has(answer, moment, Verdict::Refused) => {
            format!("every pair of nodes is connected, but services on nodes lose access to gateways{quorum}")
        }
        Verdict::Refused => {
            let noun = if moment.cut_off == 1 { "node is" } else { "nodes are" };
            format!("not every pair of nodes is connected: {} {noun} cut off from the majority{quorum}", moment.cut_off)
        }
    }
}

/// How many nodes have no usable certificate where they need one, of the first role that has such nodes.
fn closed(answer: &Answer, moment: &Moment, verdict: Verdict) -> Option<String> {
    let is_meant = |own: &&Closed| answer.ties.get(own.tie as usize).is_some_and(|tie| tie.verdict == verdict);
    let mut meant = moment.closed.iter().filter(is_meant);
    let is_first = |own: &&Closed| own.role == CertificateRole::Cluster.element();
    let role = &meant.clone().find(is_first).or_else(|| meant.next())?.role;
    let of_role = moment.closed.iter().filter(is_meant).filter(|own| own.role == *role);
    // Nodes that still run with what they read before are counted with those of their state.
    let classes = of_role.filter_map(|own| moment.classes.get(own.class as usize));
    let mut counted: Vec<(u32, u32)> = Vec::new();
    for class in classes.clone().filter(|class| !class.stale).chain(classes.filter(|class| class.stale)) {
        if !class.stale || counted.iter().all(|(state, _)| *state != class.state) {
            counted.push((class.state, class.nodes));
        }
    }
    let nodes = counted.iter().fold(0_u32, |sum, (_, nodes)| sum.saturating_add(*nodes));
    let noun = if nodes == 1 { "node has" } else { "nodes have" };
    Some(format!("{nodes} {noun} no usable certificate for `{role}`"))
}

/// Whether a pair of nodes meets with a verdict.
fn has(answer: &Answer, moment: &Moment, verdict: Verdict) -> bool {
    let mut ties = moment.pairs.iter().filter_map(|pair| answer.ties.get(pair.tie as usize));
    ties.any(|tie| tie.verdict == verdict)
}

/// The walk, moment by moment, and how classes meet at each.
pub(super) fn trace(answer: &Answer, verdict: Verdict) -> Step {
    let moments = answer.moments.iter().take(Limits::TRACE_MOMENTS).map(|moment| {
        let state = |place: u32| {
            let class = moment.classes.get(place as usize);
            let state = class.and_then(|class| answer.states.get(class.state as usize));
            state.map_or_else(String::new, |state| state.notation.clone())
        };
        let pairs = moment.pairs.iter().filter_map(|pair| {
            let tie: &Tie = answer.ties.get(pair.tie as usize)?;
            let label = format!("{} to {}", state(pair.from), state(pair.to));
            let code = tie.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
            Some(Step::new(label, sign(tie.verdict), format!("{}{code}", tie.because)))
        });
        let closed = moment.closed.iter().filter_map(|own| {
            let tie: &Tie = answer.ties.get(own.tie as usize)?;
            let detail = core::iter::once(&tie.because).chain(&tie.logs).cloned().collect::<Vec<_>>().join("; ");
            Some(Step::new(format!("`{}` of {}", own.role, state(own.class)), sign(tie.verdict), detail))
        });
        let label = format!("roll-out {}, {}, {}", moment.roll_out, moment.at, moment.label);
        Step::new(label, sign(moment.verdict), sentence(answer, moment)).with(closed.chain(pairs))
    });
    let mut steps: Vec<Step> = moments.collect();
    let rest = answer.moments.len().saturating_sub(steps.len());
    if rest > 0 {
        steps.push(Step::new(format!("{rest} more moments"), Outcome::Noted, "they are in the answer"));
    }
    let gates = answer.gates.iter().map(|gate| {
        Step::new(format!("check before roll-out {}", gate.roll_out), sign(gate.verdict), gate.because.clone())
    });
    steps.extend(gates);
    if let Some(plan) = &answer.plan {
        let own = plan.steps.iter().map(|step| Step::new(step.title.clone(), Outcome::Noted, step.notation.clone()));
        steps.push(Step::new("plan", Outcome::Noted, plan.summary.clone()).with(own));
    }
    let rollbacks = answer.rollbacks.iter().map(|back| {
        let half = if back.unfinished { ", half way" } else { "" };
        let label = format!("back from settings {} to {}{half}", back.from, back.to);
        Step::new(label, sign(back.verdict), back.because.clone())
    });
    steps.extend(rollbacks);
    let detail = match verdict {
        Verdict::Admitted => "every pair of nodes is connected at every moment",
        Verdict::Refused => "there is a moment at which it is not safe",
        Verdict::Indeterminate => "a fact is missing",
    };
    Step::new("roll-out", sign(verdict), detail).with(steps)
}

/// The verdict in a sentence.
pub(super) fn summary(report: &Report, answer: &Answer) -> String {
    match report.verdict {
        Verdict::Admitted => {
            let rolled = answer.settings.len().saturating_sub(1);
            let noun = if rolled == 1 { "roll-out" } else { "roll-outs" };
            let key = if answer.without_peer_trust.is_some() { ", some by implicit peer trust only" } else { "" };
            format!("Safe: every pair of nodes stays connected at every moment of {rolled} {noun}{key}")
        }
        Verdict::Refused => {
            let first = answer.first_unsafe.and_then(|place| answer.moments.get(place as usize));
            match first.filter(|moment| moment.verdict == Verdict::Refused) {
                Some(moment) => {
                    format!(
                        "Not safe from {} on, roll-out {}, {}: {}",
                        moment.at,
                        moment.roll_out,
                        moment.label,
                        sentence(answer, moment)
                    )
                }
                None => {
                    let heaviest = report.findings.iter().find(|finding| finding.severity == Severity::Error);
                    let reason = heaviest.map(|finding| finding.message.clone());
                    format!(
                        "Refused: {}",
                        reason.unwrap_or_else(|| "the change is refused before it begins".to_string())
                    )
                }
            }
        }
        Verdict::Indeterminate => format!("Can't be decided without {}", report.missing()),
    }
}
