//! A case as a folder of documents, which is how people write and review cases.

use alloc::format;
use alloc::string::{String, ToString as _};

use serde_json::Value;

use super::Case;
use crate::quote::quote;
use crate::{Document, Error, ErrorKind};

impl Case {
    /// The file of a case folder that holds everything but the documents.
    pub const FOLDER_FILE: &str = "case.json";

    /// Puts a case folder together: the text of `case.json`, and the other files by name and text.
    ///
    /// A file's name is the path of its text in the case followed by an extension of the writer's choice:
    /// `policy.manifest.xml` is the text of `policy.manifest`, `trust.roots.pem` that of `trust.roots`.
    ///
    /// # Errors
    ///
    /// Those of [`Case::from_json`], with places in the JSON put together; a file whose name is not a path to a text
    /// that `case.json` leaves open.
    pub fn from_folder<'a>(json: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let document = Document::new("case", json);
        // Checked as JSON first, so that a mistake in case.json is reported where it stands in that file.
        let Ok(Value::Object(mut case)) = serde_json::from_str(json) else {
            return Self::from_json(json);
        };
        for (name, text) in files {
            let path = name.rsplit_once('.').map_or(name, |(path, _)| path);
            let unfit = |found: String| {
                let expected = "a file named after a text of the case, such as `policy.manifest.xml`";
                Error::new(ErrorKind::UnknownKey, expected, found, document.span(0..0))
            };
            let (sections, key) = path.rsplit_once('.').ok_or_else(|| unfit(quote(name)))?;
            let mut section = &mut case;
            for inner in sections.split('.') {
                let object = section.entry(inner).or_insert_with(|| Value::Object(serde_json::Map::new()));
                section = object.as_object_mut().ok_or_else(|| unfit(quote(name)))?;
            }
            if section.insert(key.to_string(), Value::String(text.to_string())).is_some() {
                return Err(unfit(format!("{} beside a `{key}` in case.json", quote(name))));
            }
        }
        Self::from_json(&serde_json::to_string_pretty(&case).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z" }"#;

    #[test]
    fn files_fill_the_case() {
        let files = [("policy.manifest.xml", "<a/>"), ("subject.certificates.pem", "-----")];
        let case = Case::from_folder(HEADER, files).map(|case| case.documents().len());
        assert_eq!(case.ok(), Some(2));
    }

    #[test]
    fn files_that_are_no_part_of_a_case_are_errors() {
        for name in ["readme", "policy.manifst.xml", "kind.peer.txt"] {
            let files = [("policy.manifest.xml", ""), ("subject.certificates.pem", ""), (name, "")];
            assert!(Case::from_folder(HEADER, files).is_err(), "{name}");
        }
        let twice = [("policy.manifest.xml", ""), ("policy.manifest.txt", ""), ("subject.certificates.pem", "")];
        assert!(Case::from_folder(HEADER, twice).is_err());
    }
}
