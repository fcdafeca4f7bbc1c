//! SARIF 2.1.0.
//!
//! A finding is a result at its place, with its fixes; a verdict that no finding explains is a result of its own, of kind
//! `pass`, `fail` or `open` (section 3.27.9). Columns count Unicode code points, bytes count the UTF-8 text.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde_json::{Value, json};

use super::word;
use crate::{Case, Document, Error, Finding, Fix, Report, Rule, Severity, Span, Verdict, rule};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn render(report: &Report, case: &Case, artifact: &dyn Fn(&str) -> String) -> String {
    let documents = case.documents();
    let texts = documents.iter().map(|(name, text)| (name.as_ref(), Document::new(name.clone(), text))).collect();
    let log = Log { texts, artifact };
    let rules = rules(report);
    let mut results: Vec<Value> = report.findings.iter().map(|finding| log.result(finding, &rules)).collect();
    let refused_by_finding = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    if report.verdict != Verdict::Refused || !refused_by_finding {
        results.push(verdict(report));
    }
    let mut run = json!({
        "tool": { "driver": {
            "name": "Admit",
            "version": report.engine,
            "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        } },
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": { "kind": word(&report.kind), "verdict": word(&report.verdict), "at": report.at.to_string() },
    });
    let notifications: Vec<Value> = report.errors.iter().map(|error| log.notification(error)).collect();
    if let Value::Object(run) = &mut run {
        let mut invocation = json!({ "executionSuccessful": notifications.is_empty() });
        if let Value::Object(invocation) = &mut invocation
            && !notifications.is_empty()
        {
            invocation.insert("toolExecutionNotifications".into(), Value::Array(notifications));
        }
        run.insert("invocations".into(), Value::Array(Vec::from([invocation])));
    }
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    // Maps have string keys, so this is never empty.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

/// The rules of the report's findings, in the order in which they are first found.
fn rules(report: &Report) -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for found in report.findings.iter().filter_map(|finding| rule(&finding.rule)) {
        if !rules.iter().any(|known| known.id == found.id) {
            rules.push(found);
        }
    }
    rules
}

/// A rule, with every text that code scanning asks for. What it checks and why is on the rule's page: hosts that render
/// reports don't carry those texts, and all of them say the same.
fn descriptor(rule: &Rule) -> Value {
    let citation = format!("{}, {}", rule.citation.source, rule.citation.place);
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.title },
        "help": { "text": format_args!("Source: {citation}. `admit rules {}` tells what it checks and why.", rule.id).to_string() },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "citation": citation },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The verdict as a result. Of a result that is not of kind `fail` the level is `none` (section 3.27.10).
fn verdict(report: &Report) -> Value {
    let (kind, level) = match report.verdict {
        Verdict::Admitted => ("pass", "none"),
        Verdict::Refused => ("fail", "error"),
        Verdict::Indeterminate => ("open", "none"),
    };
    json!({ "kind": kind, "level": level, "message": { "text": report.summary } })
}

struct Log<'a> {
    texts: BTreeMap<&'a str, Document<'a>>,
    artifact: &'a dyn Fn(&str) -> String,
}

impl Log<'_> {
    fn result(&self, finding: &Finding, rules: &[&Rule]) -> Value {
        let mut text = finding.message.clone();
        if let Some(help) = &finding.help {
            text.push_str("; ");
            text.push_str(help);
        }
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": { "text": text },
        });
        let Value::Object(members) = &mut result else { return result };
        if let Some(index) = rules.iter().position(|rule| rule.id == finding.rule) {
            members.insert("ruleIndex".into(), index.into());
        }
        if let Some(span) = &finding.span {
            members.insert("locations".into(), json!([self.location(span)]));
        }
        if !finding.related.is_empty() {
            let related = finding.related.iter().map(|related| {
                let mut location = self.location(&related.span);
                if let Value::Object(location) = &mut location {
                    location.insert("message".into(), json!({ "text": related.message }));
                }
                location
            });
            members.insert("relatedLocations".into(), Value::Array(related.collect()));
        }
        if !finding.fixes.is_empty() {
            members.insert("fixes".into(), Value::Array(finding.fixes.iter().map(|fix| self.fix(fix)).collect()));
        }
        result
    }

    fn location(&self, span: &Span) -> Value {
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": (self.artifact)(&span.document) },
            "region": self.region(span),
        } })
    }

    /// The region of a span. Where it ends is looked up in the text; without the text it is where it begins.
    fn region(&self, span: &Span) -> Value {
        let end = self.texts.get(span.document.as_ref()).map(|document| {
            let end = span.end as usize;
            document.span(end..end)
        });
        let end = end.as_ref().unwrap_or(span);
        json!({
            "startLine": span.line, "startColumn": span.column, "endLine": end.line, "endColumn": end.column,
            "byteOffset": span.start, "byteLength": span.end.saturating_sub(span.start),
        })
    }

    /// A fix: its edits by document, each document once (section 3.56.3).
    fn fix(&self, fix: &Fix) -> Value {
        let mut changes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for edit in &fix.edits {
            changes.entry(edit.span.document.as_ref()).or_default().push(json!({
                "deletedRegion": self.region(&edit.span),
                "insertedContent": { "text": edit.text },
            }));
        }
        let changes = changes.into_iter().map(|(document, replacements)| {
            json!({ "artifactLocation": { "uri": (self.artifact)(document) }, "replacements": replacements })
        });
        json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
    }

    fn notification(&self, error: &Error) -> Value {
        json!({
            "level": "error",
            "message": { "text": error.to_string() },
            "locations": [self.location(&error.span)],
        })
    }
}
