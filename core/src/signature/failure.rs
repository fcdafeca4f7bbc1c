//! Why a signature does not verify.

use core::fmt;

use const_oid::ObjectIdentifier;

use crate::Limits;

/// Why a signature was not found to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The signature was not made by this key over these bytes.
    Invalid,
    /// A signature algorithm, hash function or mask generation function that is not supported.
    UnknownAlgorithm(ObjectIdentifier),
    /// The algorithm's parameters are not what its standard prescribes.
    MalformedAlgorithm,
    /// The hash function (its name: "MD5") is broken: anyone can make two messages with one signature.
    WeakDigest(&'static str),
    /// A kind of key, or a curve, that is not supported.
    UnknownKey(ObjectIdentifier),
    /// The key is of another kind than the algorithm, or restricts itself to other parameters (RFC 4055, section 3.3).
    KeyMismatch,
    /// The key can't be read, or can't be a key of its kind; what is wrong with it.
    MalformedKey(&'static str),
    /// The signature can't be read.
    MalformedSignature,
    /// Legal, but outside of what this build verifies.
    Unsupported(Unsupported),
}

/// What is legal but not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsupported {
    /// An RSA modulus of so many bits, outside of [`Limits::RSA_MODULUS_BITS_LEAST`] to [`Limits::RSA_MODULUS_BITS`].
    RsaModulus(u32),
    /// An RSA public exponent of so many bits, more than [`Limits::RSA_EXPONENT_BITS`].
    RsaExponent(u32),
    /// A curve given by its equation instead of its name (RFC 5480, section 2.1.1, forbids it in certificates).
    ExplicitCurve,
}

impl Failure {
    /// Whether the signature may be right all the same: a verdict that depends on it is indeterminate, not refused.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::UnknownAlgorithm(_) | Self::UnknownKey(_) | Self::Unsupported(_))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid => f.write_str("the signature was not made by this key over these bytes"),
            Self::UnknownAlgorithm(oid) => write!(f, "the algorithm `{oid}` is not supported"),
            Self::MalformedAlgorithm => {
                f.write_str("the parameters of the signature algorithm are not what its standard prescribes")
            }
            Self::WeakDigest(name) => write!(f, "{name} is broken: two messages with one signature can be made"),
            Self::UnknownKey(oid) => write!(f, "keys of the kind `{oid}` are not supported"),
            Self::KeyMismatch => f.write_str("the key is not one for this signature algorithm"),
            Self::MalformedKey(why) => write!(f, "the public key can't be used: {why}"),
            Self::MalformedSignature => f.write_str("the signature can't be read"),
            Self::Unsupported(what) => what.fmt(f),
        }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RsaModulus(bits) => write!(
                f,
                "expected an RSA modulus of {} to {} bits, found {bits}",
                Limits::RSA_MODULUS_BITS_LEAST,
                Limits::RSA_MODULUS_BITS
            ),
            Self::RsaExponent(bits) => {
                write!(f, "expected an RSA public exponent of at most {} bits, found {bits}", Limits::RSA_EXPONENT_BITS)
            }
            Self::ExplicitCurve => f.write_str("expected a curve by name, found its equation"),
        }
    }
}

impl core::error::Error for Failure {}
