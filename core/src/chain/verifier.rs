//! Signatures over certificates and revocation lists, each verified once.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use const_oid::ObjectIdentifier;

use super::name_constraints::Remembered;
use super::revocation::{self, Listed};
use crate::Limits;
use crate::certificate::{Algorithm, Certificate, Crl, PublicKey};
use crate::signature::{self, Failure, Hash, Scheme};

/// What came of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Signature {
    /// It is the issuer's.
    Good {
        /// Over SHA-1.
        is_sha1: bool,
    },
    /// It is not.
    Bad(String),
    /// It is over a broken hash function, so it proves nothing.
    Broken(String),
    /// This build can't tell.
    Unknown(String),
}

/// Verifies signatures, holds names against constraints, looks certificates up in revocation lists, and remembers what
/// came of it. Kept across evaluations, editing a policy verifies nothing again.
#[derive(Debug, Default)]
pub struct Verifier {
    remembered: BTreeMap<([u8; 32], [u8; 32]), Signature>,
    verified: u64,
    pub(super) names: Remembered,
    listed: BTreeMap<([u8; 32], [u8; 32]), Result<Listed, String>>,
}

impl Verifier {
    /// Signatures that were verified since it began: what was remembered is not counted.
    pub fn verified(&self) -> u64 {
        self.verified
    }

    /// Whether `certificate` is signed by this key. `digest` and `key_digest` are the SHA-256 of the certificate and of
    /// the key.
    pub(crate) fn certificate(
        &mut self,
        certificate: &Certificate,
        digest: [u8; 32],
        key: &PublicKey,
        key_digest: [u8; 32],
    ) -> Signature {
        self.remember((digest, key_digest), || {
            let algorithms = [&certificate.signature_algorithm, &certificate.signed_signature_algorithm];
            let signature = (certificate.signature(), certificate.unused_bits());
            verify(key, algorithms, certificate.signed(), signature)
        })
    }

    /// Whether a revocation list is signed by this key.
    pub(crate) fn crl(&mut self, crl: &Crl, key: &PublicKey, key_digest: [u8; 32]) -> Signature {
        self.remember((crl.sha256(), key_digest), || {
            let algorithms = [&crl.signature_algorithm, &crl.signed_signature_algorithm];
            verify(key, algorithms, crl.signed(), (crl.signature(), crl.unused_bits()))
        })
    }

    /// Whether a revocation list holds `certificate`, whose SHA-256 is `digest`. A list can have millions of entries, and
    /// the flips ask at every instant.
    pub(super) fn listed(&mut self, crl: &Crl, certificate: &Certificate, digest: [u8; 32]) -> Result<Listed, String> {
        let of = (crl.sha256(), digest);
        if let Some(remembered) = self.listed.get(&of) {
            return remembered.clone();
        }
        let listed = revocation::find(crl, certificate);
        if self.listed.len() >= Limits::REMEMBERED_SIGNATURES {
            self.listed.clear();
        }
        self.listed.insert(of, listed.clone());
        listed
    }

    fn remember(&mut self, of: ([u8; 32], [u8; 32]), verify: impl FnOnce() -> Signature) -> Signature {
        if let Some(remembered) = self.remembered.get(&of) {
            return remembered.clone();
        }
        let verified = verify();
        self.verified = self.verified.saturating_add(1);
        if self.remembered.len() >= Limits::REMEMBERED_SIGNATURES {
            self.remembered.clear();
        }
        self.remembered.insert(of, verified.clone());
        verified
    }
}

/// Verifies a signature with its unused bits, whose algorithm stands beside it and inside what is signed.
fn verify(
    key: &PublicKey,
    [algorithm, signed_algorithm]: [&Algorithm; 2],
    message: &[u8],
    (bits, unused_bits): (&[u8], u8),
) -> Signature {
    if algorithm != signed_algorithm {
        return Signature::Bad(String::from("the algorithm that is signed differs from the one beside the signature"));
    }
    if unused_bits != 0 {
        return Signature::Bad(format!("it is a BIT STRING with {unused_bits} unused bits, and a signature has none"));
    }
    let verified = signature::PublicKey::from_der(key.raw()).and_then(|key| {
        let Ok(oid) = ObjectIdentifier::from_bytes(algorithm.oid.as_bytes()) else {
            return Ok(None);
        };
        let algorithm = signature::Algorithm { oid, parameters: algorithm.parameters.as_deref() };
        signature::verify(&key, &algorithm, message, bits).map(Some)
    });
    match verified {
        Ok(Some(scheme)) => Signature::Good { is_sha1: is_sha1(scheme) },
        Ok(None) => Signature::Unknown(format!("the algorithm `{}` is not supported", algorithm.oid)),
        Err(failure @ Failure::WeakDigest(_)) => Signature::Broken(format!("{failure}")),
        Err(failure) if failure.is_undecided() => Signature::Unknown(format!("{failure}")),
        Err(failure) => Signature::Bad(format!("{failure}")),
    }
}

fn is_sha1(scheme: Scheme) -> bool {
    match scheme {
        Scheme::RsaPkcs1(hash) | Scheme::Ecdsa(hash) => hash == Hash::Sha1,
        Scheme::RsaPss(pss) => pss.hash == Hash::Sha1,
        Scheme::Ed25519 => false,
    }
}
