//! One revocation list: its description, and its DER (RFC 5280, section 5.1).

use super::certificate::Certificate;
use super::instant::instant;
use super::key::Key;
use super::special::{Signed, relative};
use super::{der, extension};

/// A type that nobody knows, below the number kept for documentation.
pub(super) const UNKNOWN: &str = "1.3.6.1.4.1.32473.99";

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
    /// CRLReason of every entry (RFC 5280, section 5.3.1).
    pub(super) reason: Option<u8>,
    /// What it is limited to.
    pub(super) scope: Scope,
    /// deltaCRLIndicator: the number of the list that it adds to.
    pub(super) base: Option<u8>,
    /// Whether it has a critical extension that nobody knows.
    pub(super) critical: bool,
    /// Whether a bit of its signature is turned over.
    pub(super) forged: bool,
    /// 2, or 1: without extensions.
    pub(super) version: u8,
    /// How it is signed.
    pub(super) signed: Signed,
}

/// issuingDistributionPoint (RFC 5280, section 5.2.5).
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope {
    /// No such extension.
    All,
    /// onlyContainsCACerts.
    Authorities,
    /// onlySomeReasons, by bit number.
    Reasons(&'static [u8]),
    /// indirectCRL: each entry names its issuer.
    Indirect,
    /// No such extension, but each entry names its issuer all the same.
    Direct,
    /// distributionPoint with a name below that of the issuer: a common name.
    At(&'static str),
}

/// A revoked certificate: its serial number, and its issuer's distinguished name.
pub(super) struct Revoked {
    pub(super) serial: Vec<u8>,
    pub(super) issuer: Vec<u8>,
}

impl RevocationList {
    /// The DER. `revoked` are those of the row, in the same order.
    pub(super) fn der(&self, issuer: &Certificate, issuer_key: &Key, revoked: &[Revoked]) -> Vec<u8> {
        let (inside, beside) = self.signed.algorithms(issuer_key);
        let mut parts = vec![inside, issuer.subject(), instant(self.from), instant(self.until)];
        if self.version > 1 {
            parts.insert(0, der::integer(&[self.version - 1]));
        }
        let entries: Vec<_> =
            self.revoked.iter().zip(revoked).map(|((_, date), revoked)| self.entry(date, revoked)).collect();
        // An empty list is left out, not written (section 5.1.2.6).
        if !entries.is_empty() {
            parts.push(der::sequence(&entries));
        }
        if self.version > 1 {
            parts.push(der::context(0, &der::sequence(&self.extensions(issuer_key))));
        }
        let to_be_signed = der::sequence(&parts);
        let mut signature = self.signed.sign(issuer_key, &to_be_signed);
        if let (true, Some(last)) = (self.forged, signature.last_mut()) {
            *last ^= 1;
        }
        der::sequence(&[to_be_signed, beside, der::bits(&signature)])
    }

    fn entry(&self, date: &str, revoked: &Revoked) -> Vec<u8> {
        let mut parts = vec![der::integer(&revoked.serial), instant(date)];
        let mut extensions = Vec::new();
        extensions.extend(self.reason.map(|reason| extension::extension("2.5.29.21", false, &der::enumerated(reason))));
        if matches!(self.scope, Scope::Indirect | Scope::Direct) {
            let names = der::sequence(&[der::context(4, &revoked.issuer)]);
            extensions.push(extension::extension("2.5.29.29", true, &names));
        }
        if !extensions.is_empty() {
            parts.push(der::sequence(&extensions));
        }
        der::sequence(&parts)
    }

    fn extensions(&self, issuer_key: &Key) -> Vec<Vec<u8>> {
        let mut extensions = vec![extension::authority_key_id(issuer_key), extension::crl_number(self.number)];
        extensions.extend(self.base.map(|base| extension::extension("2.5.29.27", true, &der::integer(&[base]))));
        let scope = match self.scope {
            Scope::All | Scope::Direct => None,
            Scope::Authorities => Some(der::context_string(2, &[0xff])),
            Scope::Reasons(bits) => Some(der::context_string(3, &der::named_bits_content(bits))),
            Scope::Indirect => Some(der::context_string(4, &[0xff])),
            Scope::At(common_name) => Some(der::context(0, &relative(common_name))),
        };
        extensions.extend(scope.map(|scope| extension::extension("2.5.29.28", true, &der::sequence(&[scope]))));
        if self.critical {
            extensions.push(extension::extension(UNKNOWN, true, &der::null()));
        }
        extensions
    }
}
