//! The text that is read: the document's, or one that was encoded inside it.

use alloc::string::String;
use core::ops::Range;

use super::encoding::Coded;
use crate::{Document, Span};

/// A text with the way back to its places in the document.
pub(super) struct Source<'a> {
    document: &'a Document<'a>,
    /// The decoded text and what it was decoded from, if it is not the document's own.
    inner: Option<(String, &'a Coded)>,
}

impl<'a> Source<'a> {
    pub(super) fn outer(document: &'a Document<'a>) -> Self {
        Self { document, inner: None }
    }

    /// The text that was encoded in this one, up to the first bytes that are no text, unless this one was encoded
    /// already.
    pub(super) fn nested<'b>(&'b self, coded: &'b Coded) -> Option<Source<'b>> {
        if self.inner.is_some() {
            return None;
        }
        let text = coded.bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        Some(Source { document: self.document, inner: Some((String::from(text), coded)) })
    }

    pub(super) fn text(&self) -> &str {
        self.inner.as_ref().map_or(self.document.text(), |(text, _)| text)
    }

    /// The place in the document of a range of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let Some((_, coded)) = &self.inner else { return self.document.span(range) };
        let place = |at: usize| coded.place(self.document.text(), super::super::der::offset(at));
        let start = place(range.start).start;
        let end = place(range.end.max(range.start.saturating_add(1)).saturating_sub(1)).end;
        self.document.span(start..end.max(start))
    }
}

/// Whether nothing can be seen: blanks, or a byte order mark.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || crate::quote::is_invisible(character))
}
