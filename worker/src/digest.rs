//! Digests, and comparison that takes the same time wherever two texts differ.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// SHA-256 of parts, each with its length before it so that no two lists of parts are the same bytes. Lower-case
/// hexadecimal.
pub fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hexadecimal(&hash.finalize())
}

/// SHA-256 of bytes as they are: what `sha256sum` prints of them.
pub fn plain(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// HMAC-SHA-256 (RFC 2104) of parts, as [`sha256`] puts them together. Lower-case hexadecimal: 64 characters, which every
/// profile of identifiers takes and nothing needs to encode.
pub fn keyed(key: &[u8], parts: &[&[u8]]) -> String {
    // HMAC takes keys of any length; the alternative is never met.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    hexadecimal(&mac.finalize().into_bytes())
}

/// Whether two secrets are the same. Their digests are compared, so that neither their first difference nor their length
/// shows in the time it takes.
pub fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one).as_slice().ct_eq(Sha256::digest(other).as_slice()).into()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(sha256(&[b"ab", b"c"]), sha256(&[b"a", b"bc"]));
        assert_ne!(keyed(b"k", &[b"ab", b""]), keyed(b"k", &[b"a", b"b"]));
        assert_ne!(keyed(b"k", &[b"a"]), keyed(b"l", &[b"a"]));
        assert_eq!(keyed(b"k", &[b"a"]).len(), 64);
    }

    #[test]
    fn a_plain_digest_is_the_one_of_the_standard() {
        // FIPS 180-4, example of one block.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(plain(b"abc"), expected);
    }

    #[test]
    fn secrets_are_the_same_or_not() {
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "abcd") && !same("", "a"));
    }
}
