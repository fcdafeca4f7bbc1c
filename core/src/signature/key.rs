//! Public keys as certificates carry them.

use alloc::borrow::Cow;
use alloc::string::ToString;

use const_oid::ObjectIdentifier;
use der::asn1::BitStringRef;
use der::{Decode, Reader, SliceReader};

use super::{Algorithm, Failure, Unsupported, oid, rsa};
use crate::certificate::Key;

/// A SubjectPublicKeyInfo as it was received (RFC 5280, section 4.1.2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey<'a> {
    /// The kind of key, and for elliptic curves the curve.
    pub algorithm: Algorithm<'a>,
    /// The content of the BIT STRING, which has no unused bits.
    pub key: &'a [u8],
}

impl<'a> PublicKey<'a> {
    /// Reads a SubjectPublicKeyInfo.
    ///
    /// ```text
    /// SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Failure::MalformedKey`], also for unused bits and for bytes that follow it.
    pub fn from_der(der: &'a [u8]) -> Result<Self, Failure> {
        let read = || {
            let mut reader = SliceReader::new(der)?;
            let parts =
                reader.sequence(|fields| Ok::<_, der::Error>((fields.tlv_bytes()?, BitStringRef::decode(fields)?)))?;
            reader.finish()?;
            Ok(parts)
        };
        let malformed = Failure::MalformedKey("it is not a SubjectPublicKeyInfo in DER");
        let (algorithm, key) = read().map_err(|_: der::Error| malformed)?;
        let algorithm = Algorithm::from_der(algorithm).map_err(|_| malformed)?;
        Ok(Self { algorithm, key: key.as_bytes().ok_or(malformed)? })
    }

    /// The named curve of an elliptic-curve key (RFC 5480, section 2.1.1).
    pub(super) fn curve(&self) -> Result<ObjectIdentifier, Failure> {
        match self.algorithm.parameters {
            None | Some([5, 0]) => Err(Failure::MalformedKey("it names no curve")),
            Some([0x30, ..]) => Err(Failure::Unsupported(Unsupported::ExplicitCurve)),
            Some(der) => ObjectIdentifier::from_der(der).map_err(|_| Failure::MalformedKey("it names no curve")),
        }
    }

    /// The failure of a key that is not of the kind an algorithm needs: mismatched if its kind is known, else unknown.
    pub(super) fn not_for_algorithm(&self) -> Failure {
        match name(self.algorithm.oid) {
            Some(_) => Failure::KeyMismatch,
            None => Failure::UnknownKey(self.algorithm.oid),
        }
    }
}

/// What a report says of a key: its algorithm's or curve's name and its bits.
///
/// "RSA" with the bits of the modulus, 0 if the key can't be read; a curve by its name with the bits of its field; else
/// the name or the dotted identifier of the algorithm or curve, with 0 bits.
#[must_use]
pub fn describe(key: &PublicKey<'_>) -> Key {
    let (kind, bits) = match key.algorithm.oid {
        oid::RSA | oid::RSA_PSS | oid::X500_RSA => {
            return Key {
                algorithm: Cow::Borrowed("RSA"),
                bits: rsa::Key::from_der(key.key).map_or(0, |rsa| rsa.bits()),
            };
        }
        oid::EC => match key.curve() {
            Ok(curve) => (curve, field_bits(curve)),
            Err(_) => (oid::EC, 0),
        },
        oid::ED25519 | oid::X25519 => (key.algorithm.oid, 255),
        oid::ED448 | oid::X448 => (key.algorithm.oid, 448),
        other => (other, 0),
    };
    let algorithm = match name(kind) {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(kind.to_string()),
    };
    Key { algorithm, bits }
}

fn name(found: ObjectIdentifier) -> Option<&'static str> {
    Some(match found {
        oid::RSA | oid::RSA_PSS | oid::X500_RSA => "RSA",
        oid::EC => "EC",
        oid::P192 => "P-192",
        oid::P224 => "P-224",
        oid::P256 => "P-256",
        oid::P384 => "P-384",
        oid::P521 => "P-521",
        oid::SECP256K1 => "secp256k1",
        oid::BRAINPOOL_256 => "brainpoolP256r1",
        oid::BRAINPOOL_384 => "brainpoolP384r1",
        oid::BRAINPOOL_512 => "brainpoolP512r1",
        oid::ED25519 => "Ed25519",
        oid::ED448 => "Ed448",
        oid::X25519 => "X25519",
        oid::X448 => "X448",
        oid::DSA => "DSA",
        oid::DH => "DH",
        oid::ML_DSA_44 => "ML-DSA-44",
        oid::ML_DSA_65 => "ML-DSA-65",
        oid::ML_DSA_87 => "ML-DSA-87",
        _ => return None,
    })
}

fn field_bits(curve: ObjectIdentifier) -> u32 {
    match curve {
        oid::P192 => 192,
        oid::P224 => 224,
        oid::P256 | oid::SECP256K1 | oid::BRAINPOOL_256 => 256,
        oid::P384 | oid::BRAINPOOL_384 => 384,
        oid::BRAINPOOL_512 => 512,
        oid::P521 => 521,
        _ => 0,
    }
}
