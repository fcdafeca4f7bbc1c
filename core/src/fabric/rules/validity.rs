//! Validity periods.
//!
//! What it checks: that a certificate is valid at the instant of the case.
//! Why it matters: an expired certificate is refused even where its thumbprint is listed.
//! Reference: SecurityContextSsl.cpp:1172-1278.

use alloc::format;
use alloc::vec::Vec;

use super::{article, source};
use crate::certificate::Facts;
use crate::fabric::Runtime;
use crate::fabric::settings::Settings;
use crate::{Finding, Kind, Rule, Severity, Time};

const KINDS: &[Kind] = &[Kind::Peer];

pub(crate) static EXPIRED: Rule = Rule {
    id: "certificate-expired",
    aliases: &[],
    title: "a certificate has expired",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Compares NotAfter with the instant of the case: Service Fabric refuses a certificate whose NotAfter is not later."
    ),
    why: crate::page!("Expiry is fatal even where the thumbprint is listed; other trust errors are not."),
    bad: crate::page!("a listed certificate with NotAfter 2026-11-01 on 2026-11-22"),
    good: crate::page!("its successor, listed before the old one expires"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1172-1278"),
};

pub(crate) static NOT_YET_VALID: Rule = Rule {
    id: "certificate-not-yet-valid",
    aliases: &[],
    title: "a certificate is not valid yet",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares NotBefore with the instant of the case."),
    why: crate::page!(
        "It is `CERT_E_EXPIRED` as well: the peer is refused until NotBefore, or until its clock is right."
    ),
    bad: crate::page!("a certificate with NotBefore 2026-12-01 on 2026-11-22"),
    good: crate::page!("a certificate whose validity has begun on every node's clock"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1172-1278"),
};

pub(crate) static ACCEPT_EXPIRED: Rule = Rule {
    id: "accept-expired-pinned",
    aliases: &[],
    title: "expired cluster certificates are to be accepted",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `AcceptExpiredPinnedClusterCertificate` set to true."),
    why: crate::page!(
        "It keeps a cluster alive whose self-signed certificate expired, and it stops expiry from protecting the \
          cluster. It covers self-signed certificates in `ClusterCertThumbprints` and nothing else. The public source, \
          6.5, does not know it."
    ),
    bad: crate::page!("<Parameter Name=\"AcceptExpiredPinnedClusterCertificate\" Value=\"true\" />"),
    good: crate::page!("a rotation to a valid certificate, and the parameter removed"),
    citation: article("thumbprint-based certificate validation declarations"),
};

/// The setting that accepts expired self-signed cluster certificates.
pub(in crate::fabric) const ACCEPT_EXPIRED_SETTING: &str = "AcceptExpiredPinnedClusterCertificate";

/// Findings about the validity of the certificates that are judged. `accepted` are the ones whose expiry is accepted, and
/// `forgiving` says whether a connection forgives it to listed ones: the HTTP gateway on Linux.
pub(in crate::fabric) fn check(leaves: &[&Facts], accepted: &[u32], forgiving: bool, at: Time) -> Vec<Finding> {
    let mut findings = Vec::new();
    for facts in leaves {
        let number = facts.number;
        if at < facts.not_before {
            let message = format!("certificate {number} is not valid before {}", facts.not_before);
            findings.push(
                Finding::new(&NOT_YET_VALID, message)
                    .at(facts.span.clone())
                    .arg("certificate", format!("{number}"))
                    .arg("from", format!("{}", facts.not_before))
                    .help("wait until then, or check the clock of the machine that issued it"),
            );
        } else if at >= facts.not_after && !accepted.contains(&number) {
            let rest = if forgiving { "" } else { ", and a listed thumbprint does not help" };
            let message = format!("certificate {number} expired at {}{rest}", facts.not_after);
            findings.push(
                Finding::new(&EXPIRED, message)
                    .at(facts.span.clone())
                    .arg("certificate", format!("{number}"))
                    .arg("until", format!("{}", facts.not_after))
                    .help("install and declare a certificate that is valid"),
            );
        }
    }
    findings
}

/// Findings about the setting that accepts expired certificates, which the public source does not know.
pub(in crate::fabric) fn check_setting(settings: &Settings<'_>, runtime: Runtime) -> Option<Finding> {
    let parameter = settings.security(ACCEPT_EXPIRED_SETTING)?;
    let message = match runtime {
        Runtime::V6_5 => "runtime 6.5 does not know `AcceptExpiredPinnedClusterCertificate`, so it has no effect",
        Runtime::Current => "expired self-signed certificates in `ClusterCertThumbprints` are accepted, for nodes only",
    };
    settings.flag(ACCEPT_EXPIRED_SETTING, false).then(|| {
        Finding::new(&ACCEPT_EXPIRED, message)
            .at(parameter.value.whole())
            .help("rotate to a valid certificate and remove the parameter")
    })
}
