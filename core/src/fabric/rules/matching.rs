//! Whether any rule is about the certificate at all.
//!
//! What it checks: that something is declared, and that the certificate is among it.
//! Why it matters: a certificate that no rule names is `CertificateNotMatched`, the usual reason for refused peers.
//! Reference: SecurityContextSsl.cpp:1280-1308.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::mends::mends;
use super::{issuers, source};
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::fabric::judge::Judgement;
use crate::fabric::matrix::row;
use crate::fabric::settings::Settings;
use crate::fabric::{Connection, Declared, Policy};
use crate::{Document, Finding, Fix, Kind, Rule, Severity, Time, Verdict};

const KINDS: &[Kind] = &[Kind::Peer];

pub(crate) static NOT_LISTED: Rule = Rule {
    id: "thumbprint-not-listed",
    aliases: &[],
    title: "no thumbprint list holds the certificate",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the certificate's SHA-1 with every list that is judged."),
    why: crate::page!(
        "The peer is refused with `CertificateNotMatched`, and the other side sees `FABRIC_E_CONNECTION_DENIED` or \
          `FABRIC_E_SERVER_AUTHENTICATION_FAILED`."
    ),
    bad: crate::page!("a node that presents its new certificate while the others list the old one"),
    good: crate::page!("both thumbprints listed before any node presents the new certificate"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1280-1308"),
};

pub(crate) static NOT_ACCEPTED: Rule = Rule {
    id: "certificate-not-accepted",
    aliases: &[],
    title: "no declared name accepts the certificate",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Holds the certificate, its chain and its issuer against the declared names of every connection that is judged."
    ),
    why: crate::page!(
        "A name accepts only with a chain without errors, and with the issuer that it is pinned to, if any."
    ),
    bad: crate::page!("a certificate of another issuer than the ones in the value of its name"),
    good: crate::page!("the thumbprint of the certificate directly above it among those issuers"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1442-1640"),
};

pub(crate) static CHAIN_REFUSES: Rule = Rule {
    id: "chain-not-good-enough",
    aliases: &[],
    title: "a rule is about the certificate, and its chain stands against it",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Holds the chain of a certificate that is listed or declared against what that rule forgives."),
    why: crate::page!(
        "A listed thumbprint forgives an untrusted root and an unreachable revocation list, a pinned name the root; `?true` \
         and a name without pins forgive neither. Nothing forgives revocation or a broken signature."
    ),
    bad: crate::page!("a listed certificate that its issuer has revoked"),
    good: crate::page!("a listed certificate that no revocation list names"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1172-1278"),
};

pub(crate) static SECURITY_MISSING: Rule = Rule {
    id: "security-section-missing",
    aliases: &[],
    title: "the manifest has no section Security",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for section `Security` and the sections below it."),
    why: crate::page!("Nothing declares which certificates are accepted, so no peer is admitted by certificate."),
    bad: crate::page!("<NodeTypes>...</NodeTypes> alone"),
    good: crate::page!(
        "<Section Name=\"Security\"> with ClusterCertThumbprints or a section Security/ClusterX509Names"
    ),
    citation: source("src/prod/src/Common/SecurityConfig.h:171-256"),
};

/// Rules whose fixes let one certificate in, which `certificate` of the arguments names.
pub(in crate::fabric) const MENDED: [&str; 4] =
    [NOT_LISTED.id, issuers::NOT_LISTED.id, NOT_ACCEPTED.id, CHAIN_REFUSES.id];

/// The manifest declares nothing.
pub(in crate::fabric) fn security_missing(document: &Document<'_>) -> Finding {
    Finding::new(&SECURITY_MISSING, "expected a section `Security`, found none, so nothing declares who is admitted")
        .at(document.span(0..0))
        .help("paste the whole manifest, or the section `Security` of its FabricSettings")
}

fn declares_names(settings: &Settings<'_>, connection: Connection) -> bool {
    Declared::judging(connection).iter().any(|&declared| !settings.common_names(declared).is_empty())
}

/// Findings about certificates that nothing accepts.
pub(in crate::fabric) fn check(
    policy: &Policy,
    settings: &Settings<'_>,
    leaves: &[&Facts],
    judged: &[(u32, Connection, Judgement)],
    at: Time,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for facts in leaves {
        let own = || row(judged, facts.number).iter();
        let counted =
            own().filter(|(_, connection, _)| policy.connection.is_some() || *connection != Connection::Server);
        let unmatched = counted.clone().filter(|(.., judged)| is_unmatched(judged)).count();
        if unmatched > 0
            && !facts.sha1.is_empty()
            && unmatched == counted.clone().count()
            && !counted.into_iter().any(|(_, connection, _)| declares_names(settings, *connection))
        {
            findings.push(not_listed(policy, settings, facts));
        }
        let refused =
            own().filter(|(_, connection, _)| policy.connection.is_some() || *connection != Connection::Server);
        if refused.clone().any(|(.., judged)| judged.verdict != Verdict::Refused) {
            continue;
        }
        // One sentence for each reason, with the connections that it holds on.
        let mut reasons: Vec<(&Rule, &str, Vec<&str>, Vec<Fix>)> = Vec::new();
        for (_, connection, judged) in refused {
            let rule = if judged.chain_refuses {
                &CHAIN_REFUSES
            } else if facts.sha1.is_empty() || declares_names(settings, *connection) {
                &NOT_ACCEPTED
            } else {
                continue;
            };
            // That it is not valid now is a finding of its own.
            let is_over = at < facts.not_before || (at >= facts.not_after && !judged.expiry_accepted);
            if judged.chain_refuses && is_over && judged.chain & error::REVOKED == 0 {
                continue;
            }
            let fixes = mends(settings, facts, judged.issuer.as_deref(), *connection);
            match reasons.iter_mut().find(|(of, because, ..)| of.id == rule.id && *because == judged.because) {
                Some((_, _, connections, known)) => {
                    connections.push(connection.noun());
                    known.extend(fixes.into_iter().filter(|fix| !known.contains(fix)).collect::<Vec<_>>());
                }
                None => reasons.push((rule, &judged.because, Vec::from([connection.noun()]), fixes)),
            }
        }
        for (rule, because, connections, fixes) in reasons {
            let message = format!("certificate {}, {}: {because}", facts.number, connections.join(" and "));
            let help = match rule.id == CHAIN_REFUSES.id {
                true => {
                    "present a certificate whose chain is good here, or declare it by a rule that forgives what is wrong with it"
                }
                false => "declare one of its names, pin the certificate directly above it, or mend its chain",
            };
            let mut finding = Finding::new(rule, message)
                .at(facts.span.clone())
                .arg("certificate", format!("{}", facts.number))
                .help(help);
            finding.fixes = fixes;
            findings.push(finding);
        }
    }
    findings
}

/// Whether nothing that is declared is about it. Where it isn't, the code can be that of its chain, which is judged for the
/// names before any is looked at.
fn is_unmatched(judged: &Judgement) -> bool {
    let is_of_chain = |code: &str| ["CERT_E_", "CRYPT_E_", "TRUST_E_"].iter().any(|group| code.starts_with(group));
    !judged.chain_refuses && judged.code.is_some_and(|code| code == "CertificateNotMatched" || is_of_chain(code))
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
        .help("add it to the list of the role that it is meant to have; a thumbprint is the SHA-1 of one certificate, as strong as SHA-1 is");
    let written = lists.iter().find_map(|&declared| settings.thumbprints_of(declared));
    for fix in connections.iter().flat_map(|&connection| mends(settings, facts, None, connection)) {
        if !finding.fixes.contains(&fix) {
            finding.fixes.push(fix);
        }
    }
    finding.at(written.map_or_else(|| facts.span.clone(), |setting| setting.parameter.value.whole()))
}
