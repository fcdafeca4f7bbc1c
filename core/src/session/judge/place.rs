//! Where an identifier stands.

use core::ops::Range;

use crate::{Document, Span};

/// Where an identifier stands.
pub(in crate::session) struct Place<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) range: Range<usize>,
    /// Whether the document holds the identifier as it is, neither quoted nor encoded.
    pub(super) verbatim: bool,
}

impl Place<'_> {
    /// The document and the bytes, where the document holds the identifier as it is.
    pub(in crate::session) fn verbatim(&self) -> Option<(&Document<'_>, Range<usize>)> {
        self.verbatim.then(|| (self.document, self.range.clone()))
    }

    /// All of it.
    pub(in crate::session) fn whole(&self) -> Span {
        self.document.span(self.range.clone())
    }

    /// A stretch of its bytes.
    pub(in crate::session) fn part(&self, part: Range<usize>) -> Span {
        if !self.verbatim {
            return self.whole();
        }
        let from = self.range.start;
        self.document.span(from.saturating_add(part.start)..from.saturating_add(part.end))
    }

    /// One of its characters.
    pub(in crate::session) fn character(&self, at: usize, character: char) -> Span {
        self.part(at..at.saturating_add(character.len_utf8()))
    }
}
