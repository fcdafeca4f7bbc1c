//! Reading JSON by recursive descent, bounded by `Limits::JSON_DEPTH` and `Limits::JSON_NODES`.

mod string;
#[cfg(test)]
mod tests;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

pub(super) use string::part;

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

/// A byte offset. Documents are limited far below 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
