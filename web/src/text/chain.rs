//! Words for chains.

use admit_core::chain::Origin;
use admit_core::chain::status::error;

/// Heading of the picture.
pub const CHAIN: &str = "The chain";
/// Heading of the paths that lost.
pub const OTHER_PATHS: &str = "Other paths";
/// Windows's result for a chain.
pub const BASE: &str = "Chain policy";
/// Windows's result for a chain and a name.
pub const SSL: &str = "TLS policy";
/// In the place of a result that depends on something unknown.
pub const OPEN: &str = "depends on what is not given";
/// A box in the place of an issuer that is not there.
pub const MISSING: &str = "The issuer is not here";
/// A box in the place of an issuer that was there before.
pub const CIRCLE: &str = "Leads back to itself";
/// What stands above a trusted root.
pub const TRUSTED: &str = "Trusted root";
/// What stands above another root.
pub const UNTRUSTED: &str = "Not a trusted root";
/// What stands above a root of which nothing is known.
pub const UNKNOWN_ROOT: &str = "Trusted? The roots are not given";
/// A chain without a single element.
pub const NO_ELEMENT: &str = "No chain could be built.";
/// Between the subjects of a path.
pub const ISSUED_BY: &str = " ← ";
/// A path without error bits.
pub const NO_ERRORS: &str = "nothing wrong, but not needed";

/// Where a certificate comes from.
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Subject => "sent",
        Origin::Intermediates => "had already",
        Origin::Roots => "trusted root",
    }
}

/// An error bit in few words.
pub fn bit(bit: u32) -> &'static str {
    match bit {
        error::NOT_TIME_VALID => "outside of its validity",
        error::REVOKED => "revoked",
        error::NOT_SIGNATURE_VALID => "not signed by its issuer",
        error::NOT_VALID_FOR_USAGE => "not for this use",
        error::UNTRUSTED_ROOT => "not trusted",
        error::REVOCATION_STATUS_UNKNOWN => "revocation not known",
        error::CYCLIC => "leads back to itself",
        error::INVALID_EXTENSION => "extension not understood",
        error::INVALID_POLICY_CONSTRAINTS => "policy constraints not met",
        error::INVALID_BASIC_CONSTRAINTS => "may not issue here",
        error::INVALID_NAME_CONSTRAINTS => "name constraints not valid",
        error::NOT_SUPPORTED_NAME_CONSTRAINT => "name constraint not supported",
        error::NOT_DEFINED_NAME_CONSTRAINT => "name of an undefined form",
        error::NOT_PERMITTED_NAME_CONSTRAINT => "name not permitted",
        error::EXCLUDED_NAME_CONSTRAINT => "name excluded",
        error::PARTIAL_CHAIN => "issuer missing",
        error::WEAK_SIGNATURE => "broken hash function",
        error::OFFLINE_REVOCATION => "revocation list not to be had",
        error::NO_ISSUANCE_CHAIN_POLICY => "no policy for all of it",
        error::NOT_SUPPORTED_CRITICAL_EXT => "critical extension not supported",
        _ => "something else",
    }
}

/// A bit that is only possible.
pub fn perhaps(words: &str) -> String {
    format!("perhaps {words}")
}

/// The picture in a sentence.
pub fn picture(elements: &[String], end: &str) -> String {
    format!("The chain from the certificate to its root: {}. At its end: {end}.", elements.join("; issued by "))
}
