//! Reading a JSON Web Token (RFC 7519, RFC 7515).

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::Claims;
use crate::Limits;

/// A token that was taken apart. Nothing here is shown as it stands.
#[derive(Clone, PartialEq)]
pub(crate) struct Jwt {
    /// `alg` of the header.
    pub(crate) algorithm: Option<String>,
    /// `typ` of the header.
    pub(crate) form: Option<String>,
    /// `kid` of the header.
    pub(crate) key: Option<String>,
    /// The payload.
    pub(crate) claims: Claims,
    /// What was signed: header and payload as they stand.
    pub(crate) signed: String,
    /// The signature.
    pub(crate) signature: Vec<u8>,
}

/// What is wrong with the shape of a token, without any of its text.
pub(crate) type Misshapen = &'static str;

/// Takes a token apart.
///
/// # Errors
///
/// What is wrong with its shape: three parts in base64url without padding, of which two are JSON objects.
pub(crate) fn read(token: &str) -> Result<Jwt, Misshapen> {
    if token.len() > Limits::SESSION_TOKEN_BYTES {
        return Err("more bytes than any token has");
    }
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(match token.split('.').count() {
            5 => "five parts: an encrypted token",
            _ => "another number of parts than three",
        });
    };
    if token.contains('=') {
        return Err("padding, which tokens don't have");
    }
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let object = |part: &str| -> Option<Map<String, Value>> {
        serde_json::from_str(core::str::from_utf8(&decode(part)?).ok()?).ok()
    };
    let header_of = object(header).ok_or("a header that is no JSON object in base64url")?;
    let claims = object(payload).ok_or("a payload that is no JSON object in base64url")?;
    let signature_of = decode(signature).ok_or("a signature that is not base64url")?;
    let text = |name: &str| header_of.get(name).and_then(Value::as_str).map(|text| text.to_string());
    Ok(Jwt {
        algorithm: text("alg"),
        form: text("typ"),
        key: text("kid"),
        claims: Claims(claims),
        signed: alloc::format!("{header}.{payload}"),
        signature: signature_of,
    })
}

/// Where the token stands in what was pasted: alone, behind `Bearer`, or as `accessToken` in the answer of
/// `az account get-access-token`.
pub(crate) fn locate(text: &str) -> Range<usize> {
    let trimmed = text.trim();
    let start = text.len().saturating_sub(text.trim_start().len());
    if trimmed.starts_with('{') {
        for key in ["\"accessToken\"", "\"access_token\""] {
            if let Some(at) = text.find(key) {
                let from = at.saturating_add(key.len());
                let rest = text.get(from..).unwrap_or_default();
                if let Some(open) = rest.find('"') {
                    let value = from.saturating_add(open).saturating_add(1);
                    let length = text.get(value..).and_then(|rest| rest.find('"')).unwrap_or_default();
                    return value..value.saturating_add(length);
                }
            }
        }
    }
    let scheme = trimmed.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("bearer ")).map_or(0, str::len);
    let inner = trimmed.get(scheme..).unwrap_or_default();
    let skipped = inner.len().saturating_sub(inner.trim_start().len());
    let from = start.saturating_add(scheme).saturating_add(skipped);
    from..from.saturating_add(inner.trim().len())
}

/// The places of everything in a text that looks like a token: `eyJ` and two more parts of base64url.
pub(crate) fn masked(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("eyJ")).map(|place| at.saturating_add(place)) {
        let rest = text.get(start..).unwrap_or_default();
        let belongs = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
        let length = rest.find(|character| !belongs(character)).unwrap_or(rest.len());
        let end = start.saturating_add(length);
        if length >= 20 && text.get(start..end).is_some_and(|token| token.contains('.')) {
            found.push(start..end);
        }
        at = end.max(start.saturating_add(3));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_where_they_stand() {
        for text in ["  abc.def.g \n", "Bearer abc.def.g", "{ \"accessToken\": \"abc.def.g\", \"x\": 1 }"] {
            assert_eq!(text.get(locate(text)), Some("abc.def.g"), "{text}");
        }
        let log = "x eyJhbGciOiJub25lIn0.e30.c2ln y eyJ z";
        assert_eq!(masked(log).len(), 1);
    }

    #[test]
    fn shapes_are_judged() {
        let good = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln";
        assert!(read(good).is_ok_and(|jwt| jwt.claims.text("aud").as_deref() == Some("x")));
        for bad in ["", "a.b", "a.b.c.d", "!.e30.", "eyJhbGciOiJSUzI1NiJ9.W10.c2ln", "eyJhbGciOiJSUzI1NiJ9.e30=.c2ln"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        for (at, _) in good.char_indices() {
            let _ = read(good.get(..at).unwrap_or_default());
            let _ = locate(good.get(..at).unwrap_or_default());
        }
    }
}
