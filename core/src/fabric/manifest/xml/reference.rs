//! References such as `&amp;` and `&#x200E;`, and the attribute values that hold them.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::character::is_allowed;
use super::source::Source;
use crate::ErrorKind;
use crate::fabric::manifest::Value;
use crate::fabric::manifest::value::Replaced;
use crate::quote::quote;

/// Resolves the attribute value that stands at `place`: references, and white space as XML 1.0 section 3.3.3 has it.
pub(super) fn value<'d>(source: &mut Source<'d>, place: Range<usize>) -> Value<'d> {
    let raw = source.slice(place.clone());
    let document = source.document();
    let special = |character| matches!(character, '&' | '\t' | '\n' | '\r');
    if !raw.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')) {
        return Value::new(document, Cow::Borrowed(raw), place, Vec::new());
    }
    let mut text = String::with_capacity(raw.len());
    let mut replaced = Vec::new();
    let mut at = place.start;
    while at < place.end && !source.is_stopped() {
        let rest = source.slice(at..place.end);
        let plain = rest.find(special).unwrap_or(rest.len());
        text.push_str(rest.get(..plain).unwrap_or_default());
        at = at.saturating_add(plain);
        let rest = rest.get(plain..).unwrap_or_default();
        let (character, length) = match rest.chars().next() {
            None => break,
            Some('&') => resolve(source, at, place.end).unwrap_or(('&', 1)),
            Some(_) => (' ', if rest.starts_with("\r\n") { 2 } else { 1 }),
        };
        let from = text.len();
        text.push(character);
        let next = at.saturating_add(length);
        if length != text.len().saturating_sub(from) {
            replaced.push(Replaced { text: range(from, text.len()), source: range(at, next) });
        }
        at = next;
    }
    Value::new(document, Cow::Owned(text), place, replaced)
}

/// The character that the reference at `at` stands for, and the bytes that it takes. None, and an error, if it is none.
pub(super) fn resolve(source: &mut Source<'_>, at: usize, end: usize) -> Option<(char, usize)> {
    let name = source.slice(at.saturating_add(1)..end);
    let length = name.find(|found: char| !is_reference(found)).unwrap_or(name.len());
    let (name, after) = name.split_at_checked(length).unwrap_or_default();
    let length = length.saturating_add(2);
    let place = at..at.saturating_add(length);
    if !after.starts_with(';') {
        missing_semicolon(source, at, name);
        return None;
    }
    if let Some(number) = name.strip_prefix('#') {
        let character = number_of(number).and_then(char::from_u32).filter(|&character| is_allowed(character));
        if character.is_none() {
            let found = quote(source.slice(place.clone()));
            source.error(ErrorKind::Syntax, "the number of a character that XML allows", found, place);
        }
        return Some((character?, length));
    }
    match predefined(name) {
        Some(character) => Some((character, length)),
        None => {
            let found = quote(source.slice(place.clone()));
            let expected = "`&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` or the number of a character";
            let help = "write the text that the entity stands for: what a DOCTYPE declares is not expanded";
            source.error_with_help(ErrorKind::Syntax, expected, found, place, help);
            None
        }
    }
}

fn missing_semicolon(source: &mut Source<'_>, at: usize, name: &str) {
    let known = predefined(name).is_some() || name.starts_with('#') && name.len() > 1;
    if known {
        let end = at.saturating_add(1).saturating_add(name.len());
        let found = source.found(end);
        source.error(ErrorKind::Syntax, format!("`;` after `&{name}`"), found, at..end);
    } else {
        let help = "write `&amp;` where an ampersand is meant";
        let place = at..at.saturating_add(1);
        source.error_with_help(ErrorKind::Syntax, "a reference such as `&amp;`", "`&` alone", place, help);
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The number behind `#`. Beyond 32 bits it is none.
fn number_of(number: &str) -> Option<u32> {
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // from_str_radix takes a sign, which XML doesn't; is_reference lets none through.
    u32::from_str_radix(digits, radix).ok()
}

/// Whether a character may stand between `&` and `;`.
fn is_reference(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '#' | '_' | ':' | '-' | '.')
}

/// Offsets fit: documents are limited to `Limits::DOCUMENT_BYTES`.
fn range(start: usize, end: usize) -> Range<u32> {
    u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(end).unwrap_or(u32::MAX)
}
