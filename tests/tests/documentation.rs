//! What the documentation shows is so.

use std::collections::BTreeSet;
use std::fs;

use admit_core::{Case, RULES, evaluate};
use admit_tests::repository;
use serde_json::Value;

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The blocks of a page that are marked as JSON.
fn json(page: &str) -> Vec<&str> {
    page.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// Every key of an example, as a path: `policy.severity`.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                found.insert(path.clone());
                keys(value, &path, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, path, found)),
        _ => {}
    }
}

#[test]
fn every_example_of_the_case_format_is_a_case() {
    let page = text("docs/case-format.md");
    let examples = json(&page);
    assert!(examples.len() >= 4, "{} examples", examples.len());
    for example in examples {
        let case = Case::from_json(example).unwrap_or_else(|error| panic!("{error}\n{example}"));
        // Nothing is lost: what is written again has the same keys with a value.
        let (mut shown, mut written) = (BTreeSet::new(), BTreeSet::new());
        keys(&serde_json::from_str(example).expect("JSON"), "", &mut shown);
        keys(&serde_json::from_str(&case.to_json()).expect("JSON"), "", &mut written);
        assert!(written.is_subset(&shown), "{written:?} of {shown:?}");
        evaluate(&case);
    }
}

#[test]
fn the_case_format_names_every_key_and_known_rules_only() {
    let page = text("docs/case-format.md");
    let schema: Value = serde_json::from_str(&text("docs/case.schema.json")).expect("JSON");
    let definitions = schema["$defs"].as_object().expect("definitions");
    let mut missing = Vec::new();
    for (name, definition) in definitions {
        for key in definition["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
            if !page.contains(&format!("`{key}`")) && !page.contains(&format!(".{key}`")) {
                missing.push(format!("{name}.{key}"));
            }
        }
        let values = definition["oneOf"].as_array().into_iter().flatten().filter_map(|one| one["const"].as_str());
        missing.extend(
            values.filter(|value| !page.contains(&format!("`{value}`"))).map(|value| format!("{name}: {value}")),
        );
    }
    assert_eq!(missing, [""; 0], "not in docs/case-format.md");
    for example in json(&page) {
        let case = Case::from_json(example).expect("checked above");
        let expected = case.expect.iter().flat_map(|expect| expect.findings.iter().chain(&expect.without));
        for id in case.severities().keys().chain(expected) {
            assert!(RULES.iter().any(|rule| rule.id == id), "`{id}` is not a rule");
        }
    }
}

/// The commands and paths that README shows are there.
#[test]
fn the_readme_leads_to_what_is_there() {
    for page in ["README.md", "core/README.md", "tests/README.md", "docs/case-format.md"] {
        let folder = repository().join(page);
        let folder = folder.parent().expect("a folder");
        let text = text(page);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let is_path = !link.contains(':') && !link.starts_with('#');
            assert!(!is_path || folder.join(link).exists(), "{page} links to {link}");
        }
    }
    let readme = text("README.md");
    for word in readme.split(|c: char| c.is_whitespace() || "`()|".contains(c)) {
        if word.starts_with("tests/cases/") {
            assert!(repository().join(word).join(Case::FOLDER_FILE).exists(), "README.md names {word}");
        }
    }
}
