//! Certificates and tokens for tests whose clock is the platform's: valid around now.

use std::time::{SystemTime, UNIX_EPOCH};

use admit_core::Time;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

use super::certificate::Certificate;
use super::certificates::SELF_SIGNED;
use super::key::{Algorithm, Key};
use super::{Piece, der};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The instant that this machine shows.
///
/// # Panics
///
/// If its clock stands before 1970.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    Time::from_unix(i64::try_from(since.as_secs()).expect("a clock before the year 9999"))
}

/// A self-signed certificate for both ends of a connection, with its key.
pub struct Today {
    /// The certificate.
    pub certificate: Piece,
    /// Its DER.
    pub der: Vec<u8>,
    /// Its key, as PKCS#8 in PEM.
    pub key: String,
}

impl Today {
    /// A certificate for a common name, valid from `days` days ago for thirty days.
    pub fn new(common_name: &str, days: i64) -> Self {
        let text = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let from = now().plus(days.saturating_mul(-DAY));
        let row = Certificate {
            name: text(format!("{common_name} {from}")),
            common_name: text(common_name.to_string()),
            from: text(from.to_string()),
            until: text(from.plus(30 * DAY).to_string()),
            ..SELF_SIGNED
        };
        let key = Key::of(row.name, Algorithm::P256);
        let der = row.der(&key, &row, &key);
        Self {
            certificate: Piece::new("CERTIFICATE", der.clone()),
            der,
            key: Piece::new("PRIVATE KEY", key.pkcs8()).pem(),
        }
    }

    /// The certificate as base64.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.der)
    }
}

/// Who signs tokens.
pub struct Issuer {
    key: Key,
    /// The identifier of its key.
    pub kid: String,
}

impl Issuer {
    /// An issuer with a key of 2048 bits that is drawn from its name.
    pub fn new(name: &str) -> Self {
        Self { key: Key::of(name, Algorithm::Rsa2048), kid: format!("{name}-key") }
    }

    /// Its key set.
    pub fn jwks(&self) -> Value {
        let (n, e) = self.numbers();
        json!({ "keys": [{ "kty": "RSA", "use": "sig", "kid": self.kid, "n": n, "e": e }] })
    }

    /// The modulus and the exponent in base64url.
    ///
    /// # Panics
    ///
    /// Never: the key is an RSA key.
    pub fn numbers(&self) -> (String, String) {
        let Key::Rsa(key) = &self.key else { panic!("an RSA key") };
        let key: &rsa::RsaPrivateKey = (**key).as_ref();
        let trimmed = |bytes: &[u8]| {
            let start = bytes.iter().position(|byte| *byte != 0).unwrap_or_default();
            URL_SAFE_NO_PAD.encode(&bytes[start..])
        };
        (trimmed(&key.n().to_be_bytes()), trimmed(&key.e().to_be_bytes()))
    }

    /// The subjectPublicKeyInfo in PEM: what somebody would use as the secret of HS256.
    pub fn public_pem(&self) -> String {
        Piece::new("PUBLIC KEY", self.key.public_info()).pem()
    }

    /// A token with the usual header.
    pub fn token(&self, claims: &Value) -> String {
        self.token_with(&json!({ "typ": "JWT", "alg": "RS256", "kid": self.kid }), claims)
    }

    /// A token with any header, signed with RS256 whatever the header says.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes()));
        format!("{signed}.{signature}")
    }
}

impl Key {
    /// PKCS#8 of a P-256 key (RFC 5208, RFC 5915).
    fn pkcs8(&self) -> Vec<u8> {
        let Self::P256(key) = self else { panic!("a P-256 key") };
        let inner = [der::integer(&[1]), der::octets(&key.to_bytes()), der::context(1, &der::bits(&self.public()))];
        der::sequence(&[der::integer(&[0]), self.key_algorithm(), der::octets(&der::sequence(&inner))])
    }
}
