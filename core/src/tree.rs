//! A document of keys and values, with the place of each: what JSON, TOML and YAML have in common.
//!
//! Order and duplicates are kept, because what a real system makes of them differs and is for the rules to say.

pub(crate) mod json;
mod template;
pub(crate) mod toml;
#[cfg(feature = "xml")]
pub(crate) mod xml;
pub(crate) mod yaml;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A value and its place, in bytes of the document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) range: Range<usize>,
    pub(crate) value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A whole number that fits; others are [`Value::Number`].
    Integer(i64),
    /// A number as it is written, that is no 64-bit integer: `1.5`, `1e9`, `99999999999999999999`.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
    /// A value that only a template engine can know.
    Unknown,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    /// The place of the key, quotes included.
    pub(crate) key_range: Range<usize>,
    pub(crate) node: Node,
}

impl Node {
    /// The entries of a table, none of anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list, none of anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entry of a key: of duplicates the last, which is the one that most readers take.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rfind(|entry| entry.key == key)
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The value at the end of a path of keys: `sgx.debug`.
    pub(crate) fn at(&self, path: &str) -> Option<&Node> {
        path.split('.').try_fold(self, |node, key| node.get(key))
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        match self.value {
            Value::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(bool) => Some(bool),
            _ => None,
        }
    }

    /// What kind of value it is, with its article: "a string".
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) => "an integer",
            Value::Number(_) => "a number that is no 64-bit integer",
            Value::Text(_) => "a string",
            Value::List(_) => "a list",
            Value::Table(_) => "an object",
            Value::Unknown => "a template expression",
        }
    }
}

/// What came of reading a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    /// The outermost value, if there is one that makes sense.
    pub(crate) root: Option<Node>,
    /// What is not of the document's form, in the order of the document.
    pub(crate) faults: Vec<Fault>,
    /// Later keys that repeat an earlier one of the same table.
    pub(crate) duplicates: Vec<Range<usize>>,
    /// Comments, where the format has none and readers of it may refuse them.
    pub(crate) comments: Vec<Range<usize>>,
    /// Statements of a template engine, which choose or repeat lines; in YAML, aliases, which repeat what stands
    /// elsewhere.
    pub(crate) templates: Vec<Range<usize>>,
}

/// A place that is not of the document's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: crate::ErrorKind,
    pub(crate) range: Range<usize>,
    pub(crate) expected: Cow<'static, str>,
    pub(crate) found: String,
}
