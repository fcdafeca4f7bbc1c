//! Whether any rule is about the certificate at all.
//!
//! What it checks: that something is declared, and that the certificate is among it.
//! Why it matters: a certificate that no rule names is `CertificateNotMatched`, the usual reason for refused peers.
//! Reference: SecurityContextSsl.cpp:1280-1308.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::source;
use crate::certificate::Facts;
use crate::fabric::judge::Judgement;
use crate::fabric::settings::Settings;
use crate::fabric::{Connection, Declared, Policy};
use crate::{Document, Finding, Fix, Kind, Rule, Severity, Verdict};

const KINDS: &[Kind] = &[Kind::Peer];

pub(crate) static NOT_LISTED: Rule = Rule {
    id: "thumbprint-not-listed",
    aliases: &[],
    title: "no thumbprint list holds the certificate",
    severity: Severity::Error,
    kinds: KINDS,
    what: "Compares the certificate's SHA-1 with every list that is judged.",
    why: "The peer is refused with `CertificateNotMatched`, and the other side sees `FABRIC_E_CONNECTION_DENIED` or \
          `FABRIC_E_SERVER_AUTHENTICATION_FAILED`.",
    bad: "a node that presents its new certificate while the others list the old one",
    good: "both thumbprints listed before any node presents the new certificate",
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1280-1308"),
};

pub(crate) static NAMES_UNDECIDED: Rule = Rule {
    id: "common-names-undecided",
    aliases: &[],
    title: "only a common-name rule could admit, and those are not decided yet",
    severity: Severity::Info,
    kinds: KINDS,
    what: "Looks for common-name rules where no thumbprint decides.",
    why: "This version decides thumbprint rules. Where a common-name rule could admit, the verdict is indeterminate.",
    bad: "a section Security/ClusterX509Names and a certificate in no thumbprint list",
    good: "the certificate's thumbprint in ClusterCertThumbprints",
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1442-1640"),
};

pub(crate) static SECURITY_MISSING: Rule = Rule {
    id: "security-section-missing",
    aliases: &[],
    title: "the manifest has no section Security",
    severity: Severity::Error,
    kinds: KINDS,
    what: "Looks for section `Security` and the sections below it.",
    why: "Nothing declares which certificates are accepted, so no peer is admitted by certificate.",
    bad: "<NodeTypes>...</NodeTypes> alone",
    good: "<Section Name=\"Security\"> with ClusterCertThumbprints or a section Security/ClusterX509Names",
    citation: source("src/prod/src/Common/SecurityConfig.h:171-256"),
};

/// The manifest declares nothing.
pub(in crate::fabric) fn security_missing(document: &Document<'_>) -> Finding {
    Finding::new(&SECURITY_MISSING, "expected a section `Security`, found none, so nothing declares who is admitted")
        .at(document.span(0..0))
        .help("paste the whole manifest, or the section `Security` of its FabricSettings")
}

/// Findings about certificates that no list holds.
pub(in crate::fabric) fn check(
    policy: &Policy,
    settings: &Settings<'_>,
    leaves: &[&Facts],
    judged: &[(u32, Connection, Judgement)],
    verdict: Verdict,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for facts in leaves {
        let own = || judged.iter().filter(|(number, ..)| *number == facts.number);
        let counted =
            own().filter(|(_, connection, _)| policy.connection.is_some() || *connection != Connection::Server);
        let unmatched = counted.clone().filter(|(.., judged)| judged.code == Some("CertificateNotMatched")).count();
        if unmatched > 0 && unmatched == counted.count() {
            findings.push(not_listed(policy, settings, facts));
        }
        let undecided = |judged: &Judgement| judged.verdict == Verdict::Indeterminate && judged.rule.is_none();
        for (_, connection, judged) in own().filter(|(.., judged)| undecided(judged)) {
            if verdict == Verdict::Admitted {
                continue;
            }
            let message = format!("certificate {}, {}: {}", facts.number, connection.noun(), judged.because);
            let names = Declared::judging(*connection).iter().flat_map(|&declared| settings.common_names(declared));
            let finding = Finding::new(&NAMES_UNDECIDED, message).arg("certificate", format!("{}", facts.number));
            findings.push(match names.into_iter().next() {
                Some(parameter) => finding.at(parameter.span()),
                None => finding,
            });
        }
    }
    findings
}

fn not_listed(policy: &Policy, settings: &Settings<'_>, facts: &Facts) -> Finding {
    let connections = match policy.connection {
        Some(connection) => Vec::from([connection]),
        None => Vec::from([Connection::Node, Connection::Gateway]),
    };
    let lists: Vec<Declared> =
        connections.iter().flat_map(|&connection| Declared::judging(connection)).copied().collect();
    let names: Vec<String> = lists.iter().map(|declared| format!("`{}`", declared.thumbprints())).collect();
    let message = format!(
        "expected the thumbprint `{}` of certificate {} in {}, found it in none",
        facts.sha1,
        facts.number,
        names.join(", ")
    );
    let mut finding = Finding::new(&NOT_LISTED, message)
        .arg("certificate", format!("{}", facts.number))
        .arg("thumbprint", facts.sha1.as_str())
        .help("add it to the list of the role that it is meant to have");
    let written = lists.iter().filter_map(|&declared| settings.thumbprints_of(declared));
    for setting in written {
        let value = &setting.parameter.value;
        if finding.span.is_none() {
            finding = finding.at(value.whole());
        }
        if setting.list.thumbprints().is_none() {
            continue;
        }
        let end = value.text().len();
        let is_empty = setting.list.items.is_empty();
        let text = if is_empty { facts.sha1.clone() } else { format!(",{}", facts.sha1) };
        finding.fixes.push(Fix {
            title: format!("Add it to {}", setting.declared.thumbprints()),
            edits: Vec::from([value.edit(end..end, &text)]),
            then: None,
            lets_in: Vec::from([format!("this certificate only, as {}", setting.declared.noun())]),
        });
    }
    if finding.span.is_none() { finding.at(facts.span.clone()) } else { finding }
}
