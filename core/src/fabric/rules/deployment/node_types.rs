//! Node types without the certificates that the credential types ask for.
//!
//! What it checks: with `ClusterCredentialType` written exactly `X509`, a `ClusterCertificate` in every node type; with
//! `ServerAuthCredentialType` written so, a `ServerCertificate` and a `ClientCertificate`.
//! Why it matters: the deployer refuses the manifest. It compares the text as written, so `x509` skips the check.
//! Reference: FabricSettingsValidator.cs:1649-1698, 1718-1778, 1928-1942.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{finding, validator};
use crate::fabric::manifest::{CertificateRole, Manifest};
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Finding, Kind, Rule, Severity};

pub(crate) static MISSING: Rule = Rule {
    id: "node-type-certificate-missing",
    aliases: &[],
    title: "a node type lacks a certificate that it must declare",
    severity: Severity::Error,
    kinds: &[Kind::Peer, Kind::Rollout],
    what: crate::page!("Looks for the certificates of every node type that is shown."),
    why: crate::page!(
        "The deployer refuses the manifest: with X509 between nodes each node type needs a `ClusterCertificate`, with \
          X509 for clients a `ServerCertificate` and a `ClientCertificate`."
    ),
    bad: crate::page!("<Certificates><ClusterCertificate ... /></Certificates> with ServerAuthCredentialType X509"),
    good: crate::page!(
        "<Certificates><ClusterCertificate ... /><ServerCertificate ... /><ClientCertificate ... /></Certificates>"
    ),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1649-1778",
    ),
};

pub(super) fn check(manifest: &Manifest<'_>, settings: &Settings<'_>) -> Vec<Finding> {
    // A fragment may show part of a node type.
    if manifest.is_fragment || !manifest.unknown.is_empty() {
        return Vec::new();
    }
    let is_x509 = |name| settings.security(name).filter(|of| of.value.text() == "X509");
    let asked = [
        (is_x509("ClusterCredentialType"), [CertificateRole::Cluster].as_slice()),
        (is_x509("ServerAuthCredentialType"), [CertificateRole::Client, CertificateRole::Server].as_slice()),
    ];
    let mut findings = Vec::new();
    for node_type in &manifest.node_types {
        let name = node_type.name.as_ref();
        let own = name.map_or(String::from("a node type"), |name| format!("node type {}", quote(name.text())));
        for (parameter, roles) in &asked {
            let Some(parameter) = parameter else { continue };
            let missing = roles.iter().filter(|role| node_type.certificate(**role).is_none());
            let missing: Vec<String> = missing.map(|role| format!("`{}`", role.element())).collect();
            if missing.is_empty() {
                continue;
            }
            let message = format!("{own} has no {}, which X509 asks for", missing.join(" and no "));
            let span = name.map_or_else(|| parameter.span(), |name| name.whole());
            findings.push(
                finding(&MISSING, message)
                    .at(span)
                    .related(parameter.span(), "here X509 is asked for")
                    .help("declare the certificate that the nodes of this type present"),
            );
        }
    }
    findings
}
