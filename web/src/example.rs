//! The examples of the gallery: cases of the test suite that teach something.

use std::rc::Rc;

use admit_core::{Case, Verdict};
use serde_json::Value;

use crate::json;

/// An example. Its case is read when it is shown: the page shows one of more than a hundred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// `peer/NAME`.
    pub id: String,
    /// The case as the gallery has it.
    case: Rc<Value>,
}

impl Example {
    /// An example, unless its case is of another version.
    pub fn new(id: &str, case: Value) -> Option<Self> {
        json::kind(&case).filter(|_| case.get("admit").and_then(Value::as_u64) == Some(Case::VERSION.into()))?;
        Some(Self { id: id.to_owned(), case: Rc::new(case) })
    }

    /// The case.
    pub fn case(&self) -> Option<Case> {
        json::case(Value::clone(&self.case))
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.case.get(key).and_then(Value::as_str)
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.text("title").unwrap_or(&self.id)
    }

    /// What it teaches.
    pub fn teaches(&self) -> Option<&str> {
        self.text("teaches")
    }

    /// Whether its title, what it teaches or its id says a word, given in small letters.
    pub fn says(&self, word: &str) -> bool {
        let texts = [self.text("title"), self.teaches(), Some(&self.id)];
        texts.into_iter().flatten().any(|text| text.to_lowercase().contains(word))
    }

    /// The verdict that its author expects of the whole case.
    pub fn expected(&self) -> Option<Verdict> {
        let whole = |e: &&Value| e.get("certificate").is_none() && e.get("connection").is_none();
        let verdict = |e: &Value| e.get("verdict").and_then(Value::as_str).and_then(named);
        self.case.get("expect")?.as_array()?.iter().filter(whole).find_map(verdict)
    }
}

/// The verdict of a name.
fn named(name: &str) -> Option<Verdict> {
    Some(match name {
        "admitted" => Verdict::Admitted,
        "refused" => Verdict::Refused,
        "indeterminate" => Verdict::Indeterminate,
        _ => return None,
    })
}

/// Reads `gallery.json`. An entry that can't be read is left out: a gallery of another version shows what it can.
pub fn gallery(text: &str) -> Vec<Example> {
    let Ok(Value::Array(entries)) = serde_json::from_str(text) else { return Vec::new() };
    entries.into_iter().filter_map(entry).collect()
}

/// Reads `first.json`: the example that a first visit shows, by itself.
pub fn first(text: &str) -> Option<Example> {
    entry(serde_json::from_str(text).ok()?)
}

fn entry(mut entry: Value) -> Option<Example> {
    let case = entry.get_mut("case")?.take();
    Example::new(entry.get("id")?.as_str()?, case)
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
            { "id": "peer/two", "case": { "admit": 99, "kind": "peer" } },
            { "id": "peer/three", "case": { "admit": 1, "kind": "other" } }
        ]"#;
        let examples = gallery(json);
        assert_eq!(examples.len(), 1);
        assert_eq!(examples[0].title(), "One");
        assert_eq!(examples[0].expected(), Some(Verdict::Refused));
        assert!(examples[0].says("one") && examples[0].says("peer/") && !examples[0].says("two"));
        assert_eq!(examples[0].case().and_then(|case| case.title).as_deref(), Some("One"));
        assert_eq!(gallery("<html>"), []);
        let alone = serde_json::from_str::<Value>(json).expect("JSON")[0].to_string();
        assert_eq!(first(&alone).as_ref(), examples.first());
        assert_eq!(first(json), None);
    }
}
