//! Input that can't be read.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::Span;

/// Why a document could not be read, and where. A subject that breaks a rule is a [`Finding`](crate::Finding) instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Error {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// What would have been read, in words: "a closing tag `</Section>`".
    pub expected: Cow<'static, str>,
    /// What stands there instead.
    pub found: String,
    /// The smallest fix, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

/// What kind of failure an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// The text is not of the document's form.
    Syntax,
    /// The document ends too early.
    Truncated,
    /// A key that the format doesn't have.
    UnknownKey,
    /// A key that the format requires.
    Missing,
    /// A value outside of what its key takes.
    Value,
    /// A limit of [`Limits`](crate::Limits) was passed.
    Limit,
    /// Legal, but this build or version does not read it.
    Unsupported,
}

impl Error {
    /// An error without help.
    pub fn new(kind: ErrorKind, expected: impl Into<Cow<'static, str>>, found: impl Into<String>, span: Span) -> Self {
        Self { kind, expected: expected.into(), found: found.into(), help: None, span }
    }

    /// Adds the smallest fix.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Span { document, line, column, .. } = &self.span;
        write!(f, "{document}:{line}:{column}: expected {}, found {}", self.expected, self.found)
    }
}

impl core::error::Error for Error {}
