//! Algorithms and public keys (RFC 5280, sections 4.1.1.2 and 4.1.2.7).

use alloc::vec::Vec;

use sha2::{Digest as _, Sha256};

use super::der::{self, Element, Fault, Place, Reader, tag};
use super::facts::Key;
use super::oid::{Oid, known};

/// An algorithm with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Algorithm {
    /// The algorithm.
    pub oid: Oid,
    /// The DER of its parameters, if there are any.
    pub parameters: Option<Vec<u8>>,
}

impl Algorithm {
    /// Reads an AlgorithmIdentifier.
    pub(crate) fn read(reader: &mut Reader<'_>, expected: &'static str) -> Result<Self, Fault> {
        let mut parts = reader.enter(tag::SEQUENCE, expected)?;
        let oid = Oid::read(&mut parts, "an algorithm, an OBJECT IDENTIFIER")?;
        let mut parameters = None;
        if !parts.is_empty() {
            parameters = Some(parts.any("the parameters of an algorithm")?.whole().to_vec());
        }
        parts.finish("the end of an algorithm")?;
        Ok(Self { oid, parameters })
    }
}

/// A subjectPublicKeyInfo, with its bytes as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    raw: Vec<u8>,
    key: Place,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// Unused bits of the key's last byte, 0 to 7; keys in use have 0.
    pub unused_bits: u8,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let whole = reader.take(tag::SEQUENCE, "the public key, a SEQUENCE")?;
        let mut parts = whole.reader();
        let algorithm = Algorithm::read(&mut parts, "the algorithm of the public key, a SEQUENCE")?;
        let key = bit_string(&mut parts, "the public key, a BIT STRING")?;
        parts.finish("the end of the public key")?;
        let start = key.0.start.saturating_sub(der::offset(whole.start));
        let end = key.0.end.saturating_sub(der::offset(whole.start));
        Ok(Self { raw: whole.whole().to_vec(), key: Place { start, end }, algorithm, unused_bits: key.1 })
    }

    /// The DER of the whole subjectPublicKeyInfo.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The key's bytes: the content of the BIT STRING.
    pub fn key(&self) -> &[u8] {
        self.key.of(&self.raw)
    }

    /// SHA-256 of the DER: the identity of the key.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.raw).into()
    }

    /// Its kind and size, as far as this build knows them.
    pub fn facts(&self) -> Key {
        let oid = &self.algorithm.oid;
        if *oid == known::RSA_ENCRYPTION || *oid == known::RSASSA_PSS {
            return Key { algorithm: "RSA".into(), bits: self.modulus_bits() };
        }
        if *oid == known::EC_PUBLIC_KEY {
            let curve = self.algorithm.parameters.as_deref().unwrap_or_default();
            return match Oid::read(&mut Reader::new(curve), "a curve") {
                Ok(curve) if curve == known::P256 => Key { algorithm: "P-256".into(), bits: 256 },
                Ok(curve) if curve == known::P384 => Key { algorithm: "P-384".into(), bits: 384 },
                Ok(curve) if curve == known::P521 => Key { algorithm: "P-521".into(), bits: 521 },
                Ok(curve) => Key { algorithm: curve.label(), bits: 0 },
                Err(_) => Key { algorithm: oid.label(), bits: 0 },
            };
        }
        let bits = match () {
            () if *oid == known::ED25519 || *oid == known::X25519 => 256,
            () if *oid == known::ED448 => 456,
            () => 0,
        };
        Key { algorithm: oid.label(), bits }
    }

    /// The bits of an RSA modulus, 0 where the key is not of its form.
    fn modulus_bits(&self) -> u32 {
        let mut reader = Reader::new(self.key());
        let modulus =
            reader.enter(tag::SEQUENCE, "an RSA key").and_then(|mut parts| parts.take(tag::INTEGER, "a modulus"));
        let Ok(modulus) = modulus else { return 0 };
        let octets = modulus.value();
        let zeros = octets.iter().take_while(|octet| **octet == 0).count();
        let Some(first) = octets.get(zeros) else { return 0 };
        let octets = der::offset(octets.len().saturating_sub(zeros));
        octets.saturating_mul(8).saturating_sub(first.leading_zeros())
    }
}

/// Reads a BIT STRING: the place of its octets, and how many bits of the last are unused.
pub(crate) fn bit_string(reader: &mut Reader<'_>, expected: &'static str) -> Result<(Place, u8), Fault> {
    let element: Element<'_> = reader.take(tag::BIT_STRING, expected)?;
    let (_, unused) = der::bits(&element, expected)?;
    let place = element.value_place();
    Ok((Place { start: place.start.saturating_add(1), end: place.end }, unused))
}
