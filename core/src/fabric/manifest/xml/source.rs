//! The text being read, its errors, and what of the limits is used up.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits};

/// The text being read, its errors, and what of the limits is used up.
pub(super) struct Source<'d> {
    document: &'d Document<'d>,
    block: Range<usize>,
    nodes: usize,
    errors: Vec<Error>,
    stopped: bool,
    cut: bool,
}

impl<'d> Source<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        let block = 0..document.text().len();
        Self { document, block, nodes: 0, errors: Vec::new(), stopped: false, cut: false }
    }

    /// Reads one block of the text from here on, such as a fenced one.
    pub(super) fn limit_to(&mut self, block: Range<usize>) {
        self.block = block;
        self.cut = false;
    }

    pub(super) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// The bytes of the block.
    pub(super) fn block(&self) -> Range<usize> {
        self.block.clone()
    }

    /// The text of the block from `at` on.
    pub(super) fn rest(&self, at: usize) -> &'d str {
        self.slice(at..self.block.end)
    }

    /// A piece of the text; empty where the range doesn't lie on character boundaries.
    pub(super) fn slice(&self, range: Range<usize>) -> &'d str {
        self.document.text().get(range).unwrap_or_default()
    }

    /// Counts a node, and says whether the limit allows it.
    pub(super) fn node(&mut self, at: usize) -> bool {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes <= Limits::XML_NODES {
            return true;
        }
        self.stop("elements, attributes and texts", "XML_NODES", Limits::XML_NODES, at);
        false
    }

    /// Stops reading: a limit is passed at `at`.
    pub(super) fn stop(&mut self, what: &str, limit: &str, most: usize, at: usize) {
        if !self.stopped {
            let expected = format!("at most {most} {what} (limit `{limit}`)");
            let next = at.saturating_add(1);
            let error = Error::new(ErrorKind::Limit, expected, "more", self.document.span(at..next));
            self.errors.push(error.help("what follows was not read"));
        }
        self.stopped = true;
    }

    /// Whether a limit was passed, so that nothing more is read.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Notes that the block ends inside of a piece of markup, which an error has said.
    pub(super) fn cut(&mut self) {
        self.cut = true;
    }

    /// Whether the block ends inside of a piece of markup.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Adds an error.
    pub(super) fn error(
        &mut self,
        kind: ErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
        place: Range<usize>,
    ) {
        self.add(place, |span| Error::new(kind, expected, found, span));
    }

    /// Adds an error whose smallest fix is known.
    pub(super) fn error_with_help(
        &mut self,
        kind: ErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
        place: Range<usize>,
        help: impl Into<String>,
    ) {
        self.add(place, |span| Error::new(kind, expected, found, span).help(help));
    }

    fn add(&mut self, place: Range<usize>, error: impl FnOnce(crate::Span) -> Error) {
        if self.stopped {
            return;
        }
        if self.errors.len() >= Limits::XML_ERRORS {
            self.stop("errors", "XML_ERRORS", Limits::XML_ERRORS, place.start);
            return;
        }
        self.errors.push(error(self.document.span(place)));
    }

    /// How many errors there are so far.
    pub(super) fn errors(&self) -> usize {
        self.errors.len()
    }

    /// The character at `at` in words, for the `found` of an error.
    pub(super) fn found(&self, at: usize) -> String {
        match self.rest(at).chars().next() {
            Some('\n' | '\r') => String::from("the end of the line"),
            Some(' ' | '\t') => String::from("a blank"),
            Some('`') => String::from("a back-tick"),
            Some(character) => quote(character.encode_utf8(&mut [0; 4])),
            None => self.end_in_words(),
        }
    }

    /// The end of the block in words.
    pub(super) fn end_in_words(&self) -> String {
        let whole = self.block.end >= self.document.text().len();
        String::from(if whole { "the end of the document" } else { "the end of the code block" })
    }

    /// "line 3, column 5".
    pub(super) fn line_and_column(&self, at: usize) -> String {
        let span = self.document.span(at..at);
        format!("line {}, column {}", span.line, span.column)
    }

    /// The errors, in the order of the document.
    pub(super) fn into_errors(mut self) -> Vec<Error> {
        crate::order::sort_by_key(&mut self.errors, |error| error.span.start);
        self.errors
    }
}

/// The length of the blanks at the start of `text`, as XML counts them.
pub(super) fn blanks(text: &str) -> usize {
    text.len().saturating_sub(text.trim_start_matches(is_blank).len())
}

/// Whether XML counts a character as white space.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}
