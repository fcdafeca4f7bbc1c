//! Percent-encoding (RFC 3986, section 2.1).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use crate::session::profile::Set;

/// `text` with every byte encoded whose character is not in `left`.
pub(crate) fn encode(text: &str, left: Set) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() && left.contains(character) {
            encoded.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

/// The value of two hexadecimal digits.
fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |place: usize| char::from(*bytes.get(place)?).to_digit(16);
    let value = digit(at.saturating_add(1))?.saturating_mul(16).saturating_add(digit(at.saturating_add(2))?);
    u8::try_from(value).ok()
}

/// `text` decoded as a lenient server does it, and whether a strict one would have failed: an escape without two
/// digits, or bytes that are not UTF-8.
pub(crate) fn decode(text: &str, plus_is_space: bool) -> (String, bool) {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut strict = true;
    let mut at = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        let mut width = 1;
        match (byte, escape(bytes, at)) {
            (b'%', Some(value)) => {
                decoded.push(value);
                width = 3;
            }
            (b'%', None) => {
                strict = false;
                decoded.push(byte);
            }
            (b'+', _) if plus_is_space => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        at = at.saturating_add(width);
    }
    match String::from_utf8(decoded) {
        Ok(text) => (text, !strict),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    }
}

/// `text` with the escapes of `unreserved` characters decoded; nothing if an escape is malformed.
pub(super) fn decode_unreserved(text: &str, unreserved: Set) -> Option<String> {
    let mut parts = text.split('%');
    let mut decoded = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let character = char::from(u8::from_str_radix(digits, 16).ok()?);
        if character.is_ascii() && unreserved.contains(character) {
            decoded.push(character);
        } else {
            decoded.push('%');
            decoded.push_str(digits);
        }
        decoded.push_str(part.get(2..).unwrap_or_default());
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_leniently_and_judged_strictly() {
        assert_eq!(decode("a%20b+c", true), (String::from("a b c"), false));
        assert_eq!(decode("50%off", true), (String::from("50%off"), true));
        assert_eq!(decode("%", false), (String::from("%"), true));
        assert!(decode("%ff", false).1);
        assert_eq!(encode("a&\u{e9}", Set::ALPHANUMERIC), "a%26%C3%A9");
    }
}
