//! Every case of the tree: decided as its author expects, with places that exist, and a report that reads back.

use admit_core::{Chains, Document, Enclaves, Family as _, Held, Nodes, Peers, Report, Sessions, Span, evaluate};
use admit_tests::folder;
use serde_json::Value;

#[test]
fn every_expectation_is_met() {
    let mut unmet = Vec::new();
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        assert!(!folder.case.expect.is_empty(), "{} expects nothing", folder.name);
        for one in Held::all(&folder.case, &report).into_iter().filter(|one| !one.is_met()) {
            unmet.push(format!("{}: {}: {}", folder.name, one.asks, one.missing.join("; ")));
        }
    }
    assert!(unmet.is_empty(), "{} unmet:\n{}", unmet.len(), unmet.join("\n"));
}

/// Every object of a report that has the keys of a span.
fn spans(value: &Value, found: &mut Vec<Span>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| spans(item, found)),
        Value::Object(fields) => match serde_json::from_value::<Span>(value.clone()) {
            Ok(span) => found.push(span),
            Err(_) => fields.values().for_each(|field| spans(field, found)),
        },
        _ => {}
    }
}

#[test]
fn spans_lie_in_their_documents() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for folder in folder::all() {
        let report = serde_json::to_value(evaluate(&folder.case)).expect("a report is JSON");
        let mut found = Vec::new();
        spans(&report, &mut found);
        seen += found.len();
        let documents = folder.case.documents();
        for span in found {
            // A document that is empty is not listed, and has one place only.
            let text = documents.iter().find(|(name, _)| *name == span.document).map_or("", |(_, text)| text);
            let range = usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap();
            if text.get(range.clone()).is_none() {
                wrong.push(format!("{}: {span:?} is outside, or splits a character", folder.name));
            } else if Document::new(span.document.clone(), text).span(range) != span {
                wrong.push(format!("{}: {span:?} has another line or column", folder.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {seen} places:\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen > 0, "no report has a place");
}

#[test]
fn reports_read_back() {
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let json = report.to_json();
        let again: Report = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", folder.name));
        assert_eq!(again, report, "{}", folder.name);
        assert_eq!(again.to_json(), json, "{}", folder.name);
    }
}

#[test]
fn a_module_writes_the_same_report() {
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let json = report.to_json();
        let write = match report.kind.family() {
            Chains::NAME => Report::into_json_of::<Chains>,
            Peers::NAME => Report::into_json_of::<Peers>,
            Nodes::NAME => Report::into_json_of::<Nodes>,
            Sessions::NAME => Report::into_json_of::<Sessions>,
            Enclaves::NAME => Report::into_json_of::<Enclaves>,
            other => panic!("{}: a family that has no module: {other}", folder.name),
        };
        assert_eq!(write(report), json, "{}", folder.name);
    }
}

#[test]
fn cases_read_back() {
    for folder in folder::all() {
        let again = admit_core::Case::from_json(&folder.case.to_json());
        assert_eq!(again.as_ref(), Ok(&folder.case), "{}", folder.name);
    }
}

#[test]
fn the_gallery_has_cases_of_the_article() {
    let gallery: Vec<_> =
        folder::all().into_iter().filter(|folder| folder.case.teaches.is_some()).map(|folder| folder.name).collect();
    assert!(gallery.len() >= 6, "{gallery:?}");
    for snippet in 1..=4 {
        let prefix = format!("peer/article-{snippet}-");
        assert!(gallery.iter().any(|name| name.starts_with(&prefix)), "no {prefix}* teaches");
    }
}
