//! Reading JSON (RFC 8259) with the place of every key and value.
//!
//! Stricter and more lenient than a decoder at once: duplicates are kept and listed, comments are skipped and listed, and
//! after the first fault nothing is guessed.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::{Entry, Fault, Node, Reading, Value};
use crate::quote::quote;
use crate::{ErrorKind, Limits};

/// Reads one JSON value and nothing after it.
pub(crate) fn read(text: &str) -> Reading {
    let mut reader = Reader { text, at: 0, nodes: 0, reading: Reading::default() };
    match reader.document() {
        Ok(root) => reader.reading.root = Some(root),
        Err(fault) => reader.reading.faults.push(fault),
    }
    reader.reading
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    nodes: usize,
    reading: Reading,
}

type Read<T> = Result<T, Fault>;

impl Reader<'_> {
    fn document(&mut self) -> Read<Node> {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        let root = self.node(0)?;
        self.blanks()?;
        if self.peek().is_some() { Err(self.unexpected("the end of the document")) } else { Ok(root) }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, character: char) {
        self.at = self.at.saturating_add(character.len_utf8());
    }

    /// A fault at the place that was reached.
    fn unexpected(&self, expected: &'static str) -> Fault {
        match self.peek() {
            None => self.fault(ErrorKind::Truncated, expected, "the end of the document".into(), self.at..self.at),
            Some(found) => {
                let range = self.at..self.at.saturating_add(found.len_utf8());
                self.fault(ErrorKind::Syntax, expected, quote(found.encode_utf8(&mut [0; 4])), range)
            }
        }
    }

    fn fault(&self, kind: ErrorKind, expected: &'static str, found: String, range: Range<usize>) -> Fault {
        Fault { kind, range, expected, found }
    }

    /// Skips blanks, and comments, which are listed.
    fn blanks(&mut self) -> Read<()> {
        loop {
            let rest = self.rest();
            let blank = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t', '\n', '\r']).len());
            self.at = self.at.saturating_add(blank);
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                match rest.find("*/") {
                    Some(end) => end.saturating_add(2),
                    None => {
                        let range = self.at..self.text.len();
                        return Err(self.fault(ErrorKind::Truncated, "`*/`", "the end of the document".into(), range));
                    }
                }
            } else {
                return Ok(());
            };
            let end = self.at.saturating_add(length);
            self.reading.comments.push(self.at..end);
            self.at = end;
        }
    }

    fn node(&mut self, depth: usize) -> Read<Node> {
        self.blanks()?;
        self.nodes = self.nodes.saturating_add(1);
        if depth > Limits::TREE_DEPTH || self.nodes > Limits::TREE_NODES {
            let expected = if depth > Limits::TREE_DEPTH {
                "values nested no deeper than the limit `TREE_DEPTH`"
            } else {
                "no more values than the limit `TREE_NODES`"
            };
            return Err(self.fault(ErrorKind::Limit, expected, "more".into(), self.at..self.at));
        }
        let start = self.at;
        let value = match self.peek() {
            Some('{') => self.table(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Text(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('t' | 'f' | 'n') => self.word()?,
            _ => return Err(self.unexpected("a JSON value")),
        };
        Ok(Node { range: start..self.at, value })
    }

    fn table(&mut self, depth: usize) -> Read<Value> {
        self.skip('{');
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys = alloc::collections::BTreeSet::new();
        self.blanks()?;
        if self.peek() == Some('}') {
            self.skip('}');
            return Ok(Value::Table(entries));
        }
        loop {
            self.blanks()?;
            if self.peek() != Some('"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let start = self.at;
            let key = self.string()?;
            let key_range = start..self.at;
            if !keys.insert(key.clone()) {
                self.reading.duplicates.push(key_range.clone());
            }
            self.blanks()?;
            if self.peek() != Some(':') {
                return Err(self.unexpected("`:` after the key"));
            }
            self.skip(':');
            let node = self.node(depth.saturating_add(1))?;
            entries.push(Entry { key, key_range, node });
            self.blanks()?;
            match self.peek() {
                Some(',') => self.skip(','),
                Some('}') => {
                    self.skip('}');
                    return Ok(Value::Table(entries));
                }
                _ => return Err(self.unexpected("`,` or `}`")),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Read<Value> {
        self.skip('[');
        let mut items = Vec::new();
        self.blanks()?;
        if self.peek() == Some(']') {
            self.skip(']');
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.node(depth.saturating_add(1))?);
            self.blanks()?;
            match self.peek() {
                Some(',') => self.skip(','),
                Some(']') => {
                    self.skip(']');
                    return Ok(Value::List(items));
                }
                _ => return Err(self.unexpected("`,` or `]`")),
            }
        }
    }

    /// Whether the token that is read here ends here.
    fn token(&self) -> &str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_')));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    fn word(&mut self) -> Read<Value> {
        let token = self.token().to_string();
        let value = match token.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => {
                let range = self.at..self.at.saturating_add(token.len());
                return Err(self.fault(ErrorKind::Syntax, "`true`, `false` or `null`", quote(&token), range));
            }
        };
        self.at = self.at.saturating_add(token.len());
        Ok(value)
    }

    fn number(&mut self) -> Read<Value> {
        let token = self.token().to_string();
        let range = self.at..self.at.saturating_add(token.len());
        if !is_number(&token) {
            return Err(self.fault(ErrorKind::Syntax, "a JSON number", quote(&token), range));
        }
        self.at = range.end;
        Ok(token.parse().map_or(Value::Number(token), Value::Integer))
    }

    fn string(&mut self) -> Read<String> {
        let open = self.at;
        self.skip('"');
        let mut string = String::new();
        loop {
            // What needs no look comes in one piece.
            let rest = self.rest();
            let plain = rest.find(|c: char| matches!(c, '"' | '\\') || c < ' ').unwrap_or(rest.len());
            string.push_str(rest.get(..plain).unwrap_or_default());
            self.at = self.at.saturating_add(plain);
            match self.peek() {
                Some('"') => {
                    self.skip('"');
                    return Ok(string);
                }
                Some('\\') => string.push(self.escape()?),
                Some(_) => return Err(self.unexpected("a character that may stand in a string, or its escape")),
                None => {
                    let found = "the end of the document".into();
                    return Err(self.fault(ErrorKind::Truncated, "a closing double quote", found, open..self.at));
                }
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let start = self.at;
        self.skip('\\');
        let Some(letter) = self.peek() else {
            return Err(self.unexpected("the rest of an escape"));
        };
        let simple = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                self.skip('u');
                let first = self.unit(start)?;
                let units = match first {
                    0xD800..=0xDBFF if self.rest().starts_with("\\u") => {
                        self.at = self.at.saturating_add(2);
                        [first, self.unit(start)?].to_vec()
                    }
                    _ => [first].to_vec(),
                };
                let mut characters = char::decode_utf16(units);
                return match (characters.next(), characters.next()) {
                    (Some(Ok(character)), None) => Ok(character),
                    _ => {
                        let found = quote(self.text.get(start..self.at).unwrap_or_default());
                        Err(self.fault(ErrorKind::Syntax, "a whole surrogate pair", found, start..self.at))
                    }
                };
            }
            _ => return Err(self.unexpected("an escape of JSON")),
        };
        self.skip(letter);
        Ok(simple)
    }

    fn unit(&mut self, start: usize) -> Read<u16> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) else {
            let found = quote(self.rest().chars().take(4).collect::<String>().as_str());
            return Err(self.fault(ErrorKind::Syntax, "four hexadecimal digits", found, start..self.at));
        };
        self.at = self.at.saturating_add(4);
        Ok(unit)
    }
}

/// Whether a token is a number (RFC 8259, section 6).
fn is_number(token: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let token = token.strip_prefix('-').unwrap_or(token);
    let (mantissa, exponent) = token.split_once(['e', 'E']).map_or((token, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "{ \"a\": [1, -2.5, true, null], // why\n \"b\\u00e9\": {\"c\": \"\\ud83d\\ude00 x\"}, \"a\": 99999999999999999999 }";

    #[test]
    fn values_and_places_read() {
        let reading = read(SAMPLE);
        assert_eq!(reading.faults, []);
        assert_eq!((reading.duplicates.len(), reading.comments.len()), (1, 1));
        let root = reading.root.unwrap_or(Node { range: 0..0, value: Value::Null });
        assert_eq!(root.at("b\u{e9}.c").and_then(Node::text), Some("\u{1f600} x"));
        assert_eq!(root.get("a").map(|node| &node.value), Some(&Value::Number("99999999999999999999".into())));
        let first = root.entries().first().map(|entry| (entry.key_range.clone(), entry.node.range.clone()));
        assert_eq!(first, Some((2..5, 7..28)));
    }

    #[test]
    fn what_is_not_json_says_where() {
        for (text, at, expected) in [
            ("{\"a\" 1}", 5, "`:` after the key"),
            ("{\"a\": 01}", 6, "a JSON number"),
            ("[1,]", 3, "a JSON value"),
            ("{'a': 1}", 1, "a key in double quotes"),
            ("\"\\x\"", 2, "an escape of JSON"),
            ("\"\\ud800\"", 1, "a whole surrogate pair"),
            ("[nul]", 1, "`true`, `false` or `null`"),
            ("1 2", 2, "the end of the document"),
            ("{\"a\": \"b", 6, "a closing double quote"),
        ] {
            let faults: Vec<_> =
                read(text).faults.into_iter().map(|fault| (fault.range.start, fault.expected)).collect();
            assert_eq!(faults, [(at, expected)], "{text}");
        }
    }

    #[test]
    fn every_truncation_is_a_fault_and_depth_is_bounded() {
        for (at, _) in SAMPLE.char_indices() {
            assert!(!read(SAMPLE.get(..at).unwrap_or_default()).faults.is_empty(), "{at}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(read(&deep).faults.first().map(|fault| fault.kind), Some(ErrorKind::Limit));
    }
}
