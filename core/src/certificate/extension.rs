//! Extensions of certificates (RFC 5280, section 4.2).
//!
//! An extension that can't be decoded doesn't make its certificate unreadable: it is kept as [`Decoded::Malformed`].

mod constraints;
mod distribution;
mod identifiers;
mod name_form;
mod policies;
mod usage;

use alloc::vec::Vec;

pub use constraints::{BasicConstraints, NameConstraints, Subtree};
pub use distribution::{Access, DistributionPoint, PointName, Reasons};
pub use identifiers::AuthorityKeyId;
pub use name_form::NameForm;
pub use policies::{Policy, PolicyConstraints, PolicyMapping};
pub use usage::KeyUsage;

pub use distribution::Scope;
pub(crate) use distribution::points;
pub(crate) use identifiers::authority;
pub(crate) use name_form::{name_forms, read_name_forms};

use super::der::{self, Element, Fault, Place, Reader, tag};
use super::oid::{Oid, known};
use crate::{ErrorKind, Limits};

/// One extension as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its type.
    pub oid: Oid,
    /// Whether whoever doesn't know it must refuse.
    pub critical: bool,
    /// The whole extension in the DER of the certificate or list.
    pub place: Place,
    /// The content of its OCTET STRING.
    pub value: Place,
}

/// An extension as it is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Decoded<T> {
    /// There is none.
    #[default]
    Absent,
    /// There is one.
    Present(T),
    /// There is one, but it is not of its form, or there are two.
    Malformed(Fault),
}

impl<T> Decoded<T> {
    /// What it says, if it is there and of its form.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Malformed(_) => None,
        }
    }

    /// Whether it is there and of its form.
    pub fn is_present(&self) -> bool {
        self.get().is_some()
    }

    /// Why it can't be understood.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Malformed(fault) => Some(fault),
            Self::Absent | Self::Present(_) => None,
        }
    }

    /// Keeps what `read` makes of the extension's value, unless there was one already.
    pub(crate) fn read(&mut self, value: &Element<'_>, read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>) {
        const END: &str = "the end of the extension";
        *self = match self {
            Self::Absent => {
                let mut reader = value.reader();
                match read(&mut reader).and_then(|read| reader.finish(END).map(|()| read)) {
                    Ok(read) => Self::Present(read),
                    Err(fault) => Self::Malformed(fault),
                }
            }
            Self::Present(_) | Self::Malformed(_) => {
                Self::Malformed(value.fault("each extension once", "the same extension again"))
            }
        };
    }
}

/// The extensions of a certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// All of them, in order.
    pub list: Vec<Extension>,
    /// basicConstraints.
    pub basic_constraints: Decoded<BasicConstraints>,
    /// keyUsage.
    pub key_usage: Decoded<KeyUsage>,
    /// extKeyUsage: its purposes.
    pub extended_key_usage: Decoded<Vec<Oid>>,
    /// subjectAltName.
    pub subject_alt_name: Decoded<Vec<NameForm>>,
    /// subjectAltName under its first OID, 2.5.29.7, which only Windows still reads: no fault of it is one of
    /// [`Extensions::faults`], and a critical one is unknown.
    pub old_subject_alt_name: Decoded<Vec<NameForm>>,
    /// subjectKeyIdentifier.
    pub subject_key_id: Decoded<Vec<u8>>,
    /// authorityKeyIdentifier.
    pub authority_key_id: Decoded<AuthorityKeyId>,
    /// cRLDistributionPoints.
    pub crl_distribution_points: Decoded<Vec<DistributionPoint>>,
    /// freshestCRL.
    pub freshest_crl: Decoded<Vec<DistributionPoint>>,
    /// authorityInfoAccess.
    pub authority_info_access: Decoded<Vec<Access>>,
    /// nameConstraints.
    pub name_constraints: Decoded<NameConstraints>,
    /// certificatePolicies.
    pub policies: Decoded<Vec<Policy>>,
    /// policyMappings.
    pub policy_mappings: Decoded<Vec<PolicyMapping>>,
    /// policyConstraints.
    pub policy_constraints: Decoded<PolicyConstraints>,
    /// inhibitAnyPolicy: certificates that may follow before anyPolicy is ignored.
    pub inhibit_any_policy: Decoded<u32>,
}

impl Extensions {
    /// Reads the Extensions inside their explicit tag.
    pub(crate) fn read(outer: Element<'_>) -> Result<Self, Fault> {
        let mut extensions = Self::default();
        extensions.list = read_list(outer, |oid, value| extensions.decode(oid, value))?;
        Ok(extensions)
    }

    fn decode(&mut self, oid: &Oid, value: &Element<'_>) {
        if oid.as_bytes() == OLD_SUBJECT_ALT_NAME {
            self.old_subject_alt_name.read(value, name_form::name_forms);
        }
        if let Some((_, read)) = DECODED.iter().find(|(known, _)| *oid == *known) {
            read(self, value);
        }
    }

    /// Why extensions can't be understood, in the order of the fields.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        [
            self.basic_constraints.fault(),
            self.key_usage.fault(),
            self.extended_key_usage.fault(),
            self.subject_alt_name.fault(),
            self.subject_key_id.fault(),
            self.authority_key_id.fault(),
            self.crl_distribution_points.fault(),
            self.freshest_crl.fault(),
            self.authority_info_access.fault(),
            self.name_constraints.fault(),
            self.policies.fault(),
            self.policy_mappings.fault(),
            self.policy_constraints.fault(),
            self.inhibit_any_policy.fault(),
        ]
        .into_iter()
        .flatten()
    }

    /// The alternative names as Windows finds them: under the first OID, too.
    pub fn alternative_names_of_windows(&self) -> &[NameForm] {
        let names = self.subject_alt_name.get().or(self.old_subject_alt_name.get());
        names.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether an extension is the alternative name under its first OID.
    pub(crate) fn is_old_subject_alt_name(extension: &Extension) -> bool {
        extension.oid.as_bytes() == OLD_SUBJECT_ALT_NAME
    }

    /// The extensions that are critical and that this build does not decode.
    pub fn unknown_critical(&self) -> impl Iterator<Item = &Extension> {
        self.list.iter().filter(|extension| extension.critical && !is_decoded(&extension.oid))
    }

    /// An extension that stands here a second time, which RFC 5280, section 4.2 forbids.
    pub fn repeated(&self) -> Option<&Extension> {
        self.list.iter().enumerate().find_map(|(place, extension)| {
            let before = self.list.get(..place).unwrap_or_default();
            before.iter().any(|other| other.oid == extension.oid).then_some(extension)
        })
    }
}

/// 2.5.29.7.
const OLD_SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1D, 7];

/// Whether this build decodes a certificate's extension of this type.
fn is_decoded(oid: &Oid) -> bool {
    DECODED.iter().any(|(known, _)| *oid == *known)
}

/// Keeps what a value says in the field of its extension.
type Read = fn(&mut Extensions, &Element<'_>);

/// The certificate extensions that are decoded, and how.
static DECODED: &[(const_oid::ObjectIdentifier, Read)] = &[
    (known::BASIC_CONSTRAINTS, |all, value| all.basic_constraints.read(value, constraints::basic)),
    (known::KEY_USAGE, |all, value| all.key_usage.read(value, usage::key_usage)),
    (known::EXTENDED_KEY_USAGE, |all, value| all.extended_key_usage.read(value, usage::purposes)),
    (known::SUBJECT_ALT_NAME, |all, value| all.subject_alt_name.read(value, name_form::name_forms)),
    (known::SUBJECT_KEY_IDENTIFIER, |all, value| all.subject_key_id.read(value, identifiers::subject)),
    (known::AUTHORITY_KEY_IDENTIFIER, |all, value| all.authority_key_id.read(value, identifiers::authority)),
    (known::CRL_DISTRIBUTION_POINTS, |all, value| all.crl_distribution_points.read(value, distribution::points)),
    (known::FRESHEST_CRL, |all, value| all.freshest_crl.read(value, distribution::points)),
    (known::AUTHORITY_INFO_ACCESS, |all, value| all.authority_info_access.read(value, distribution::access)),
    (known::NAME_CONSTRAINTS, |all, value| all.name_constraints.read(value, constraints::names)),
    (known::CERTIFICATE_POLICIES, |all, value| all.policies.read(value, policies::policies)),
    (known::POLICY_MAPPINGS, |all, value| all.policy_mappings.read(value, policies::mappings)),
    (known::POLICY_CONSTRAINTS, |all, value| all.policy_constraints.read(value, policies::constraints)),
    (known::INHIBIT_ANY_POLICY, |all, value| all.inhibit_any_policy.read(value, policies::skip_certificates)),
];

/// Reads the list of extensions in an explicit tag, and gives each value to `decode`.
pub(crate) fn read_list(outer: Element<'_>, decode: impl FnMut(&Oid, &Element<'_>)) -> Result<Vec<Extension>, Fault> {
    let mut explicit = outer.reader();
    let list = explicit.enter(tag::SEQUENCE, "the extensions, a SEQUENCE")?;
    explicit.finish("the end of the extensions")?;
    read_extensions(list, decode)
}

/// Reads extensions up to the end of their SEQUENCE.
pub(crate) fn read_extensions(
    mut list: Reader<'_>,
    mut decode: impl FnMut(&Oid, &Element<'_>),
) -> Result<Vec<Extension>, Fault> {
    let mut extensions = Vec::new();
    while !list.is_empty() {
        if extensions.len() >= Limits::EXTENSIONS {
            let found = alloc::format!("more than {} of them", Limits::EXTENSIONS);
            return Err(Fault::new(ErrorKind::Limit, list.offset(), "the extensions", found));
        }
        let whole = list.take(tag::SEQUENCE, "an extension, a SEQUENCE")?;
        let mut parts = whole.reader();
        let oid = Oid::read(&mut parts, "the type of an extension, an OBJECT IDENTIFIER")?;
        const CRITICAL: &str = "the critical flag of an extension, a BOOLEAN";
        let critical = match parts.optional(tag::BOOLEAN, CRITICAL)? {
            Some(flag) => der::boolean(&flag, CRITICAL)?,
            None => false,
        };
        let value = parts.take(tag::OCTET_STRING, "the value of an extension, an OCTET STRING")?;
        parts.finish("the end of the extension")?;
        decode(&oid, &value);
        extensions.push(Extension { oid, critical, place: whole.place(), value: value.value_place() });
    }
    Ok(extensions)
}
