//! Whether a body is whole, as far as its headers tell.
//!
//! The runtime ends a body that was cut off with an error. A proxy before it may have ended it as if it were whole (that of
//! `wrangler dev` does); then its length is what tells.

use http::HeaderMap;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};

/// What a caller is told of a body that isn't.
pub const CUT: &str = "the body ends before it should";

/// Checks the bytes that came against the length that was announced.
///
/// # Errors
///
/// What is wrong, in one sentence: fewer or more bytes than announced, a length that is none, or one beside the chunks that
/// make it unknown (RFC 9112, section 6.3: an attempt to smuggle a request).
pub fn check(headers: &HeaderMap, received: u64) -> Result<(), &'static str> {
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter();
    let Some(length) = lengths.next() else { return Ok(()) };
    if lengths.next().is_some() || headers.contains_key(TRANSFER_ENCODING) {
        return Err("expected one length of the body, found two");
    }
    let digits = length.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|digits| digits.parse::<u64>().ok()) {
        Some(length) if length == received => Ok(()),
        Some(length) if length < received => Err("the body goes on after its length"),
        Some(_) => Err(CUT),
        None => Err("expected the length of the body in `Content-Length`, found something else"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_compared() {
        let of = |list: &[(&'static str, &'static str)], received: u64| {
            let headers = list
                .iter()
                .map(|(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value)));
            let mut all = HeaderMap::new();
            headers.for_each(|(name, value)| {
                all.append(name, value);
            });
            check(&all, received)
        };
        assert_eq!(of(&[], 7), Ok(()));
        assert_eq!(of(&[("transfer-encoding", "chunked")], 7), Ok(()));
        assert_eq!(of(&[("content-length", "7")], 7), Ok(()));
        assert_eq!(of(&[("content-length", "8")], 7), Err(CUT));
        for headers in [
            &[("content-length", "6")] as &[_],
            &[("content-length", "-1")],
            &[("content-length", "+7")],
            &[("content-length", "")],
            &[("content-length", "7, 7")],
            &[("content-length", "7"), ("content-length", "7")],
            &[("content-length", "7"), ("transfer-encoding", "chunked")],
        ] {
            assert!(of(headers, 7).is_err(), "{headers:?}");
        }
    }
}
