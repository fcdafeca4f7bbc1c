//! Declared names.
//!
//! What it checks: that the names of the sections `Security/*X509Names` are declared as they are written.
//! Why it matters: some mistakes lose a name without an error, and some refuse the settings as a whole.
//! Reference: SecuritySettings.cpp:187-295,986-1025; SecurityConfig.cpp:226-240.

use alloc::format;
use alloc::vec::Vec;

use super::source;
use crate::fabric::Declared;
use crate::fabric::judge::Judge;
use crate::fabric::rule_set::{Lost, RuleErrorKind};
use crate::quote::quote;
use crate::{Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

pub(crate) static LOST: Rule = Rule {
    id: "common-name-lost",
    aliases: &[],
    title: "a declared name is lost",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Reads each section of names as Service Fabric does: sorted, the first of several spellings kept, stopped by an issuer list that can't be read."
    ),
    why: crate::page!(
        "The names after it are not declared. For `Security/AdminClientX509Names` nobody looks at the error: those admins silently disappear."
    ),
    bad: crate::page!("<Parameter Name=\"Admin\" Value=\"\" /> and <Parameter Name=\"admin\" Value=\"1b45...\" />"),
    good: crate::page!("one spelling of each name, and issuers as whole thumbprints"),
    citation: source("src/prod/src/ServiceModel/transport/SecuritySettings.cpp:986-1025"),
};

pub(crate) static ISSUERS: Rule = Rule {
    id: "issuer-list-malformed",
    aliases: &[],
    title: "an issuer list can't be read",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads each issuer list as a thumbprint list."),
    why: crate::page!(
        "For Cluster, Server and Client names the settings are refused as a whole: nodes do not open, or the gateway does not start."
    ),
    bad: crate::page!("<Parameter Name=\"node.example\" Value=\"1b45...844d\" />"),
    good: crate::page!("<Parameter Name=\"node.example\" Value=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f662\" />"),
    citation: source("src/prod/src/Common/SecurityConfig.cpp:226-240"),
};

pub(crate) static CONFLICT: Rule = Rule {
    id: "issuer-settings-conflict",
    aliases: &[],
    title: "two ways to pin issuers exclude each other",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for default issuers beside a section of names or issuer stores, and for pinned names beside issuer stores."
    ),
    why: crate::page!("Service Fabric refuses the settings with `InvalidX509NameList`."),
    bad: crate::page!("ClientCertIssuers beside a section Security/ClientX509Names"),
    good: crate::page!("the issuers as values of the names"),
    citation: source("src/prod/src/ServiceModel/transport/SecuritySettings.cpp:187-295"),
};

/// Findings about names and issuers.
pub(in crate::fabric) fn check(judge: &Judge<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (declared, set) in judge.rule_sets() {
        for lost in &set.lost {
            let name = quote(&lost.name);
            let because = match lost.reason {
                Lost::OtherSpelling => "another spelling of it sorts before and is kept",
                Lost::AfterMalformedIssuers => "the issuer list of a name that sorts before can't be read",
                Lost::MalformedIssuers => "its issuer list can't be read",
            };
            findings.push(
                Finding::new(&LOST, format!("the name {name} of `{}` is not declared: {because}", lost.setting))
                    .at(lost.span.clone())
                    .arg("name", lost.name.as_str())
                    .arg("setting", lost.setting)
                    .help("mend the issuer list, and write each name once"),
            );
        }
        let Some(error) = &set.error else { continue };
        let setting = &error.setting;
        let finding = match error.kind {
            // The lists have findings of their own.
            RuleErrorKind::Thumbprints => continue,
            RuleErrorKind::Issuers => {
                let message =
                    format!("an issuer list of `{setting}` can't be read, so Service Fabric refuses the settings");
                Finding::new(&ISSUERS, message).help("write whole thumbprints, separated by commas")
            }
            kind => {
                let help = match kind {
                    RuleErrorKind::DefaultIssuersAndNames => {
                        "write the issuers as values of the names, and remove the parameter"
                    }
                    RuleErrorKind::PinsAndStores => "keep the pins or the stores",
                    _ => "keep one of them",
                };
                Finding::new(&CONFLICT, format!("{}, which Service Fabric refuses", error.fault())).help(help)
            }
        };
        // The merged rules of the clients repeat the error of the admins.
        let finding = finding.at(error.span.clone()).arg("setting", setting.as_str());
        if !findings.contains(&finding) && (declared != Declared::AdminClient || error.kind != RuleErrorKind::Issuers) {
            findings.push(finding);
        }
    }
    findings
}
