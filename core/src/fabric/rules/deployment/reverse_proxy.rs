//! The reverse proxy's certificate and what it asks of services.
//!
//! What it checks: section `ApplicationGateway/Http`.
//! Why it matters: the deployer refuses the manifest.
//! Reference: HttpAppGatewaySettingsValidator.cs:104-141.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::manifest::Manifest;
use crate::quote::quote;
use crate::{Finding, Rule, Severity};

pub(crate) static INCOMPLETE: Rule = Rule {
    id: "reverse-proxy-certificate-missing",
    aliases: &[],
    title: "the reverse proxy has X509 and no certificate",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Where `GatewayAuthCredentialType` is written exactly `X509`, looks for `GatewayX509CertificateFindValue`."
    ),
    why: crate::page!("The deployer refuses the manifest."),
    bad: crate::page!("<Parameter Name=\"GatewayAuthCredentialType\" Value=\"X509\" /> alone"),
    good: crate::page!("the same beside <Parameter Name=\"GatewayX509CertificateFindValue\" Value=\"...\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/HttpAppGatewaySettingsValidator.cs:104-141",
    ),
};

pub(crate) static POLICY: Rule = Rule {
    id: "reverse-proxy-policy-refused",
    aliases: &[],
    title: "how the reverse proxy judges services can't be",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Reads `ApplicationCertificateValidationPolicy` and looks for the thumbprints or the section that it needs."
    ),
    why: crate::page!("The deployer refuses the manifest."),
    bad: crate::page!("<Parameter Name=\"ApplicationCertificateValidationPolicy\" Value=\"Thumbprints\" />"),
    good: crate::page!("<Parameter Name=\"ApplicationCertificateValidationPolicy\" Value=\"None\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/HttpAppGatewaySettingsValidator.cs:104-141",
    ),
};

const SECTION: &str = "ApplicationGateway/Http";
const POLICIES: [&str; 3] = ["None", "ServiceCertificateThumbprints", "ServiceCommonNameAndIssuer"];

pub(super) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let written = |name: &str| manifest.parameter(SECTION, name).filter(|of| !of.value.text().trim().is_empty());
    if let Some(kind) = written("GatewayAuthCredentialType").filter(|of| of.value.text() == "X509")
        && written("GatewayX509CertificateFindValue").is_none()
        && manifest.unknown.is_empty()
    {
        let message = "expected `GatewayX509CertificateFindValue` for the reverse proxy, found none";
        findings.push(finding(&INCOMPLETE, message).at(kind.span()).help("say which certificate the proxy presents"));
    }
    let Some(policy) = written("ApplicationCertificateValidationPolicy") else { return findings };
    let text = policy.value.text();
    let problem = if !POLICIES.contains(&text) {
        let known: Vec<_> = POLICIES.iter().map(|policy| quote(policy)).collect();
        Some(format!("expected one of {} as the proxy's policy, found {}", known.join(", "), quote(text)))
    } else if text == POLICIES[1] && written(POLICIES[1]).is_none() {
        Some(format!("the proxy's policy needs the parameter `{}`, found none", POLICIES[1]))
    } else if text == POLICIES[2] {
        let name = format!("{SECTION}/{text}");
        let is_there = manifest.sections(&name).any(|section| !section.parameters.is_empty());
        (!is_there && !manifest.is_fragment)
            .then(|| format!("the proxy's policy needs a section {}, found none", quote(&name)))
    } else {
        None
    };
    findings.extend(problem.map(|message| {
        finding(&POLICY, message).at(policy.span()).help("write `None`, or say which certificates services have")
    }));
    findings
}
