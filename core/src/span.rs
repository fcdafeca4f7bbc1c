//! A place in a document.

use serde::{Deserialize, Serialize};

use crate::DocumentName;

/// A half-open range of bytes in one document of the case, with the line and column where it starts.
///
/// `start` and `end` count bytes of the document's UTF-8 text and lie on character boundaries inside it. `line` and
/// `column` count from 1; a column is one Unicode scalar value. Editors that count UTF-16 units convert from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The document, named by its path in the case: `policy.manifest`.
    pub document: DocumentName,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Column of the first byte, from 1, in Unicode scalar values.
    pub column: u32,
}
