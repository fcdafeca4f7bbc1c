//! Strings: their escapes, and where a part of one stands.

use alloc::format;
use alloc::string::String;
use core::ops::Range;

use super::super::{Node, OddityKind};
use super::Reader;
use crate::quote::quote;
use crate::{Error, ErrorKind};

impl Reader<'_> {
    pub(super) fn string(&mut self) -> Result<String, Error> {
        let start = self.at;
        self.bump(1);
        let mut text = String::new();
        loop {
            let from = self.at;
            let rest = self.rest();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.bump(plain);
            match self.peek() {
                Some('"') => {
                    self.bump(1);
                    return Ok(text);
                }
                Some('\\') => match escape(self.rest()) {
                    Some((character, length)) => {
                        let from = self.at;
                        self.bump(length);
                        text.push(character);
                        // U+FFFD itself may be escaped too; a half of a pair is written with a `d`.
                        let digits = self.text.get(from.saturating_add(2)..from.saturating_add(3));
                        if character == '\u{fffd}' && digits.is_some_and(|digit| digit.eq_ignore_ascii_case("d")) {
                            self.odd(OddityKind::LoneSurrogate, from);
                        }
                    }
                    None if self.rest().len() < 6 && !self.rest().contains(['"', '\n']) => {
                        return Err(self.unterminated(start));
                    }
                    None => {
                        let end = self
                            .rest()
                            .char_indices()
                            .nth(2)
                            .map_or(self.text.len(), |(at, _)| self.at.saturating_add(at));
                        let found = quote(self.text.get(self.at..end).unwrap_or_default());
                        let expected =
                            "an escape: `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\uXXXX`";
                        return Err(self.error(ErrorKind::Syntax, expected, found, self.at..end));
                    }
                },
                Some(control) => {
                    let from = self.at;
                    text.push(control);
                    self.bump(control.len_utf8());
                    self.odd(OddityKind::ControlCharacter, from);
                }
                None => return Err(self.unterminated(start)),
            }
            debug_assert!(self.at > from, "every turn reads something");
        }
    }

    fn unterminated(&self, start: usize) -> Error {
        let line = self.document.span(start..start).line;
        let end = self.text.len();
        let found = "the end of the document";
        self.error(ErrorKind::Truncated, format!("`\"`, the end of the string from line {line}"), found, end..end)
    }
}

/// The character of the escape at the start of `text`, and the bytes that it takes. Half of a surrogate pair gives
/// U+FFFD.
fn escape(text: &str) -> Option<(char, usize)> {
    let character = match text.get(1..2)? {
        "u" => {
            let unit = unit(text)?;
            let pair = text.get(6..).filter(|next| next.starts_with("\\u")).and_then(unit_of_pair);
            return Some(match (unit, pair) {
                (0xD800..=0xDBFF, Some(low)) => {
                    let high = unit.saturating_sub(0xD800).checked_shl(10)?;
                    let code = high.saturating_add(low.saturating_sub(0xDC00)).saturating_add(0x1_0000);
                    (char::from_u32(code)?, 12)
                }
                _ => (char::from_u32(unit).unwrap_or('\u{fffd}'), 6),
            });
        }
        "\"" => '"',
        "\\" => '\\',
        "/" => '/',
        "b" => '\u{8}',
        "f" => '\u{c}',
        "n" => '\n',
        "r" => '\r',
        "t" => '\t',
        _ => return None,
    };
    Some((character, 2))
}

/// The number of `\uXXXX`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.get(2..6)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

fn unit_of_pair(text: &str) -> Option<u32> {
    unit(text).filter(|unit| (0xDC00..=0xDFFF).contains(unit))
}

/// Where a part of a string's text stands in the document.
pub(in crate::json) fn part(node: &Node, document: &str, part: Range<usize>) -> Option<Range<usize>> {
    let text = node.text()?;
    text.get(part.clone())?;
    let mut source = node.range().start.saturating_add(1);
    let mut read = 0usize;
    let mut start = None;
    let end = loop {
        if read >= part.start && start.is_none() {
            start = Some(source);
        }
        if read >= part.end {
            break source;
        }
        let rest = document.get(source..node.range().end)?;
        let (character, length) = match rest.chars().next()? {
            '\\' => escape(rest)?,
            plain => (plain, plain.len_utf8()),
        };
        read = read.saturating_add(character.len_utf8());
        source = source.saturating_add(length);
    };
    Some(start?..end)
}
