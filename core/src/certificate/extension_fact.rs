//! What a report says of an extension: every one of them, in its order, decoded as far as this build knows it.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use const_oid::ObjectIdentifier;
use serde::{Deserialize, Serialize};

use super::extension::{Decoded, DistributionPoint, Extension, Extensions, NameForm, PointName, Reasons, Subtree};
use super::facts::GeneralName;
use super::oid::{hexadecimal, known};
use super::x509::Certificate;
use crate::Limits;

/// One extension of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionFact {
    /// Its name, or its dotted object identifier.
    pub name: Cow<'static, str>,
    /// Whether whoever doesn't know it must refuse.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub critical: bool,
    /// What it says, a line for each part; of one that is not decoded its bytes in hexadecimal.
    pub says: Vec<String>,
    /// Why it can't be decoded, with the byte of the certificate where it goes wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl ExtensionFact {
    /// The extensions of a certificate.
    pub(crate) fn all(certificate: &Certificate) -> Vec<Self> {
        certificate.extensions.list.iter().map(|extension| Self::of(certificate, extension)).collect()
    }

    fn of(certificate: &Certificate, extension: &Extension) -> Self {
        let value = certificate.value(extension);
        let (mut says, fault) = match lines(&certificate.extensions, extension) {
            Some(Ok(says)) => (says, None),
            Some(Err(fault)) => (raw(value), Some(fault)),
            None => (raw(value), None),
        };
        let more = says.len().saturating_sub(Limits::SHOWN_PARTS);
        if more > 0 {
            says.truncate(Limits::SHOWN_PARTS);
            says.push(format!("and {more} more"));
        }
        Self { name: extension.oid.label(), critical: extension.critical, says, fault }
    }
}

/// The bytes of what is not decoded.
fn raw(value: &[u8]) -> Vec<String> {
    let shown = value.get(..Limits::SHOWN_PARTS).unwrap_or(value);
    let more = value.len().saturating_sub(shown.len());
    let mut says = Vec::from([hexadecimal(shown)]);
    if more > 0 {
        says.push(format!("and {more} bytes more"));
    }
    says
}

/// What a known extension says.
fn lines(all: &Extensions, extension: &Extension) -> Option<Result<Vec<String>, String>> {
    Some(match ObjectIdentifier::from_bytes(extension.oid.as_bytes()).ok()? {
        known::BASIC_CONSTRAINTS => decoded(&all.basic_constraints, |constraints| {
            let mut says = Vec::from([format!("cA {}", if constraints.ca { "TRUE" } else { "FALSE" })]);
            says.extend(constraints.path_length.map(|length| format!("pathLenConstraint {length}")));
            says
        }),
        known::KEY_USAGE => decoded(&all.key_usage, |usage| usage.names().map(String::from).collect()),
        known::EXTENDED_KEY_USAGE => decoded(&all.extended_key_usage, |purposes| {
            purposes.iter().map(|purpose| purpose.label().into_owned()).collect()
        }),
        known::SUBJECT_ALT_NAME => decoded(&all.subject_alt_name, |names| names.iter().map(name).collect()),
        known::SUBJECT_KEY_IDENTIFIER => decoded(&all.subject_key_id, |id| Vec::from([hexadecimal(id)])),
        known::AUTHORITY_KEY_IDENTIFIER => decoded(&all.authority_key_id, |id| {
            let mut says: Vec<String> = id.key_id.iter().map(|id| format!("key {}", hexadecimal(id))).collect();
            says.extend(id.issuer.iter().map(|issuer| format!("issuer {}", name(issuer))));
            says.extend(id.serial.iter().map(|serial| format!("serial number {}", hexadecimal(serial))));
            says
        }),
        known::CRL_DISTRIBUTION_POINTS => {
            decoded(&all.crl_distribution_points, |points| points.iter().map(point).collect())
        }
        known::FRESHEST_CRL => decoded(&all.freshest_crl, |points| points.iter().map(point).collect()),
        known::AUTHORITY_INFO_ACCESS => decoded(&all.authority_info_access, |accesses| {
            accesses.iter().map(|access| format!("{} {}", access.method.label(), name(&access.location))).collect()
        }),
        known::NAME_CONSTRAINTS => decoded(&all.name_constraints, |constraints| {
            let permitted = constraints.permitted.iter().map(|one| subtree("permitted", one));
            permitted.chain(constraints.excluded.iter().map(|one| subtree("excluded", one))).collect()
        }),
        known::CERTIFICATE_POLICIES => decoded(&all.policies, |policies| {
            let with = |qualifiers: &Vec<u8>| format!(" with qualifiers {}", raw(qualifiers).concat());
            let line = |id: &super::Oid, qualifiers: &Option<Vec<u8>>| {
                format!("{}{}", id.label(), qualifiers.as_ref().map_or_else(String::new, with))
            };
            policies.iter().map(|policy| line(&policy.id, &policy.qualifiers)).collect()
        }),
        known::POLICY_MAPPINGS => decoded(&all.policy_mappings, |mappings| {
            let line = |from: &super::Oid, to: &super::Oid| format!("{} is {} below", from.label(), to.label());
            mappings.iter().map(|one| line(&one.issuer_domain, &one.subject_domain)).collect()
        }),
        known::POLICY_CONSTRAINTS => decoded(&all.policy_constraints, |constraints| {
            let explicit = constraints.require_explicit_policy.map(|after| format!("requireExplicitPolicy {after}"));
            let mapping = constraints.inhibit_policy_mapping.map(|after| format!("inhibitPolicyMapping {after}"));
            explicit.into_iter().chain(mapping).collect()
        }),
        known::INHIBIT_ANY_POLICY => decoded(&all.inhibit_any_policy, |after| Vec::from([after.to_string()])),
        _ => return None,
    })
}

fn decoded<T>(extension: &Decoded<T>, says: impl FnOnce(&T) -> Vec<String>) -> Result<Vec<String>, String> {
    match extension {
        Decoded::Present(value) => Ok(says(value)),
        Decoded::Malformed(fault) => Err(format!("{fault}")),
        Decoded::Absent => Ok(Vec::new()),
    }
}

fn name(form: &NameForm) -> String {
    match GeneralName::of(form) {
        GeneralName::Dns(text) => format!("dNSName {text}"),
        GeneralName::Ip(text) => format!("iPAddress {text}"),
        GeneralName::Email(text) => format!("rfc822Name {text}"),
        GeneralName::Uri(text) => format!("uniformResourceIdentifier {text}"),
        GeneralName::Directory(text) => format!("directoryName {text}"),
        GeneralName::Other(der) => format!("other {der}"),
    }
}

/// A subtree; an address with its mask, both as they are written.
fn subtree(verb: &str, subtree: &Subtree) -> String {
    let base = match &subtree.base {
        NameForm::Ip(octets) if matches!(octets.len(), 8 | 32) => {
            let half = |octets: &[u8]| name(&NameForm::Ip(octets.to_vec()));
            let (network, mask) = octets.split_at_checked(octets.len() / 2).unwrap_or_default();
            format!("{}/{}", half(network), half(mask).trim_start_matches("iPAddress "))
        }
        base => name(base),
    };
    let maximum = subtree.maximum.map_or_else(String::new, |maximum| format!(", maximum {maximum}"));
    let minimum = if subtree.minimum == 0 { String::new() } else { format!(", minimum {}", subtree.minimum) };
    format!("{verb} {base}{minimum}{maximum}")
}

/// ReasonFlags by name (RFC 5280, section 4.2.1.13), the first bit left out: it is unused.
fn reasons(Reasons(bits): Reasons) -> String {
    const NAMES: [&str; 8] = [
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "privilegeWithdrawn",
        "aACompromise",
    ];
    let set = NAMES.iter().zip(1_u32..).filter(|(_, bit)| bits.checked_shr(*bit).is_some_and(|rest| rest & 1 == 1));
    set.fold(String::from("reasons"), |list, (name, _)| format!("{list} {name}"))
}

fn point(point: &DistributionPoint) -> String {
    let mut parts: Vec<String> = match &point.name {
        Some(PointName::Full(names)) => names.iter().map(name).collect(),
        Some(PointName::Relative(relative)) => Vec::from([format!("relative name {relative}")]),
        None => Vec::new(),
    };
    parts.extend(point.reasons.map(reasons));
    parts.extend(point.crl_issuer.iter().map(|issuer| format!("cRLIssuer {}", name(issuer))));
    parts.join(", ")
}
