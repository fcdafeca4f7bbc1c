//! The same chain with nothing but RustCrypto: parse, compare names, dates and flags, verify. What the mathematics costs.

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
    [leaf, intermediate, root].into_iter().all(is_valid) && signed(leaf, intermediate) && signed(intermediate, root)
}

fn signed(certificate: &Certificate, issuer: &Certificate) -> bool {
    if certificate.tbs_certificate().issuer() != issuer.tbs_certificate().subject() {
        return false;
    }
    let (Ok(message), Ok(key)) = (
        certificate.tbs_certificate().to_der(),
        issuer.tbs_certificate().subject_public_key_info().to_der(),
    ) else {
        return false;
    };
    let signature = certificate.signature().raw_bytes();
    if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(&key) {
        return p256::ecdsa::DerSignature::from_bytes(signature).is_ok_and(|signature| key.verify(&message, &signature).is_ok());
    }
    if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(&key) {
        return p384::ecdsa::DerSignature::from_bytes(signature).is_ok_and(|signature| key.verify(&message, &signature).is_ok());
    }
    let Ok(key) = rsa::RsaPublicKey::from_public_key_der(&key) else { return false };
    let key = rsa::pkcs1v15::VerifyingKey::<Sha256>::new(key);
    rsa::pkcs1v15::Signature::try_from(signature).is_ok_and(|signature| key.verify(&message, &signature).is_ok())
}
