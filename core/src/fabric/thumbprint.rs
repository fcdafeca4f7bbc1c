//! Thumbprints as Service Fabric reads them from a setting.

use alloc::vec::Vec;
use core::ops::Range;

use crate::Limits;
/// As Service Fabric prints thumbprints.
pub(super) use crate::certificate::hexadecimal;
use crate::certificate::octets;

/// A list of thumbprints, item by item (ThumbprintSet.cpp:48-77; issuer lists go the same way, X509Identity.cpp:68-97).
///
/// One bad item fails the whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThumbprintList {
    /// The items between the commas, empty ones left out.
    pub items: Vec<Item>,
    /// Something other than blanks was written, but no item: `InvalidArgument`.
    pub only_commas: bool,
    /// There are more items than [`Limits::THUMBPRINTS`]; the rest was not read.
    pub cut: bool,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it stands in the list's text, blanks around it left out.
    pub range: Range<usize>,
    /// What Service Fabric makes of it.
    pub thumbprint: Result<Thumbprint, Fault>,
    /// What stands after a `?` and is not `true`: it means nothing.
    pub idle_flag: Option<Range<usize>>,
}

/// A thumbprint: some bytes that a certificate's SHA-1 is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbprint {
    /// The bytes. Their number isn't checked; other than 20 never equal a SHA-1.
    pub bytes: Vec<u8>,
    /// Written with `?true`: the chain must be good as well.
    pub verify_chain: bool,
}

/// Why an item is not a thumbprint: `InvalidX509Thumbprint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the list's text.
    pub range: Range<usize>,
}

/// What is wrong with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Nothing but blanks, or nothing before the `?`.
    Blank,
    /// A character that is neither hexadecimal nor a blank.
    Character(char),
    /// Blanks separate bytes, and this group is larger than a byte.
    Group,
}

impl ThumbprintList {
    /// Reads a list. Never fails as a whole: each item says what is wrong with it.
    pub fn read(text: &str) -> Self {
        let whole = trimmed(text, 0..text.len());
        let mut list = Self { items: Vec::new(), only_commas: false, cut: false };
        let mut start = whole.start;
        for piece in text.get(whole.clone()).unwrap_or_default().split(',') {
            let range = start..start.saturating_add(piece.len());
            start = range.end.saturating_add(1);
            if range.is_empty() {
                continue;
            }
            if list.items.len() >= Limits::THUMBPRINTS {
                list.cut = true;
                break;
            }
            list.items.push(Item::read(text, trimmed(text, range)));
        }
        list.only_commas = list.items.is_empty() && !whole.is_empty();
        list
    }

    /// The thumbprints, the first of each value, or nothing if one bad item fails the list.
    pub fn thumbprints(&self) -> Option<Vec<&Thumbprint>> {
        if self.only_commas || self.cut {
            return None;
        }
        let mut set: Vec<&Thumbprint> = Vec::new();
        for item in &self.items {
            set.push(item.thumbprint.as_ref().ok()?);
        }
        Some(set)
    }
}

/// The bytes of each thumbprint of a list that has nothing but digits, commas and blanks around them, which is read
/// without keeping where each stands; nothing for any other list, an empty one included.
pub(super) fn plain(text: &str) -> Option<Vec<Vec<u8>>> {
    let mut list = Vec::new();
    for piece in text.split(',') {
        let piece = piece.trim_matches([' ', '\t', '\r', '\n']);
        if piece.is_empty() || list.len() >= Limits::THUMBPRINTS {
            return None;
        }
        list.push(digits(piece)?);
    }
    Some(list)
}

impl Thumbprint {
    /// Reads one thumbprint that stands alone, as in `X509FindValue`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where: `InvalidX509Thumbprint`. The empty text is one such.
    pub fn read(text: &str) -> Result<Self, Fault> {
        Item::read(text, trimmed(text, 0..text.len())).thumbprint
    }
}

impl Item {
    /// Reads one thumbprint (Thumbprint.cpp:197-244); `range` has no blanks around it.
    fn read(text: &str, range: Range<usize>) -> Self {
        let mut pieces = pieces(text, range.clone());
        let Some(first) = pieces.next() else {
            let fault = Fault { kind: FaultKind::Blank, range: range.clone() };
            return Self { range, thumbprint: Err(fault), idle_flag: None };
        };
        let flag = pieces.next();
        let verify_chain = flag.as_ref().is_some_and(|flag| slice(text, flag).eq_ignore_ascii_case("true"));
        // A `?` that opens the item leaves the flag as the only piece, and a flag is no thumbprint.
        let bytes = bytes(text, first);
        let thumbprint = bytes.map(|bytes| Thumbprint { bytes, verify_chain });
        Self { range, thumbprint, idle_flag: flag.filter(|_| !verify_chain) }
    }
}

/// The pieces between the `?`, empty ones left out, each without blanks around it.
fn pieces(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    slice(text, &range)
        .split('?')
        .filter_map(move |piece| {
            let own = start..start.saturating_add(piece.len());
            start = own.end.saturating_add(1);
            (!own.is_empty()).then_some(own)
        })
        .map(|own| trimmed(text, own))
}

fn bytes(text: &str, range: Range<usize>) -> Result<Vec<u8>, Fault> {
    let written = slice(text, &range);
    if written.is_empty() {
        return Err(Fault { kind: FaultKind::Blank, range });
    }
    // Nearly all are digits and nothing else, and a manifest can have tens of thousands.
    if let Some(bytes) = digits(written) {
        return Ok(bytes);
    }
    let tokens = if written.contains(' ') { groups(written) } else { pairs(written) };
    let mut bytes = Vec::new();
    for token in tokens {
        let own = range.start.saturating_add(token.start)..range.start.saturating_add(token.end);
        bytes.push(byte(slice(written, &token)).ok_or_else(|| fault(text, &range, own))?);
    }
    Ok(bytes)
}

/// The bytes of a text of nothing but digits, counted from the end.
fn digits(written: &str) -> Option<Vec<u8>> {
    if written.len() & 1 == 0 { octets(written.as_bytes()) } else { octets(["0", written].concat().as_bytes()) }
}

/// With a space anywhere, blanks separate the bytes.
fn groups(written: &str) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0_usize;
    for group in written.split(is_stream_blank) {
        if !group.is_empty() {
            groups.push(start..start.saturating_add(group.len()));
        }
        start = start.saturating_add(group.len()).saturating_add(1);
    }
    groups
}

/// Without one, every two characters are a byte, counted from the end: an odd number gives a first byte of one digit.
fn pairs(written: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> = written.char_indices().map(|(at, _)| at).collect();
    let mut pairs = Vec::new();
    let mut end = written.len();
    for pair in starts.rchunks(2) {
        let start = pair.first().copied().unwrap_or_default();
        pairs.push(start..end);
        end = start;
    }
    pairs.reverse();
    pairs
}

/// Reads a token as a C++ stream in hexadecimal mode does: blanks around it and a `0x` before it are fine.
fn byte(token: &str) -> Option<u8> {
    let token = token.trim_matches(is_stream_blank);
    let digits = token.strip_prefix("0x").or_else(|| token.strip_prefix("0X")).unwrap_or(token);
    // `from_str_radix` would take a sign.
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let digits = match digits.trim_start_matches('0') {
        "" if !digits.is_empty() => "0",
        significant => significant,
    };
    u8::from_str_radix(digits, 16).ok()
}

/// The most helpful place to point at: the first impossible character of the whole item, else the group.
fn fault(text: &str, item: &Range<usize>, token: Range<usize>) -> Fault {
    let impossible = |character: char| !character.is_ascii_hexdigit() && !is_stream_blank(character);
    match slice(text, item).char_indices().find(|&(_, character)| impossible(character)) {
        Some((at, character)) => {
            let start = item.start.saturating_add(at);
            Fault { kind: FaultKind::Character(character), range: start..start.saturating_add(character.len_utf8()) }
        }
        None => Fault { kind: FaultKind::Group, range: token },
    }
}

/// What `StringUtility` trims (StringUtility.cpp:47-57): other blanks stay, and are faults.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let own = slice(text, &range);
    let is_blank = |character: char| matches!(character, ' ' | '\t' | '\r' | '\n');
    let without_head = own.trim_start_matches(is_blank);
    let start = range.end.saturating_sub(without_head.len());
    start..start.saturating_add(without_head.trim_end_matches(is_blank).len())
}

/// What a C++ stream skips.
fn is_stream_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n' | '\u{b}' | '\u{c}')
}

fn slice<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};

    use super::*;

    fn one(text: &str) -> Result<(String, bool), FaultKind> {
        let list = ThumbprintList::read(text);
        let item = list.items.into_iter().next().ok_or(FaultKind::Blank)?;
        let read = item.thumbprint.map_err(|fault| fault.kind)?;
        Ok((hexadecimal(&read.bytes), read.verify_chain))
    }

    #[test]
    fn the_grammar_of_one_thumbprint() {
        for (text, bytes) in [
            ("b3449b01", "b3449b01"),
            ("b3449", "0b3449"),
            ("b", "0b"),
            ("b3 4 9b", "b3049b"),
            ("b3  44   9b", "b3449b"),
            ("\tb3449b\r\n", "b3449b"),
            ("b3\t44", "0b0344"),
            ("0xb3 0x44", "b344"),
            ("B3 44", "b344"),
        ] {
            assert_eq!(one(text), Ok((bytes.to_string(), false)), "{text:?}");
        }
        for text in ["b3449b?true", "b3449b?TRUE", "b3449b ?  true ", "b3449b??true"] {
            assert_eq!(one(text), Ok(("b3449b".to_string(), true)), "{text:?}");
        }
        for text in ["b3449b?yes", "b3449b?", "b3449b?false?true"] {
            assert_eq!(one(text), Ok(("b3449b".to_string(), false)), "{text:?}");
        }
        for (text, kind) in [
            ("", FaultKind::Blank),
            ("   ", FaultKind::Blank),
            ("?", FaultKind::Blank),
            ("?true", FaultKind::Character('t')),
            ("b3 449b", FaultKind::Group),
            ("7812 9aff", FaultKind::Group),
            ("b3-44-9b", FaultKind::Character('-')),
            ("\u{200e}b3449b", FaultKind::Character('\u{200e}')),
            ("b3\u{a0}44", FaultKind::Character('\u{a0}')),
            ("b3 44 9g", FaultKind::Character('g')),
            ("+4 -4", FaultKind::Character('+')),
            ("d5ec...4264", FaultKind::Character('.')),
        ] {
            assert_eq!(one(text), Err(kind), "{text:?}");
        }
    }

    #[test]
    fn the_grammar_of_lists() {
        let set = |text: &str| {
            let list = ThumbprintList::read(text);
            list.thumbprints().map(|set| set.iter().map(|one| hexadecimal(&one.bytes)).collect::<Vec<_>>())
        };
        let both = Some(Vec::from(["a1b2".to_string(), "c3d4".to_string()]));
        assert_eq!(set(""), Some(Vec::new()));
        assert_eq!(set("  \t "), Some(Vec::new()));
        assert_eq!(set(","), None);
        assert!(ThumbprintList::read(",").only_commas);
        assert_eq!(set(" , , "), None);
        assert!(!ThumbprintList::read(" , , ").only_commas);
        assert_eq!(set("a1b2,,c3d4"), both);
        assert_eq!(set("a1b2, c3d4"), both);
        assert_eq!(set("a1b2, ,c3d4"), None);
        assert_eq!(set("a1b2;c3d4"), None);
        assert_eq!(set("a1b2,c3d4,"), both);
    }

    #[test]
    fn plain_lists_are_read_alike() {
        for text in ["a1b2", " a1b2 ,c3d", "A1,b2,\tc3\r\n", "a1,,b2", "a1 b2", "", ",", "a1?true", "g1", "0xb3", "a1,"]
        {
            let list = ThumbprintList::read(text);
            let whole: Option<Vec<Vec<u8>>> =
                list.thumbprints().map(|set| set.into_iter().map(|one| one.bytes.clone()).collect());
            assert!(plain(text).is_none() || plain(text) == whole, "{text:?}");
        }
        assert_eq!(plain(" a1b2 ,c3d"), Some(Vec::from([Vec::from([0xa1, 0xb2]), Vec::from([0x0c, 0x3d])])));
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = " a1b2 , \u{200e}c3d4?no";
        let list = ThumbprintList::read(text);
        let ranges: Vec<_> = list.items.iter().map(|item| slice(text, &item.range)).collect();
        assert_eq!(ranges, ["a1b2", "\u{200e}c3d4?no"]);
        let last = list.items.last();
        assert_eq!(last.and_then(|item| item.idle_flag.clone()).map(|flag| slice(text, &flag)), Some("no"));
        let fault = last.and_then(|item| item.thumbprint.clone().err()).map(|fault| fault.range);
        assert_eq!(fault.map(|range| slice(text, &range)), Some("\u{200e}"));
    }
}
