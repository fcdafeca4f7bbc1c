//! RSA: verification only (RFC 8017).

mod pkcs1;
mod pss;

use der::asn1::UintRef;
use der::{Decode, Reader, SliceReader};

use super::{Failure, Hash, Pss, PublicKey, Scheme, Unsupported, oid};
use crate::Limits;

/// Bytes of the longest modulus.
const LONGEST: usize = (Limits::RSA_MODULUS_BITS as usize).div_ceil(8);

/// An RSA public key.
pub(super) struct Key<'a> {
    /// Big-endian, without leading zeros.
    modulus: &'a [u8],
    /// Big-endian, without leading zeros.
    exponent: &'a [u8],
}

/// What a signature was made of: the signature raised to the public exponent (RFC 8017, section 5.2.2).
struct Encoded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Encoded {
    /// As many bytes as the modulus has, big-endian.
    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl<'a> Key<'a> {
    /// Reads a key (RFC 8017, appendix A.1.1).
    ///
    /// ```text
    /// RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
    /// ```
    pub(super) fn from_der(der: &'a [u8]) -> Result<Self, Failure> {
        let read = || {
            let mut reader = SliceReader::new(der)?;
            let key = reader.sequence(|fields| {
                let modulus = UintRef::decode(fields)?.as_bytes();
                let exponent = UintRef::decode(fields)?.as_bytes();
                Ok::<_, der::Error>(Self { modulus, exponent })
            })?;
            reader.finish()?;
            Ok(key)
        };
        read().map_err(|_: der::Error| Failure::MalformedKey("it is not a positive modulus and exponent in DER"))
    }

    /// A key of two big-endian numbers, with or without leading zeros.
    pub(super) fn of_numbers(modulus: &'a [u8], exponent: &'a [u8]) -> Self {
        let bare = |number: &'a [u8]| {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            number.get(zeros..).unwrap_or_default()
        };
        Self { modulus: bare(modulus), exponent: bare(exponent) }
    }

    /// The RSA key of a certificate, for a scheme.
    ///
    /// A key under id-RSASSA-PSS is for PSS only, and its parameters, if it has any, bind the signature's: the same
    /// hash functions, and no shorter salt (RFC 4055, sections 1.2 and 3.3).
    pub(super) fn of(key: &PublicKey<'a>, scheme: &Scheme) -> Result<Self, Failure> {
        match (key.algorithm.oid, scheme) {
            (oid::RSA | oid::X500_RSA, _) => {}
            (oid::RSA_PSS, Scheme::RsaPss(used)) => {
                if let Some(der) = key.algorithm.parameters {
                    let bound = Pss::from_der(der).map_err(|failure| match failure {
                        Failure::MalformedAlgorithm => Failure::MalformedKey("its parameters are not those of PSS"),
                        other => other,
                    })?;
                    let same = bound.hash == used.hash && bound.mask_hash == used.mask_hash;
                    if !same || used.salt_bytes < bound.salt_bytes {
                        return Err(Failure::KeyMismatch);
                    }
                }
            }
            _ => return Err(key.not_for_algorithm()),
        }
        Self::from_der(key.key)
    }

    /// Bits of the modulus.
    pub(super) fn bits(&self) -> u32 {
        bits(self.modulus)
    }

    /// Verifies RSASSA-PKCS1-v1_5.
    pub(super) fn verify_pkcs1(&self, hash: Hash, message: &[u8], signature: &[u8]) -> Result<(), Failure> {
        let encoded = self.encoded(signature)?;
        pkcs1::check(encoded.as_bytes(), hash, hash.digest(&[message]).as_bytes())
    }

    /// Verifies RSASSA-PSS.
    pub(super) fn verify_pss(&self, pss: Pss, message: &[u8], signature: &[u8]) -> Result<(), Failure> {
        let mut encoded = self.encoded(signature)?;
        let bytes = encoded.bytes.get_mut(..encoded.length).ok_or(Failure::Invalid)?;
        pss::check(bytes, self.bits(), pss, pss.hash.digest(&[message]).as_bytes())
    }

    /// The signature raised to the public exponent.
    fn encoded(&self, signature: &[u8]) -> Result<Encoded, Failure> {
        let bits = self.bits();
        if !(Limits::RSA_MODULUS_BITS_LEAST..=Limits::RSA_MODULUS_BITS).contains(&bits) {
            return Err(Failure::Unsupported(Unsupported::RsaModulus(bits)));
        }
        if self.modulus.last().is_none_or(|least| least.is_multiple_of(2)) {
            return Err(Failure::MalformedKey("its modulus is even"));
        }
        let exponent = self.exponent()?;
        // Neither shorter nor longer than the modulus (RFC 8017, sections 8.1.2 and 8.2.2, step 1).
        if signature.len() != self.modulus.len() {
            return Err(Failure::Invalid);
        }
        let mut encoded = Encoded { bytes: [0; LONGEST], length: self.modulus.len() };
        let result = encoded.bytes.get_mut(..encoded.length).ok_or(Failure::Invalid)?;
        // What is left to fail is a signature that is not below the modulus (RFC 8017, section 5.2.2, step 1).
        admit_rsa::power(self.modulus, signature, exponent, result).ok_or(Failure::Invalid)?;
        Ok(encoded)
    }

    /// The public exponent: odd and at least 3 (RFC 8017, section 3.1). With 1, everything would be its own signature.
    fn exponent(&self) -> Result<u64, Failure> {
        let bits = bits(self.exponent);
        if bits > Limits::RSA_EXPONENT_BITS {
            return Err(Failure::Unsupported(Unsupported::RsaExponent(bits)));
        }
        let exponent = self.exponent.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        if exponent < 3 || exponent.is_multiple_of(2) {
            return Err(Failure::MalformedKey("its exponent is even or below 3"));
        }
        Ok(exponent)
    }
}

/// Bits of a big-endian number without leading zeros.
fn bits(number: &[u8]) -> u32 {
    let bytes = u32::try_from(number.len()).unwrap_or(u32::MAX);
    let zeros = number.first().map_or(0, |first| first.leading_zeros());
    bytes.saturating_mul(8).saturating_sub(zeros)
}
