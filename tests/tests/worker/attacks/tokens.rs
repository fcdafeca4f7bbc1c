//! Tokens that are none: altered, of another key, of another algorithm, for somebody else.

use admit_tests::generator::today::{Issuer, now};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::sessions::{AUDIENCE, ISSUER, claims};

/// Tokens that are none.
pub(super) fn forged(issuer: &Issuer) -> Vec<String> {
    let stranger = Issuer::new("stranger");
    let at = now().unix();
    let good = issuer.token(&claims("alice"));
    let parts: Vec<&str> = good.split('.').collect();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let with = |key: &str, value: Value| {
        let mut all = claims("alice");
        all[key] = value;
        issuer.token(&all)
    };
    let header = |value: Value| issuer.token_with(&value, &claims("alice"));
    let kid = || issuer.kid.clone();
    let mut tokens = vec![
        String::from("a.b.c"),
        parts[..2].join("."),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{good}.x"),
        format!("{good}="),
        format!("{}.{}.{}", parts[0], part(&claims("victim")), parts[2]),
        format!("{}.{}.{}", part(&json!({ "alg": "RS256", "kid": kid(), "typ": "JWT", "x": 1 })), parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][1..]),
        format!("{}.{}.{}A", parts[0], parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(342)),
        format!("{}.{}.{}", parts[0], parts[1], URL_SAFE_NO_PAD.encode([0; 256])),
        stranger.token(&claims("alice")),
        stranger.token_with(&json!({ "alg": "RS256", "typ": "JWT", "kid": kid() }), &claims("alice")),
        with("exp", json!(at - 61)),
        with("exp", json!(0)),
        with("exp", json!(-1)),
        with("exp", json!("9999999999")),
        with("exp", Value::Null),
        with("nbf", json!(at + 120)),
        with("nbf", json!("0")),
        with("iat", json!(at + 120)),
        with("iat", json!(at + 10_000)),
        with("aud", json!("")),
        with("aud", Value::Null),
        with("aud", json!([])),
        with("aud", json!({ AUDIENCE: true })),
        with("aud", json!(format!("{AUDIENCE}/"))),
        with("aud", json!(AUDIENCE.to_uppercase())),
        with("aud", json!([format!(" {AUDIENCE}")])),
        with("iss", json!("")),
        with("iss", json!([ISSUER])),
        with("iss", json!(format!("{ISSUER}/"))),
        with("iss", json!(ISSUER.to_uppercase())),
        with("sub", json!("")),
        with("sub", json!(["alice"])),
        with("sub", Value::Null),
        with("tid", json!("")),
        with("tid", json!(["tenant"])),
        header(json!({ "alg": "none", "kid": kid() })),
        header(json!({ "alg": "None", "kid": kid() })),
        header(json!({ "alg": "HS256", "kid": kid() })),
        header(json!({ "alg": "RS384", "kid": kid() })),
        header(json!({ "alg": "PS256", "kid": kid() })),
        header(json!({ "alg": "ES256", "kid": kid() })),
        header(json!({ "alg": "rs256", "kid": kid() })),
        header(json!({ "alg": ["RS256"], "kid": kid() })),
        header(json!({ "kid": kid() })),
        header(json!({ "alg": "RS256" })),
        header(json!({ "alg": "RS256", "kid": "" })),
        header(json!({ "alg": "RS256", "kid": "../../dev/null" })),
        header(json!({ "alg": "RS256", "kid": [kid()] })),
        header(json!({ "alg": "RS256", "kid": kid(), "jku": "https://evil.test/keys" })),
        header(json!({ "alg": "RS256", "kid": kid(), "x5u": "https://evil.test/cert" })),
        header(json!({ "alg": "RS256", "kid": kid(), "crit": [] })),
        header(json!({ "alg": "RS256", "kid": kid(), "b64": false, "crit": ["b64"] })),
        header(json!({ "alg": "RS256", "kid": kid(), "typ": "dpop+jwt" })),
        header(json!(["RS256"])),
        "x".repeat(70_000),
        ".".repeat(1000),
    ];
    // The public key as the secret of an HMAC: key confusion.
    let confused = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT", "kid": kid() })), parts[1]);
    for secret in [issuer.public_pem(), issuer.numbers().0, issuer.jwks().to_string()] {
        tokens.push(format!("{confused}.{}", URL_SAFE_NO_PAD.encode(hmac(secret.as_bytes(), confused.as_bytes()))));
    }
    // A key of one's own beside the issuer's name for its key.
    let own = json!({ "alg": "RS256", "kid": kid(), "jwk": stranger.jwks()["keys"][0] });
    tokens.push(stranger.token_with(&own, &claims("alice")));
    tokens
}

/// HMAC-SHA-256 (RFC 2104).
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    use sha2::{Digest as _, Sha256};
    let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |byte: u8| block.iter().map(|each| each ^ byte).collect::<Vec<_>>();
    let inner = Sha256::digest([pad(0x36).as_slice(), message].concat());
    Sha256::digest([pad(0x5c).as_slice(), inner.as_slice()].concat()).to_vec()
}
