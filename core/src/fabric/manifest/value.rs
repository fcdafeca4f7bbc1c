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
    form: Form,
}

/// How a document writes its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    #[cfg(feature = "xml")]
    Xml,
    Json,
}

/// A piece of the text whose source stands elsewhere, or has another length. Where the lengths are the same, byte stands
/// for byte; otherwise the whole source stands for any of it.
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
        Self { document, text, source, replaced, form: Form::Xml }
    }

    /// A value that the document doesn't show: every place in it is `at`.
    #[cfg(feature = "xml")]
    pub(super) fn assumed(document: &'d Document<'d>, text: &'static str, at: usize) -> Self {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let piece = Replaced { text: 0..offset(text.len()), source: offset(at)..offset(at) };
        Self { document, text: Cow::Borrowed(text), source: at..at, replaced: Vec::from([piece]), form: Form::Xml }
    }

    /// A value that is put together from pieces of a JSON document: each text with the bytes that it comes from.
    /// `source` is where the whole of it is said to stand.
    pub(super) fn built(
        document: &'d Document<'d>,
        pieces: impl IntoIterator<Item = (String, Range<usize>)>,
        source: Range<usize>,
    ) -> Self {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let mut text = String::new();
        let mut replaced = Vec::new();
        for (piece, source) in pieces {
            let start = text.len();
            text.push_str(&piece);
            replaced.push(Replaced {
                text: offset(start)..offset(text.len()),
                source: offset(source.start)..offset(source.end),
            });
        }
        Self { document, text: Cow::Owned(text), source, replaced, form: Form::Json }
    }

    /// The resolved text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it comes from a document in JSON, in which the places of a value differ.
    pub(super) fn is_built(&self) -> bool {
        self.form == Form::Json
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
        let end = self.end(end);
        // Pieces of a value that is put together may stand in another order in the document.
        if end < start { self.source.clone() } else { start..end }
    }

    /// The span of the bytes `range` of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.document.span(self.place(range))
    }

    /// The span of the whole value, without its quotation marks.
    pub fn whole(&self) -> Span {
        self.document.span(self.source.clone())
    }

    /// The edit that replaces the bytes `range` of the text by `text`, escaped as the document needs it.
    pub fn edit(&self, range: Range<usize>, text: &str) -> Edit {
        let text = match self.form {
            #[cfg(feature = "xml")]
            Form::Xml => escape(text),
            Form::Json => escape_json(text),
        };
        Edit { span: self.span(range), text }
    }

    /// Where the byte `at` of the text begins in the document.
    fn start(&self, at: usize) -> usize {
        match self.last(|piece| piece.text.start as usize <= at) {
            Some(piece) if at < piece.text.end as usize => piece.place(at).unwrap_or(piece.source.start as usize),
            Some(piece) => after(piece, at),
            None => self.source.start.saturating_add(at),
        }
    }

    /// Where the byte before `at` of the text ends in the document.
    fn end(&self, at: usize) -> usize {
        match self.last(|piece| (piece.text.start as usize) < at) {
            Some(piece) if at <= piece.text.end as usize => piece.place(at).unwrap_or(piece.source.end as usize),
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

impl Replaced {
    /// The place of the byte `at` of the text, where byte stands for byte.
    fn place(&self, at: usize) -> Option<usize> {
        let length = |range: &Range<u32>| range.end.saturating_sub(range.start);
        let within = at.saturating_sub(self.text.start as usize);
        (length(&self.text) == length(&self.source)).then(|| (self.source.start as usize).saturating_add(within))
    }
}

/// The place of `at`, which lies behind `piece` in text that stands as it is.
fn after(piece: &Replaced, at: usize) -> usize {
    (piece.source.end as usize).saturating_add(at.saturating_sub(piece.text.end as usize))
}

/// `text` as it stands in a string of JSON, without its quotation marks.
fn escape_json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map(String::from).unwrap_or_default()
}

/// `text` as it stands in an attribute, whichever its quotation marks.
#[cfg(feature = "xml")]
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
