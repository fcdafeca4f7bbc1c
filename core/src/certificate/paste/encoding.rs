//! Base64 and hexadecimal as they are pasted, with the way back from a byte to its place in the text.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::quote::{is_invisible, quote};

/// Padding is taken off before; unused bits of the last character are met that are not zero.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes that stand encoded in a text.
pub(super) struct Coded {
    /// What was decoded: everything, or what stands before the first thing that is wrong.
    pub(super) bytes: Vec<u8>,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// The first thing that is wrong, and where.
    pub(super) wrong: Option<(Range<usize>, String)>,
    form: Form,
    /// Whether the bytes are not the ones that stand in the text.
    rewritten: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Base64,
    Hexadecimal,
}

impl Coded {
    /// Decodes base64, whatever blanks, quotes and escapes stand between its characters.
    pub(super) fn base64(text: &str, range: Range<usize>) -> Self {
        if let Some(bytes) = text.get(range.clone()).and_then(lines) {
            return Self { bytes, range, wrong: None, form: Form::Base64, rewritten: false };
        }
        let mut symbols = Vec::with_capacity(range.len());
        let mut wrong = None;
        let mut padded = false;
        for (at, symbol) in significant(text, range.clone()) {
            match symbol {
                '=' => padded = true,
                _ if padded => {
                    wrong = Some((at, String::from("more after the padding")));
                    break;
                }
                _ if is_base64(symbol) => symbols.push(u8::try_from(symbol).unwrap_or(b'=')),
                _ => {
                    wrong = Some((at, quote(symbol.encode_utf8(&mut [0; 4]))));
                    break;
                }
            }
        }
        if symbols.len() % 4 == 1 {
            symbols.pop();
            wrong.get_or_insert_with(|| {
                let found = format!("{} characters, which no bytes encode to", symbols.len().saturating_add(1));
                (range.end..range.end, found)
            });
        }
        let bytes = BASE64.decode(&symbols).unwrap_or_default();
        Self { bytes, range, wrong, form: Form::Base64, rewritten: false }
    }

    /// Decodes hexadecimal, whatever blanks, colons, commas and `0x` stand between its digits.
    pub(super) fn hexadecimal(text: &str, range: Range<usize>) -> Self {
        let mut bytes = Vec::with_capacity(range.len() / 2);
        let mut half = None;
        let mut wrong = None;
        for (at, digit) in digits(text, range.clone()) {
            let Some(value) = digit.to_digit(16).and_then(|value| u8::try_from(value).ok()) else {
                wrong = Some((at, quote(digit.encode_utf8(&mut [0; 4]))));
                break;
            };
            match half.take() {
                None => half = Some(value),
                Some(high) => bytes.push((high << 4) | value),
            }
        }
        if half.is_some() {
            wrong.get_or_insert((range.end..range.end, String::from("half a byte")));
        }
        Self { bytes, range, wrong, form: Form::Hexadecimal, rewritten: false }
    }

    /// The same, with the bytes from `end` on left out.
    pub(super) fn cut(mut self, end: usize) -> Self {
        self.bytes.truncate(end);
        self
    }

    /// Other bytes in the same place of the text.
    pub(super) fn rewritten(&self, bytes: Vec<u8>) -> Self {
        Self { bytes, range: self.range.clone(), wrong: None, form: self.form, rewritten: true }
    }

    /// Where the byte at offset `at` stands in the text that it was decoded from.
    pub(super) fn place(&self, text: &str, at: u32) -> Range<usize> {
        if self.rewritten {
            return self.range.clone();
        }
        let at = at as usize;
        let found = match self.form {
            Form::Base64 => significant(text, self.range.clone()).nth(at.saturating_mul(4) / 3),
            Form::Hexadecimal => digits(text, self.range.clone()).nth(at.saturating_mul(2)),
        };
        found.map_or(self.range.end..self.range.end, |(range, _)| range)
    }

    /// Whether it is too long for a word.
    pub(super) fn is_long(&self) -> bool {
        self.bytes.len() >= 128
    }
}

/// Decodes base64 with nothing but line breaks and blanks around its lines, as nearly all PEM is: by the line, which takes
/// a tenth of the time that looking at each character does; and nearly all lines are as long as the first one. None: look
/// at each.
fn lines(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes().trim_ascii();
    let first = text.iter().position(|octet| *octet == b'\n').map_or(text.len(), |end| end.saturating_add(1));
    // Where a line is longer or shorter, a line break stands inside of a piece, and is no base64.
    joined(text.len(), &mut text.chunks(first.max(1)))
        .or_else(|| joined(text.len(), &mut text.split(|octet| *octet == b'\n')))
}

fn joined(length: usize, lines: &mut dyn Iterator<Item = &[u8]>) -> Option<Vec<u8>> {
    let mut symbols = Vec::with_capacity(length);
    for line in lines {
        symbols.extend_from_slice(line.trim_ascii());
    }
    while symbols.last() == Some(&b'=') {
        symbols.pop();
    }
    BASE64.decode(&symbols).ok()
}

/// Whether a character belongs to base64.
pub(super) fn is_base64(symbol: char) -> bool {
    symbol.is_ascii_alphanumeric() || matches!(symbol, '+' | '/')
}

/// The characters that count in base64, each with its place: without blanks, invisible characters, the `>` and `|` of
/// quoted mail, quotation marks and commas of lists of strings, and escapes such as `\n`, `\/` and `%0A`.
pub(super) fn significant(text: &str, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, char)> {
    let base = range.start;
    let mut rest = text.get(range).unwrap_or_default();
    let start = rest.len();
    core::iter::from_fn(move || {
        loop {
            let at = base.saturating_add(start.saturating_sub(rest.len()));
            let mut characters = rest.chars();
            let mut symbol = characters.next()?;
            let mut after = characters.as_str();
            if symbol == '\\' {
                rest = after.strip_prefix(['n', 'r', 't']).unwrap_or(after);
                continue;
            }
            if symbol == '%'
                && let Some((octet, left)) = percent(after)
            {
                symbol = char::from(octet);
                after = left;
            }
            let length = rest.len().saturating_sub(after.len());
            rest = after;
            if is_base64(symbol) || !is_filler(symbol) {
                return Some((at..at.saturating_add(length), symbol));
            }
        }
    })
}

fn is_filler(symbol: char) -> bool {
    matches!(symbol, ' ' | '>' | '|' | '"' | '\'' | ',') || symbol.is_whitespace() || is_invisible(symbol)
}

fn percent(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    if !digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    Some((u8::from_str_radix(digits, 16).ok()?, rest))
}

/// The digits of hexadecimal, each with its place, and whatever else is neither a separator nor a prefix.
pub(super) fn digits(text: &str, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, char)> {
    let base = range.start;
    let text = text.get(range).unwrap_or_default();
    let mut characters = text.char_indices().peekable();
    core::iter::from_fn(move || {
        loop {
            let (at, symbol) = characters.next()?;
            if symbol == '0' && characters.next_if(|(_, next)| matches!(next, 'x' | 'X')).is_some() {
                continue;
            }
            if symbol == '\\' && characters.next_if(|(_, next)| *next == 'x').is_some() {
                continue;
            }
            if symbol.is_whitespace() || is_invisible(symbol) || matches!(symbol, ':' | ',' | '-' | ';' | '{' | '}') {
                continue;
            }
            let at = base.saturating_add(at);
            return Some((at..at.saturating_add(symbol.len_utf8()), symbol));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_length() {
        let whole = BASE64.decode("QWRtaXQgYW5zd2VycyBvbmUgcXVlc3Rpb24").ok();
        assert!(whole.is_some());
        for text in [
            "QWRtaXQgYW5zd2VycyBvbmUgcXVlc3Rpb24=",
            "QWRtaXQg\nYW5zd2Vy\ncyBvbmUg\ncXVlc3Rp\nb24=\n",
            "\r\nQWRtaXQg\r\nYW5zd2Vy\r\ncyBvbmUg\r\ncXVlc3Rp\r\nb24=\r\n",
            "QWRtaXQgYW5z\nd2Vy\ncyBvbmUgcXVl\nc3Rpb24=",
            "QWRt\n\naXQgYW5zd2VycyBvbmUg\n  cXVlc3Rpb24=\n\n",
            "Q\nW\nRtaXQgYW5zd2VycyBvbmUgcXVlc3Rpb24",
        ] {
            assert_eq!(lines(text), whole, "{text:?}");
        }
        for text in ["QWRt=\naXQg", "QWRt aXQg", "QW,RtaXQg", "\u{e9}QWRt"] {
            assert_eq!(lines(text), None, "{text:?}");
        }
    }
}
