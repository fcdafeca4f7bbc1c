//! What the deployer refuses: a manifest or configuration that it refuses never takes effect, so nothing is admitted by it.
//!
//! Every refusal of a manifest is an `ArgumentException`, and the deployer ends with `ClusterManifestValidationError`
//! (FabricSettingsValidator.cs:1854). Those of a configuration in JSON have names of their own, which its rules give.

pub(crate) mod boolean;
pub(crate) mod claims;
pub(crate) mod credential_type;
pub(crate) mod file_store;
pub(crate) mod find_value;
pub(crate) mod http_endpoint;
pub(crate) mod node_types;
pub(crate) mod number;
pub(crate) mod reverse_proxy;
pub(crate) mod sections;

use alloc::vec::Vec;

use super::source;
use crate::case::Severities;
use crate::fabric::manifest::configuration::rules as configuration;
use crate::fabric::manifest::{Manifest, PARAMETER_ENCRYPTED, Parameter, SECTION_DUPLICATED};
use crate::fabric::parameter::{KnownParameter, PARAMETERS, ValueKind};
use crate::fabric::settings::Settings;
use crate::{Citation, Finding, Kind, Level, Rule, Severity};

/// The kinds that read a manifest.
pub(super) const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation, Kind::Rollout];

/// What the deployer says of a manifest that it refuses.
const CODE: &str = "ClusterManifestValidationError";

/// The rules whose findings refuse a deployment.
static RULES: &[&Rule] = &[
    &SECTION_DUPLICATED,
    &PARAMETER_ENCRYPTED,
    &sections::FORBIDDEN,
    &credential_type::REFUSED,
    &boolean::REFUSED,
    &number::REFUSED,
    &claims::INCOMPLETE,
    &node_types::MISSING,
    &super::presenting::MISSING,
    &super::credential_type::MISSING,
    &super::find_values::TYPE,
    &super::find_values::TYPE_CASE,
    &find_value::CHARACTER,
    &http_endpoint::PROTOCOL,
    &reverse_proxy::INCOMPLETE,
    &reverse_proxy::POLICY,
    &file_store::INCOMPLETE,
    &configuration::VERSION_UNKNOWN,
    &configuration::DUPLICATE_PARAMETER,
    &configuration::CLIENT_WITHOUT_SERVER.rule,
    &configuration::CLIENT_THUMBPRINT.rule,
    &configuration::SERVER_THUMBPRINT.rule,
    &configuration::CLUSTER_THUMBPRINT.rule,
    &configuration::PROXY_THUMBPRINT.rule,
    &configuration::COMMON_NAME.rule,
    &configuration::PROXY_ISSUERS.rule,
    &configuration::ISSUERS.rule,
    &configuration::NAME_COUNT.rule,
    &configuration::NAME_TWICE.rule,
    &configuration::NAME_AND_THUMBPRINT.rule,
    &configuration::STORES_WITHOUT_NAMES.rule,
    &configuration::STORES_AND_PINS.rule,
    &configuration::ISSUER_NULL.rule,
    &configuration::STORE_NULL.rule,
    &configuration::STORE_TWICE.rule,
    &configuration::ISSUER_COUNT.rule,
    &configuration::ISSUER_TWICE.rule,
    &configuration::SERVER_AUTH_REQUIRED.rule,
];

/// Findings about a manifest that the deployer refuses, in the order in which it looks.
pub(in crate::fabric) fn check(manifest: &Manifest<'_>, settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = check_settings(manifest, settings);
    findings.extend(node_types::check(manifest, settings));
    findings.extend(find_value::check(manifest));
    findings
}

/// The same without those about the certificates of node types, which have rules of their own where it is asked what
/// is presented.
pub(in crate::fabric) fn check_settings(manifest: &Manifest<'_>, settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = sections::check(manifest);
    findings.extend(boolean::check(settings));
    findings.extend(number::check(settings));
    findings.extend(claims::check(manifest, settings));
    findings.extend(super::credential_type::missing(settings));
    findings.extend(credential_type::check(settings));
    findings.extend(http_endpoint::check(manifest));
    findings.extend(reverse_proxy::check(manifest));
    findings.extend(file_store::check(manifest));
    findings
}

/// Whether one of the findings refuses the deployment, unless the policy gives its rule another severity.
pub(in crate::fabric) fn refuses(findings: &[Finding], severities: &Severities) -> bool {
    findings.iter().any(|finding| {
        let level = severities.get(finding.rule.as_ref());
        is_refusal(finding) && level.is_none_or(|level| *level == Level::Error)
    })
}

/// Whether a finding is about a deployment that is refused.
pub(in crate::fabric) fn is_refusal(finding: &Finding) -> bool {
    finding.severity == Severity::Error && RULES.iter().any(|rule| rule.id == finding.rule)
}

/// The known parameters of a kind that the document writes, in the order of the table. What the source does not
/// describe is deprecated and left out: its kind is not known.
fn written<'s, 'm>(
    settings: &'s Settings<'m>,
    kind: ValueKind,
) -> impl Iterator<Item = (&'static KnownParameter, &'m Parameter<'m>)> + use<'s, 'm> {
    let of_kind = PARAMETERS.iter().filter(move |known| known.kind == kind && !known.deprecated);
    of_kind.filter_map(|known| Some((known, settings.manifest().parameter(known.section, known.name)?)))
}

/// A place in the sources of the validator of manifests.
const fn validator(place: &'static str) -> Citation {
    source(place)
}

/// A finding of a rule of this family.
fn finding(rule: &'static Rule, message: impl Into<alloc::string::String>) -> Finding {
    Finding::new(rule, message).arg("code", CODE)
}
