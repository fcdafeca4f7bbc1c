//! One certificate: its description, and its DER.

use sha2::{Digest as _, Sha256};

use super::instant::instant;
use super::key::{Algorithm, Key};
use super::special::{Form, Signed, Special};
use super::{der, extension};

/// id-kp-serverAuth.
pub(super) const SERVER: &str = "1.3.6.1.5.5.7.3.1";
/// id-kp-clientAuth.
pub(super) const CLIENT: &str = "1.3.6.1.5.5.7.3.2";

/// A row of the table of certificates. Its key, serial number and file are named after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Certificate {
    /// Lower-kebab; unique.
    pub(super) name: &'static str,
    /// The subject's common name.
    pub(super) common_name: &'static str,
    /// The subject's organization, which stands before the common name.
    pub(super) organization: Option<&'static str>,
    /// The row that issued it; none: it is self-signed.
    pub(super) issuer: Option<&'static str>,
    pub(super) algorithm: Algorithm,
    /// NotBefore, RFC 3339.
    pub(super) from: &'static str,
    /// NotAfter, RFC 3339.
    pub(super) until: &'static str,
    /// Whether it may issue, and how long a path may follow.
    pub(super) authority: Option<Option<u8>>,
    /// extKeyUsage; none: no such extension.
    pub(super) purposes: Option<&'static [&'static str]>,
    /// subjectAltName.
    pub(super) names: Names,
    /// Whether it names where its issuer publishes certificate and revocation list.
    pub(super) addresses: bool,
    /// Whether a bit of its signature is turned over.
    pub(super) forged: bool,
    /// The row whose key it has; none: one of its own.
    pub(super) key: Option<&'static str>,
    /// 3, or 1: without extensions.
    pub(super) version: u8,
    /// The bits of keyUsage, where they are not the usual ones.
    pub(super) usage: Option<&'static [u8]>,
    /// Usual extensions that are left out, by dotted object identifier.
    pub(super) without: &'static [&'static str],
    /// Extensions that few certificates have.
    pub(super) special: &'static [Special],
    /// How it is signed.
    pub(super) signed: Signed,
}

/// Host names of subjectAltName.
#[derive(Debug, Clone, Copy)]
pub(super) enum Names {
    /// No such extension.
    None,
    /// The common name.
    CommonName,
    /// These.
    These(&'static [&'static str]),
    /// `host-0001.` and so on before the common name.
    Many(u16),
    /// Names of any form.
    Forms(&'static [Form]),
}

impl Certificate {
    /// The serial number: 16 bytes drawn from the name, positive.
    pub(super) fn serial(&self) -> Vec<u8> {
        let mut serial = Sha256::digest(format!("serial of {}", self.name)).get(..16).unwrap_or_default().to_vec();
        serial[0] = serial[0] & 0x3f | 0x40;
        serial
    }

    /// The subject's distinguished name.
    pub(super) fn subject(&self) -> Vec<u8> {
        let attribute = |id, text| der::set(&[der::sequence(&[der::oid(id), der::utf8(text)])]);
        let mut parts = Vec::new();
        parts.extend(self.organization.map(|organization| attribute("2.5.4.10", organization)));
        parts.push(attribute("2.5.4.3", self.common_name));
        der::sequence(&parts)
    }

    fn host_names(&self) -> Vec<String> {
        match self.names {
            Names::None | Names::Forms(_) => Vec::new(),
            Names::CommonName => vec![self.common_name.to_string()],
            Names::These(names) => names.iter().map(ToString::to_string).collect(),
            Names::Many(count) => (1..=count).map(|number| format!("host-{number:04}.{}", self.common_name)).collect(),
        }
    }

    fn extensions(&self, key: &Key, issuer: &Certificate, issuer_key: &Key) -> Vec<Vec<u8>> {
        let usual: &[u8] = match self.authority {
            Some(_) => &[5, 6],
            None if matches!(self.algorithm, Algorithm::Rsa1024 | Algorithm::Rsa2048) => &[0, 2],
            None => &[0],
        };
        let mut extensions = vec![
            self.authority.map_or_else(extension::end_entity, extension::authority),
            extension::key_usage(self.usage.unwrap_or(usual)),
        ];
        extensions.extend(self.purposes.map(extension::extended_key_usage));
        match self.names {
            Names::None => {}
            Names::Forms(forms) => extensions.push(extension::alternative_names(forms)),
            _ => extensions.push(extension::host_names(&self.host_names())),
        }
        extensions.push(extension::subject_key_id(key));
        if self.issuer.is_some() {
            extensions.push(extension::authority_key_id(issuer_key));
        }
        if self.addresses {
            let at = format!("http://pki.fabric.example/{}", issuer.name);
            extensions.push(extension::crl_address(&format!("{at}.crl")));
            extensions.push(extension::issuer_address(&format!("{at}.cer"), "http://ocsp.fabric.example/"));
        }
        extensions.extend(self.special.iter().map(Special::der));
        let left_out: Vec<_> = self.without.iter().map(|id| der::oid(id)).collect();
        extensions.retain(|each| !left_out.iter().any(|id| each.get(2..).is_some_and(|rest| rest.starts_with(id))));
        extensions
    }

    /// The DER, signed by the issuer's key (its own, if it is self-signed).
    pub(super) fn der(&self, key: &Key, issuer: &Certificate, issuer_key: &Key) -> Vec<u8> {
        let (inside, beside) = self.signed.algorithms(issuer_key);
        let mut parts = vec![
            der::integer(&self.serial()),
            inside,
            issuer.subject(),
            der::sequence(&[instant(self.from), instant(self.until)]),
            self.subject(),
            key.public_info(),
        ];
        if self.version > 1 {
            parts.insert(0, der::context(0, &der::integer(&[self.version - 1])));
            parts.push(der::context(3, &der::sequence(&self.extensions(key, issuer, issuer_key))));
        }
        let to_be_signed = der::sequence(&parts);
        let mut signature = self.signed.sign(issuer_key, &to_be_signed);
        if let (true, Some(last)) = (self.forged, signature.last_mut()) {
            *last ^= 1;
        }
        der::sequence(&[to_be_signed, beside, self.signed.bits(&signature)])
    }
}
