//! What is read although RFC 8259 doesn't allow it, or leaves its meaning open.

use core::ops::Range;

/// Something that one reader takes and another refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oddity {
    /// What.
    pub kind: OddityKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// What an [`Oddity`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OddityKind {
    /// A byte order mark before the document: allowed to be ignored (RFC 8259, section 8.1).
    ByteOrderMark,
    /// `// to the end of the line` or `/* to the next */`: not JSON. Templates of Azure Resource Manager may have them.
    Comment,
    /// A comma before a closing bracket: not JSON.
    TrailingComma,
    /// A line break or another control character in a string, not escaped: not JSON. Templates may have line breaks.
    ControlCharacter,
    /// A key that stands in the same object before: readers differ in which they keep (RFC 8259, section 4). The place
    /// is that of the later key.
    DuplicateKey,
    /// An escaped half of a surrogate pair, which is no character (RFC 8259, section 8.2).
    LoneSurrogate,
}

impl OddityKind {
    /// What it is, for messages: "a comment".
    pub fn noun(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "a byte order mark",
            Self::Comment => "a comment",
            Self::TrailingComma => "a comma before a closing bracket",
            Self::ControlCharacter => "an unescaped control character",
            Self::DuplicateKey => "a key for the second time",
            Self::LoneSurrogate => "half of a surrogate pair",
        }
    }
}

impl Oddity {
    /// The bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
