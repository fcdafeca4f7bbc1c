//! What the engine answers, as text and read.

use admit_core::{Error, Report};

use crate::json;

/// An answer of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The report.
    Report(Box<Report>),
    /// The case itself could not be read.
    Unreadable(Box<Error>),
}

impl Reply {
    /// Reads an answer, or nothing where page and engine are of different versions.
    pub fn read(text: &str) -> Option<Self> {
        let tree: serde_json::Value = serde_json::from_str(text).ok()?;
        if tree.get("verdict").is_some() {
            return json::from_tree(tree).map(Self::Report);
        }
        json::from_tree(tree).map(Self::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use admit_core::Case;

    use super::*;
    use crate::sample;

    #[test]
    fn reports_and_errors_are_told_apart() {
        let report = sample::report();
        assert_eq!(Reply::read(&report.to_json()), Some(Reply::Report(Box::new(report))));
        let error = Case::from_json("{").expect_err("not a case");
        let json = serde_json::to_string(&error).expect("errors are written");
        assert_eq!(Reply::read(&json), Some(Reply::Unreadable(Box::new(error))));
    }

    #[test]
    fn anything_else_is_another_version() {
        assert_eq!(Reply::read(""), None);
        assert_eq!(Reply::read(r#"{ "admit": 9, "verdict": "perhaps" }"#), None);
    }
}
