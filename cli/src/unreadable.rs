//! A case that can't be read, for people.

use std::path::PathBuf;

use admit_core::Error;

use crate::paint::{Paint, word};
use crate::snippet;
use crate::visible::visible;

/// Why a case can't be read, and the text in which the place lies, where there is one.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) error: Error,
    /// The file that `text` came from.
    pub(crate) file: Option<PathBuf>,
    /// The text that the error's span counts in.
    pub(crate) text: Option<String>,
}

impl Unreadable {
    /// The error with its line and help, without colour: it goes to standard error.
    pub(crate) fn render(&self) -> String {
        let Error { kind, expected, found, help, span } = &self.error;
        let mut out = format!("{}: expected {}, found {}\n", word(kind), visible(expected), visible(found));
        let file = self.file.as_ref().map(|file| file.display().to_string());
        snippet::render(&mut out, file.as_deref(), self.text.as_deref(), span, Paint::new(false));
        if let Some(help) = help {
            out.push_str(&format!("  help: {}\n", visible(help)));
        }
        out.trim_end().to_string()
    }
}
