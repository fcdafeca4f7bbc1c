//! Panes of artefacts: documents that the case has under names of their owner's choice.

use std::cell::RefCell;
use std::collections::BTreeMap;

use admit_core::enclave::{ARTEFACTS, Subject};
use admit_core::{Case, Question};

use super::Pane;

const HINT: &str = "JSON, TOML, YAML, XML, a command, or a SIGSTRUCT or SGXS stream as base64 or hexadecimal digits";

thread_local! {
    static PANES: RefCell<BTreeMap<String, &'static Pane>> = const { RefCell::new(BTreeMap::new()) };
}

/// The pane of a document, if it is an artefact.
///
/// Panes live as long as the page, like those of the tables: there are as many as names were given, which people do one
/// at a time.
pub(super) fn pane(document: &str) -> Option<&'static Pane> {
    let name = document.strip_prefix(ARTEFACTS)?;
    PANES.with_borrow_mut(|panes| {
        if let Some(known) = panes.get(name) {
            return Some(*known);
        }
        let id = format!("artefact-{}", panes.len().saturating_add(1));
        let label: &'static str = String::leak(name.to_owned());
        let new: &'static Pane = Box::leak(Box::new(Pane {
            document: String::leak(document.to_owned()),
            id: String::leak(id),
            label,
            noun: label,
            hint: HINT,
            key: None,
            tall: false,
            joins: false,
            recognise: None,
        }));
        panes.insert(name.to_owned(), new);
        Some(new)
    })
}

/// The document of an artefact with this name.
pub fn document(name: &str) -> Option<&'static str> {
    pane(&format!("{ARTEFACTS}{name}")).map(|pane| pane.document)
}

fn subject(case: &Case) -> Option<&Subject> {
    match &case.question {
        Question::Enclave(_, subject) => Some(subject),
        _ => None,
    }
}

fn change(case: &mut Case) -> Option<&mut Subject> {
    match &mut case.question {
        Question::Enclave(_, subject) => Some(subject),
        _ => None,
    }
}

/// The panes of the artefacts that a case has, by name.
pub(super) fn panes(case: &Case) -> Vec<&'static Pane> {
    let names = subject(case).into_iter().flat_map(|subject| subject.artefacts.keys());
    names.filter_map(|name| pane(&format!("{ARTEFACTS}{name}"))).collect()
}

/// Words that texts of a kind have, and what an artefact with them is called at first. What it is, the engine says: its
/// readers are no part of the page.
const NAMES: [(&str, &str); 16] = [
    ("docker run", "run"),
    ("podman run", "run"),
    ("\"output_image_name\"", "application"),
    ("\"inputImageName\"", "conversion"),
    ("\"newImage\"", "converted"),
    ("\"task_type\"", "tasks"),
    ("\"enrolment\"", "enrolment"),
    ("\"sgx_info\"", "node"),
    ("\"acct_id\"", "account"),
    ("\"mrenclave\"", "build"),
    ("apiVersion:", "pod"),
    ("attestation:", "session"),
    ("BgAAAOEAAAA", "sigstruct"),
    ("06000000e1", "sigstruct"),
    ("06000000E1", "sigstruct"),
    ("RUNSRUFURQA", "sgxs"),
];

/// Beginnings of manifests in TOML, XML, JSON and as properties.
const MANIFESTS: [&str; 5] = ["sgx.", "<EnclaveConfiguration", "[package", "\"Packages\"", "NumTCS"];

/// What a text is called as an artefact.
pub fn name_of(text: &str) -> &'static str {
    let known = NAMES.iter().find(|(word, _)| text.contains(word)).map(|(_, name)| *name);
    let manifest = || MANIFESTS.iter().any(|word| text.contains(word)).then_some("manifest");
    known.or_else(manifest).unwrap_or("artefact")
}

/// A name like this that no artefact of the case has.
pub fn free_name(case: &Case, like: &str) -> String {
    let is_free = |name: &str| subject(case).is_none_or(|subject| !subject.artefacts.contains_key(name));
    if is_free(like) {
        return like.to_owned();
    }
    let numbered = (2_u32..).map(|number| format!("{like}-{number}"));
    numbered.into_iter().find(|name| is_free(name)).unwrap_or_default()
}

/// Puts a text where an artefact is, or makes one. Whether the document is an artefact of this case.
pub fn put(case: &mut Case, document: &str, text: &str) -> bool {
    let Some((name, subject)) = document.strip_prefix(ARTEFACTS).zip(change(case)) else { return false };
    text.clone_into(subject.artefacts.entry(name.to_owned()).or_default());
    true
}

/// Removes an artefact.
pub fn remove(case: &mut Case, document: &str) {
    if let Some((name, subject)) = document.strip_prefix(ARTEFACTS).zip(change(case)) {
        subject.artefacts.remove(name);
    }
}

/// Gives an artefact another name. One that is empty or another's changes nothing.
pub fn rename(case: &mut Case, document: &str, to: &str) {
    let to = to.trim();
    let Some((name, subject)) = document.strip_prefix(ARTEFACTS).zip(change(case)) else { return };
    if to.is_empty() || subject.artefacts.contains_key(to) {
        return;
    }
    if let Some(text) = subject.artefacts.remove(name) {
        subject.artefacts.insert(to.to_owned(), text);
    }
}

#[cfg(test)]
mod tests {
    use admit_core::Time;

    use super::super::BENCHES;
    use super::*;

    fn case() -> Case {
        let bench = BENCHES.into_iter().find(|bench| bench.id == "enclave").expect("the bench");
        bench.case(Time::from_unix(0))
    }

    #[test]
    fn artefacts_come_are_renamed_and_go() {
        let mut case = case();
        assert!(put(&mut case, "subject.artefacts.a", "{}"));
        assert!(put(&mut case, "subject.artefacts.b.toml", "x = 1"));
        let labels = |case: &Case| panes(case).iter().map(|pane| pane.label).collect::<Vec<_>>();
        assert_eq!(labels(&case), ["a", "b.toml"]);
        assert_eq!(free_name(&case, "a"), "a-2");
        rename(&mut case, "subject.artefacts.a", "b.toml");
        rename(&mut case, "subject.artefacts.a", " ");
        assert_eq!(labels(&case), ["a", "b.toml"]);
        rename(&mut case, "subject.artefacts.a", " c ");
        assert_eq!(labels(&case), ["b.toml", "c"]);
        assert_eq!(case.document_mut("subject.artefacts.c").map(|text| text.clone()), Some("{}".to_owned()));
        remove(&mut case, "subject.artefacts.c");
        assert_eq!(labels(&case), ["b.toml"]);
    }

    #[test]
    fn a_pane_stays_the_same() {
        let one = pane("subject.artefacts.a b").expect("a pane");
        assert!(std::ptr::eq(one, pane("subject.artefacts.a b").expect("a pane")));
        assert!(!one.id.contains(' '));
        assert!(pane("policy.manifest").is_none());
    }

    #[test]
    fn a_text_is_called_what_it_is() {
        assert_eq!(name_of("docker run a/b"), "run");
        assert_eq!(name_of("06000000e100000000000100"), "sigstruct");
        assert_eq!(name_of("sgx.debug = false"), "manifest");
        assert_eq!(name_of("hello"), "artefact");
    }
}
