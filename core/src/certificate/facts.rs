//! What a report says of a certificate.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::der::{tag, wrap};
use super::extension::{BasicConstraints, NameForm, PointName};
use super::extension_fact::ExtensionFact;
use super::oid::{hexadecimal, known, octets};
use super::x509::Certificate;
use crate::{Span, Time};

/// The facts of one certificate of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Its place among the certificates of its document, from 1.
    pub number: u32,
    /// Where it stands.
    pub span: Span,
    /// The subject's distinguished name (RFC 4514: the last relative name first).
    pub subject: String,
    /// The issuer's distinguished name.
    pub issuer: String,
    /// Every common name of the subject, in the order in which they are encoded.
    pub common_names: Vec<String>,
    /// The serial number: lower-case hexadecimal of its content bytes.
    pub serial: String,
    /// The first second of its validity.
    pub not_before: Time,
    /// The last second of its validity (RFC 5280 counts it as valid, Service Fabric doesn't).
    pub not_after: Time,
    /// SHA-1 of the DER certificate: lower-case hexadecimal. What Windows and Service Fabric call the thumbprint.
    pub sha1: String,
    /// SHA-256 of the DER certificate: lower-case hexadecimal.
    pub sha256: String,
    /// The names of the subjectAltName extension, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternative_names: Vec<GeneralName>,
    /// The public key.
    pub key: Key,
    /// The signature algorithm: "sha256WithRSAEncryption", or its dotted object identifier.
    pub signature_algorithm: Cow<'static, str>,
    /// basicConstraints, if present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basic_constraints: Option<BasicConstraints>,
    /// The bits of keyUsage by name (`digitalSignature`), if present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_usage: Option<Vec<Cow<'static, str>>>,
    /// The purposes of extKeyUsage by name (`serverAuth`) or dotted object identifier, if present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_key_usage: Option<Vec<Cow<'static, str>>>,
    /// subjectKeyIdentifier in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_key_id: Option<String>,
    /// The key identifier of authorityKeyIdentifier in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_key_id: Option<String>,
    /// Addresses of revocation lists (cRLDistributionPoints).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crl_urls: Vec<String>,
    /// Addresses of the issuer's certificate (authorityInfoAccess, caIssuers).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer_urls: Vec<String>,
    /// Addresses of OCSP responders (authorityInfoAccess, ocsp).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ocsp_urls: Vec<String>,
    /// Whether subject and issuer are the same name (RFC 5280, section 7.1).
    pub self_issued: bool,
    /// Every extension in its order, decoded. Empty where nobody asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionFact>,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// "RSA", "P-256", "P-384", "P-521", "Ed25519", or the algorithm's dotted object identifier.
    pub algorithm: Cow<'static, str>,
    /// Its size in bits: of the modulus or of the field; 0 where unknown.
    pub bits: u32,
}

/// A name of subjectAltName (RFC 5280, section 4.2.1.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GeneralName {
    /// A host name.
    Dns(String),
    /// An address, printed.
    Ip(String),
    /// A mail address.
    Email(String),
    /// A URI.
    Uri(String),
    /// A distinguished name (RFC 4514).
    Directory(String),
    /// Anything else: lower-case hexadecimal of its DER.
    Other(String),
}

impl Facts {
    /// The 20 bytes of the SHA-1 thumbprint.
    pub fn sha1_bytes(&self) -> Vec<u8> {
        octets(self.sha1.as_bytes()).unwrap_or_default()
    }

    /// The facts of `certificate`, the `number`th (from 1) of its document, where it covers `span`.
    ///
    /// Subject and issuer are harmless text; every other string is as it was decoded, since rules compare them.
    pub fn of(certificate: &Certificate, number: u32, span: Span) -> Self {
        let extensions = &certificate.extensions;
        let addresses = |method| {
            let all = extensions.authority_info_access.get().into_iter().flatten();
            all.filter(move |access| access.method == method)
                .filter_map(|access| uri(&access.location))
                .collect::<Vec<_>>()
        };
        Self {
            number,
            span,
            subject: certificate.subject.to_string(),
            issuer: certificate.issuer.to_string(),
            common_names: certificate.subject.common_names().map(String::from).collect(),
            serial: hexadecimal(certificate.serial()),
            not_before: certificate.validity.not_before,
            not_after: certificate.validity.not_after,
            sha1: hexadecimal(&certificate.sha1()),
            sha256: hexadecimal(&certificate.sha256()),
            alternative_names: extensions.subject_alt_name.get().into_iter().flatten().map(GeneralName::of).collect(),
            key: certificate.public_key.facts(),
            signature_algorithm: certificate.signature_algorithm.oid.label(),
            basic_constraints: extensions.basic_constraints.get().copied(),
            key_usage: extensions.key_usage.get().map(|usage| usage.names().map(Cow::Borrowed).collect()),
            extended_key_usage: extensions
                .extended_key_usage
                .get()
                .map(|purposes| purposes.iter().map(|purpose| purpose.label()).collect()),
            subject_key_id: extensions.subject_key_id.get().map(|id| hexadecimal(id)),
            authority_key_id: extensions.authority_key_id.get().and_then(|id| id.key_id.as_deref()).map(hexadecimal),
            crl_urls: crl_urls(certificate),
            issuer_urls: addresses(known::CA_ISSUERS),
            ocsp_urls: addresses(known::OCSP),
            self_issued: certificate.is_self_issued(),
            extensions: Vec::new(),
        }
    }

    /// The same, with every extension decoded.
    #[must_use]
    pub fn with_extensions(mut self, certificate: &Certificate) -> Self {
        self.extensions = ExtensionFact::all(certificate);
        self
    }
}

fn uri(name: &NameForm) -> Option<String> {
    match name {
        NameForm::Uri(uri) => Some(uri.clone()),
        _ => None,
    }
}

fn crl_urls(certificate: &Certificate) -> Vec<String> {
    let mut urls = Vec::new();
    for point in certificate.extensions.crl_distribution_points.get().into_iter().flatten() {
        if let Some(PointName::Full(names)) = &point.name {
            urls.extend(names.iter().filter_map(uri));
        }
    }
    urls
}

impl GeneralName {
    /// The name as facts show it.
    pub fn of(name: &NameForm) -> Self {
        match name {
            NameForm::Dns(name) => Self::Dns(name.clone()),
            NameForm::Email(address) => Self::Email(address.clone()),
            NameForm::Uri(uri) => Self::Uri(uri.clone()),
            NameForm::Directory(name) => Self::Directory(name.to_string()),
            NameForm::Ip(octets) => match (<[u8; 4]>::try_from(&**octets), <[u8; 16]>::try_from(&**octets)) {
                (Ok(octets), _) => Self::Ip(Ipv4Addr::from(octets).to_string()),
                (_, Ok(octets)) => Self::Ip(Ipv6Addr::from(octets).to_string()),
                _ => Self::Other(hexadecimal(&wrap(0x87, &[octets]))),
            },
            NameForm::RegisteredId(oid) => Self::Other(hexadecimal(&wrap(0x88, &[oid.as_bytes()]))),
            NameForm::Other(oid, value) => {
                let oid = wrap(tag::OBJECT_IDENTIFIER, &[oid.as_bytes()]);
                Self::Other(hexadecimal(&wrap(0xA0, &[&oid, &wrap(0xA0, &[value])])))
            }
            NameForm::X400(der) | NameForm::EdiParty(der) => Self::Other(hexadecimal(der)),
        }
    }
}
