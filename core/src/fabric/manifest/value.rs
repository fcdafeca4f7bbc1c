//! The value of an attribute, with the place of each of its bytes.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::{Document, Edit, Span};

/// The value of an attribute after entities and white space are resolved, and where it stands in the document.
///
/// The text and its source differ in length where the source says `&amp;` or `&#x200E;`, so places in the text are mapped
/// to places in the document by [`Value::place`] and [`Value::span`].
#[derive(Debug, Clone)]
pub struct Value<'d> {
    document: &'d Document<'d>,
    text: Cow<'d, str>,
    source: Range<usize>,
    replaced: Vec<Replaced>,
}

/// A piece of the text whose source has another length.
#[derive(Debug, Clone)]
pub(super) struct Replaced {
    /// Where it stands in the text.
    pub(super) text: Range<u32>,
    /// Where its source stands in the document.
    pub(super) source: Range<u32>,
}

impl<'d> Value<'d> {
    /// A value whose source is the bytes `source` of the document. `replaced` is in order.
    #[cfg(feature = "xml")]
    pub(super) fn new(
        document: &'d Document<'d>,
        text: Cow<'d, str>,
        source: Range<usize>,
        replaced: Vec<Replaced>,
    ) -> Self {
        Self { document, text, source, replaced }
    }

    /// A value that the document doesn't show: every place in it is `at`.
    #[cfg(feature = "xml")]
    pub(super) fn assumed(document: &'d Document<'d>, text: &'static str, at: usize) -> Self {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let piece = Replaced { text: 0..offset(text.len()), source: offset(at)..offset(at) };
        Self { document, text: Cow::Borrowed(text), source: at..at, replaced: Vec::from([piece]) }
    }

    /// The resolved text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document in which it stands.
    pub fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// Whether the text is `name`, ignoring ASCII case, as the deployer compares names of sections and parameters.
    pub fn is(&self, name: &str) -> bool {
        self.text.eq_ignore_ascii_case(name)
    }

    /// The bytes of the document from which the bytes `range` of the text come. A range that ends inside of a
    /// replaced piece covers its whole source; beyond the text it is clamped.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.text.len());
        let from = range.start.min(end);
        let start = self.start(from);
        if from == end {
            return start..start;
        }
        start..self.end(end)
    }

    /// The span of the bytes `range` of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.document.span(self.place(range))
    }

    /// The span of the whole value, without its quotation marks.
    pub fn whole(&self) -> Span {
        self.document.span(self.source.clone())
    }

    /// The edit that replaces the bytes `range` of the text by `text`, escaped as an attribute needs it.
    pub fn edit(&self, range: Range<usize>, text: &str) -> Edit {
        Edit { span: self.span(range), text: escape(text) }
    }

    /// Where the byte `at` of the text begins in the document.
    fn start(&self, at: usize) -> usize {
        match self.last(|piece| piece.text.start as usize <= at) {
            Some(piece) if at < piece.text.end as usize => piece.source.start as usize,
            Some(piece) => after(piece, at),
            None => self.source.start.saturating_add(at),
        }
    }

    /// Where the byte before `at` of the text ends in the document.
    fn end(&self, at: usize) -> usize {
        match self.last(|piece| (piece.text.start as usize) < at) {
            Some(piece) if at <= piece.text.end as usize => piece.source.end as usize,
            Some(piece) => after(piece, at),
            None => self.source.start.saturating_add(at),
        }
    }

    /// The last piece for which `before` holds; the pieces are in order.
    fn last(&self, before: impl Fn(&Replaced) -> bool) -> Option<&Replaced> {
        let count = self.replaced.partition_point(before);
        self.replaced.get(count.checked_sub(1)?)
    }
}

/// The place of `at`, which lies behind `piece` in text that stands as it is.
fn after(piece: &Replaced, at: usize) -> usize {
    (piece.source.end as usize).saturating_add(at.saturating_sub(piece.text.end as usize))
}

/// `text` as it stands in an attribute, whichever its quotation marks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
