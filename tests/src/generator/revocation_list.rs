//! One revocation list: its description, and its DER (RFC 5280, section 5.1).

use super::certificate::Certificate;
use super::instant::instant;
use super::key::Key;
use super::{der, extension};

/// A row of the table of revocation lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct RevocationList {
    /// Lower-kebab; unique, also among the certificates.
    pub(super) name: &'static str,
    /// The certificate whose key signs it.
    pub(super) issuer: &'static str,
    /// thisUpdate, RFC 3339.
    pub(super) from: &'static str,
    /// nextUpdate, RFC 3339.
    pub(super) until: &'static str,
    /// Rows of the table of certificates, each with the date of its revocation.
    pub(super) revoked: &'static [(&'static str, &'static str)],
    /// cRLNumber.
    pub(super) number: u8,
}

impl RevocationList {
    /// The DER. `serials` are those of `revoked`, in the same order.
    pub(super) fn der(&self, issuer: &Certificate, issuer_key: &Key, serials: &[Vec<u8>]) -> Vec<u8> {
        let mut parts = vec![
            der::integer(&[1]),
            issuer_key.signature_algorithm(),
            issuer.subject(),
            instant(self.from),
            instant(self.until),
        ];
        let revoked: Vec<_> = self
            .revoked
            .iter()
            .zip(serials)
            .map(|((_, date), serial)| der::sequence(&[der::integer(serial), instant(date)]))
            .collect();
        // An empty list is left out, not written (section 5.1.2.6).
        if !revoked.is_empty() {
            parts.push(der::sequence(&revoked));
        }
        let extensions = [extension::authority_key_id(issuer_key), extension::crl_number(self.number)];
        parts.push(der::context(0, &der::sequence(&extensions)));
        let to_be_signed = der::sequence(&parts);
        let signature = issuer_key.sign(&to_be_signed);
        der::sequence(&[to_be_signed, issuer_key.signature_algorithm(), der::bits(&signature)])
    }
}
