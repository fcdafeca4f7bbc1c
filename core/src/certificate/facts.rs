//! What a report says of a certificate.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

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

/// The basicConstraints extension (RFC 5280, section 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasicConstraints {
    /// Whether it may issue certificates.
    pub ca: bool,
    /// How many intermediates may follow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_length: Option<u32>,
}

/// A name of subjectAltName (RFC 5280, section 4.2.1.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "name", rename_all = "kebab-case")]
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
        let digits = self.sha1.as_bytes().chunks_exact(2);
        digits.filter_map(|pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()).collect()
    }
}
