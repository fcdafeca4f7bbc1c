//! Trust status: what is wrong with an element or a chain, as bits with the names and values of Windows.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Span;

/// `CERT_TRUST_*` error and information bits of one element or of a whole chain (wincrypt.h), and the error bits that
/// could stand as well if a missing fact were known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustStatus {
    /// What is wrong.
    pub errors: u32,
    /// How the element was found, and what else is worth knowing.
    pub info: u32,
    /// What could be wrong: it depends on a fact that is not given.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unknown: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(bits: &u32) -> bool {
    *bits == 0
}

/// What caused a bit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// The one bit.
    pub bit: u32,
    /// Whether it is only possible.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unknown: bool,
    /// Why, in one sentence.
    pub because: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

macro_rules! bits {
    ($($(#[$doc:meta])* $constant:ident = $value:literal $name:literal)*) => {
        $($(#[$doc])* pub const $constant: u32 = $value;)*
        /// Every bit of this kind with its Windows name, in the order of its value.
        pub const NAMES: &[(u32, &str)] = &[$(($value, $name)),*];
    };
}

/// Error bits.
pub mod error {
    bits! {
        /// An element is expired or not yet valid.
        NOT_TIME_VALID = 0x1 "CERT_TRUST_IS_NOT_TIME_VALID"
        /// An element is revoked.
        REVOKED = 0x4 "CERT_TRUST_IS_REVOKED"
        /// A signature is not that of the issuer.
        NOT_SIGNATURE_VALID = 0x8 "CERT_TRUST_IS_NOT_SIGNATURE_VALID"
        /// The certificate may not be used like this.
        NOT_VALID_FOR_USAGE = 0x10 "CERT_TRUST_IS_NOT_VALID_FOR_USAGE"
        /// The root is not trusted.
        UNTRUSTED_ROOT = 0x20 "CERT_TRUST_IS_UNTRUSTED_ROOT"
        /// Whether an element is revoked is not known. By OpenSSL's rules alone where a list could be had and can't be used;
        /// where none could, `OFFLINE_REVOCATION` stands beside it.
        REVOCATION_STATUS_UNKNOWN = 0x40 "CERT_TRUST_REVOCATION_STATUS_UNKNOWN"
        /// The chain leads back to itself.
        CYCLIC = 0x80 "CERT_TRUST_IS_CYCLIC"
        /// An extension can't be understood.
        INVALID_EXTENSION = 0x100 "CERT_TRUST_INVALID_EXTENSION"
        /// The policy constraints are not met.
        INVALID_POLICY_CONSTRAINTS = 0x200 "CERT_TRUST_INVALID_POLICY_CONSTRAINTS"
        /// A certificate that is not an authority's issued another, or the path is longer than allowed.
        INVALID_BASIC_CONSTRAINTS = 0x400 "CERT_TRUST_INVALID_BASIC_CONSTRAINTS"
        /// The name constraints themselves are not valid.
        INVALID_NAME_CONSTRAINTS = 0x800 "CERT_TRUST_INVALID_NAME_CONSTRAINTS"
        /// A name constraint of a form that is not supported.
        NOT_SUPPORTED_NAME_CONSTRAINT = 0x1000 "CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT"
        /// A name of a form that no constraint defines.
        NOT_DEFINED_NAME_CONSTRAINT = 0x2000 "CERT_TRUST_HAS_NOT_DEFINED_NAME_CONSTRAINT"
        /// A name that is not permitted.
        NOT_PERMITTED_NAME_CONSTRAINT = 0x4000 "CERT_TRUST_HAS_NOT_PERMITTED_NAME_CONSTRAINT"
        /// A name that is excluded.
        EXCLUDED_NAME_CONSTRAINT = 0x8000 "CERT_TRUST_HAS_EXCLUDED_NAME_CONSTRAINT"
        /// An issuer is missing.
        PARTIAL_CHAIN = 0x1_0000 "CERT_TRUST_IS_PARTIAL_CHAIN"
        /// The signature's hash function is broken; always beside `NOT_SIGNATURE_VALID`.
        WEAK_SIGNATURE = 0x10_0000 "CERT_TRUST_HAS_WEAK_SIGNATURE"
        /// The revocation list could not be had.
        OFFLINE_REVOCATION = 0x100_0000 "CERT_TRUST_IS_OFFLINE_REVOCATION"
        /// No policy is valid for the whole chain, and one is required.
        NO_ISSUANCE_CHAIN_POLICY = 0x200_0000 "CERT_TRUST_NO_ISSUANCE_CHAIN_POLICY"
        /// A critical extension is not supported.
        NOT_SUPPORTED_CRITICAL_EXT = 0x800_0000 "CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT"
    }
}

/// Information bits.
pub mod info {
    bits! {
        /// The issuer was found by its issuer and serial number.
        EXACT_MATCH_ISSUER = 0x1 "CERT_TRUST_HAS_EXACT_MATCH_ISSUER"
        /// The issuer was found by its key identifier.
        KEY_MATCH_ISSUER = 0x2 "CERT_TRUST_HAS_KEY_MATCH_ISSUER"
        /// The issuer was found by its name.
        NAME_MATCH_ISSUER = 0x4 "CERT_TRUST_HAS_NAME_MATCH_ISSUER"
        /// The certificate is self-signed.
        SELF_SIGNED = 0x8 "CERT_TRUST_IS_SELF_SIGNED"
        /// The issuer is the one that the certificate prefers.
        PREFERRED_ISSUER = 0x100 "CERT_TRUST_HAS_PREFERRED_ISSUER"
        /// The chain has a policy.
        ISSUANCE_CHAIN_POLICY = 0x200 "CERT_TRUST_HAS_ISSUANCE_CHAIN_POLICY"
        /// Name constraints are met.
        VALID_NAME_CONSTRAINTS = 0x400 "CERT_TRUST_HAS_VALID_NAME_CONSTRAINTS"
    }
}

/// The names of the bits that are set.
pub fn names(bits: u32, of: &'static [(u32, &'static str)]) -> Vec<&'static str> {
    of.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| *name).collect()
}

/// An HRESULT with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hresult {
    /// `CERT_E_EXPIRED`.
    pub name: &'static str,
    /// 0x800B0101.
    pub value: u32,
}

const fn hresult(name: &'static str, value: u32) -> Hresult {
    Hresult { name, value }
}

/// Error bits and the HRESULT of `CERT_CHAIN_POLICY_BASE` and `_SSL` for each, in the order in which Microsoft lists
/// them: the first that stands is returned (the order of EXPIRED and WRONG_USAGE is undocumented; Wine's code asks for
/// the time first, Microsoft's list for the usage).
const POLICY: &[(u32, Hresult)] = &[
    (error::NOT_SIGNATURE_VALID, hresult("TRUST_E_CERT_SIGNATURE", 0x8009_6004)),
    (error::REVOKED, hresult("CRYPT_E_REVOKED", 0x8009_2010)),
    (error::UNTRUSTED_ROOT, hresult("CERT_E_UNTRUSTEDROOT", 0x800B_0109)),
    (error::PARTIAL_CHAIN | error::CYCLIC, hresult("CERT_E_CHAINING", 0x800B_010A)),
    (error::NOT_TIME_VALID, hresult("CERT_E_EXPIRED", 0x800B_0101)),
    (error::NOT_VALID_FOR_USAGE, hresult("CERT_E_WRONG_USAGE", 0x800B_0110)),
    (
        error::INVALID_NAME_CONSTRAINTS
            | error::NOT_SUPPORTED_NAME_CONSTRAINT
            | error::NOT_DEFINED_NAME_CONSTRAINT
            | error::NOT_PERMITTED_NAME_CONSTRAINT
            | error::EXCLUDED_NAME_CONSTRAINT,
        hresult("CERT_E_INVALID_NAME", 0x800B_0114),
    ),
    (
        error::INVALID_POLICY_CONSTRAINTS | error::NO_ISSUANCE_CHAIN_POLICY,
        hresult("CERT_E_INVALID_POLICY", 0x800B_0113),
    ),
    (error::INVALID_BASIC_CONSTRAINTS, hresult("TRUST_E_BASIC_CONSTRAINTS", 0x8009_6019)),
    (error::NOT_SUPPORTED_CRITICAL_EXT, hresult("CERT_E_CRITICAL", 0x800B_0105)),
    (error::OFFLINE_REVOCATION, hresult("CRYPT_E_REVOCATION_OFFLINE", 0x8009_2013)),
    (error::REVOCATION_STATUS_UNKNOWN, hresult("CRYPT_E_NO_REVOCATION_CHECK", 0x8009_2012)),
];

/// The HRESULT that the base and SSL chain policies return for a chain with these error bits; none for a good chain.
pub fn policy_result(errors: u32) -> Option<Hresult> {
    POLICY.iter().find(|(bits, _)| errors & bits != 0).map(|(_, hresult)| *hresult)
}
