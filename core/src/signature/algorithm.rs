//! From an AlgorithmIdentifier to the scheme it means.

use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, ContextSpecific};
use der::{Decode, Reader, SliceReader, TagNumber};

use super::{Failure, Hash, oid};

/// An AlgorithmIdentifier as it was received.
///
/// ```text
/// AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Algorithm<'a> {
    /// The algorithm.
    pub oid: ObjectIdentifier,
    /// Its parameters: tag, length and value. `None` if absent, which is not the same as NULL.
    pub parameters: Option<&'a [u8]>,
}

/// What is to be verified, with everything that the algorithm's parameters say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    RsaPkcs1(Hash),
    /// RSASSA-PSS (RFC 8017, section 8.1).
    RsaPss(Pss),
    /// ECDSA (FIPS 186-5, section 6.4).
    Ecdsa(Hash),
    /// Ed25519 (RFC 8032).
    Ed25519,
}

/// The parameters of RSASSA-PSS (RFC 4055, section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pss {
    /// The hash function of the message.
    pub hash: Hash,
    /// The hash function of the mask generation function MGF1.
    pub mask_hash: Hash,
    /// Bytes of the salt.
    pub salt_bytes: u32,
}

/// What an identifier means, before its parameters are read.
enum Meaning {
    Rsa(Hash),
    Pss,
    Ecdsa(Hash),
    EcdsaSpecified,
    Ed25519,
    Weak(&'static str),
}

impl<'a> Algorithm<'a> {
    /// Reads one from its DER.
    ///
    /// # Errors
    ///
    /// [`Failure::MalformedAlgorithm`], also for bytes that follow it.
    pub fn from_der(der: &'a [u8]) -> Result<Self, Failure> {
        let mut reader = SliceReader::new(der)?;
        let algorithm = reader.sequence(|fields| {
            let oid = ObjectIdentifier::decode(fields)?;
            let parameters = if fields.is_finished() { None } else { Some(fields.tlv_bytes()?) };
            Ok::<_, der::Error>(Self { oid, parameters })
        })?;
        reader.finish()?;
        Ok(algorithm)
    }

    /// Whether there are no parameters, or NULL.
    fn is_plain(&self) -> bool {
        self.parameters.is_none_or(|der| der == [5, 0])
    }
}

impl Scheme {
    /// The scheme that an AlgorithmIdentifier means.
    ///
    /// Parameters that carry nothing may be absent or NULL for RSA (RFC 4055, section 5) and, because many certificates
    /// have it so, for ECDSA (RFC 5758, section 3.2, wants them absent). For Ed25519 they are absent (RFC 8410).
    ///
    /// # Errors
    ///
    /// [`Failure::UnknownAlgorithm`], [`Failure::WeakDigest`], [`Failure::MalformedAlgorithm`].
    pub fn of(algorithm: &Algorithm<'_>) -> Result<Self, Failure> {
        let plain = |scheme| if algorithm.is_plain() { Ok(scheme) } else { Err(Failure::MalformedAlgorithm) };
        let given = algorithm.parameters.ok_or(Failure::MalformedAlgorithm);
        match meaning(algorithm.oid)? {
            Meaning::Weak(name) => Err(Failure::WeakDigest(name)),
            Meaning::Rsa(hash) => plain(Self::RsaPkcs1(hash)),
            Meaning::Pss => Ok(Self::RsaPss(Pss::from_der(given?)?)),
            Meaning::Ecdsa(hash) => plain(Self::Ecdsa(hash)),
            Meaning::EcdsaSpecified => Ok(Self::Ecdsa(hash_of(&Algorithm::from_der(given?)?)?)),
            Meaning::Ed25519 if algorithm.parameters.is_none() => Ok(Self::Ed25519),
            Meaning::Ed25519 => Err(Failure::MalformedAlgorithm),
        }
    }

    /// The hash function of the message. Ed25519 has SHA-512 built in.
    #[must_use]
    pub fn hash(&self) -> Hash {
        match self {
            Self::RsaPkcs1(hash) | Self::Ecdsa(hash) => *hash,
            Self::RsaPss(pss) => pss.hash,
            Self::Ed25519 => Hash::Sha512,
        }
    }
}

impl Pss {
    /// Reads the parameters.
    ///
    /// ```text
    /// RSASSA-PSS-params ::= SEQUENCE {
    ///   hashAlgorithm     [0] HashAlgorithm    DEFAULT sha1,
    ///   maskGenAlgorithm  [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
    ///   saltLength        [2] INTEGER          DEFAULT 20,
    ///   trailerField      [3] INTEGER          DEFAULT 1 }
    /// ```
    ///
    /// A default that is written out is accepted (RFC 4055, section 3.1).
    pub(super) fn from_der(der: &[u8]) -> Result<Self, Failure> {
        let mut reader = SliceReader::new(der)?;
        let (hash, mask, salt, trailer) = reader.sequence(|fields| {
            let hash = ContextSpecific::<AnyRef<'_>>::decode_explicit(fields, TagNumber(0))?;
            let mask = ContextSpecific::<AnyRef<'_>>::decode_explicit(fields, TagNumber(1))?;
            let salt = ContextSpecific::<u32>::decode_explicit(fields, TagNumber(2))?;
            let trailer = ContextSpecific::<u32>::decode_explicit(fields, TagNumber(3))?;
            Ok::<_, der::Error>((hash, mask, salt, trailer))
        })?;
        reader.finish()?;
        if trailer.is_some_and(|trailer| trailer.value != 1) {
            return Err(Failure::MalformedAlgorithm);
        }
        let hash = match hash {
            Some(hash) => hash_of(&within(hash.value)?)?,
            None => Hash::Sha1,
        };
        let mask_hash = match mask {
            Some(mask) => {
                let mask = within(mask.value)?;
                if mask.oid != oid::MGF1 {
                    return Err(Failure::UnknownAlgorithm(mask.oid));
                }
                hash_of(&Algorithm::from_der(mask.parameters.ok_or(Failure::MalformedAlgorithm)?)?)?
            }
            None => Hash::Sha1,
        };
        Ok(Self { hash, mask_hash, salt_bytes: salt.map_or(20, |salt| salt.value) })
    }
}

/// The AlgorithmIdentifier inside a field with an explicit tag.
fn within(field: AnyRef<'_>) -> Result<Algorithm<'_>, Failure> {
    let algorithm = field.sequence(|fields| {
        let oid = ObjectIdentifier::decode(fields)?;
        let parameters = if fields.is_finished() { None } else { Some(fields.tlv_bytes()?) };
        Ok::<_, der::Error>(Algorithm { oid, parameters })
    })?;
    Ok(algorithm)
}

/// The hash function of an AlgorithmIdentifier, whose parameters are absent or NULL (RFC 4055, section 2.1).
fn hash_of(algorithm: &Algorithm<'_>) -> Result<Hash, Failure> {
    let hash = Hash::from_oid(algorithm.oid)?;
    if algorithm.is_plain() { Ok(hash) } else { Err(Failure::MalformedAlgorithm) }
}

fn meaning(found: ObjectIdentifier) -> Result<Meaning, Failure> {
    Ok(match found {
        oid::SHA1_WITH_RSA | oid::OIW_SHA1_WITH_RSA => Meaning::Rsa(Hash::Sha1),
        oid::SHA224_WITH_RSA => Meaning::Rsa(Hash::Sha224),
        oid::SHA256_WITH_RSA => Meaning::Rsa(Hash::Sha256),
        oid::SHA384_WITH_RSA => Meaning::Rsa(Hash::Sha384),
        oid::SHA512_WITH_RSA => Meaning::Rsa(Hash::Sha512),
        oid::RSA_PSS => Meaning::Pss,
        oid::ECDSA_SHA1 => Meaning::Ecdsa(Hash::Sha1),
        oid::ECDSA_SHA224 => Meaning::Ecdsa(Hash::Sha224),
        oid::ECDSA_SHA256 => Meaning::Ecdsa(Hash::Sha256),
        oid::ECDSA_SHA384 => Meaning::Ecdsa(Hash::Sha384),
        oid::ECDSA_SHA512 => Meaning::Ecdsa(Hash::Sha512),
        oid::ECDSA_SPECIFIED => Meaning::EcdsaSpecified,
        oid::ED25519 => Meaning::Ed25519,
        oid::MD2_WITH_RSA | oid::OIW_MD2_WITH_RSA | oid::OIWDIR_MD2_WITH_RSA => Meaning::Weak("MD2"),
        oid::MD4_WITH_RSA | oid::OIW_MD4_WITH_RSA | oid::OIW_MD4_WITH_RSA_2 => Meaning::Weak("MD4"),
        oid::MD5_WITH_RSA | oid::OIW_MD5_WITH_RSA | oid::OIW_MD5_WITH_RSA_SIGNATURE => Meaning::Weak("MD5"),
        other => return Err(Failure::UnknownAlgorithm(other)),
    })
}

/// Everything that `der` reads in this file belongs to an AlgorithmIdentifier.
impl From<der::Error> for Failure {
    fn from(_: der::Error) -> Self {
        Self::MalformedAlgorithm
    }
}
