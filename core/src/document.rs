//! A text inside the case, with positions.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use crate::Span;

/// The name of a document: its path in the case, such as `policy.manifest` or `subject.certificates`.
pub type DocumentName = Cow<'static, str>;

/// A text of the case together with the index of its lines.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    name: DocumentName,
    text: &'a str,
    lines: Vec<u32>,
    /// Whether every byte is a character, as in nearly all documents.
    ascii: bool,
    /// The characters before each [`STRIDE`] bytes, unless they are as many: a list of thousands of thumbprints stands in
    /// one line.
    characters: Vec<u32>,
}

/// Bytes between two places of which the characters before are known.
const STRIDE: usize = 256;

impl<'a> Document<'a> {
    /// Wraps `text`, which stands at `name` in the case.
    pub fn new(name: impl Into<DocumentName>, text: &'a str) -> Self {
        let mut lines = Vec::from([0]);
        for (at, _) in text.match_indices('\n') {
            lines.push(offset(at).saturating_add(1));
        }
        let ascii = text.is_ascii();
        let mut count = 0_usize;
        let mut characters = Vec::new();
        for bytes in if ascii { &[] } else { text.as_bytes() }.chunks(STRIDE) {
            characters.push(offset(count));
            count = count.saturating_add(starts(bytes));
        }
        Self { name: name.into(), text, lines, ascii, characters }
    }

    /// The document's path in the case.
    pub fn name(&self) -> &DocumentName {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The span of `range`, clamped to the document and widened to character boundaries.
    pub fn span(&self, range: Range<usize>) -> Span {
        let mut start = range.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start = start.saturating_sub(1);
        }
        let mut end = range.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end = end.saturating_add(1);
        }
        let line = self.lines.partition_point(|&from| from <= offset(start));
        let from = self.lines.get(line.saturating_sub(1)).map_or(0, |&from| from as usize);
        let column = self.characters_before(start).saturating_sub(self.characters_before(from));
        Span {
            document: self.name.clone(),
            start: offset(start),
            end: offset(end),
            line: offset(line),
            column: offset(column).saturating_add(1),
        }
    }

    /// The characters before a character boundary.
    fn characters_before(&self, at: usize) -> usize {
        if self.ascii {
            return at;
        }
        let place = at.checked_div(STRIDE).unwrap_or_default();
        let known = self.characters.get(place).map_or(0, |&count| count as usize);
        // Behind the last stride there is nothing left to count but the text itself.
        let from = if place < self.characters.len() { place.saturating_mul(STRIDE) } else { 0 };
        known.saturating_add(starts(self.text.as_bytes().get(from..at).unwrap_or_default()))
    }

    /// The text that a range covers, or the empty string where it does not lie on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }
}

/// The characters that begin in a piece of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// A byte offset as it stands in reports. Documents are limited far below 4 GiB (`Limits::DOCUMENT_BYTES`).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let document = Document::new("policy.manifest", "ab\r\n\u{1f512}\u{e9}x\n");
        let span = document.span(10..11);
        assert_eq!((span.line, span.column, span.start, span.end), (2, 3, 10, 11));
        assert_eq!(document.slice(10..11), "x");
    }

    #[test]
    fn columns_of_long_lines_count_characters() {
        let text = alloc::format!("x\n{}y", "\u{e9}a".repeat(400));
        let document = Document::new("policy.manifest", &text);
        for at in [2, 5, 257, 512, 770, 1_202] {
            let at = document.span(at..at).start as usize;
            let counted = text.get(2..at).map_or(0, |before| before.chars().count());
            assert_eq!(document.span(at..at).column as usize, counted + 1, "{at}");
        }
        let exact = "a".repeat(512);
        assert_eq!(Document::new("x", &exact).span(512..512).column, 513);
    }

    #[test]
    fn ranges_are_clamped_and_widened() {
        let document = Document::new("policy.manifest", "\u{1f512}");
        let span = document.span(1..99);
        assert_eq!((span.start, span.end), (0, 4));
        let span = document.span(1..2);
        assert_eq!((span.start, span.end), (0, 4));
    }
}
