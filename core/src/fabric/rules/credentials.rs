//! Whether certificates are looked at at all.
//!
//! What it checks: the credential types and protection levels of section `Security`.
//! Why it matters: with another credential type than `X509` no certificate rule means anything.
//! Reference: SecurityProvider.cpp:141-171; SecuritySettings.cpp:187-295.

use alloc::format;
use alloc::vec::Vec;

use super::source;
use crate::fabric::judge::Judge;
use crate::fabric::{Connection, Declared};
use crate::{Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

pub(crate) static NOT_X509: Rule = Rule {
    id: "credential-type-not-x509",
    aliases: &[],
    title: "certificates are not what peers are authenticated by",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Reads `ClusterCredentialType`, `ServerAuthCredentialType` and the protection levels as the runtime does: ignoring case, `SSL` for `X509`."
    ),
    why: crate::page!(
        "With `None` or `Windows` no certificate is looked at, and with anything unknown nothing starts."
    ),
    bad: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"None\" /> above ClusterCertThumbprints"),
    good: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />"),
    citation: source("src/prod/src/ServiceModel/transport/SecurityProvider.cpp:141-171"),
};

pub(crate) static NODE_REFUSED: Rule = Rule {
    id: "node-settings-refused",
    aliases: &[],
    title: "the nodes' own certificate settings are refused",
    severity: Severity::Error,
    kinds: &[Kind::Peer],
    what: crate::page!(
        "Reads what the node types declare for themselves: find types, find values, store names, and secondary values of \
          default clients."
    ),
    why: crate::page!(
        "A node whose ClusterCertificate can't be read does not open, and a gateway whose settings are refused does not \
          start: then nobody is admitted, whatever the rules say."
    ),
    bad: crate::page!(
        "<ClientCertificate X509FindValue=\"...\" X509FindValueSecondary=\"...\" /> with default clients"
    ),
    good: crate::page!("<ClientCertificate X509FindValue=\"...\" />, or AllowDefaultClient set to false"),
    citation: source("src/prod/src/Transport/SecurityUtil.cpp:123-292"),
};

/// Findings about connections on which no certificate is looked at.
pub(in crate::fabric) fn check(judge: &Judge<'_, '_>, connections: &[Connection]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for &connection in connections {
        if let Some((setting, span, because, _)) = judge.unsecured(connection) {
            let finding = Finding::new(&NOT_X509, format!("`{setting}` {because}"))
                .at(span)
                .arg("setting", setting)
                .help("write `X509`, and `EncryptAndSign` as the protection level or none");
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings
}

/// Findings about connections on which no node listens.
pub(in crate::fabric) fn closed(judge: &Judge<'_, '_>, connections: &[Connection]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    // A value that the document doesn't tell is refused by nobody yet.
    if !judge.settings.unknown(&Declared::ALL).is_empty() {
        return findings;
    }
    for closed in connections.iter().filter_map(|&connection| judge.closed(connection)) {
        let message = format!("{} ({})", closed.because, closed.code);
        let help = "kind `presentation` says what is wrong with the declaration";
        let finding = Finding::new(&NODE_REFUSED, message).at(closed.span).arg("code", closed.code).help(help);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}
