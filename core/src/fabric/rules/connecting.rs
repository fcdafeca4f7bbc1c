//! Whether nodes stay connected while settings are rolled out.
//!
//! What it checks: every pair of node states at every moment of the roll-out, the quorum of seed nodes, and who reaches the
//! cluster's gateways.
//! Why it matters: a mismatch between what nodes present and what others accept is the main cause of incidents; a node that
//! the others refuse leaves the cluster, and without a majority of its seed nodes the cluster is down.
//! Reference: the article, "end-to-end scenario examples"; SecurityContext.cpp:117-133.

use alloc::format;
use alloc::vec::Vec;

use super::{article, source};
use crate::fabric::Declared;
use crate::fabric::rollout::{Answer, Moment, Outcome};
use crate::{Finding, Kind, Rule, Severity, Span, Verdict};

const KINDS: &[Kind] = &[Kind::Rollout];

pub(crate) static ALREADY: Rule = Rule {
    id: "nodes-already-apart",
    aliases: &[],
    title: "nodes are not connected before anything changes",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Decides every pair of nodes by the settings before, when the first roll-out starts."),
    why: crate::page!(
        "An upgrade goes on only while the cluster is available. Nodes that are not connected can't be upgraded by it: the \
          settings have to be changed by hand on every node."
    ),
    bad: crate::page!("a cluster certificate that expired yesterday"),
    good: crate::page!("the roll-out before it expires"),
    citation: article("end-to-end scenario examples"),
};

pub(crate) static APART: Rule = Rule {
    id: "nodes-cut-off",
    aliases: &[],
    title: "a node presents what another does not accept",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Decides at each moment, for every ordered pair of node states, whether the one that presents is admitted by the one \
          that validates. Two nodes are connected if both directions pass."
    ),
    why: crate::page!(
        "Nodes of different upgrade domains have different settings while an upgrade runs. If the new ones present a \
          certificate that the old ones do not accept, they leave the cluster one domain after the other."
    ),
    bad: crate::page!("{P:{TP=A}, V:{TP=A}} to {P:{TP=B}, V:{TP=B}} at once"),
    good: crate::page!("first {P:{TP=A}, V:{TP=A, TP=B}}, then {P:{TP=B}, V:{TP=A, TP=B}}, then {P:{TP=B}, V:{TP=B}}"),
    citation: article("rotating a cluster certificate declared by thumbprint"),
};

pub(crate) static QUORUM: Rule = Rule {
    id: "seed-quorum-lost",
    aliases: &[],
    title: "the seed nodes lose their quorum",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Counts the seed nodes that can all be connected with each other, in the worst case."),
    why: crate::page!("Without a majority of its seed nodes the cluster is down, and does not come back by itself."),
    bad: crate::page!("three of five seed nodes that the other two refuse"),
    good: crate::page!("validation widened on every node before any node presents another certificate"),
    citation: article("end-to-end scenario examples"),
};

pub(crate) static UNKNOWN: Rule = Rule {
    id: "connection-not-known",
    aliases: &[],
    title: "whether nodes stay connected depends on a fact that is not known",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for pairs of nodes that are neither connected nor apart by what the case says."),
    why: crate::page!("A plan is safe only if it is so whatever the missing fact turns out to be."),
    bad: crate::page!("names of a certificate without `trust.roots`"),
    good: crate::page!("`trust.roots` with the root that the nodes trust"),
    citation: article("common name-based certificate validation declarations"),
};

pub(crate) static BY_KEY: Rule = Rule {
    id: "connected-by-key-only",
    aliases: &[],
    title: "nodes are connected by implicit peer trust only",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for pairs that no rule connects, and that have the same public key."),
    why: crate::page!(
        "A node trusts the key that it presents itself. A renewal that keeps its key hides rules that are wrong: the next \
          one, with a key of its own, cuts the nodes off."
    ),
    bad: crate::page!("a renewed certificate with the old key that no list names"),
    good: crate::page!("the renewed certificate's thumbprint in `ClusterCertThumbprints`"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:2381-2409"),
};

pub(crate) static SERVICES: Rule = Rule {
    id: "service-access-lost",
    aliases: &[],
    title: "services on the nodes lose access to the cluster",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Holds the client certificates that nodes present against the gateways of all others, and the gateways' server \
          certificates against the Server rules of the nodes."
    ),
    why: crate::page!(
        "Services on the nodes use the cluster through a gateway, and stop working where it refuses them."
    ),
    bad: crate::page!("a new ClientCertificate that the gateways of the other domains do not accept yet"),
    good: crate::page!("its thumbprint in the Client and AdminClient lists one roll-out earlier"),
    citation: source("src/prod/src/client/FabricClientImpl.cpp:11050-11095"),
};

pub(crate) static CLIENTS: Rule = Rule {
    id: "client-access-lost",
    aliases: &[],
    title: "a client loses access, or rights",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Holds the certificate of each client against every gateway at every moment."),
    why: crate::page!("It may be meant so; if not, operators are locked out in the middle of their own upgrade."),
    bad: crate::page!("an operator's certificate that the settings after do not list"),
    good: crate::page!("the certificate in the settings after as well"),
    citation: source("src/prod/src/ServiceModel/transport/SecuritySettings.cpp:986-1025"),
};

/// Findings about the walk.
pub(in crate::fabric) fn check(outcome: &Outcome<'_>) -> Vec<Finding> {
    let answer = outcome.answer;
    let mut findings = Vec::new();
    findings.extend(first(outcome, Verdict::Refused));
    match first(outcome, Verdict::Indeterminate) {
        Some(finding) => findings.push(finding),
        None => findings.extend(unknown_service(answer)),
    }
    let lost = answer.moments.iter().find(|moment| moment.verdict == Verdict::Refused && !moment.quorum.survives);
    if let Some(moment) = lost {
        let quorum = &moment.quorum;
        let message = format!(
            "from {} on, {}, only {} of {} seed nodes can be connected with each other",
            moment.at, moment.label, quorum.connected, quorum.seeds
        );
        findings.push(
            Finding::new(&QUORUM, message)
                .arg("at", format!("{}", moment.at))
                .arg("connected", format!("{}", quorum.connected))
                .arg("seeds", format!("{}", quorum.seeds))
                .help("accept the new certificate on every node before any node presents it"),
        );
    }
    findings.extend(by_key(answer));
    for loss in &answer.losses {
        let rule = if loss.service { &SERVICES } else { &CLIENTS };
        let role = match (loss.had, loss.left) {
            (Some(had), Some(left)) => format!("is no longer {}, but {}", had.noun(), left.noun()),
            (Some(had), None) => format!("is no longer admitted as {}", had.noun()),
            (None, _) => "lose access".into(),
        };
        let again = if loss.regained { ", until the end" } else { "" };
        let message = format!("from {} on, {} {role}{again}: {}", loss.at, loss.who, loss.because);
        findings.push(
            Finding::new(rule, message)
                .arg("who", loss.who.clone())
                .arg("at", format!("{}", loss.at))
                .help("accept it in the settings of every roll-out until it is replaced"),
        );
    }
    findings
}

/// The first moment with a verdict, and what is between the nodes then.
fn first(outcome: &Outcome<'_>, verdict: Verdict) -> Option<Finding> {
    let answer = outcome.answer;
    let (place, moment) = answer
        .moments
        .iter()
        .enumerate()
        .find(|(_, moment)| moment.verdict == verdict && ties(answer, moment).any(|tie| tie.verdict == verdict))?;
    let pair = moment
        .pairs
        .iter()
        .find(|pair| answer.ties.get(pair.tie as usize).is_some_and(|tie| tie.verdict == verdict))?;
    let tie = answer.ties.get(pair.tie as usize)?;
    let state = |class: u32| {
        let state = moment.classes.get(class as usize).and_then(|class| answer.states.get(class.state as usize));
        state.map_or("", |state| state.notation.as_str())
    };
    let class = |place: u32| moment.classes.get(place as usize);
    let nodes = |place: u32| class(place).map_or(0, |class| class.nodes);
    let stale = class(pair.from).is_some_and(|class| class.stale);
    let presents = match (tie.certificate, stale) {
        (Some(number), false) => format!("certificate {number}"),
        (Some(number), true) => format!("certificate {number}, until they search their store again"),
        (None, _) => "nothing".into(),
    };
    let code = tie.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let message = format!(
        "from {} on, {}: {} in state {} {} {presents}, which {} in state {} {}: {}{code}",
        moment.at,
        moment.label,
        counted(nodes(pair.from)),
        state(pair.from),
        if nodes(pair.from) == 1 { "presents" } else { "present" },
        counted(nodes(pair.to)),
        state(pair.to),
        match (verdict, nodes(pair.to)) {
            (Verdict::Refused, 1) => "does not accept",
            (Verdict::Refused, _) => "do not accept",
            _ => "may not accept",
        },
        tie.because,
    );
    let rule = match (verdict, place) {
        (Verdict::Indeterminate, _) => &UNKNOWN,
        (_, 0) => &ALREADY,
        _ => &APART,
    };
    let mut finding = Finding::new(rule, message)
        .arg("at", format!("{}", moment.at))
        .arg("cut_off", format!("{}", moment.cut_off))
        .help(match (rule.id == APART.id, answer.plan.is_some()) {
            (true, true) => {
                "follow the plan: accept the new certificate everywhere first, then present it, and drop old rules last"
            }
            (true, false) => "accept the new certificate everywhere first, then present it, and drop old rules last",
            (false, _) if rule.id == UNKNOWN.id => "give the missing facts",
            (false, _) => "mend the settings before on every node by hand, then start again",
        });
    let validator = class(pair.to).and_then(|class| answer.states.get(class.state as usize));
    if let Some(span) = validator.and_then(|state| rules_span(outcome, state.settings as usize)) {
        finding = finding.at(span);
    }
    Some(finding)
}

/// Where the settings at a place declare the cluster's rules, if they are a document of the case.
fn rules_span(outcome: &Outcome<'_>, settings: usize) -> Option<Span> {
    let own = outcome.settings.get(settings)?;
    let list = own.thumbprints_of(Declared::Cluster).map(|list| list.parameter.value.whole());
    let span = list.or_else(|| Some(own.common_names(Declared::Cluster).first()?.span()))?;
    (span.document != "plan").then_some(span)
}

/// The first moment at which it is not known whether services keep their access.
fn unknown_service(answer: &Answer) -> Option<Finding> {
    let moment = answer.moments.iter().find(|moment| moment.verdict == Verdict::Indeterminate)?;
    let tie = answer.ties.get(moment.services.first()?.tie as usize)?;
    let message = format!(
        "from {} on, {}: whether services on nodes keep their access is not known: {}",
        moment.at, moment.label, tie.because
    );
    Some(Finding::new(&UNKNOWN, message).arg("at", format!("{}", moment.at)).help("give the missing facts"))
}

fn ties<'a>(answer: &'a Answer, moment: &'a Moment) -> impl Iterator<Item = &'a crate::fabric::rollout::Tie> {
    moment.pairs.iter().filter_map(|pair| answer.ties.get(pair.tie as usize))
}

fn by_key(answer: &Answer) -> Option<Finding> {
    let moment = answer.moments.iter().find(|moment| ties(answer, moment).any(|tie| tie.by_key))?;
    let without = match answer.without_peer_trust {
        Some(Verdict::Refused) => "without it the roll-out would not be safe",
        Some(_) => "without it the verdict would be another",
        None => "the verdict is the same without it",
    };
    let message =
        format!("at {}, {}, nodes are connected only since they have the same key; {without}", moment.at, moment.label);
    let finding = Finding::new(&BY_KEY, message).arg("at", format!("{}", moment.at));
    Some(finding.help("declare every certificate that is presented, whatever its key"))
}

fn counted(nodes: u32) -> alloc::string::String {
    if nodes == 1 { "1 node".into() } else { format!("{nodes} nodes") }
}
