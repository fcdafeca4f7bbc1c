//! Behaviour of Service Fabric that no setting states.
//!
//! What it checks: whether a certificate is admitted, or refused, by something other than a rule that is written.
//! Why it matters: the manifest alone doesn't explain such a verdict, and another version may decide otherwise.
//! Reference: SecurityContextSsl.cpp:1310-1423,1642-1711,2381-2409; SecurityUtil.cpp:123-292.

use alloc::format;
use alloc::vec::Vec;

use super::source;
use crate::certificate::Facts;
use crate::fabric::accept::Quirk;
use crate::fabric::implicit::Implicit;
use crate::fabric::judge::Judgement;
use crate::fabric::{Connection, Role};
use crate::{Finding, Kind, Rule, Severity, Verdict};

const KINDS: &[Kind] = &[Kind::Peer];

pub(crate) static STICKY_UNKNOWN_CA: Rule = Rule {
    id: "quirk-sticky-unknown-ca",
    aliases: &[],
    title: "an untrusted root is forgiven for a name that is not pinned",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for an unpinned name that accepts a certificate with an untrusted root, after a pinned name of the same issuer."
    ),
    why: crate::page!(
        "In the server pass the tolerance that a pinned name sets stays on for the names after it, so an unpinned name \
          accepts a root that nobody trusts. The order of the names decides."
    ),
    bad: crate::page!(
        "a.example pinned to an issuer, node.example not pinned, and a certificate of that issuer for node.example"
    ),
    good: crate::page!("node.example pinned to the issuer as well"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1339-1344"),
};

pub(crate) static UNTRUSTED_AND_OFFLINE: Rule = Rule {
    id: "quirk-untrusted-and-offline",
    aliases: &[],
    title: "an untrusted root and an unreachable revocation list together refuse",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!(
        "Looks for a pinned name that is refused in the server pass because its root is untrusted and a revocation list is unreachable."
    ),
    why: crate::page!(
        "Each alone is forgiven: the pin forgives the root, `IgnoreCrlOfflineError` the list. Together they are not, \
          because the list's error is hidden behind the root's."
    ),
    bad: crate::page!("a pinned private root, IgnoreCrlOfflineError true, and a revocation list that can't be reached"),
    good: crate::page!("a root that the verifying machines trust, or a revocation list that they reach"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1642-1711"),
};

pub(crate) static PEER_TRUST: Rule = Rule {
    id: "implicit-peer-trust",
    aliases: &[],
    title: "a node is admitted by implicit peer trust alone",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for certificates that no Cluster rule accepts and that have the key of the certificate that nodes present."
    ),
    why: crate::page!(
        "Such a node is admitted only as long as it and the others present the same key: the first one with another key \
          is refused."
    ),
    bad: crate::page!("ClusterCertificate declared by its thumbprint, and nothing in ClusterCertThumbprints"),
    good: crate::page!("the same thumbprint in ClusterCertThumbprints"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:2381-2409"),
};

pub(crate) static DEFAULT_CLIENT: Rule = Rule {
    id: "default-client-implicit",
    aliases: &[],
    title: "a client has its role as the node's own client",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!(
        "Looks for certificates that a node type declares as its client certificate, and that no rule gives the role that \
          this gives them."
    ),
    why: crate::page!(
        "On Windows the node's ClientCertificate is accepted by its common name and its issuer's key, as an admin, \
          though no list names it."
    ),
    bad: crate::page!("ClientCertificate declared, and its holder taken for a stranger because no client list has it"),
    good: crate::page!("AllowDefaultClient set to false, and the client listed where it is meant to be"),
    citation: source("src/prod/src/Transport/SecurityUtil.cpp:123-292"),
};

/// Findings about what is admitted or refused by something other than a written rule.
pub(in crate::fabric) fn check(leaves: &[&Facts], judged: &[(u32, Connection, Judgement)]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (number, connection, judged) in judged {
        let noun = connection.noun();
        let mut found = Vec::new();
        if judged.verdict == Verdict::Admitted && judged.quirk == Some(Quirk::StickyUnknownCa) {
            let message = format!(
                "certificate {number}, {noun}: its root is not trusted, and {} accepts it only because a pinned name comes before",
                judged.because
            );
            let finding = Finding::new(&STICKY_UNKNOWN_CA, message).help("pin this name to the issuer as well");
            found.push(match &judged.span {
                Some(span) => finding.at(span.clone()),
                None => finding,
            });
        }
        if judged.verdict == Verdict::Refused && judged.quirk == Some(Quirk::UntrustedAndOffline) {
            let message = format!(
                "certificate {number}, {noun}: its root is not trusted and a revocation list is unreachable, which together are not forgiven"
            );
            found.push(
                Finding::new(&UNTRUSTED_AND_OFFLINE, message)
                    .help("publish the list where the nodes reach it, or trust the root on every node"),
            );
        }
        if let Some((implicit, code)) = judged.implicit {
            let (rule, help) = match implicit {
                Implicit::PeerTrust => (&PEER_TRUST, "declare it in the Cluster rules"),
                Implicit::DefaultClient if code.is_none() => (&DEFAULT_CLIENT, "declare it in the admin client rules"),
                Implicit::DefaultClient | Implicit::DefaultUser => (&DEFAULT_CLIENT, "declare it in the client rules"),
            };
            let without = match code {
                Some(code) => format!("refused ({code})"),
                None => format!("a {}", Role::User.noun()),
            };
            let message =
                format!("certificate {number}, {noun}: without `{}` it would be {without}", implicit.setting());
            found.push(Finding::new(rule, message).arg("setting", implicit.setting()).help(help));
        }
        for finding in found {
            let place = leaves.iter().find(|facts| facts.number == *number).map(|facts| facts.span.clone());
            let finding = finding.arg("certificate", format!("{number}")).arg("connection", noun);
            findings.push(match (finding.span.is_some(), place) {
                (false, Some(place)) => finding.at(place),
                _ => finding,
            });
        }
    }
    findings
}
