//! A setting: a value of the configuration after its expressions were resolved, as far as they can be.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::json;
use crate::quote::quote;

/// A value with the places that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The value.
    pub(crate) value: Value,
    /// Where it is used, in the configuration.
    pub(crate) range: Range<usize>,
    /// Where the value itself is written in the configuration: elsewhere if it is the default of a parameter or a
    /// variable; nowhere if it is put together, or secure.
    pub(crate) literal: Option<Range<usize>>,
    /// Whether it comes from a parameter of type `secureString` or `secureObject`.
    pub(crate) secure: bool,
}

/// A value, which may be unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// As written.
    Number(String),
    Text(String),
    List(Vec<Setting>),
    Map(Vec<Entry>),
    Unknown(Unknown),
}

/// A value that the configuration alone does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// What would tell it: "parameter `name`".
    pub(crate) names: BTreeSet<String>,
    /// The type of the resource, where it is known to be the identifier of one.
    pub(crate) resource: Option<String>,
    /// What it stands for, so that two unknown values can be told to be the same: `parameters(name)`.
    pub(crate) symbol: Option<String>,
}

/// One member of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    /// Where the key stands, quotes included.
    pub(crate) key_range: Range<usize>,
    pub(crate) value: Setting,
}

impl Unknown {
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self { names: BTreeSet::from([name.into()]), ..Self::default() }
    }
}

impl Setting {
    /// A value that an expression gives.
    pub(crate) fn computed(value: Value, range: Range<usize>) -> Self {
        Self { value, range, literal: None, secure: false }
    }

    pub(crate) fn unknown(name: impl Into<String>, range: Range<usize>) -> Self {
        Self::computed(Value::Unknown(Unknown::named(name)), range)
    }

    /// A JSON value without expressions.
    pub(crate) fn literal(node: &json::Node) -> Self {
        let value = match &node.value {
            json::Value::Null => Value::Null,
            json::Value::Bool(value) => Value::Bool(*value),
            json::Value::Number(number) => Value::Number(number.clone()),
            json::Value::Text(text) => Value::Text(text.clone()),
            json::Value::Array(items) => Value::List(items.iter().map(Self::literal).collect()),
            json::Value::Object(members) => {
                let entry = |member: &json::Member| Entry {
                    key: member.key.clone(),
                    key_range: member.key_range(),
                    value: Self::literal(&member.value),
                };
                Value::Map(members.iter().map(entry).collect())
            }
        };
        Self { value, range: node.range(), literal: Some(node.range()), secure: false }
    }

    /// What is unknown about the value itself.
    pub(crate) fn missing(&self) -> Option<&Unknown> {
        if let Value::Unknown(unknown) = &self.value { Some(unknown) } else { None }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The text in back-ticks, masked if it is secure.
    pub(crate) fn quoted(&self) -> String {
        if self.secure { String::from("`***`") } else { quote(self.text().unwrap_or_default()) }
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// A whole number that is written as one and fits 64 bits.
    pub(crate) fn integer(&self) -> Option<i64> {
        if let Value::Number(number) = &self.value { number.parse().ok() } else { None }
    }

    pub(crate) fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The member with this key in any case, as Azure Resource Manager matches them; of several the last.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| entry.key.eq_ignore_ascii_case(key))
    }

    /// The value of [`Setting::entry`], unless it is `null`, which counts as absent. A member of what is unknown is
    /// unknown.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        if self.missing().is_some() {
            return Some(self);
        }
        self.entry(key).map(|entry| &entry.value).filter(|value| value.value != Value::Null)
    }

    /// The value at the end of a path of keys that are separated by dots.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |setting, key| setting.get(key))
    }

    /// What kind of value it is, for messages.
    pub(crate) fn noun(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::List(_) => "an array",
            Value::Map(_) => "an object",
            Value::Unknown(_) => "an expression",
        }
    }

    /// What would tell an unknown value, or an unknown value inside: "parameter `name`".
    pub(crate) fn names(&self) -> BTreeSet<String> {
        match &self.value {
            Value::Unknown(unknown) => unknown.names.clone(),
            Value::List(items) => crate::order::set(items.iter().flat_map(Self::names)),
            Value::Map(entries) => crate::order::set(entries.iter().flat_map(|entry| entry.value.names())),
            _ => BTreeSet::new(),
        }
    }

    /// Numbers of values, to bound the work of an expression.
    pub(crate) fn size(&self) -> usize {
        let inside = match &self.value {
            Value::Text(text) | Value::Number(text) => text.len().checked_div(64).unwrap_or(0),
            Value::List(items) => items.iter().map(Self::size).fold(0, usize::saturating_add),
            Value::Map(entries) => entries.iter().map(|entry| entry.value.size()).fold(0, usize::saturating_add),
            _ => 0,
        };
        inside.saturating_add(1)
    }
}
