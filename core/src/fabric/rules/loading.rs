//! Whether nodes load what their settings declare while settings are rolled out.
//!
//! What it checks: for each class of nodes at every moment, whether each declared certificate is loaded: the one for other
//! nodes, the gateway's, and those of the node's own clients.
//! Why it matters: a node without its cluster certificate does not open, and in a small cluster there may be no other node
//! that could notice it.
//! Reference: SecurityCredentials.cpp:157-436; FabricGateway.cpp:697-708.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use super::source;
use crate::fabric::rollout::{Answer, Closed, Moment};
use crate::{Finding, Kind, Rule, Severity, Verdict};

pub(crate) static UNLOADED: Rule = Rule {
    id: "declared-certificate-unusable",
    aliases: &[],
    title: "nodes have no usable certificate where their settings declare one",
    severity: Severity::Error,
    kinds: &[Kind::Rollout],
    what: crate::page!(
        "Loads the certificates of each node type as its nodes do, at every moment of the roll-out: found, with a usable \
          private key, and not expired. Where there is no other node to ask, also whether it is valid yet."
    ),
    why: crate::page!(
        "A node that loads no cluster certificate does not open, whether or not it has peers. Without a server certificate its \
          gateway does not start; without a client certificate its own services reach no gateway."
    ),
    bad: crate::page!("a ClusterCertificate that has expired, or whose private key is missing on some nodes"),
    good: crate::page!(
        "a valid certificate with its private key in the store of every node, until the roll-out has ended"
    ),
    citation: source("src/prod/src/Transport/SecurityCredentials.cpp:157-436"),
};

/// The first moment at which nodes load nothing, once for each role.
pub(in crate::fabric) fn check(answer: &Answer) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for moment in &answer.moments {
        for closed in &moment.closed {
            let is_refused = answer.ties.get(closed.tie as usize).is_some_and(|tie| tie.verdict == Verdict::Refused);
            if is_refused && seen.insert(&closed.role) {
                findings.extend(finding(answer, moment, closed));
            }
        }
    }
    findings
}

fn finding(answer: &Answer, moment: &Moment, closed: &Closed) -> Option<Finding> {
    let tie = answer.ties.get(closed.tie as usize)?;
    let class = moment.classes.get(closed.class as usize)?;
    let state = answer.states.get(class.state as usize).map_or("", |state| state.notation.as_str());
    let noun = if class.nodes == 1 { "node" } else { "nodes" };
    let verb = if class.nodes == 1 { "has" } else { "have" };
    let logs = tie.logs.first().map(|log| format!("; {log}")).unwrap_or_default();
    let message = format!(
        "from {} on, {}: {} {noun} in state {state} {verb} no usable certificate for `{}`: {}{logs}",
        moment.at, moment.label, class.nodes, closed.role, tie.because
    );
    let finding = Finding::new(&UNLOADED, message)
        .arg("at", format!("{}", moment.at))
        .arg("nodes", format!("{}", class.nodes))
        .arg("role", closed.role.clone());
    Some(finding.help("install a valid certificate with its private key on every node before the roll-out"))
}
