//! What claims need.
//!
//! What it checks: that `ClientClaimAuthEnabled` comes with the claims and the service that reads tokens.
//! Why it matters: the deployer refuses the manifest otherwise.
//! Reference: FabricSettingsValidator.cs:1109-1141.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::manifest::Manifest;
use crate::fabric::settings::Settings;
use crate::{Finding, Rule, Severity};

pub(crate) static INCOMPLETE: Rule = Rule {
    id: "claims-settings-incomplete",
    aliases: &[],
    title: "claims are on without what they need",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Where `ClientClaimAuthEnabled` is true, looks for `ServerAuthCredentialType` X509, `ClientClaims` and \
          `AdminClientClaims`, and in a whole manifest for a section of a token validation service."
    ),
    why: crate::page!("The deployer refuses the manifest."),
    bad: crate::page!("<Parameter Name=\"ClientClaimAuthEnabled\" Value=\"true\" /> alone"),
    good: crate::page!(
        "the same beside `ClientClaims`, `AdminClientClaims` and a section `DSTSTokenValidationService`"
    ),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1109-1141",
    ),
};

pub(super) fn check(manifest: &Manifest<'_>, settings: &Settings<'_>) -> Vec<Finding> {
    let Some(parameter) = settings.security("ClientClaimAuthEnabled") else { return Vec::new() };
    // A fragment may show the rest elsewhere.
    if !parameter.value.text().trim().eq_ignore_ascii_case("true") || manifest.is_fragment {
        return Vec::new();
    }
    let written = |name: &str| settings.security(name).is_some_and(|of| !of.value.text().trim().is_empty());
    let is_x509 = settings.security("ServerAuthCredentialType").is_some_and(|of| of.value.is("X509"));
    let service = manifest
        .sections
        .iter()
        .any(|section| section.name.text().to_ascii_lowercase().ends_with("tokenvalidationservice"));
    let missing = [
        ("`ServerAuthCredentialType` X509", is_x509),
        ("`ClientClaims`", written("ClientClaims")),
        ("`AdminClientClaims`", written("AdminClientClaims")),
        ("a section of a token validation service", service),
    ];
    let missing: Vec<&str> = missing.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message = format!("`ClientClaimAuthEnabled` is true without {}", missing.join(", "));
    Vec::from([finding(&INCOMPLETE, message)
        .at(parameter.span())
        .help("add what is missing, or turn claims off: certificates need none of it")])
}
