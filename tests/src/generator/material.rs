//! Everything that is generated, by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

use super::certificates::CERTIFICATES;
use super::chains;
use super::key::Key;
use super::peer_certificates::PEER_CERTIFICATES;
use super::revocation_list::Revoked;
use super::revocation_lists::REVOCATION_LISTS;

/// One generated document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    label: &'static str,
    der: Vec<u8>,
}

impl Piece {
    pub(super) fn new(label: &'static str, der: Vec<u8>) -> Self {
        Self { label, der }
    }

    /// The text, with PEM's label and 64 characters a line (RFC 7468).
    pub fn pem(&self) -> String {
        let base64 = STANDARD.encode(&self.der);
        let mut pem = format!("-----BEGIN {}-----\n", self.label);
        for line in base64.as_bytes().chunks(64) {
            pem.extend(line.iter().map(|&byte| char::from(byte)));
            pem.push('\n');
        }
        pem.push_str(&format!("-----END {}-----\n", self.label));
        pem
    }

    /// SHA-1 of the DER in lower-case hexadecimal: a certificate's thumbprint.
    pub fn thumbprint(&self) -> String {
        Sha1::digest(&self.der).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it may be written on its own. A private key appears in the case that is about it, and nowhere else.
    fn is_public(&self) -> bool {
        self.label != "PRIVATE KEY"
    }
}

/// Everything that is generated, by name.
#[derive(Debug, Clone)]
pub struct Material(BTreeMap<&'static str, Piece>);

impl Material {
    /// Makes everything. Takes about a second, for the RSA keys.
    ///
    /// # Panics
    ///
    /// If a table names an issuer that doesn't stand above it, or a name twice.
    pub fn generate() -> Self {
        let mut pieces = BTreeMap::new();
        let mut add = |name, label, der| {
            assert!(pieces.insert(name, Piece { label, der }).is_none(), "`{name}` is generated twice");
        };
        let mut keys = BTreeMap::new();
        for certificate in CERTIFICATES.iter().chain(PEER_CERTIFICATES).chain(chains::certificates()) {
            let key = Key::of(certificate.key.unwrap_or(certificate.name), certificate.algorithm);
            keys.insert(certificate.name, (certificate, key));
            let issuer = certificate.issuer.unwrap_or(certificate.name);
            let (issuer, issuer_key) = keys.get(issuer).expect("an issuer above what it issues");
            let (_, key) = keys.get(certificate.name).expect("its own key");
            add(certificate.name, "CERTIFICATE", certificate.der(key, issuer, issuer_key));
        }
        for list in REVOCATION_LISTS.iter().chain(chains::REVOCATION_LISTS) {
            let (issuer, issuer_key) = keys.get(list.issuer).expect("an issuer in the table of certificates");
            let revoked = list.revoked.iter().map(|(name, _)| {
                let (row, _) = keys.get(name).expect("a revoked row");
                let (issuer, _) = keys.get(row.issuer.unwrap_or(row.name)).expect("its issuer");
                Revoked { serial: row.serial(), issuer: issuer.subject() }
            });
            add(list.name, "X509 CRL", list.der(issuer, issuer_key, &revoked.collect::<Vec<_>>()));
        }
        add("throw-away-key", "PRIVATE KEY", Key::throw_away());
        Self(pieces)
    }

    /// The piece of that name.
    pub fn get(&self, name: &str) -> Option<&Piece> {
        self.0.get(name)
    }

    /// The name and thumbprint of every certificate.
    pub fn thumbprints(&self) -> impl Iterator<Item = (&'static str, String)> {
        let certificates = self.0.iter().filter(|(_, piece)| piece.label == "CERTIFICATE");
        certificates.map(|(&name, piece)| (name, piece.thumbprint()))
    }

    /// The files of `material/` with their texts.
    pub fn files(&self) -> impl Iterator<Item = (PathBuf, String)> {
        let public = self.0.iter().filter(|(_, piece)| piece.is_public());
        public.map(|(name, piece)| (crate::root().join("material").join(format!("{name}.pem")), piece.pem()))
    }
}
