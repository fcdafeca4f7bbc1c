//! What is wrong with the description of a roll-out, and what was assumed instead.
//!
//! What it checks: upgrade domains, installed certificates, times, and whether anything changes.
//! Why it matters: a rehearsal of something else than what will happen says nothing.
//! Reference: ours, and the article on upgrade domains.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{article, source};
use crate::certificate::Facts;
use crate::fabric::presentation::{Installed, KeyFacts};
use crate::fabric::rollout::{Absent, Cluster, Subject};
use crate::quote::quote;
use crate::{Citation, Finding, Kind, Limits, Rule, Severity, Time};

const KINDS: &[Kind] = &[Kind::Rollout];

const OURS: Citation = Citation::new("Admit", "docs/case-format.md, kind rollout");

pub(crate) static NO_COMMON: Rule = Rule {
    id: "no-common-certificate",
    aliases: &[],
    title: "the settings before and after accept no certificate in common",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the thumbprints and names that both accept of other nodes."),
    why: crate::page!(
        "In one roll-out the nodes with the one and the other settings can't be connected, unless their keys are the same."
    ),
    bad: crate::page!("ClusterCertThumbprints from A to B"),
    good: crate::page!("from A to A, B, and from there to B"),
    citation: source(
        "src/prod/src/managed/Api/Dlls/Microsoft.ServiceFabric.DeploymentManager/Common/StandaloneSettingsValidator.cs:524-569",
    ),
};

pub(crate) static EMPTY: Rule = Rule {
    id: "domain-without-nodes",
    aliases: &[],
    title: "an upgrade domain has no node",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for domains whose entries have 0 nodes."),
    why: crate::page!("Nothing is upgraded in it, so it is left out; a number may be missing."),
    bad: crate::page!("{ \"name\": \"UD2\", \"nodes\": 0 }"),
    good: crate::page!("{ \"name\": \"UD2\", \"nodes\": 3 }"),
    citation: OURS,
};

pub(crate) static NOWHERE: Rule = Rule {
    id: "declared-certificate-not-installed",
    aliases: &[],
    title: "a declared certificate is installed nowhere",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for certificates that node types present or `ClusterCertThumbprints` lists, and that the case does not have."
    ),
    why: crate::page!("It is taken to be installed on no node, so no node presents it."),
    bad: crate::page!("the thumbprint of a certificate that is not among the certificates of the case"),
    good: crate::page!("that certificate among them"),
    citation: article("troubleshooting: certificate not found"),
};

pub(crate) static SAME: Rule = Rule {
    id: "nothing-changes",
    aliases: &[],
    title: "the settings after are the ones before",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares every setting and every certificate of the node types."),
    why: crate::page!(
        "The roll-out is walked all the same, and shows what the settings come to; the wrong file may have been pasted."
    ),
    bad: crate::page!("one manifest twice"),
    good: crate::page!("the manifest before, and the manifest after"),
    citation: OURS,
};

pub(crate) static BACKWARDS: Rule = Rule {
    id: "time-runs-backwards",
    aliases: &[],
    title: "a time runs backwards",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for durations below zero, a start before the instant of the case, and certificates that end before they begin."
    ),
    why: crate::page!("A duration below zero is taken as none; what lies in the past is walked as it is written."),
    bad: crate::page!("\"duration\": -600"),
    good: crate::page!("\"duration\": 600"),
    citation: OURS,
};

pub(crate) static STRANGER: Rule = Rule {
    id: "certificate-number-unknown",
    aliases: &[],
    title: "a certificate is named that there is not",
    severity: Severity::Warning,
    kinds: &[Kind::Presentation, Kind::Rollout],
    what: crate::page!(
        "Holds the numbers in `domains`, `installs` and `clients`, and what `keys` is about, against the certificates of the \
          case."
    ),
    why: crate::page!("What is said of it is passed over."),
    bad: crate::page!("\"installed\": [1, 7] with two certificates"),
    good: crate::page!("\"installed\": [1, 2]"),
    citation: Citation::new("Admit", "docs/case-format.md, kinds presentation and rollout"),
};

pub(crate) static TYPE: Rule = Rule {
    id: "node-type-unknown",
    aliases: &[],
    title: "a node type is named that no settings declare",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Holds `node_type` of each domain against the node types of the settings."),
    why: crate::page!("Nodes of a type that is not declared present nothing."),
    bad: crate::page!("\"node_type\": \"backend\" with the node type `nt1`"),
    good: crate::page!("\"node_type\": \"nt1\""),
    citation: OURS,
};

pub(crate) static MANY: Rule = Rule {
    id: "more-than-five-domains",
    aliases: &[],
    title: "there are more than five upgrade domains",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Counts the upgrade domains."),
    why: crate::page!(
        "The article speaks of at most five. Clusters with more are walked in the same way; each takes its time."
    ),
    bad: crate::page!("UD0 to UD5"),
    good: crate::page!("UD0 to UD4"),
    citation: article("end-to-end scenario examples"),
};

pub(crate) static UNTRIED: Rule = Rule {
    id: "other-starts-not-tried",
    aliases: &[],
    title: "too many starts would have to be tried to list when the verdict changes",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Counts the starts at which a moment of the walk meets the beginning or end of a certificate."),
    why: crate::page!(
        "The verdict is about the start that is given. That no other instant is listed does not mean that it is the same then."
    ),
    bad: crate::page!("hundreds of upgrade domains through several roll-outs"),
    good: crate::page!("five upgrade domains"),
    citation: OURS,
};

/// What is given, as far as something may be wrong with it.
pub(in crate::fabric) struct Given<'g> {
    pub(in crate::fabric) subject: &'g Subject,
    pub(in crate::fabric) cluster: &'g Cluster,
    pub(in crate::fabric) absent: &'g [Absent<'g>],
    pub(in crate::fabric) numbers: BTreeSet<u32>,
    pub(in crate::fabric) store: Vec<&'g Installed>,
    pub(in crate::fabric) node_types: BTreeSet<&'g str>,
    /// Whether anything changes.
    pub(in crate::fabric) changes: bool,
    /// Whether before and after accept a certificate in common.
    pub(in crate::fabric) common: bool,
    pub(in crate::fabric) start: Time,
    pub(in crate::fabric) at: Time,
    /// Starts that were not tried for instants at which the verdict changes.
    pub(in crate::fabric) untried: usize,
    pub(in crate::fabric) validities: Vec<&'g Facts>,
}

/// Findings about what is given.
pub(in crate::fabric) fn check(given: &Given<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !given.common {
        let message = "the settings before and after accept no certificate in common; they are walked as they are";
        findings.push(Finding::new(&NO_COMMON, message).help("accept both for the time of the change"));
    }
    if !given.changes {
        let message = "the settings after are the ones before; the roll-out is walked as if something changed";
        findings.push(Finding::new(&SAME, message).help("paste the settings that are to be rolled out"));
    }
    for name in &given.cluster.empty {
        let message = format!("upgrade domain {} has no node; it is left out", quote(name));
        findings.push(Finding::new(&EMPTY, message).help("say how many nodes it has, or leave it out"));
    }
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for one in given.absent.iter().filter(|one| one.value.document().name() != "plan") {
        if seen.insert((one.place, one.text)) {
            let message = format!(
                "`{}` declares {}, which is installed nowhere; no node presents it",
                one.place,
                quote(one.text)
            );
            let finding = Finding::new(&NOWHERE, message).at(one.value.whole());
            findings.push(finding.help("add the certificate, or correct the declaration"));
        }
    }
    if given.untried > 0 {
        let message = format!(
            "there are {} starts at which the verdict could change, and at most {} are tried, so no instant is listed",
            given.untried,
            Limits::ROLLOUT_FLIPS
        );
        findings.push(Finding::new(&UNTRIED, message).help("give `start`, and try other instants one by one"));
    }
    findings.extend(times(given));
    findings.extend(places(given));
    let domains = given.cluster.domains.len();
    if domains > 5 {
        let message = format!("there are {domains} upgrade domains; the article speaks of at most five");
        findings.push(Finding::new(&MANY, message).help("nothing: every one of them is walked"));
    }
    findings
}

fn times(given: &Given<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |message: String, help: &'static str| {
        findings.push(Finding::new(&BACKWARDS, message).help(help));
    };
    for (what, seconds) in given.cluster.backwards.iter().take(Limits::FINDINGS_PER_RULE) {
        add(format!("{what} takes {seconds} seconds; it is taken to take none"), "write how long it takes");
    }
    if given.start < given.at {
        let message =
            format!("the roll-out starts at {}, before the instant of the case; it is walked from there", given.start);
        add(message, "leave `start` out to start at `at`");
    }
    for facts in given.validities.iter().filter(|facts| facts.not_after < facts.not_before) {
        let message = format!("certificate {} ends before it begins; it is never valid", facts.number);
        add(message, "issue it again");
    }
    findings
}

fn places(given: &Given<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let subject = given.subject;
    let installed = subject.domains.iter().flat_map(|domain| domain.installed.iter().flatten());
    let installs = subject.installs.iter().map(|install| &install.certificate);
    let clients = subject.clients.iter().map(|client| &client.certificate);
    let named: BTreeSet<u32> = crate::order::set(installed.chain(installs).chain(clients).copied());
    for number in named.difference(&given.numbers).take(Limits::FINDINGS_PER_RULE) {
        let message = format!("certificate {number} is named, and there is none; it is passed over");
        findings.push(Finding::new(&STRANGER, message).help("count the certificates from 1, pasted ones first"));
    }
    findings.extend(strange_keys(&subject.keys, &given.store));
    let types: BTreeSet<&str> =
        crate::order::set(subject.domains.iter().filter_map(|domain| domain.node_type.as_deref()));
    for name in types.difference(&given.node_types).take(Limits::FINDINGS_PER_RULE) {
        let message = format!("no settings declare the node type {}; its nodes present nothing", quote(name));
        findings.push(Finding::new(&TYPE, message).help("name a node type of the manifest"));
    }
    findings
}

/// Entries of `keys` that are about none of these certificates. What is not stated of a certificate may be what they name.
pub(in crate::fabric) fn strange_keys(keys: &[KeyFacts], store: &[&Installed]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for key in keys {
        let listed = key.listed();
        let may_be = |one: &&Installed| key.thumbprint.is_some() && one.thumbprint.is_empty();
        if findings.len() >= Limits::FINDINGS_PER_RULE
            || store.iter().any(|one| key.is_about(&listed, one) || may_be(one))
        {
            continue;
        }
        let message = match (key.certificate, &key.thumbprint) {
            (Some(number), _) => format!("`keys` is about certificate {number}, and there is none; it is passed over"),
            (None, Some(text)) => {
                format!("`keys` is about the certificate {}, and there is none; it is passed over", quote(text))
            }
            (None, None) => String::from("an entry of `keys` is about no certificate; it is passed over"),
        };
        let help = "name a certificate by its place, from 1, or by its thumbprint";
        findings.push(Finding::new(&STRANGER, message).help(help));
    }
    findings
}
