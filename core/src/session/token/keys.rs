//! The keys of the token's issuer (RFC 7517), and the signature.

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::{Jwt, Signature};
use crate::signature::{Failure, Hash, verify_rsa};
use crate::{Document, Error, ErrorKind};

/// A JSON Web Key Set. Members that are not needed are not looked at.
#[derive(Deserialize)]
struct Keys {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
}

/// What the keys say of the token's signature, and what could not be read of them.
pub(crate) fn signature(jwt: &Jwt, jwks: &Document<'_>) -> (Signature, Option<Error>) {
    if jwks.text().trim().is_empty() {
        return (Signature::Unknown, None);
    }
    let Ok(keys) = serde_json::from_str::<Keys>(jwks.text()) else {
        let error =
            Error::new(ErrorKind::Syntax, "a JSON Web Key Set: `{\"keys\": [...]}`", "something else", jwks.span(0..0));
        return (Signature::Unknown, Some(error));
    };
    if jwt.algorithm.as_deref() != Some("RS256") {
        return (Signature::Unknown, None);
    }
    let fits = |key: &&Key| key.kty == "RSA" && (key.kid == jwt.key && key.kid.is_some());
    let decode = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_deref()?).ok();
    let Some((modulus, exponent)) =
        keys.keys.iter().find(fits).and_then(|key| Some((decode(&key.n)?, decode(&key.e)?)))
    else {
        return (Signature::Unknown, None);
    };
    (verify_rs256(&modulus, &exponent, jwt.signed.as_bytes(), &jwt.signature), None)
}

/// Verifies RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3). The only place that asks for it.
fn verify_rs256(modulus: &[u8], exponent: &[u8], signed: &[u8], signature: &[u8]) -> Signature {
    match verify_rsa(modulus, exponent, Hash::Sha256, signed, signature) {
        Ok(()) => Signature::Verified,
        Err(Failure::Invalid | Failure::MalformedSignature) => Signature::Wrong,
        Err(_) => Signature::Unknown,
    }
}
