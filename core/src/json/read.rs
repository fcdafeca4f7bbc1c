//! Reading JSON by recursive descent, bounded by `Limits::JSON_DEPTH` and `Limits::JSON_NODES`.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::{Json, Member, Node, Oddity, OddityKind, Value};
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits};

/// Reads a JSON document.
///
/// # Errors
///
/// The first thing that is neither JSON nor an [`Oddity`], with its place; a document that ends too early; a named
/// limit that is passed.
pub fn read(document: &Document<'_>) -> Result<Json, Error> {
    let mut reader = Reader { document, text: document.text(), at: 0, nodes: 0, oddities: Vec::new() };
    if reader.text.len() > Limits::DOCUMENT_BYTES {
        return Err(reader.limit("bytes", Limits::DOCUMENT_BYTES));
    }
    if reader.text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
        reader.odd(OddityKind::ByteOrderMark, 0);
    }
    let root = reader.value(0)?;
    reader.skip()?;
    if reader.at < reader.text.len() {
        return Err(reader.unexpected("the end of the document"));
    }
    Ok(Json { root, oddities: reader.oddities })
}

/// Words of other languages that stand where JSON has a value.
const WORDS: [&str; 9] = ["undefined", "None", "True", "False", "NULL", "Null", "nil", "NaN", "Infinity"];

struct Reader<'d> {
    document: &'d Document<'d>,
    text: &'d str,
    at: usize,
    nodes: usize,
    oddities: Vec<Oddity>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, length: usize) {
        self.at = self.at.saturating_add(length).min(self.text.len());
    }

    fn odd(&mut self, kind: OddityKind, start: usize) {
        if self.oddities.len() < Limits::JSON_ODDITIES {
            self.oddities.push(Oddity { kind, start: offset(start), end: offset(self.at) });
        }
    }

    /// What stands here, as an error.
    fn unexpected(&self, expected: impl Into<Cow<'static, str>>) -> Error {
        let rest = self.rest();
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let length = if word > 0 { word } else { self.peek().map_or(0, char::len_utf8) };
        match rest.get(..length) {
            // A word may be part of a secret whose quotes are wrong, so only those that people mistake for JSON are shown.
            Some(word) if word.chars().count() > 1 && !WORDS.contains(&word) => {
                let first = word.chars().next().map(String::from).unwrap_or_default();
                let range = self.at..self.at.saturating_add(length);
                self.error(ErrorKind::Syntax, expected, format!("a word that begins with {}", quote(&first)), range)
            }
            Some("") | None => self.error(ErrorKind::Truncated, expected, "the end of the document", self.at..self.at),
            Some(found) => {
                self.error(ErrorKind::Syntax, expected, quote(found), self.at..self.at.saturating_add(length))
            }
        }
    }

    fn error(
        &self,
        kind: ErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
        at: Range<usize>,
    ) -> Error {
        Error::new(kind, expected, found, self.document.span(at))
    }

    fn limit(&self, what: &str, limit: usize) -> Error {
        self.error(ErrorKind::Limit, format!("at most {limit} {what}"), format!("more {what}"), self.at..self.at)
    }

    /// Skips blanks and comments.
    fn skip(&mut self) -> Result<(), Error> {
        loop {
            let rest = self.rest();
            let blanks = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t', '\r', '\n']).len());
            self.bump(blanks);
            let (start, rest) = (self.at, self.rest());
            let length = if rest.starts_with("//") {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else if let Some(inside) = rest.strip_prefix("/*") {
                match inside.find("*/") {
                    Some(length) => length.saturating_add(4),
                    None => {
                        let end = self.text.len();
                        let found = "the end of the document";
                        return Err(self.error(ErrorKind::Truncated, "`*/`, the end of the comment", found, end..end));
                    }
                }
            } else {
                return Ok(());
            };
            self.bump(length);
            self.odd(OddityKind::Comment, start);
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Error> {
        self.skip()?;
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > Limits::JSON_NODES {
            return Err(self.limit("values", Limits::JSON_NODES));
        }
        if depth > Limits::JSON_DEPTH {
            return Err(self.limit("nested arrays and objects", Limits::JSON_DEPTH));
        }
        let start = self.at;
        let value = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.array(depth)?,
            Some('"') => Value::Text(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { value, start: offset(start), end: offset(self.at) })
    }

    fn object(&mut self, depth: usize) -> Result<Value, Error> {
        self.bump(1);
        let mut members: Vec<Member> = Vec::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut comma = None;
        loop {
            self.skip()?;
            match self.peek() {
                Some('}') => {
                    self.close(comma);
                    return Ok(Value::Object(members));
                }
                Some('"') => {}
                _ => return Err(self.unexpected("a key in double quotes or `}`")),
            }
            let key_start = self.at;
            let key = self.string()?;
            let key_end = self.at;
            if !seen.insert(key.clone()) {
                self.odd(OddityKind::DuplicateKey, key_start);
            }
            self.skip()?;
            if self.peek() != Some(':') {
                return Err(self.unexpected("`:` after a key"));
            }
            self.bump(1);
            let value = self.value(depth.saturating_add(1))?;
            members.push(Member { key, key_start: offset(key_start), key_end: offset(key_end), value });
            comma = self.comma('}')?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Error> {
        self.bump(1);
        let mut items = Vec::new();
        let mut comma = None;
        loop {
            self.skip()?;
            if self.peek() == Some(']') {
                self.close(comma);
                return Ok(Value::Array(items));
            }
            items.push(self.value(depth.saturating_add(1))?);
            comma = self.comma(']')?;
        }
    }

    /// Reads the closing bracket; `comma` is where the comma before it stands, if there is one.
    fn close(&mut self, comma: Option<usize>) {
        if let Some(comma) = comma {
            let bracket = core::mem::replace(&mut self.at, comma.saturating_add(1));
            self.odd(OddityKind::TrailingComma, comma);
            self.at = bracket;
        }
        self.bump(1);
    }

    /// Reads the comma after a member or item and says where it stands; leaves the closing bracket.
    fn comma(&mut self, close: char) -> Result<Option<usize>, Error> {
        self.skip()?;
        let at = self.at;
        match self.peek() {
            Some(',') => {
                self.bump(1);
                Ok(Some(at))
            }
            Some(found) if found == close => Ok(None),
            _ => Err(self.unexpected(format!("`,` or `{close}`"))),
        }
    }

    fn string(&mut self) -> Result<String, Error> {
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

    fn number(&mut self) -> Result<Value, Error> {
        let rest = self.rest();
        let length = rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let number = rest.get(..length).unwrap_or_default();
        if !is_number(number) {
            let range = self.at..self.at.saturating_add(length);
            let at_end = range.end == self.text.len();
            let kind = if at_end { ErrorKind::Truncated } else { ErrorKind::Syntax };
            return Err(self.error(kind, "a number such as `0`, `-1.5` or `6e3`", quote(number), range));
        }
        let number = number.to_string();
        self.bump(length);
        Ok(Value::Number(number))
    }

    fn word(&mut self) -> Result<Value, Error> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let value = match rest.get(..length) {
            Some("null") => Value::Null,
            Some("true") => Value::Bool(true),
            Some("false") => Value::Bool(false),
            _ => return Err(self.unexpected("a value")),
        };
        self.bump(length);
        Ok(value)
    }
}

/// The grammar of RFC 8259, section 6.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
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
pub(super) fn part(node: &Node, document: &str, part: Range<usize>) -> Option<Range<usize>> {
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

/// A byte offset. Documents are limited far below 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\u{feff}{ // c\n \"a\\u00e9\": [1, -2.5e+3, true, false, null, \"x\\ud83d\\ude00\", {},],\n/* d */ \"b\": \"\\ud800\" }";

    fn parse(text: &str) -> Result<Json, Error> {
        read(&Document::new("d", text))
    }

    #[test]
    fn oddities_are_read_and_reported_in_order() {
        let kinds = |text| parse(text).map(|json| json.oddities.iter().map(|oddity| oddity.kind).collect::<Vec<_>>());
        use OddityKind::{ByteOrderMark, Comment, ControlCharacter, DuplicateKey, LoneSurrogate, TrailingComma};
        let expected = [ByteOrderMark, Comment, TrailingComma, Comment, LoneSurrogate];
        assert_eq!(kinds(GOOD).ok().as_deref(), Some(expected.as_slice()));
        assert_eq!(kinds("{\"a\":1,\"a\":\"\n\"}").ok().as_deref(), Some([DuplicateKey, ControlCharacter].as_slice()));
        assert_eq!(kinds("[\"\\ufffd\"]").ok().as_deref(), Some([].as_slice()));
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, expected) in [
            ("", "d:1:1: expected a value, found the end of the document"),
            ("[1 2]", "d:1:4: expected `,` or `]`, found `2`"),
            ("{a: 1}", "d:1:2: expected a key in double quotes or `}`, found `a`"),
            ("{\"a\" 1}", "d:1:6: expected `:` after a key, found `1`"),
            ("{\n\"a\": undefined}", "d:2:6: expected a value, found `undefined`"),
            ("[01]", "d:1:2: expected a number such as `0`, `-1.5` or `6e3`, found `01`"),
            ("[\"a\"bc]", "d:1:5: expected `,` or `]`, found a word that begins with `b`"),
            ("[1] x", "d:1:5: expected the end of the document, found `x`"),
            ("[\"a", "d:1:4: expected `\"`, the end of the string from line 1, found the end of the document"),
            ("[/* ", "d:1:5: expected `*/`, the end of the comment, found the end of the document"),
            ("[,]", "d:1:2: expected a value, found `,`"),
            (
                "[\"\\x\"]",
                "d:1:3: expected an escape: `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\uXXXX`, found `\\x`",
            ),
        ] {
            assert_eq!(parse(text).err().map(|error| error.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn limits_are_errors() {
        let deep = |depth| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert!(parse(&deep(Limits::JSON_DEPTH.saturating_add(1))).is_ok());
        let error = parse(&deep(Limits::JSON_DEPTH.saturating_add(2))).err();
        assert_eq!(error.map(|error| error.kind), Some(ErrorKind::Limit));
        let wide = ["[", &"0,".repeat(Limits::JSON_NODES), "0]"].concat();
        assert_eq!(parse(&wide).err().map(|error| error.kind), Some(ErrorKind::Limit));
    }

    #[test]
    fn agrees_with_serde_on_plain_json() {
        for text in
            ["1", "-0.0", "1e5", "1.", ".5", "+1", "-", "\"\\u12\"", "{}", "[{}]", "[]x", "tru", "\"\\/\"", "1e"]
        {
            assert_eq!(parse(text).is_ok(), serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
        }
    }

    /// Spans nest and lie inside the document.
    fn check(node: &Node, within: Range<usize>, text: &str) {
        assert!(within.start <= node.range().start && node.range().end <= within.end);
        assert!(text.get(node.range()).is_some());
        for item in node.items() {
            check(item, node.range(), text);
        }
        for member in node.members() {
            assert!(text.get(member.key_range()).is_some_and(|key| key.starts_with('"') && key.ends_with('"')));
            check(&member.value, node.range(), text);
        }
    }

    #[test]
    fn truncations_are_errors_and_edits_never_panic() {
        let last = GOOD.len().saturating_sub(1);
        for (at, _) in GOOD.char_indices().filter(|(at, _)| *at <= last) {
            assert!(parse(GOOD.get(..at).unwrap_or_default()).is_err(), "{at}");
        }
        let mut state = 0x9E37_79B9_u32;
        let mut random = move || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as usize
        };
        for _ in 0..20_000 {
            let mut bytes = GOOD.as_bytes().to_vec();
            for _ in 0..random().checked_rem(4).unwrap_or(0).saturating_add(1) {
                let at = random().checked_rem(bytes.len()).unwrap_or(0);
                let with = b"{}[]\",:/*\\u0d\n\xff".get(random().checked_rem(15).unwrap_or(0)).copied().unwrap_or(b'x');
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = with;
                }
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Ok(json) = parse(&text) {
                check(&json.root, 0..text.len(), &text);
                for oddity in &json.oddities {
                    assert!(text.get(oddity.range()).is_some());
                }
            }
        }
    }
}
