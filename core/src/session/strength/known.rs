//! Whole identifiers that hold nothing to guess whatever they look like: values that everyone knows, and text that was
//! only written in another way.

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::is_hex;
use crate::session::profile::Set;

/// Values that documents, samples and standards publish, in small letters without hyphens: the hashes of an empty text, and
/// the UUIDs that stand for "a UUID" in Wikipedia's and in libraries' pages.
const PUBLISHED: [&str; 5] = [
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "550e8400e29b41d4a716446655440000",
    "f47ac10b58cc4372a5670e02b2c3d479",
];

/// The beginnings of pi and of e, without their points.
const CONSTANTS: [&str; 2] = ["3141592653589793238462643383279502884197", "2718281828459045235360287471352662497757"];

/// Digits from which on a number can be recognised as the beginning of a constant.
const CONSTANT: usize = 12;

/// Bytes of the shortest text that is taken for one: fewer come out of random bytes by chance.
const SHORTEST: usize = 15;

/// Whether everyone knows the value.
pub(super) fn is_published(text: &str, seen: Set) -> bool {
    let bare = || text.bytes().filter(|byte| *byte != b'-').map(|byte| byte.to_ascii_lowercase());
    text.len() >= 32 && (PUBLISHED.iter().any(|known| known.bytes().eq(bare())) || is_constant(text, seen))
}

/// Whether the digits are those of pi or of e, from the first or the second on, however they are grouped.
pub(super) fn is_constant(text: &str, seen: Set) -> bool {
    const DIGITS: Set = Set::DIGITS.with(Set::of(b"-."));
    if !seen.without(DIGITS).is_empty() {
        return false;
    }

    let digits = || text.bytes().filter(|byte| !b"-.".contains(byte));
    let begins = |constant: &str, from| {
        let known = constant.bytes().skip(from);
        digits().next() == known.clone().next() && digits().zip(known).all(|(one, two)| one == two)
    };
    let known = CONSTANTS.iter().any(|constant| begins(constant, 0) || begins(constant, 1));
    known && digits().count() >= CONSTANT
}

/// The text that is written in hexadecimal or base64, and the name of the notation.
pub(super) fn written(text: &str, seen: Set) -> Option<(String, &'static str)> {
    if text.len() < SHORTEST {
        return None;
    }
    if is_hex(seen) {
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let bytes = text.as_bytes().chunks(2).map(|pair| match pair {
            [high, low] => digit(high)?.checked_mul(16)?.checked_add(digit(low)?).filter(is_plain),
            _ => None,
        });
        return readable(bytes.collect::<Option<_>>()?).map(|text| (text, "text written in hexadecimal"));
    }
    // Of random characters one in thirteen begins like a text: most are decided here.
    let sextet = |byte: &u8| {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".iter().position(|one| one == byte)
    };
    let [first, second, ..] = text.as_bytes() else { return None };
    let begins = sextet(first)?.checked_mul(4)?.checked_add(sextet(second)? / 16)?;
    if !u8::try_from(begins).is_ok_and(|byte| is_plain(&byte)) {
        return None;
    }
    let engines: [&GeneralPurpose; 4] = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD];
    let decoded = engines.into_iter().find_map(|engine| engine.decode(text).ok())?;
    readable(decoded).map(|text| (text, "text written in base64"))
}

/// Bytes that are a text: letters, digits and what stands between names. Random ones are with a probability of 1 to 10^8.
fn readable(bytes: Vec<u8>) -> Option<String> {
    (bytes.len() >= SHORTEST && bytes.iter().all(is_plain)).then(|| String::from_utf8(bytes).ok())?
}

fn is_plain(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b" @._-+:/|".contains(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_only_written_otherwise_is_read() {
        let read = |text: &str| written(text, Set::seen(text)).map(|(text, _)| text);
        assert_eq!(read("YWxpY2VAY29udG9zby5jb20").as_deref(), Some("alice@contoso.com"));
        assert_eq!(read("616c69636540636f6e746f736f2e636f6d").as_deref(), Some("alice@contoso.com"));
        assert_eq!(read("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA").as_deref(), Some("12345678901234567890"));
        for text in [
            "9b74c9897bac770ffc029102a200c5de",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "YWxpY2U",
            "V1StGXR8_Z5jdHi6B-myT",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let is_published = |text: &str| is_published(text, Set::seen(text));
        let is_constant = |text: &str| is_constant(text, Set::seen(text));
        assert!(is_published("550E8400-E29B-41D4-A716-446655440000") && !is_published("550e8400"));
        for text in
            ["31415926-5358-9793-2384-626433832795", "3.14159265358979", "141592653589", "27182818284590452353602874"]
        {
            assert!(is_constant(text), "{text}");
        }
        for text in ["314159265358979x", "31415926535", "31415926535897932385", "271828182846"] {
            assert!(!is_constant(text), "{text}");
        }
    }
}
