//! JSON with positions: what people paste, as a tree whose keys and values know where they stand.
//!
//! `serde_json` gives neither places nor duplicates, and the crates that do (jsonc-parser, jiter) need std. So this reads
//! RFC 8259 and what the writers of templates and configurations add to it: a byte order mark, comments, commas before
//! a closing bracket, line breaks in strings, a key twice. Each of those is read and reported as an [`Oddity`], never
//! silently: whether it is a fault is the caller's question. Anything else is one [`Error`](crate::Error) with its place.
//!
//! ```
//! use admit_core::{Document, json};
//!
//! let document = Document::new("subject.configuration", r#"{ "a": [1, 2.50,] } // note"#);
//! let read = json::read(&document)?;
//! let second = read.root.get("a").and_then(|a| a.items().get(1));
//! assert_eq!(second.map(|node| document.slice(node.range())), Some("2.50"));
//! assert_eq!(read.oddities.len(), 2);
//! # Ok::<(), admit_core::Error>(())
//! ```

mod oddity;
mod read;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

pub use oddity::{Oddity, OddityKind};
pub use read::read;

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json {
    /// The one value of the document.
    pub root: Node,
    /// What RFC 8259 doesn't allow or leaves open, in order of place; at most `Limits::JSON_ODDITIES`.
    pub oddities: Vec<Oddity>,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// First byte.
    pub start: u32,
    /// One past the last byte. The quotes of a string are inside.
    pub end: u32,
}

/// A JSON value. Order and duplicates of members are kept; numbers are kept as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written: `0.50` stays `0.50`.
    Number(String),
    /// A string, escapes resolved. An escaped half of a surrogate pair is U+FFFD.
    Text(String),
    /// An array.
    Array(Vec<Node>),
    /// An object.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The key, escapes resolved.
    pub key: String,
    /// First byte of the key: its quote.
    pub key_start: u32,
    /// One past the last byte of the key.
    pub key_end: u32,
    /// The value.
    pub value: Node,
}

impl Member {
    /// The bytes of the key, quotes included.
    pub fn key_range(&self) -> Range<usize> {
        self.key_start as usize..self.key_end as usize
    }

    /// The bytes from the key to the end of the value.
    pub fn range(&self) -> Range<usize> {
        self.key_start as usize..self.value.end as usize
    }
}

impl Node {
    /// The bytes of the value.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The members of an object; none for any other value.
    pub fn members(&self) -> &[Member] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// The items of an array; none for any other value.
    pub fn items(&self) -> &[Node] {
        if let Value::Array(items) = &self.value { items } else { &[] }
    }

    /// The member with exactly this key; of several the last, which is the one that most readers keep.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.key == key)
    }

    /// The value of [`Node::member`].
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.member(key).map(|member| &member.value)
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The value of `true` or `false`.
    pub fn boolean(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// A number that is written without fraction and exponent and fits 64 bits.
    pub fn integer(&self) -> Option<i64> {
        if let Value::Number(number) = &self.value { number.parse().ok() } else { None }
    }

    /// What kind of value this is, for messages: "a string".
    pub fn noun(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The bytes of the document that `part` of this string's resolved text was read from: a place inside a string.
    /// The whole value where `part` doesn't lie in the text. `document` is the text that this was read from.
    pub fn part(&self, document: &str, part: Range<usize>) -> Range<usize> {
        read::part(self, document, part).unwrap_or_else(|| self.range())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn duplicates_and_order_are_kept_and_the_last_wins() {
        let document = Document::new("d", r#"{"a":1,"b":null,"a":2}"#);
        let root = read(&document).map(|read| read.root).ok();
        let keys: Option<Vec<&str>> = root.as_ref().map(|root| root.members().iter().map(|m| m.key.as_str()).collect());
        assert_eq!(keys, Some(Vec::from(["a", "b", "a"])));
        assert_eq!(root.and_then(|root| root.get("a")?.integer()), Some(2));
    }

    #[test]
    fn a_part_of_a_string_has_its_place() {
        let text = r#"["a\n\u00e9\ud83d\ude00z"]"#;
        let document = Document::new("d", text);
        let node = read(&document).ok().and_then(|read| read.root.items().first().cloned());
        let at = |part| node.as_ref().map(|node| document.slice(node.part(text, part)));
        assert_eq!(at(1..2), Some("\\n"));
        assert_eq!(at(2..4), Some("\\u00e9"));
        assert_eq!(at(4..8), Some("\\ud83d\\ude00"));
        assert_eq!(at(8..9), Some("z"));
        assert_eq!(at(9..10), Some("\"a\\n\\u00e9\\ud83d\\ude00z\""));
    }
}
