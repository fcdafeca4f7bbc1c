//! What stands outside of PEM blocks: bare base64 or hexadecimal, and keys whose markers are broken.

use alloc::vec::Vec;
use core::ops::Range;

use super::encoding::{Coded, digits, is_base64, significant};
use super::source::Source;
use crate::{Error, ErrorKind};

/// Base64 of `-----BEGIN`, as far as it doesn't depend on what follows.
const ARMOR: &str = "LS0tLS1CRUdJTi";

/// A value shorter than this is not looked at: the smallest private key has 48 bytes.
const SMALLEST: usize = 40;

/// Finds encoded values: the whole text in hexadecimal, or base64 that begins as DER or PEM does.
pub(super) fn find(text: &str, range: Range<usize>) -> Vec<Coded> {
    if is_hexadecimal(text, range.clone()) {
        return Vec::from([Coded::hexadecimal(text, range)]);
    }
    let mut found = Vec::new();
    let mut at = range.start;
    let mut inside = false;
    while at < range.end {
        let Some(character) = text.get(at..range.end).and_then(|rest| rest.chars().next()) else { break };
        if !inside && let Some(end) = candidate(text, at..range.end) {
            found.push(Coded::base64(text, at..end));
            at = end;
            inside = false;
            continue;
        }
        inside = is_base64(character);
        at = at.saturating_add(character.len_utf8());
    }
    found
}

/// Whether everything is hexadecimal, and begins as DER or PEM does.
fn is_hexadecimal(text: &str, range: Range<usize>) -> bool {
    let mut start = digits(text, range.clone()).map(|(_, digit)| digit.to_ascii_lowercase());
    let begins = match (start.next(), start.next()) {
        (Some('3'), Some('0')) => true,
        (Some('2'), Some('d')) => start.by_ref().take(8).eq("2d2d2d2d".chars()),
        _ => false,
    };
    begins && start.take(32).count() >= 16 && digits(text, range).all(|(_, digit)| digit.is_ascii_hexdigit())
}

/// The end of the base64 that begins at the start of `range`, if DER or PEM does.
fn candidate(text: &str, range: Range<usize>) -> Option<usize> {
    let rest = text.get(range.clone())?;
    if !rest.starts_with('M') && !rest.starts_with("LS0t") {
        return None;
    }
    // DER says how long it is; PEM ends where base64 does.
    let wanted = if rest.starts_with(ARMOR) {
        usize::MAX
    } else {
        let mut head = [b'A'; 8];
        for (slot, (_, symbol)) in head.iter_mut().zip(significant(text, range.clone())) {
            *slot = u8::try_from(symbol).ok().filter(|_| is_base64(symbol))?;
        }
        let head = core::str::from_utf8(&head).ok()?;
        let length = der_length(&Coded::base64(head, 0..head.len()).bytes)?;
        if length < SMALLEST {
            return None;
        }
        length.saturating_mul(4).div_ceil(3)
    };
    let mut end = range.start;
    let mut count = 0usize;
    for (place, symbol) in significant(text, range) {
        // An empty line ends it, and so do a line with anything else on it, and anything but a line break or padding after the length that was wanted.
        let gap = text.get(end..place.start).unwrap_or_default();
        let apart =
            count > 0 && gap.contains('\n') && (gap.matches('\n').count() > 1 || !is_line_of_base64(text, place.start));
        let done = count >= wanted && !gap.is_empty();
        if apart || (symbol != '=' && (done || !is_base64(symbol))) {
            break;
        }
        count = count.saturating_add(1);
        end = place.end;
    }
    (count >= SMALLEST).then_some(end)
}

/// Whether there is nothing but base64, and what may stand around it, up to the end of the line.
fn is_line_of_base64(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let around =
        |symbol: char| symbol == '=' || symbol == '<' || !symbol.is_ascii_graphic() || "\"',\\%".contains(symbol);
    line.split('<').next().unwrap_or_default().chars().all(|symbol| is_base64(symbol) || around(symbol))
}

/// The length of the DER value that begins with these bytes, if it is a SEQUENCE of what is met.
fn der_length(head: &[u8]) -> Option<usize> {
    let (length, first) = match *head {
        // BER doesn't say: it ends where base64 does.
        [0x30, 0x80, first, ..] => (usize::MAX, first),
        [0x30, length @ 0x20..=0x7F, first, ..] => (usize::from(length).saturating_add(2), first),
        [0x30, 0x81, length, first, ..] => (usize::from(length).saturating_add(3), first),
        [0x30, 0x82, high, low, first, ..] => (usize::from(u16::from_be_bytes([high, low])).saturating_add(4), first),
        [0x30, 0x83, high, middle, low, first] => {
            ((u32::from_be_bytes([0, high, middle, low]) as usize).saturating_add(5), first)
        }
        _ => return None,
    };
    // SEQUENCE, INTEGER, OBJECT IDENTIFIER, ENUMERATED.
    matches!(first, 0x30 | 0x02 | 0x06 | 0x0A).then_some(length)
}

/// Keys whose markers have lost hyphens, and PuTTY's: from the line that says so to the one that ends it.
pub(super) fn private_keys(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    let mut open: Option<usize> = None;
    for line in text.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
        let end = at.saturating_add(line.len());
        let key = line.contains("PRIVATE KEY");
        match open {
            Some(start) if key && line.contains("END") => {
                found.push(start..end);
                open = None;
            }
            // The end of a key whose beginning was not pasted.
            None if key && line.contains("END ") && line.contains("--") && !line.contains("BEGIN") => {
                let start = found.last().map_or(range.start, |before| before.end);
                found.push(start..end);
            }
            None if (key && line.contains("BEGIN")) || line.contains("PuTTY-User-Key-File") => {
                if key && line.contains("END") { found.push(at..end) } else { open = Some(at) }
            }
            _ => {}
        }
        at = end;
    }
    found.extend(open.map(|start| start..range.end));
    found
}

/// The error for a text in which nothing was found. It quotes nothing of it.
pub(super) fn nothing(source: &Source<'_>, expected: &'static str) -> Error {
    let text = source.text();
    let start = text.len().saturating_sub(text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len());
    let span = source.span(start..start);
    let error = |kind, found: &str| Error::new(kind, expected, found, span.clone());
    if text.contains("BEGIN ") || text.contains("END CERTIFICATE") {
        let found = "a marker that is not of five hyphens on each side, or that stands alone";
        return error(ErrorKind::Syntax, found).help("write the marker as `-----BEGIN CERTIFICATE-----`");
    }
    if text.contains(['\u{fffd}', '\0']) {
        let help = "paste it as PEM: `openssl x509 -inform DER -in FILE`";
        return error(ErrorKind::Syntax, "binary bytes that were pasted as text").help(help);
    }
    error(ErrorKind::Syntax, "text without one").help("a block begins with `-----BEGIN CERTIFICATE-----`")
}
