//! Certificates that work, and will not for long or not everywhere.
//!
//! What it checks: purposes, addresses, issuers, and what a thumbprint rule rests on, of the certificates of the case.
//! Why it matters: the article recommends it, or a release took away what used to work.
//! Reference: the public article; release_notes/Resources/ClientEKURemoval.md.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{article, source};
use crate::certificate::Facts;
use crate::fabric::judge::Judge;
use crate::fabric::settings::Settings;
use crate::fabric::{Declared, FACTS, IssuerIdentity};
use crate::{Finding, Kind, Limits, Rule, Severity, Time};

const KINDS: &[Kind] = &[Kind::Peer];

pub(crate) static PURPOSES: Rule = Rule {
    id: "cluster-certificate-purposes",
    aliases: &[],
    title: "a cluster certificate lacks a purpose",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks at extKeyUsage of certificates that the Cluster rules declare."),
    why: crate::page!(
        "Nodes are client and server to each other, so their certificates must keep both clientAuth and serverAuth."
    ),
    bad: crate::page!("extKeyUsage serverAuth alone"),
    good: crate::page!("serverAuth and clientAuth"),
    citation: source("release_notes/Resources/ClientEKURemoval.md"),
};

pub(crate) static ADDRESSES: Rule = Rule {
    id: "certificate-addresses-missing",
    aliases: &[],
    title: "a certificate names no address of its PKI",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for AIA, CRL and OCSP addresses in issued certificates, where names are declared."),
    why: crate::page!(
        "Chains of declared names must be built and checked for revocation, for which the addresses must be in the \
          certificate and reachable."
    ),
    bad: crate::page!("an issued certificate without cRLDistributionPoints and authorityInfoAccess"),
    good: crate::page!("both, reachable from every node"),
    citation: article("common name-based certificate validation declarations"),
};

pub(crate) static MIXED: Rule = Rule {
    id: "issuers-of-different-pkis",
    aliases: &[],
    title: "one name is pinned to issuers of different PKIs",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the issuers and roots of the pinned issuers whose certificates the case has."),
    why: crate::page!("Each PKI can then issue the name, and the weakest decides. The article advises against it."),
    bad: crate::page!("a name pinned to issuing authorities below two different roots"),
    good: crate::page!("issuing authorities of one root"),
    citation: article("common name-based certificate validation declarations"),
};

pub(crate) static NO_SECONDARY: Rule = Rule {
    id: "thumbprint-without-secondary",
    aliases: &[],
    title: "a list of one thumbprint is about to expire",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for thumbprint lists whose only certificate expires within 30 days, and of a role without names."
    ),
    why: crate::page!(
        "A thumbprint is one certificate. When it expires nobody of that role gets in, and mending that from outside is \
          hard: the successor has to be listed before."
    ),
    bad: crate::page!("ClusterCertThumbprints with one thumbprint that expires in a week"),
    good: crate::page!("its successor beside it"),
    citation: article("thumbprint-based certificate validation declarations"),
};

pub(crate) static EXPIRED_PIN: Rule = Rule {
    id: "thumbprint-of-expired-certificate",
    aliases: &[],
    title: "a listed certificate has expired",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Compares the lists with the certificates of the case that have expired."),
    why: crate::page!("The entry admits nobody, and hides how many are left."),
    bad: crate::page!("the thumbprint of last year's certificate still in ClusterCertThumbprints"),
    good: crate::page!("the entry removed after the rotation"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1172-1278"),
};

/// Seconds before expiry in which a lone thumbprint is found: the default of the safety margin.
const NEAR: i64 = 2_592_000;

/// Findings about the certificates of the case. `all` are the certificates that were read, `leaves` those that are judged.
pub(in crate::fabric) fn check(
    settings: &Settings<'_>,
    judge: &Judge<'_, '_>,
    leaves: &[&Facts],
    at: Time,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for facts in leaves.iter().filter(|facts| !facts.sha1.is_empty()) {
        findings.extend(purposes(settings, judge, facts));
        findings.extend(addresses(judge, facts));
        for setting in &settings.thumbprints {
            let name = setting.declared.thumbprints();
            let Some((entry, _)) = setting.find(&facts.sha1_bytes()) else { continue };
            let span = setting.list.items.get(entry).map(|item| setting.parameter.value.span(item.range.clone()));
            let found = |rule, message: String, help: &'static str| {
                let mut finding = Finding::new(rule, message).arg("setting", name).help(help);
                finding.span.clone_from(&span);
                finding
            };
            if facts.not_after <= at {
                let message =
                    format!("certificate {}, listed in `{name}`, expired at {}", facts.number, facts.not_after);
                findings.push(found(&EXPIRED_PIN, message, "remove the entry when nobody presents it any more"));
            } else if facts.not_after <= at.plus(NEAR)
                && setting.list.items.len() == 1
                && settings.common_names(setting.declared).is_empty()
            {
                let message = format!(
                    "certificate {} is the only entry of `{name}` and expires at {}",
                    facts.number, facts.not_after
                );
                findings.push(found(&NO_SECONDARY, message, "list its successor beside it, then present that; a thumbprint is the SHA-1 of one certificate and of no successor"));
            }
        }
    }
    findings
}

fn purposes(settings: &Settings<'_>, judge: &Judge<'_, '_>, facts: &Facts) -> Option<Finding> {
    let listed =
        settings.thumbprints_of(Declared::Cluster).is_some_and(|list| list.find(&facts.sha1_bytes()).is_some());
    let named = judge
        .rule_sets()
        .into_iter()
        .find(|(declared, _)| *declared == Declared::Cluster)
        .is_some_and(|(_, set)| facts.common_names.iter().any(|name| set.names.get(name).is_some()));
    let purposes = facts.extended_key_usage.as_ref().filter(|_| listed || named)?;
    let lacks: Vec<&str> =
        ["serverAuth", "clientAuth"].into_iter().filter(|purpose| !purposes.iter().any(|own| own == purpose)).collect();
    if lacks.is_empty() {
        return None;
    }
    let message = format!("certificate {} is a cluster certificate without {}", facts.number, super::either(&lacks));
    Some(
        Finding::new(&PURPOSES, message)
            .at(facts.span.clone())
            .arg("certificate", format!("{}", facts.number))
            .help("have it issued with both serverAuth and clientAuth"),
    )
}

fn addresses(judge: &Judge<'_, '_>, facts: &Facts) -> Option<Finding> {
    let named = judge
        .rule_sets()
        .into_iter()
        .any(|(_, set)| facts.common_names.iter().any(|name| set.names.get(name).is_some()));
    // Facts can't state the addresses, so that they are unknown.
    if !named || facts.self_issued || facts.span.document == FACTS {
        return None;
    }
    let mut lacks = Vec::new();
    if facts.issuer_urls.is_empty() {
        lacks.push("the address of its issuer's certificate (AIA)");
    }
    if facts.crl_urls.is_empty() && facts.ocsp_urls.is_empty() {
        lacks.push("an address for revocation (CRL or OCSP)");
    }
    if lacks.is_empty() {
        return None;
    }
    let message = format!("certificate {} lacks {}", facts.number, lacks.join(" and "));
    Some(
        Finding::new(&ADDRESSES, message)
            .at(facts.span.clone())
            .arg("certificate", format!("{}", facts.number))
            .help("have it issued with them, and make them reachable from every node"),
    )
}

/// Names whose pinned issuers, as far as the case has their certificates, have no issuer in common.
pub(in crate::fabric) fn mixed(judge: &Judge<'_, '_>, known: &[&Facts]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    // Only what can have issued something: pins are looked up by the ten thousand.
    let can_issue =
        |facts: &&&Facts| facts.self_issued || facts.basic_constraints.is_none_or(|constraints| constraints.ca);
    let known_by: BTreeMap<Vec<u8>, &Facts> = known
        .iter()
        .filter(|facts| !facts.sha1.is_empty())
        .filter(can_issue)
        .map(|facts| (facts.sha1_bytes(), *facts))
        .collect();
    let begins: BTreeSet<Option<&u8>> = crate::order::set(known_by.keys().map(|bytes| bytes.first()));
    for (_, set) in judge.rule_sets() {
        for name in set.names.iter().filter(|name| name.issuers.len() > 1) {
            let pinned = name.issuers.iter().filter_map(|issuer| match issuer {
                IssuerIdentity::Thumbprint(bytes) if begins.contains(&bytes.first()) => known_by.get(bytes).copied(),
                IssuerIdentity::Thumbprint(_) | IssuerIdentity::Key(_) => None,
            });
            let above: BTreeSet<&str> = crate::order::set(pinned.map(|facts| top(facts, known)));
            if above.len() < 2 {
                continue;
            }
            let shown: Vec<String> = above.iter().map(|issuer| crate::quote::quote(issuer)).collect();
            let message = format!(
                "the name {} is pinned to issuers of different PKIs, below {}",
                crate::quote::quote(&name.name),
                shown.join(" and ")
            );
            let mut finding =
                Finding::new(&MIXED, message).arg("name", name.name.as_str()).help("pin it to issuers of one PKI");
            finding.span = name.spans.first().cloned();
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings
}

/// The highest authority above a certificate that the case knows by name.
fn top<'f>(facts: &'f Facts, known: &[&'f Facts]) -> &'f str {
    let mut at = facts;
    for _ in 0..Limits::CHAIN_LENGTH {
        if at.self_issued {
            break;
        }
        let Some(above) = known.iter().find(|one| one.subject == at.issuer) else { break };
        at = above;
    }
    &at.issuer
}
