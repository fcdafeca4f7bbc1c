//! keyUsage and extKeyUsage (RFC 5280, sections 4.2.1.3 and 4.2.1.12).

use alloc::vec::Vec;

use crate::Limits;
use crate::certificate::der::{self, Fault, Reader, tag};
use crate::certificate::oid::Oid;

/// The keyUsage extension: bit n is the use that KeyUsage numbers n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(pub u16);

/// The uses by their numbers.
static NAMES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

impl KeyUsage {
    /// Signing anything but certificates and lists.
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    /// Encrypting keys.
    pub const KEY_ENCIPHERMENT: Self = Self(1 << 2);
    /// Agreeing on keys.
    pub const KEY_AGREEMENT: Self = Self(1 << 4);
    /// Signing certificates.
    pub const KEY_CERT_SIGN: Self = Self(1 << 5);
    /// Signing revocation lists.
    pub const CRL_SIGN: Self = Self(1 << 6);

    /// Whether every use of `other` is granted.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the uses, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let mut rest = self.0;
        NAMES.iter().copied().filter(move |_| {
            let granted = rest & 1 != 0;
            rest >>= 1;
            granted
        })
    }
}

pub(super) fn key_usage(reader: &mut Reader<'_>) -> Result<KeyUsage, Fault> {
    const USAGE: &str = "keyUsage, a BIT STRING";
    Ok(KeyUsage(der::named_bits(&reader.take(tag::BIT_STRING, USAGE)?, USAGE)?))
}

pub(super) fn purposes(reader: &mut Reader<'_>) -> Result<Vec<Oid>, Fault> {
    const PURPOSES: &str = "extKeyUsage, a SEQUENCE of at least one OBJECT IDENTIFIER";
    reader
        .enter(tag::SEQUENCE, PURPOSES)?
        .many(Limits::GENERAL_NAMES, PURPOSES, |reader| Oid::read(reader, "a purpose, an OBJECT IDENTIFIER"))
}
