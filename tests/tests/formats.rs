//! Every case in every format, and SARIF held against the schema of OASIS.

use std::fs;
use std::path::Path;
use std::process::Command;

use admit_core::{Format, Severity, Verdict, evaluate};
use admit_tests::folder;
use serde_json::Value;

/// The schema, from the package that brings it.
fn schema() -> Option<Value> {
    let manifest = admit_tests::root().join("sarif/Cargo.toml");
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--locked", "--format-version=1", "--manifest-path"]).arg(manifest);
    let output = metadata.output().ok().filter(|output| output.status.success())?;
    let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata["packages"].as_array()?;
    let package = packages.iter().find(|package| package["name"] == "serde-sarif")?;
    let place = Path::new(package["manifest_path"].as_str()?).with_file_name("src/schema.json");
    serde_json::from_str(&fs::read_to_string(place).ok()?).ok()
}

#[test]
fn sarif_keeps_to_its_schema() {
    let Some(schema) = schema() else {
        println!("skipped: the package serde-sarif, which has the schema, can't be fetched");
        return;
    };
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let text = Format::Sarif.render(&report, &folder.case, &str::to_string);
        let log: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.name));
        let mut faults = Vec::new();
        check(&schema, &schema, &log, "", &mut faults);
        assert!(faults.is_empty(), "{}: {faults:#?}", folder.name);
        // A result for each finding, and one for the verdict where no finding says it.
        let results = log["runs"][0]["results"].as_array().expect("results").len();
        let said =
            report.verdict == Verdict::Refused && report.findings.iter().any(|one| one.severity == Severity::Error);
        assert_eq!(results, report.findings.len() + usize::from(!said), "{}", folder.name);
    }
    // The check can fail.
    let mut faults = Vec::new();
    check(&schema, &schema, &serde_json::json!({ "version": "2.0.0", "x": 1 }), "", &mut faults);
    assert_eq!(faults.len(), 3, "{faults:?}");
}

/// Holds a value against the part of JSON Schema that the SARIF schema uses; a keyword that is not known here is a fault.
fn check(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else { return };
    if let Some(to) = schema["$ref"].as_str() {
        let part = root.pointer(to.trim_start_matches('#')).unwrap_or(&Value::Null);
        assert!(part.is_object(), "{to} leads nowhere");
        return check(root, part, value, at, faults);
    }
    let mut fault = |what: &str| faults.push(format!("{at}: {what}"));
    for (keyword, limit) in keywords {
        match keyword.as_str() {
            "type" => {
                let is = |name: &Value| match name.as_str() {
                    Some("object") => value.is_object(),
                    Some("array") => value.is_array(),
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_i64() || value.is_u64(),
                    Some("number") => value.is_number(),
                    Some("boolean") => value.is_boolean(),
                    other => panic!("an unknown type: {other:?}"),
                };
                if !limit.as_array().map_or_else(|| is(limit), |several| several.iter().any(is)) {
                    fault(&format!("not of type {limit}"));
                }
            }
            "enum" if !limit.as_array().is_some_and(|all| all.contains(value)) => {
                fault(&format!("{value} is none of {limit}"))
            }
            "required" => {
                for name in limit.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    if value.as_object().is_some_and(|members| !members.contains_key(name)) {
                        fault(&format!("{name} is missing"));
                    }
                }
            }
            "minimum" if value.as_f64() < limit.as_f64() => fault("too small"),
            "maximum" if value.as_f64() > limit.as_f64() => fault("too large"),
            "minItems" if value.as_array().is_some_and(|items| (items.len() as u64) < limit.as_u64().unwrap_or(0)) => {
                fault("too few");
            }
            "uniqueItems" if *limit == Value::Bool(true) => {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                if items.iter().enumerate().any(|(at, item)| items[..at].contains(item)) {
                    fault("an item twice");
                }
            }
            "pattern" => panic!("{at}: a pattern, which is not checked here"),
            "anyOf" => {
                let tried = limit.as_array().into_iter().flatten().any(|option| {
                    let mut faults = Vec::new();
                    check(root, option, value, at, &mut faults);
                    faults.is_empty()
                });
                if !tried {
                    fault("none of the options");
                }
            }
            "properties" | "additionalProperties" | "items" => {}
            "enum" | "minimum" | "maximum" | "minItems" | "uniqueItems" => {}
            "format" | "default" | "description" | "title" | "$schema" | "$id" | "id" | "definitions" => {}
            other => panic!("{at}: the keyword {other} is not known here"),
        }
    }
    if let Some(members) = value.as_object() {
        for (name, member) in members {
            let below = format!("{at}/{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => faults.push(format!("{below}: not a member")),
                (Value::Null, additional) => check(root, additional, member, &below, faults),
                (property, _) => check(root, property, member, &below, faults),
            }
        }
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        check(root, &schema["items"], item, &format!("{at}/{place}"), faults);
    }
}

/// JUnit is well-formed and counts what it holds; Markdown begins with the verdict and keeps a table whole.
#[test]
fn junit_and_markdown_are_whole() {
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let xml = Format::Junit.render(&report, &folder.case, &str::to_string);
        let document = admit_core::Document::new("policy.manifest", &xml);
        let read = admit_core::fabric::manifest::read(&document);
        // That it is no manifest is as it should be.
        let malformed = read
            .errors
            .iter()
            .filter(|error| error.kind == admit_core::ErrorKind::Syntax && error.found != "`<testsuites>`");
        assert_eq!(malformed.count(), 0, "{}: {:?}\n{xml}", folder.name, read.errors);
        // What the author expects has a suite of its own, with one test or more for each expectation.
        let expected = xml.matches(".expected\" time=").count();
        assert!(expected >= folder.case.expect.len(), "{}: {expected}", folder.name);
        assert_eq!(xml.matches("<testcase ").count(), report.findings.len() + 1 + expected, "{}", folder.name);
        let markdown = Format::Markdown.render(&report, &folder.case, &str::to_string);
        assert!(markdown.starts_with("## "), "{}", folder.name);
        let rows = markdown.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |"));
        assert_eq!(rows.count(), report.findings.len(), "{}", folder.name);
    }
}
