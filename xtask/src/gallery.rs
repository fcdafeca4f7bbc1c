//! `cargo xtask gallery`: what the page fetches as data: the cases of `tests/cases` that teach something, the first of them
//! by itself, and the catalog of rules.

use std::path::Path;

use admit_core::{Case, RULES};
use anyhow::{Context as _, Result, anyhow};

use crate::project::Project;
use crate::{run, stamp};

/// What comes first: the first visit to a bench shows its first. The others follow by name.
const FIRST: [&str; 4] = [
    "peer/thumbprint-invisible-character",
    "peer/article-1-thumbprints",
    "chain/intermediate-missing",
    "session/wire-ampersand",
];

/// Writes `first.json`, `gallery.json` and `rules.json` into `web/static/`, where they change.
///
/// # Errors
///
/// A case can't be read: the message has its folder and what was expected.
pub(crate) fn write(project: &Project) -> Result<()> {
    // The same bytes as `admit rules --json`, since the worker gives them, too.
    let rules = serde_json::to_string_pretty(RULES)? + "\n";
    let entries = entries(&project.root.join("tests/cases"))?;
    // What a first visit shows is a file of its own: it need not wait for the others.
    let first = format!("{}\n", entries.first().context("no case teaches anything")?);
    let gallery = format!("[{}]\n", entries.join(",\n"));
    for (name, text) in [("first.json", first), ("gallery.json", gallery), ("rules.json", rules)] {
        let place = project.root.join("web/static").join(name);
        if std::fs::read_to_string(&place).is_ok_and(|found| found == text) {
            continue;
        }
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&place, text).with_context(|| place.display().to_string())?;
        run::say(&format!("wrote web/static/{name}"));
    }
    Ok(())
}

/// The entries: [`FIRST`], then in the order of their folders' names. Each case stays as the core writes it.
fn entries(cases: &Path) -> Result<Vec<String>> {
    let mut entries = Vec::new();
    for file in stamp::files(cases).context("the cases")? {
        if file.file_name().is_none_or(|name| name != Case::FOLDER_FILE) {
            continue;
        }
        let folder = file.parent().context("a case without a folder")?;
        let case = read(folder)?;
        if case.teaches.is_none() {
            continue;
        }
        let id: Vec<_> = folder.strip_prefix(cases)?.iter().map(|part| part.to_string_lossy()).collect();
        let id = id.join("/");
        let place = FIRST.iter().position(|first| *first == id).unwrap_or(FIRST.len());
        let entry = format!("{{ \"id\": {}, \"case\": {} }}", serde_json::to_string(&id)?, case.to_json());
        entries.push((place, entry));
    }
    entries.sort_by_key(|(place, _)| *place);
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// The case in a folder.
pub(crate) fn read(folder: &Path) -> Result<Case> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let name = name.to_string_lossy().into_owned();
        if path.is_file() {
            documents.push((name, std::fs::read_to_string(&path).with_context(|| path.display().to_string())?));
        }
    }
    documents.sort();
    let header = |(name, _): &&(String, String)| name == Case::FOLDER_FILE;
    let json = documents.iter().find(header).map(|(_, text)| text.as_str()).context("no case.json")?;
    let files = documents.iter().filter(|document| !header(document));
    Case::from_folder(json, files.map(|(name, text)| (name.as_str(), text.as_str())))
        .map_err(|error| anyhow!("{}: {error}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cases_that_teach_are_shown_in_order() -> Result<()> {
        let root = std::env::temp_dir().join(format!("admit-gallery-{}", std::process::id()));
        for (name, teaches) in [("b", r#""teaches": "t","#), ("a", r#""teaches": "t","#), ("c", "")] {
            let folder = root.join("peer").join(name);
            std::fs::create_dir_all(&folder)?;
            let json = format!(r#"{{ "admit": 1, "kind": "peer", {teaches} "at": "2026-11-22T00:00:00Z" }}"#);
            std::fs::write(folder.join("case.json"), json)?;
            std::fs::write(folder.join("policy.manifest.xml"), "<a/>")?;
            std::fs::write(folder.join("subject.certificates.pem"), "-----")?;
        }
        let shown: serde_json::Value = serde_json::from_str(&format!("[{}]", entries(&root)?.join(",")))?;
        std::fs::write(root.join("peer/a/stray.xml"), "")?;
        let stray = entries(&root);
        std::fs::remove_dir_all(&root)?;
        let ids: Vec<_> = shown.as_array().into_iter().flatten().map(|entry| entry["id"].as_str()).collect();
        assert_eq!(ids, [Some("peer/a"), Some("peer/b")]);
        assert_eq!(shown[0]["case"]["policy"]["manifest"], "<a/>");
        assert!(stray.is_err_and(|error| error.to_string().contains("peer/a")));
        Ok(())
    }
}
