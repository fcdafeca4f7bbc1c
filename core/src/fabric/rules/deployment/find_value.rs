//! Thumbprints of node types with a character that is none of a thumbprint.
//!
//! What it checks: that `X509FindValue`, where certificates are found by thumbprint, has digits and blanks only. Neither
//! the secondary value nor the lists of section `Security` are looked at.
//! Why it matters: the deployer refuses the manifest. Thumbprints that are copied from the certificate's dialog begin
//! with an invisible character, U+200E.
//! Reference: FabricSettingsValidator.cs:1780-1807.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::manifest::{Manifest, NodeCertificate};
use crate::fabric::rules::find_values::find_type;
use crate::quote::quote;
use crate::{Edit, Finding, Rule, Severity, is_invisible};

pub(crate) static CHARACTER: Rule = Rule {
    id: "find-value-character",
    aliases: &[],
    title: "a node type's thumbprint has a character that is no digit",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the characters of `X509FindValue` where the find type is `FindByThumbprint`."),
    why: crate::page!(
        "The deployer refuses the manifest. The usual reason is the invisible U+200E that the certificate's dialog \
          puts before the thumbprint."
    ),
    bad: crate::page!("<ClusterCertificate X509FindValue=\"&#x200E;2b d6 3d ...\" />"),
    good: crate::page!("<ClusterCertificate X509FindValue=\"2b d6 3d ...\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1780-1807",
    ),
};

pub(in crate::fabric) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let certificates = manifest.node_types.iter().flat_map(|node_type| &node_type.certificates);
    certificates.flat_map(|certificate| find_type(certificate).into_iter().chain(one(certificate))).collect()
}

fn one(certificate: &NodeCertificate<'_>) -> Option<Finding> {
    let by_thumbprint = certificate.find_type.as_ref().is_none_or(|kind| kind.text() == "FindByThumbprint");
    let value = certificate.find_value.as_ref().filter(|_| by_thumbprint)?;
    let text = value.text();
    let fits = |c: &char| c.is_ascii_hexdigit() || c.is_whitespace();
    let (at, character) = text.char_indices().find(|(_, c)| !fits(c))?;
    let shown = quote(character.encode_utf8(&mut [0; 4]));
    let element = certificate.role.element();
    let message = format!("expected hexadecimal digits and blanks in the thumbprint of `{element}`, found {shown}");
    let found = finding(&CHARACTER, message)
        .at(value.span(at..at.saturating_add(character.len_utf8())))
        .arg("element", element)
        .arg("character", shown)
        .help("type the thumbprint, or copy it without the characters around it");
    let clean: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let is_clean = clean.chars().all(|c| fits(&c));
    Some(match is_clean {
        true => found
            .fix("Remove the invisible characters", Vec::from([Edit { span: value.span(0..text.len()), text: clean }])),
        false => found,
    })
}
