//! The numbered statements of the public article, each with a case that is named after its number.

use admit_tests::folder;

/// The statements, as they are numbered in the facts about the article.
const STATEMENTS: u32 = 46;

/// Statements that no case decides, with the reason.
const BEYOND: [(u32, &str); 1] = [(40, "rotations that the resource provider runs, which is closed source")];

#[test]
fn every_statement_has_a_case_of_its_number() {
    let folders = folder::all();
    let has = |number: u32| {
        let part = format!("/article-s{number:02}-");
        folders.iter().any(|folder| folder.name.contains(&part))
    };
    let missing: Vec<_> =
        (1..=STATEMENTS).filter(|number| BEYOND.iter().all(|(beyond, _)| beyond != number) && !has(*number)).collect();
    assert!(missing.is_empty(), "no case for the statements {missing:?}");
}

#[test]
fn every_snippet_has_a_case_of_its_number() {
    let folders = folder::all();
    for snippet in 1..=8 {
        let part = format!("/article-{snippet}-");
        assert!(folders.iter().any(|folder| folder.name.contains(&part)), "no case for snippet {snippet}");
    }
}
