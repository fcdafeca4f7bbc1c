//! A report in the formats that other tools read.
//!
//! | format | who reads it |
//! |---|---|
//! | [`Format::Json`] | scripts; the report itself, whose bytes are the same on every host |
//! | [`Format::Sarif`] | code scanning and editors: findings at lines |
//! | [`Format::Junit`] | build servers: one test for the verdict, one for each finding, one for each expectation |
//! | [`Format::Markdown`] | people, in issues and pull requests |
//!
//! Each is a rendering of the same [`Report`]: none decides anything, and the same report gives the same bytes.

mod held;
mod junit;
mod markdown;
mod sarif;

use alloc::string::String;

pub use held::Held;

use crate::{Case, Report};

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// [`Report::to_json`].
    Json,
    /// SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format).
    Sarif,
    /// JUnit's XML, as build servers read it.
    Junit,
    /// CommonMark with tables.
    Markdown,
}

impl Format {
    /// Every format, in the order in which hosts list them.
    pub const ALL: [Self; 4] = [Self::Json, Self::Sarif, Self::Junit, Self::Markdown];

    /// The name: `json`, `sarif`, `junit`, `markdown`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }

    /// The format of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The media type. JUnit has none of its own: it is XML.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Sarif => "application/sarif+json",
            Self::Junit => "application/xml",
            Self::Markdown => "text/markdown",
        }
    }

    /// The report of a case in this format; ends with a newline.
    ///
    /// `artifact` names a document of the case as the reader knows it: the path of the file that `policy.manifest` came
    /// from, as a relative URI. Where there are no files the document's name will do: `str::into`.
    pub fn render(self, report: &Report, case: &Case, artifact: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::Json => report.to_json(),
            Self::Sarif => sarif::render(report, case, artifact),
            Self::Junit => junit::render(report, &Held::all(case, report), artifact),
            Self::Markdown => markdown::render(report, artifact),
        }
    }
}

/// A unit value's name in JSON: `cluster-peer`.
fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
