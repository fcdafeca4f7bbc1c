//! A text of a configuration, with its places.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use crate::Document;
use crate::arm::setting::Setting;
use crate::fabric::manifest::Value;
use crate::json::{self, Node};

/// Bytes of a string with escapes up to which each character's place is kept; a thumbprint has forty.
const ESCAPED: usize = 4_096;

/// A text, where it is used and where it is written.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// After escapes and expressions.
    pub(super) text: String,
    /// Where it is used.
    pub(super) range: Range<usize>,
    /// The string that it is written as, quotes included; nothing where an expression puts it together.
    literal: Option<Range<usize>>,
}

impl Text {
    /// The text of a setting.
    pub(super) fn of(setting: &Setting) -> Option<Self> {
        let text = setting.text()?.to_string();
        Some(Self { text, range: setting.range.clone(), literal: setting.literal.clone() })
    }

    /// A text that nobody wrote and that stands for what is at `range`.
    pub(super) fn generated(text: impl Into<String>, range: Range<usize>) -> Self {
        Self { text: text.into(), range, literal: None }
    }

    /// Whether nothing but blanks is in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its pieces: the text as it is written, character by character where it is written with escapes.
    pub(super) fn pieces(&self, document: &Document<'_>) -> Vec<(String, Range<usize>)> {
        let whole = || Vec::from([(self.text.clone(), self.range.clone())]);
        let Some(literal) = &self.literal else { return whole() };
        let inside = literal.start.saturating_add(1)..literal.end.saturating_sub(1);
        if document.slice(inside.clone()) == self.text {
            return Vec::from([(self.text.clone(), inside)]);
        }
        if self.text.len() > ESCAPED {
            return Vec::from([(self.text.clone(), literal.clone())]);
        }
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let value = json::Value::Text(self.text.clone());
        let node = Node { value, start: offset(literal.start), end: offset(literal.end) };
        let characters = self.text.char_indices().map(|(at, character)| {
            let end = at.saturating_add(character.len_utf8());
            (character.to_string(), node.part(document.text(), at..end))
        });
        characters.collect()
    }

    /// As a value of a manifest.
    pub(super) fn value<'d>(&self, document: &'d Document<'d>) -> Value<'d> {
        let source = match &self.literal {
            Some(literal) => literal.start.saturating_add(1)..literal.end.saturating_sub(1),
            None => self.range.clone(),
        };
        Value::built(document, self.pieces(document), source)
    }
}

/// Texts joined by commas, as a value of a manifest that is said to stand at `source`.
pub(super) fn joined<'d>(document: &'d Document<'d>, texts: &[&Text], source: Range<usize>) -> Value<'d> {
    let mut pieces: Vec<(String, Range<usize>)> = Vec::new();
    for text in texts {
        if let Some((_, before)) = pieces.last() {
            let end = before.end;
            pieces.push((String::from(","), end..end));
        }
        pieces.extend(text.pieces(document));
    }
    Value::built(document, pieces, source)
}
