//! The same chain with nothing but RustCrypto: parse, compare names, dates and flags, verify. What the mathematics costs.

use admit_core::signature;
use p256::ecdsa::signature::Verifier as _;
use rsa::pkcs8::DecodePublicKey as _;
use sha2::Sha256;
use x509_cert::Certificate;
use x509_cert::der::{DecodePem as _, Encode as _};

/// Whether each certificate is signed by the next one. The time and the names are compared as well.
pub fn chain(pems: &[&str; 3], at: u64) -> bool {
    let read: Vec<Certificate> = pems.iter().filter_map(|pem| Certificate::from_pem(pem).ok()).collect();
    let [leaf, intermediate, root] = read.as_slice() else { return false };
    let is_valid = |certificate: &Certificate| {
        let validity = certificate.tbs_certificate().validity();
        let seconds = |time: &x509_cert::time::Time| time.to_unix_duration().as_secs();
        seconds(&validity.not_before) <= at && at <= seconds(&validity.not_after)
    };
    [leaf, intermediate, root].into_iter().all(is_valid)
        && is_signed(leaf, intermediate)
        && is_signed(intermediate, root)
}

/// What the engine's own mathematics is given: key, algorithm, message and signature, all as received.
pub struct Signed {
    key: Vec<u8>,
    algorithm: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

/// The two signatures of a chain.
pub fn signed(pems: &[&str; 3]) -> Option<[Signed; 2]> {
    let read: Vec<Certificate> = pems.iter().filter_map(|pem| Certificate::from_pem(pem).ok()).collect();
    let [leaf, intermediate, root] = read.as_slice() else { return None };
    let pair = |certificate: &Certificate, issuer: &Certificate| {
        Some(Signed {
            key: issuer.tbs_certificate().subject_public_key_info().to_der().ok()?,
            algorithm: certificate.signature_algorithm().to_der().ok()?,
            message: certificate.tbs_certificate().to_der().ok()?,
            signature: certificate.signature().raw_bytes().to_vec(),
        })
    };
    Some([pair(leaf, intermediate)?, pair(intermediate, root)?])
}

/// Whether both signatures are right: what the engine takes for mathematics, reading the key and hashing included, and
/// nothing else.
pub fn mathematics(signed: &[Signed; 2]) -> bool {
    signed.iter().all(|signed| {
        let (Ok(key), Ok(algorithm)) =
            (signature::PublicKey::from_der(&signed.key), signature::Algorithm::from_der(&signed.algorithm))
        else {
            return false;
        };
        signature::verify(&key, &algorithm, &signed.message, &signed.signature).is_ok()
    })
}

fn is_signed(certificate: &Certificate, issuer: &Certificate) -> bool {
    if certificate.tbs_certificate().issuer() != issuer.tbs_certificate().subject() {
        return false;
    }
    let (Ok(message), Ok(key)) =
        (certificate.tbs_certificate().to_der(), issuer.tbs_certificate().subject_public_key_info().to_der())
    else {
        return false;
    };
    let signature = certificate.signature().raw_bytes();
    if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(&key) {
        return p256::ecdsa::DerSignature::from_bytes(signature)
            .is_ok_and(|signature| key.verify(&message, &signature).is_ok());
    }
    if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(&key) {
        return p384::ecdsa::DerSignature::from_bytes(signature)
            .is_ok_and(|signature| key.verify(&message, &signature).is_ok());
    }
    let Ok(key) = rsa::RsaPublicKey::from_public_key_der(&key) else { return false };
    let key = rsa::pkcs1v15::VerifyingKey::<Sha256>::new(key);
    rsa::pkcs1v15::Signature::try_from(signature).is_ok_and(|signature| key.verify(&message, &signature).is_ok())
}
