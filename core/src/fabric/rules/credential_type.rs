//! Whether the deployer sees that certificates decide.
//!
//! What it checks: that a whole manifest writes both credential types, and that they are spelt as the deployer expects.
//! Why it matters: the deployer refuses a manifest without them, and skips a check for other spellings.
//! Reference: FabricSettingsValidator.cs:1514-1536,1574-1587,1649-1698.
//!
//! The verdict: with `None` or `Windows` written out, a peer is not admitted *by its certificate*, so it is refused with
//! that reason, and nothing is presented. With a type that doesn't exist the node doesn't open. A whole manifest without
//! the type is refused by the deployer, and the default of the runtime is `None`: refused as well. In a fragment that
//! doesn't show the type it is taken to be X509, which is an assumption.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::source;
use crate::fabric::CredentialType;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Edit, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

pub(crate) static MISSING: Rule = Rule {
    id: "credential-type-missing",
    aliases: &[],
    title: "a credential type is not written",
    severity: Severity::Error,
    kinds: super::deployment::KINDS,
    what: crate::page!("Looks for `ClusterCredentialType` and `ServerAuthCredentialType` in a whole manifest."),
    why: crate::page!("The deployer refuses a manifest without them, and the default of the runtime is `None`."),
    bad: crate::page!("<Section Name=\"Security\"> with ClusterCertThumbprints alone"),
    good: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" /> beside it"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1574-1587",
    ),
};

pub(crate) static CASE: Rule = Rule {
    id: "credential-type-case",
    aliases: &[],
    title: "a credential type skips a check of the deployer",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the text with `X509` exactly."),
    why: crate::page!(
        "The runtime ignores case and knows the alias `SSL`, but the deployer's rule that every node type needs its \
          certificates holds for the text `X509` only; `SSL` and `Negotiate` it refuses."
    ),
    bad: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"x509\" />"),
    good: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1649-1698",
    ),
};

/// The settings.
const SETTINGS: [&str; 2] = ["ClusterCredentialType", "ServerAuthCredentialType"];

/// The types that a fragment doesn't show, as assumptions.
pub(in crate::fabric) fn assumed(settings: &Settings<'_>) -> Vec<String> {
    let missing = SETTINGS.into_iter().filter(|name| settings.security(name).is_none());
    let missing: Vec<String> = missing.map(|name| format!("`{name}`")).collect();
    if missing.is_empty() || !settings.manifest().is_fragment {
        return Vec::new();
    }
    let verb = if missing.len() > 1 { "are" } else { "is" };
    Vec::from([format!("{}, which the fragment does not show, {verb} `X509`", missing.join(" and "))])
}

/// The credential types that a whole manifest doesn't write, which the deployer refuses.
pub(super) fn missing(settings: &Settings<'_>) -> Vec<Finding> {
    let manifest = settings.manifest();
    let Some(section) = manifest.sections("Security").next() else { return Vec::new() };
    if manifest.is_fragment || !manifest.unknown.is_empty() {
        return Vec::new();
    }
    let missing = SETTINGS.into_iter().filter(|name| settings.security(name).is_none());
    let findings = missing.map(|name| {
        let message =
            format!("expected `{name}` in section `Security`, found none, so the deployer refuses the manifest");
        Finding::new(&MISSING, message)
            .at(section.name.whole())
            .arg("setting", name)
            .help("write it, with the value `X509`")
    });
    findings.collect()
}

/// Findings about how credential types are written.
pub(in crate::fabric) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in SETTINGS {
        let Some(parameter) = settings.security(name) else { continue };
        let text = parameter.value.text();
        if CredentialType::read(text) == Some(CredentialType::Ssl) && text != "X509" {
            let span = parameter.value.whole();
            let message = format!(
                "`{name}` is {}, so the deployer does not check that node types have certificates",
                quote(text)
            );
            findings.push(
                Finding::new(&CASE, message)
                    .at(span.clone())
                    .arg("setting", name)
                    .help("write `X509` in capitals")
                    .fix("Write `X509`", Vec::from([Edit { span, text: String::from("X509") }])),
            );
        }
    }
    findings
}
