//! The cases of kind `session`: each gives what its author expects, and each rule has a case that finds it and a case
//! that nearly does.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use admit_core::{Case, Kind, RULES, Report, evaluate};

/// Rules without a case that finds them, with the reason. One that no longer applies fails the test.
const WITHOUT_A_CASE: &[(&str, &str)] = &[("token-signature", "RS256 is not verified yet")];

fn cases() -> Vec<(String, Case)> {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/session");
    let mut cases = Vec::new();
    for entry in fs::read_dir(&tree).expect("the tree of cases") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let json = fs::read_to_string(folder.join("case.json")).unwrap_or_else(|error| panic!("{name}: {error}"));
        let case = Case::from_json(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        cases.push((name, case));
    }
    cases.sort_by(|(one, _), (two, _)| one.cmp(two));
    cases
}

fn found(report: &Report) -> BTreeSet<String> {
    report.findings.iter().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let report = evaluate(&case);
        let found = found(&report);
        assert!(!case.expect.is_empty(), "{name} expects nothing");
        for expected in &case.expect {
            if expected.verdict.is_some_and(|verdict| verdict != report.verdict) {
                wrong.push(format!("{name}: {:?}: {} {found:?}", report.verdict, report.summary));
            }
            for rule in expected.findings.iter().filter(|rule| !found.contains(*rule)) {
                wrong.push(format!("{name}: no {rule} in {found:?}"));
            }
            for rule in expected.without.iter().filter(|rule| found.contains(*rule)) {
                wrong.push(format!("{name}: {rule} in {found:?}"));
            }
            if let Some(flips) = &expected.flips {
                let instants: Vec<_> = report.flips.iter().map(|flip| flip.at).collect();
                if *flips != instants {
                    wrong.push(format!("{name}: flips {:?}", report.flips));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case_and_a_near_miss() {
    let (mut finding, mut near) = (BTreeSet::new(), BTreeSet::new());
    for (_, case) in cases() {
        for expected in case.expect {
            finding.extend(expected.findings);
            near.extend(expected.without);
        }
    }
    let mut missing = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.kinds == [Kind::Session]) {
        let excused = WITHOUT_A_CASE.iter().any(|(id, _)| *id == rule.id);
        if finding.contains(rule.id) == excused {
            missing.push(format!("{}: {}", rule.id, if excused { "has a case, though excused" } else { "no case" }));
        }
        if !near.contains(rule.id) {
            missing.push(format!("{}: no near miss", rule.id));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn no_report_repeats_a_token() {
    for (name, case) in cases() {
        let json = evaluate(&case).to_json();
        assert!(!json.contains("eyJ"), "{name}");
    }
}

#[test]
fn spans_lie_inside_their_documents() {
    for (name, case) in cases() {
        let report = evaluate(&case);
        for span in report.findings.iter().filter_map(|finding| finding.span.as_ref()) {
            let documents = case.documents();
            let text = documents.iter().find(|(document, _)| *document == span.document).map(|(_, text)| *text);
            let inside = text.is_some_and(|text| text.get(span.start as usize..span.end as usize).is_some());
            assert!(inside, "{name}: {span:?}");
        }
    }
}

#[test]
fn any_text_is_decided() {
    let pieces = [
        "identifier,user\n",
        "abcd",
        "&",
        "#",
        "%4",
        "\"",
        "\n",
        ",",
        "https://eastus.dynamicsessions.io/",
        "curl ",
        "-H '",
        "Authorization: Bearer ",
        "eyJhbGciOiJub25lIn0.e30.",
        "?identifier=",
        "\u{1f512}",
        "{\"request\":",
        "az role assignment create --role ",
        "2026-01-01T00:00:00Z ",
        "..",
        "{",
        "[1-9]",
        "\\",
        "<USER_ID>",
        "POST ",
        "/files/",
        "@",
        ":",
        "\u{0}",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or_default()
    };
    for _ in 0..3_000 {
        let mut text = || (0..next(9)).map(|_| pieces[next(pieces.len())]).collect::<String>();
        let subject = serde_json::json!({
            "identifiers": text(), "request": text(), "token": text(), "jwks": text(), "log": text(), "timeline": text(),
            "candidates": text(),
        });
        let case = serde_json::json!({
            "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z", "policy": { "rotation": 30 }, "subject": subject,
        });
        let case = Case::from_json(&case.to_string()).expect("a case");
        let report = evaluate(&case);
        for span in report
            .findings
            .iter()
            .filter_map(|finding| finding.span.as_ref())
            .chain(report.errors.iter().map(|error| &error.span))
        {
            let documents = case.documents();
            let text = documents.iter().find(|(document, _)| *document == span.document).map_or("", |(_, text)| text);
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {case:?}");
        }
    }
}
