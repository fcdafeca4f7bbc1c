//! A failure as an HTTP problem document (RFC 9457).

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Error;

/// A problem document: what a host answers instead of a report. A refused subject is a report, never a problem.
///
/// The members are those of RFC 9457, section 3.1, and the extension `errors` with the places of what can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What identifies the type of problem: [`Problem::UNREADABLE_CASE`], or `about:blank` where the status says all.
    #[serde(rename = "type")]
    pub uri: Cow<'static, str>,
    /// The type in words; for `about:blank` the phrase of the status.
    pub title: Cow<'static, str>,
    /// The HTTP status, 400 to 599; other hosts give it too, so that the bytes are the same everywhere.
    pub status: u16,
    /// What went wrong this time, in one sentence.
    pub detail: String,
    /// What could not be read, each with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Error>,
}

impl Problem {
    /// The media type of a problem document (RFC 9457, section 6.1).
    pub const MEDIA_TYPE: &str = "application/problem+json";
    /// The type of a case that can't be read: relative to the address asked, as RFC 9457, section 3.1.1, allows.
    pub const UNREADABLE_CASE: &str = "/problems/unreadable-case";

    /// A case that can't be read: status 400. `detail` is the first error.
    pub fn unreadable_case(errors: Vec<Error>) -> Self {
        let detail = errors.first().map_or_else(|| "the case can't be read".to_string(), Error::to_string);
        Self {
            uri: Cow::Borrowed(Self::UNREADABLE_CASE),
            title: Cow::Borrowed("the case can't be read"),
            status: 400,
            detail,
            errors,
        }
    }

    /// A failure that means no more than its status (RFC 9457, section 4.2.1). `phrase` is that of the status:
    /// "Not Found".
    pub fn blank(status: u16, phrase: &'static str, detail: impl Into<String>) -> Self {
        Self {
            uri: Cow::Borrowed("about:blank"),
            title: Cow::Borrowed(phrase),
            status,
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// Writes the problem as JSON: the bytes that every host gives. Indented by two blanks, ends with a newline.
    pub fn to_json(&self) -> String {
        // Maps have string keys and no value's serializer fails, so this is never empty.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Case;

    #[test]
    fn an_unreadable_case_says_where() {
        let problem = Case::from_json("{\n\"admit\": 1,").err().map(|error| Problem::unreadable_case([error].into()));
        let json = problem.as_ref().map(Problem::to_json).unwrap_or_default();
        let expected = r#"{
  "type": "/problems/unreadable-case",
  "title": "the case can't be read",
  "status": 400,
  "detail": "case:2:12: expected a key or a value, found the end of the case",
  "errors": [
    {
      "kind": "truncated",
      "expected": "a key or a value",
      "found": "the end of the case",
      "span": {
        "document": "case",
        "start": 13,
        "end": 13,
        "line": 2,
        "column": 12
      }
    }
  ]
}
"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str(&json).ok(), problem);
    }

    #[test]
    fn a_blank_problem_has_no_errors() {
        let json = Problem::blank(404, "Not Found", "nothing is served at `/v1/x`").to_json();
        assert!(json.contains("about:blank") && !json.contains("errors"), "{json}");
    }
}
