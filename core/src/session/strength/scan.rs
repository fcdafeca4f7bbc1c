//! Cutting an identifier into its parts.

mod cut;

use alloc::vec::Vec;

use super::format::{timed, uuid_part};
use super::{Bits, Part, PartKind, alphabet, is_hex, known, moment, pattern, words};
use crate::session::profile::Set;

/// Bits of a letter in a word, in thousandths: the upper end of what Shannon measured for English (1951).
const WORD_LETTER: u32 = 1_500;
/// Parts of which it is looked whether they stood there before: more than an identifier of 128 characters has.
const REPEATED: usize = 64;
/// Different separators from which on they are characters like any other.
const SEPARATORS: usize = 4;
/// Characters from which on a text can be a random value in base64url: 120 bits.
const BASE64URL: usize = 20;

/// The parts of an identifier, in order, which cover it.
pub(super) fn parts(text: &str, seen: Set) -> Vec<Part> {
    let whole = |kind, bits, note| Vec::from([Part::new((0, text.len()), kind, bits, note)]);
    if known::is_published(text, seen) {
        return whole(PartKind::Placeholder, Bits::log2(64), "a value that everyone knows");
    }
    match known::written(text, seen) {
        Some((inner, note)) => {
            let inner = plain(&inner, Set::seen(&inner));
            whole(PartKind::Word, inner.iter().map(|part| part.bits).sum(), note)
        }
        None => plain(text, seen),
    }
}

fn plain(text: &str, seen: Set) -> Vec<Part> {
    let mut scan = Scan { text, seen, parts: Vec::new() };
    if let Some(kind) = whole(text) {
        let count = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let bits = Bits::log2(3).times(count).min(Bits::whole(33));
        let note = match kind {
            PartKind::Mail => "a mail address or user principal name",
            PartKind::Telephone => "a telephone number",
            _ => "a security identifier",
        };
        scan.parts.push(Part::new((0, text.len()), kind, bits, note));
    } else if separators(text, seen) >= SEPARATORS {
        // Patterns are looked for in bytes.
        match text.is_ascii() {
            true => scan.cut(0, text.len(), PartKind::Unstructured),
            false => scan.unstructured(0, text.len()),
        }
    } else {
        scan.all();
        if scan.is_base64url() {
            scan.parts.clear();
            scan.cut(0, text.len(), PartKind::Unstructured);
        }
    }
    scan.finish()
}

/// What the whole text is, where that can't be told from its tokens.
fn whole(text: &str) -> Option<PartKind> {
    if let Some((local, domain)) = text.split_once('@')
        && !local.is_empty()
        && domain.split('.').count() >= 2
        && domain
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    {
        return Some(PartKind::Mail);
    }
    if let Some(number) = text.strip_prefix('+')
        && (8..=15).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some(PartKind::Telephone);
    }
    let sid = text.strip_prefix("S-1-").or_else(|| text.strip_prefix("s-1-"))?;
    let numbers = sid.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    (numbers && sid.contains('-')).then_some(PartKind::SecurityIdentifier)
}

/// How many different characters other than letters and digits there are.
fn separators(text: &str, seen: Set) -> usize {
    let ascii = seen.without(Set::ALPHANUMERIC);
    if !ascii.is_beyond_ascii() {
        return usize::try_from(ascii.size()).unwrap_or(SEPARATORS).min(SEPARATORS);
    }
    let mut seen = Vec::new();
    for character in text.chars().filter(|character| !character.is_ascii_alphanumeric()) {
        if !seen.contains(&character) {
            seen.push(character);
            if seen.len() >= SEPARATORS {
                break;
            }
        }
    }
    seen.len()
}

struct Scan<'a> {
    text: &'a str,
    /// Its characters.
    seen: Set,
    parts: Vec<Part>,
}

impl Scan<'_> {
    /// Whether what stands between the separators is so irregular that they are symbols of base64url themselves: letters of
    /// either case and digits, no part with a structure, parts of different lengths.
    fn is_base64url(&self) -> bool {
        const SYMBOLS: Set = Set::ALPHANUMERIC.with(Set::of(b"-_"));
        let seen = self.seen;
        let any = |set: Set| seen.without(set) != seen;
        let mut lengths = self.text.as_bytes().split(|byte| b"-_".contains(byte)).map(<[u8]>::len);
        let mut differ = || {
            let first = lengths.next();
            lengths.any(|length| Some(length) != first)
        };
        self.text.len() >= BASE64URL
            && seen.without(SYMBOLS).is_empty()
            && [Set::DIGITS, Set::LOWER, Set::UPPER].into_iter().all(any)
            && self.parts.iter().all(|part| matches!(part.kind, PartKind::Unstructured | PartKind::Separator))
            && differ()
    }

    /// The characters of a stretch.
    fn seen(&self, at: usize, end: usize) -> Set {
        // Most identifiers are one token.
        let whole = end.saturating_sub(at) == self.text.len();
        if whole { self.seen } else { Set::seen(self.text.get(at..end).unwrap_or_default()) }
    }

    fn all(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let rest = self.text.get(at..).unwrap_or_default();
            if let Some(part) =
                uuid_part(self.text, at).filter(|part| self.ends(part)).or_else(|| moment::iso(self.text, at))
            {
                at = part.end as usize;
                self.parts.push(part);
                continue;
            }
            // A character beyond ASCII begins with a byte that is none of these.
            let bytes = rest.as_bytes();
            let token = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
            if token > 0 {
                let end = at.saturating_add(token);
                self.token(at, end);
                at = end;
                continue;
            }
            let separator = bytes.iter().position(u8::is_ascii_alphanumeric).unwrap_or(rest.len());
            let end = at.saturating_add(separator.max(1));
            self.parts.push(Part::new((at, end), PartKind::Separator, Bits::ZERO, "a separator"));
            at = end;
        }
    }

    /// Whether nothing alphanumeric follows.
    fn ends(&self, part: &Part) -> bool {
        let next = self.text.get(part.end as usize..).and_then(|rest| rest.chars().next());
        !next.is_some_and(|character| character.is_ascii_alphanumeric())
    }

    fn token(&mut self, at: usize, end: usize) {
        let token = self.text.get(at..end).unwrap_or_default();
        let seen = self.seen(at, end);
        if let Some(part) = timed(token, at) {
            self.parts.push(part);
        } else if seen.without(Set::DIGITS).is_empty() {
            self.number(at, end);
        } else if seen.without(Set::DIGITS) == seen && self.word(at, end) {
        } else if token.len() >= 8 && is_hex(seen) {
            self.cut(at, end, PartKind::Hexadecimal);
        } else {
            // A word with a number at its end, `user42`, is a word and a number.
            let digits = token.bytes().rev().take_while(u8::is_ascii_digit).count();
            let middle = end.saturating_sub(digits);
            let letters = self.text.get(at..middle).unwrap_or_default();
            if digits > 0 && letters.bytes().all(|byte| byte.is_ascii_alphabetic()) && self.word(at, middle) {
                self.number(middle, end);
            } else {
                self.cut(at, end, PartKind::Unstructured);
            }
        }
    }

    /// Whether the token reads like words; if so they are parts now.
    fn word(&mut self, at: usize, end: usize) -> bool {
        let token = self.text.get(at..end).unwrap_or_default();
        let patterned = pattern::run(token.as_bytes(), 0).is_some() || pattern::period(token.as_bytes()).is_some();
        if patterned && !words::is_placeholder(token) {
            self.cut(at, end, PartKind::Unstructured);
            return true;
        }
        let Some(words) = words::words(token) else {
            return false;
        };
        let mut from = at;
        for word in words {
            let to = from.saturating_add(word.len());
            let part = if words::is_placeholder(word) {
                Part::new((from, to), PartKind::Placeholder, Bits::log2(64), "a word of samples and tests")
            } else {
                let bits = u64::try_from(word.len()).unwrap_or(u64::MAX).saturating_mul(u64::from(WORD_LETTER)) / 1000;
                let bits = Bits::whole(u32::try_from(bits).unwrap_or(u32::MAX));
                let part = Part::new((from, to), PartKind::Word, bits, "letters that read like a word");
                // Long ones that only just do can have been drawn.
                let drawn = Bits::log2(26).times(u32::try_from(word.len()).unwrap_or(u32::MAX));
                if words::is_doubtful(word) { part.or(drawn) } else { part }
            };
            self.parts.push(part);
            from = to;
        }
        true
    }

    fn number(&mut self, at: usize, end: usize) {
        let token = self.text.get(at..end).unwrap_or_default();
        let bytes = token.as_bytes();
        if known::is_constant(token, Set::DIGITS) {
            self.parts.push(Part::new((at, end), PartKind::Placeholder, Bits::log2(64), "the digits of pi or of e"));
            return;
        }
        if pattern::run(bytes, 0).is_some() || pattern::period(bytes).is_some() {
            self.cut(at, end, PartKind::Integer);
            return;
        }
        if let Some(part) = moment::digits(token, at) {
            self.parts.push(part);
            return;
        }
        if (1..bytes.len()).any(|place| pattern::run(bytes, place).is_some()) {
            self.cut(at, end, PartKind::Integer);
            return;
        }
        let part = match token.len() {
            0..=14 => {
                let value: u64 = token.parse().unwrap_or(u64::MAX);
                let note = if token.len() > 1 && token.starts_with('0') {
                    "a number filled up with zeros"
                } else {
                    "a number"
                };
                Part::new((at, end), PartKind::Integer, Bits::log2(value.saturating_add(1)), note)
            }
            15..=19 => {
                Part::new((at, end), PartKind::Snowflake, Bits::whole(22), "a number of the size of a snowflake id")
            }
            length => {
                let count = u32::try_from(length).unwrap_or(u32::MAX);
                Part::new((at, end), PartKind::Unstructured, Bits::log2(10).times(count), "digits")
            }
        };
        self.parts.push(part);
    }

    /// Bits are counted at the end, when the alphabet of all such parts is known.
    fn unstructured(&mut self, at: usize, end: usize) {
        self.parts.push(Part::new((at, end), PartKind::Unstructured, Bits::ZERO, "no structure that is known here"));
    }

    fn finish(mut self) -> Vec<Part> {
        let open = |part: &&mut Part| part.kind == PartKind::Unstructured && part.bits == Bits::ZERO;
        let text = self.text;
        let slice = |part: &Part| text.get(part.start as usize..part.end as usize).unwrap_or_default();
        let mut class = 0;
        let all: alloc::string::String = self.parts.iter_mut().filter(open).map(|part| slice(part)).collect();
        if !all.is_empty() {
            class = alphabet(Set::seen(&all));
        }
        // What stood there before adds nothing.
        for at in 1..self.parts.len().min(REPEATED) {
            let (before, rest) = self.parts.split_at_mut(at);
            if let Some(part) = rest.first_mut().filter(|part| part.end.saturating_sub(part.start) >= 3)
                && before.iter().any(|other| slice(other) == slice(part))
            {
                *part =
                    Part::new((part.start as usize, part.end as usize), PartKind::Repeat, Bits::ZERO, "the same again");
            }
        }
        for part in self.parts.iter_mut().filter(open) {
            let characters: Vec<char> = slice(part).chars().collect();
            let count = u32::try_from(characters.len()).unwrap_or(u32::MAX);
            // Few different characters in a long part are a small alphabet.
            let mut seen = characters;
            seen.sort_unstable();
            seen.dedup();
            let distinct = u64::try_from(seen.len()).unwrap_or(u64::MAX);
            let size = if count >= 12 && distinct <= 3 { distinct } else { class };
            part.bits = Bits::log2(size).times(count);
        }
        self.parts
    }
}
