//! No document of any case, cut or altered anywhere, makes the core panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use admit_core::{Case, evaluate};
use admit_tests::folder::{self, Folder};
use admit_tests::sample::Sample;

/// How many cuts and how many alterations of each document are tried; places are drawn, the same in every run.
const TRIES: usize = 24;

/// What people's tools put into texts, and what parsers are sensitive to.
const ODD: [&str; 16] = [
    "\0",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "&#",
    "]]>",
    "<!--",
    "<![CDATA[",
    "\u{feff}",
    "\u{200e}",
    "\u{1f512}",
    ",",
    "?",
    "=",
];

#[test]
fn cut_documents_are_decided() {
    for folder in folder::all() {
        each_document(&folder, |text, sample| Some(text[..boundary(text, sample.below(text.len() + 1))].to_string()));
    }
}

#[test]
fn altered_documents_are_decided() {
    for folder in folder::all() {
        each_document(&folder, |text, sample| {
            let start = boundary(text, sample.below(text.len() + 1));
            let end = boundary(text, (start + sample.below(8)).min(text.len()));
            let odd = ODD[sample.below(ODD.len())];
            Some(format!("{}{odd}{}", &text[..start], &text[end..]))
        });
    }
}

#[test]
fn characters_turned_over_are_decided() {
    for folder in folder::all() {
        each_document(&folder, |text, sample| {
            let mut bytes = text.as_bytes().to_vec();
            let at = sample.below(bytes.len());
            *bytes.get_mut(at)? ^= 1 << sample.below(7);
            String::from_utf8(bytes).ok()
        });
    }
}

fn each_document(folder: &Folder, alter: impl Fn(&str, &mut Sample) -> Option<String>) {
    for (document, text) in folder.case.documents() {
        let mut sample = Sample::of(&format!("{} {document}", folder.name));
        for _ in 0..TRIES {
            let Some(altered) = alter(text, &mut sample) else { continue };
            let mut case = folder.case.clone();
            *case.document_mut(&document).expect("a document of the case") = altered.clone();
            decide(&case, || format!("{}, {document}:\n{altered}", folder.name));
        }
    }
}

fn decide(case: &Case, what: impl Fn() -> String) {
    let report = catch_unwind(AssertUnwindSafe(|| evaluate(case).to_json()));
    assert!(report.is_ok_and(|json| json.ends_with("}\n")), "the core panicked on {}", what());
}

/// The nearest character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
