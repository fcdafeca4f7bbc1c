//! Settings of which only the changed values are given.
//!
//! A document without `ClusterManifest` shows what changes and nothing else: its parameters and certificates take the place
//! of those of the settings before, and everything else stays. A section of names or issuer stores takes the place of the
//! whole section, since a name that is gone can't be shown otherwise; an empty value is the parameter's default.

use alloc::string::String;
use alloc::vec::Vec;

use crate::fabric::manifest::{CertificateRole, Manifest, NodeCertificate, NodeType, Section, Value};

/// The settings that a change makes of others.
pub(super) fn applied<'d>(base: &Manifest<'d>, change: &Manifest<'d>) -> Manifest<'d> {
    let mut settings = base.clone();
    for section in &change.sections {
        apply_section(&mut settings.sections, section);
    }
    // What a change does not tell stays untold in what it leads to.
    settings.unknown.extend(change.unknown.iter().cloned());
    for node_type in &change.node_types {
        apply_node_type(&mut settings.node_types, node_type);
    }
    settings
}

/// Whether the parameters of a section are a list rather than settings with names of their own.
pub(super) fn is_list(section: &str) -> bool {
    let name = section.to_ascii_lowercase();
    name.starts_with("security/") && (name.ends_with("x509names") || name.ends_with("issuerstores"))
}

fn apply_section<'d>(sections: &mut Vec<Section<'d>>, change: &Section<'d>) {
    let name = change.name.text();
    if is_list(name) {
        sections.retain(|section| !section.name.is(name));
        sections.push(change.clone());
        return;
    }
    let Some(section) = sections.iter_mut().find(|section| section.name.is(name)) else {
        sections.push(change.clone());
        return;
    };
    for parameter in &change.parameters {
        let name = parameter.name.text();
        match section.parameters.iter_mut().find(|own| own.name.is(name)) {
            Some(own) => *own = parameter.clone(),
            None => section.parameters.push(parameter.clone()),
        }
    }
}

/// A node type without a name stands for every one.
fn apply_node_type<'d>(node_types: &mut Vec<NodeType<'d>>, change: &NodeType<'d>) {
    let name = change.name.as_ref().map(Value::text);
    let mut found = false;
    for node_type in node_types.iter_mut() {
        let own = node_type.name.as_ref().map(Value::text);
        if name.is_none() || own.is_none() || own == name {
            found = true;
            for certificate in &change.certificates {
                node_type.certificates.retain(|own| own.role != certificate.role);
                node_type.certificates.push(certificate.clone());
            }
        }
    }
    if !found {
        node_types.push(change.clone());
    }
}

/// Everything that settings say, in an order of its own, to compare them by.
pub(super) fn content(manifest: &Manifest<'_>) -> Vec<(String, String, String)> {
    let text = |text: &str| String::from(text);
    let mut content = Vec::new();
    for section in &manifest.sections {
        for parameter in &section.parameters {
            let name = parameter.name.text();
            let name = if is_list(section.name.text()) { text(name) } else { name.to_ascii_lowercase() };
            content.push((section.name.text().to_ascii_lowercase(), name, text(parameter.value.text())));
        }
    }
    for node_type in &manifest.node_types {
        let name = node_type.name.as_ref().map_or("", Value::text);
        for certificate in &node_type.certificates {
            let said = |value: &Option<Value<'_>>, default| text(value.as_ref().map_or(default, Value::text));
            let place = [text(name), text(certificate.role.element())].join("/");
            content.push((place.clone(), text("X509FindType"), said(&certificate.find_type, "FindByThumbprint")));
            content.push((place.clone(), text("X509FindValue"), said(&certificate.find_value, "")));
            content.push((place.clone(), text("X509FindValueSecondary"), said(&certificate.find_value_secondary, "")));
            content.push((place, text("X509StoreName"), said(&certificate.store_name, "My")));
        }
    }
    content.retain(|(_, _, value)| !value.is_empty());
    crate::order::sort_by(&mut content, Ord::cmp);
    content.dedup();
    content
}

/// The certificate that a node type declares for a role; without a name, that of the first node type.
pub(super) fn declared<'a, 'd>(
    manifest: &'a Manifest<'d>,
    node_type: Option<&str>,
    role: CertificateRole,
) -> Option<&'a NodeCertificate<'d>> {
    let is_meant = |own: &&NodeType<'d>| match (node_type, own.name.as_ref().map(Value::text)) {
        (Some(name), Some(own)) => name == own,
        _ => true,
    };
    manifest.node_types.iter().find(is_meant)?.certificate(role)
}
