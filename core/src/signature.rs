//! Verifying signatures: over certificates, revocation lists, tokens and enclaves.
//!
//! [`verify`] takes the public key, the signature's AlgorithmIdentifier and the signed bytes as they were received; it
//! never encodes anything again. What it says is one of three things: the signature is right ([`Scheme`] tells over
//! which hash function: SHA-1 is verified, and whoever asks flags it); it is not; or this build can't tell
//! ([`Failure::is_undecided`]).
//!
//! # What is supported
//!
//! - RSASSA-PKCS1-v1_5 with SHA-1, SHA-224, SHA-256, SHA-384, SHA-512, also under the OIW identifier of SHA-1.
//! - RSASSA-PSS with the same, MGF1 over the same or another of them, any salt length (RFC 4055).
//! - ECDSA over P-256, P-384, P-521 with the same, in ecdsa-with-SHA* (RFC 5758) and in ecdsa-with-Specified (ANSI
//!   X9.62), which Windows certificate services write under "alternate signature format".
//! - Ed25519 (RFC 8410).
//!
//! MD2, MD4 and MD5 are refused with the reason. Not supported, and so undecided: DSA, Ed448, ML-DSA, other curves,
//! `rsaEncryption` in the place of a signature algorithm (it names no hash function, and RFC 3279, section 2.2.1, does
//! not list it), and 1.3.14.3.2.15 (the hash function it names, the SHA of 1993, was withdrawn).

//!
//! # Whose arithmetic, and why
//!
//! RSA and the curves of NIST are ours: verification only, in the packages `admit-rsa` and `admit-ecdsa`, each with its
//! proof by comparison. Ed25519 is the crate's. The packages that compute (those two, `sha1`, `sha2`) are compiled at
//! `opt-level = 3` and everything else at `z`; `docs/benchmarks.md` has what each was measured at.

mod algorithm;
mod ecdsa;
mod ed25519;
mod failure;
mod hash;
mod key;
mod oid;
mod rsa;

pub use algorithm::{Algorithm, Pss, Scheme};
pub use failure::{Failure, Unsupported};
pub use hash::Hash;
pub use key::{PublicKey, describe};

/// Verifies `signature`, made under `algorithm`, over `message` (the bytes as received).
///
/// `signature` is the content of the BIT STRING; one with unused bits is the caller's to refuse. The time is bounded by
/// the length of the message and by [`Limits::RSA_MODULUS_BITS`](crate::Limits::RSA_MODULUS_BITS).
///
/// # Errors
///
/// A [`Failure`]: the algorithm is looked at first, then the key, then the signature.
pub fn verify(
    key: &PublicKey<'_>,
    algorithm: &Algorithm<'_>,
    message: &[u8],
    signature: &[u8],
) -> Result<Scheme, Failure> {
    let scheme = Scheme::of(algorithm)?;
    match scheme {
        Scheme::RsaPkcs1(hash) => rsa::Key::of(key, &scheme)?.verify_pkcs1(hash, message, signature)?,
        Scheme::RsaPss(pss) => rsa::Key::of(key, &scheme)?.verify_pss(pss, message, signature)?,
        Scheme::Ecdsa(hash) => ecdsa::verify(key, hash, message, signature)?,
        Scheme::Ed25519 => ed25519::verify(key, message, signature)?,
    }
    Ok(scheme)
}

/// Verifies RSASSA-PKCS1-v1_5 with a key that is two numbers, big-endian: a JSON Web Key (RFC 7518, section 6.3.1). The
/// only scheme that is compiled for those who verify no other.
///
/// # Errors
///
/// As [`verify`].
pub fn verify_rsa(
    modulus: &[u8],
    exponent: &[u8],
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Failure> {
    rsa::Key::of_numbers(modulus, exponent).verify_pkcs1(hash, message, signature)
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, clippy::expect_used, reason = "tests")]
mod tests;
