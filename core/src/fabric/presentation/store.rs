//! What a node has to present: certificates of its store, and what is known about their private keys.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::key::KeyFacts;
use crate::certificate::{Certificate, NameForm, known};
use crate::{Span, Time};

/// The type of a common name.
pub(in crate::fabric) const COMMON_NAME: &str = "2.5.4.3";

/// A certificate of a store, reduced to what presentation looks at. Real certificates are turned into it; facts without
/// a certificate are written as it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its place in the store, from 1.
    pub number: u32,
    /// Its SHA-1.
    pub thumbprint: Vec<u8>,
    /// The attributes of its subject: dotted type and value, in the order of the encoding.
    pub subject: Vec<(String, String)>,
    /// The dNSNames of subjectAltName.
    pub dns_names: Vec<String>,
    /// Whether it has no extKeyUsage, or one with serverAuth.
    pub serves: bool,
    /// The first second of its validity. Loading doesn't look at it.
    pub not_before: Time,
    /// The end of its validity: expired from this instant on.
    pub not_after: Time,
    /// What is known about its private key.
    pub key: KeyFacts,
    /// Where it stands.
    pub span: Option<Span>,
}

impl Installed {
    /// The facts of a certificate.
    pub fn of(certificate: &Certificate, number: u32, span: Span) -> Self {
        let attributes = certificate.subject.attributes().iter();
        let alternative = certificate.extensions.subject_alt_name.get().map(Vec::as_slice).unwrap_or_default();
        let purposes = certificate.extensions.extended_key_usage.get();
        Self {
            number,
            thumbprint: certificate.sha1().to_vec(),
            subject: attributes
                .map(|attribute| (attribute.oid.to_string(), attribute.text().unwrap_or_default().to_string()))
                .collect(),
            dns_names: alternative
                .iter()
                .filter_map(|form| match form {
                    NameForm::Dns(name) => Some(name.clone()),
                    _ => None,
                })
                .collect(),
            serves: purposes.is_none_or(|purposes| purposes.iter().any(|oid| *oid == known::SERVER_AUTH)),
            not_before: certificate.validity.not_before,
            not_after: certificate.validity.not_after,
            key: KeyFacts::default(),
            span: Some(span),
        }
    }

    /// Every common name of the subject.
    pub fn common_names(&self) -> impl Iterator<Item = &str> {
        self.subject.iter().filter(|(kind, _)| kind == COMMON_NAME).map(|(_, name)| name.as_str())
    }
}
