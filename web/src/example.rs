//! The examples of the gallery: cases of the test suite that teach something.

use admit_core::{Case, Verdict};
use serde_json::Value;

use crate::json;

/// An example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// `peer/NAME`.
    pub id: String,
    /// The case.
    pub case: Case,
}

impl Example {
    /// What it is called.
    pub fn title(&self) -> &str {
        self.case.title.as_deref().unwrap_or(&self.id)
    }

    /// Whether its title, what it teaches or its id says a word, given in small letters.
    pub fn says(&self, word: &str) -> bool {
        let texts = [self.case.title.as_deref(), self.case.teaches.as_deref(), Some(&self.id)];
        texts.into_iter().flatten().any(|text| text.to_lowercase().contains(word))
    }

    /// The verdict that its author expects of the whole case.
    pub fn expected(&self) -> Option<Verdict> {
        let whole = |e: &&admit_core::Expectation| e.certificate.is_none() && e.connection.is_none();
        self.case.expect.iter().filter(whole).find_map(|expectation| expectation.verdict)
    }
}

/// Reads `gallery.json`. An entry that can't be read is left out: a gallery of another version shows what it can.
pub fn gallery(text: &str) -> Vec<Example> {
    let Ok(Value::Array(entries)) = serde_json::from_str(text) else { return Vec::new() };
    let read = |mut entry: Value| {
        let id = entry.get("id")?.as_str()?.to_owned();
        Some(Example { id, case: json::case(entry.get_mut("case")?.take())? })
    };
    entries.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gallery_is_read_and_tells_what_is_expected() {
        let json = r#"[
            { "id": "peer/one", "case": { "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z", "title": "One",
              "policy": { "manifest": "<a/>" }, "subject": { "certificates": "" },
              "expect": [{ "certificate": 1, "verdict": "admitted" }, { "verdict": "refused" }] } },
            { "id": "peer/two", "case": { "admit": 99 } }
        ]"#;
        let examples = gallery(json);
        assert_eq!(examples.len(), 1);
        assert_eq!(examples[0].title(), "One");
        assert_eq!(examples[0].expected(), Some(Verdict::Refused));
        assert!(examples[0].says("one") && examples[0].says("peer/") && !examples[0].says("two"));
        assert_eq!(gallery("<html>"), []);
    }
}
