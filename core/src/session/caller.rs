//! Who calls: the checks that a guard makes of a caller's token before it derives an identifier from it.
//!
//! This is not the judgement of a token for the pool's own API (kind `session`), which is lenient about what is unknown.
//! A guard has everything that it needs, and whatever is missing refuses.

use alloc::string::{String, ToString as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::rules::token as rules;
use super::token::{self, Signature};
use crate::{Document, Rule, Time};

/// What a caller's token must be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// `iss`, exactly.
    pub issuer: &'a str,
    /// `aud`, exactly; in a list of audiences it must be one of them.
    pub audience: &'a str,
    /// The keys of the issuer, as a JSON Web Key Set. Only RSA keys with a `kid` are looked at.
    pub jwks: &'a str,
    /// Seconds by which the issuer's clock may differ.
    pub skew: u32,
}

/// Who calls, as a verified token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// `iss`.
    pub issuer: String,
    /// `tid`; the issuer where there is none.
    pub tenant: String,
    /// `sub`.
    pub subject: String,
    /// `exp`.
    pub expires: Time,
}

/// Verifies a compact token (RFC 7515, section 3.1) and says who calls. `token` is the token alone, without a scheme.
///
/// # Errors
///
/// The rule that refuses: the shape, then the algorithm, the signature, and only then what the token says.
pub fn caller(token: &str, expected: &Expected<'_>, at: Time) -> Result<Caller, &'static Rule> {
    let jwt = token::read(token).map_err(|_| &rules::SHAPE)?;
    if jwt.algorithm.as_deref() != Some("RS256") {
        return Err(&rules::ALGORITHM);
    }
    // What a header declares critical must be understood (RFC 7515, section 4.1.11), and nothing is. A key that a header
    // brings along, or the address of one, is an attempt to be verified with the caller's own key.
    let header = header(token).ok_or(&rules::SHAPE)?;
    if ["crit", "jwk", "jku", "x5u", "x5c", "b64", "enc", "zip"].iter().any(|name| header.contains_key(*name)) {
        return Err(&rules::HEADER);
    }
    if !matches!(jwt.form.as_deref(), None | Some("JWT" | "jwt" | "at+jwt" | "application/at+jwt")) || jwt.key.is_none()
    {
        return Err(&rules::HEADER);
    }
    let (signature, _) = token::signature(&jwt, &Document::new(super::JWKS, expected.jwks));
    if signature != Signature::Verified {
        return Err(&rules::SIGNATURE);
    }
    let claims = &jwt.claims;
    let issuer = claims.text("iss").filter(|issuer| issuer == expected.issuer).ok_or(&rules::claim::ISSUER)?;
    if !is_for(claims.value("aud"), expected.audience) {
        return Err(&rules::claim::AUDIENCE);
    }
    let skew = i64::from(expected.skew);
    let expires = claims.time("exp").ok_or(&rules::time::TIMES)?;
    if at >= expires.plus(skew) {
        return Err(&rules::time::EXPIRED);
    }
    for name in ["nbf", "iat"] {
        let time = claims.time(name);
        if claims.has(name) && time.is_none() || time.is_some_and(|time| time > expires) {
            return Err(&rules::time::TIMES);
        }
        if time.is_some_and(|time| at < time.plus(skew.saturating_neg())) {
            return Err(&rules::time::NOT_YET);
        }
    }
    let subject = claims.text("sub").filter(|subject| !subject.is_empty()).ok_or(&rules::claim::CLAIMS)?;
    let tenant = match claims.value("tid") {
        None => issuer.clone(),
        Some(Value::String(tenant)) if !tenant.is_empty() => tenant.to_string(),
        Some(_) => return Err(&rules::claim::CLAIMS),
    };
    Ok(Caller { issuer, tenant, subject, expires })
}

fn header(token: &str) -> Option<Map<String, Value>> {
    let json = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    serde_json::from_str(core::str::from_utf8(&json).ok()?).ok()
}

fn is_for(audience: Option<&Value>, expected: &str) -> bool {
    match audience {
        Some(Value::String(one)) => one == expected,
        Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(expected)),
        _ => false,
    }
}
