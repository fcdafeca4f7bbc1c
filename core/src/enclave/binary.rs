//! Bytes that stand in a document as base64 or hexadecimal digits.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// The bytes of a document, and how its text says them.
#[derive(Debug, Clone)]
pub(super) struct Binary {
    pub(super) bytes: Vec<u8>,
    /// Whether the text is hexadecimal; otherwise it is base64.
    hexadecimal: bool,
}

impl Binary {
    /// Reads hexadecimal or base64, blanks and line ends between the digits allowed. Nothing if it is neither.
    ///
    /// Text of hexadecimal digits only is hexadecimal: as base64 it would be a third shorter, and neither of the two
    /// documents that are bytes begins with what those digits would say then.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        if digits.is_empty() {
            return None;
        }
        if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) && digits.len().is_multiple_of(2) {
            let (pairs, _) = digits.as_bytes().as_chunks::<2>();
            let bytes = pairs.iter().map(|[high, low]| nibble(*high) << 4 | nibble(*low)).collect();
            return Some(Self { bytes, hexadecimal: true });
        }
        let bytes = STANDARD.decode(&digits).or_else(|_| STANDARD_NO_PAD.decode(&digits)).ok()?;
        Some(Self { bytes, hexadecimal: false })
    }

    /// The place in `text` of the digits that say a range of bytes.
    pub(super) fn place(&self, text: &str, bytes: Range<usize>) -> Range<usize> {
        let (first, last) = if self.hexadecimal {
            (bytes.start.saturating_mul(2), bytes.end.saturating_mul(2).saturating_sub(1))
        } else {
            // Three bytes are four digits; a byte's bits may begin in the middle of one.
            (digit(bytes.start), digit(bytes.end.saturating_sub(1)).saturating_add(1))
        };
        let mut places = text.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace()).map(|(at, _)| at);
        let start = places.nth(first).unwrap_or(text.len());
        let end = match last.checked_sub(first) {
            None | Some(0) => start,
            Some(rest) => places.nth(rest.saturating_sub(1)).unwrap_or(text.len().saturating_sub(1)),
        };
        start..end.saturating_add(1).min(text.len())
    }
}

/// The base64 digit in which the first bit of a byte stands.
fn digit(byte: usize) -> usize {
    byte.saturating_mul(8).checked_div(6).unwrap_or_default()
}

fn nibble(digit: u8) -> u8 {
    let value = match digit {
        b'0'..=b'9' => digit.wrapping_sub(b'0'),
        b'a'..=b'f' => digit.wrapping_sub(b'a').wrapping_add(10),
        _ => digit.wrapping_sub(b'A').wrapping_add(10),
    };
    value & 0x0F
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        for nibble in [byte >> 4, byte & 0x0F] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// Whether hexadecimal digits are one byte again and again, as templates have it: all zeros, all ones.
pub(super) fn is_placeholder(digits: &str) -> bool {
    let (pairs, odd) = digits.as_bytes().as_chunks::<2>();
    odd.is_empty() && pairs.first().is_some_and(|first| pairs.iter().all(|pair| pair.eq_ignore_ascii_case(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_read_and_keep_places() {
        let hexadecimal =
            Binary::read("06 00\n00 00 e1").map(|binary| (binary.bytes.clone(), binary.place("06 00\n00 00 e1", 1..3)));
        assert_eq!(hexadecimal, Some((Vec::from([6, 0, 0, 0, 0xE1]), 3..8)));
        let base64 = Binary::read("BgAA\nAOE=").map(|binary| (binary.bytes.clone(), binary.place("BgAA\nAOE=", 0..3)));
        assert_eq!(base64, Some((Vec::from([6, 0, 0, 0, 0xE1]), 0..4)));
        assert!(Binary::read("").is_none() && Binary::read("{}").is_none() && Binary::read("not bytes!").is_none());
    }
}
