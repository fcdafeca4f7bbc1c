//! JUnit's XML.
//!
//! The first suite is the case. Its first test is the verdict: a refusal is a failure, an indeterminate verdict an error. Each
//! finding is a test of its own, and fails if it refuses. The second suite, if the case's author expects anything, has a test
//! for each expectation. There are no times: the same report gives the same bytes.

use alloc::format;
use alloc::string::{String, ToString as _};

use super::{Held, word};
use crate::{Finding, Report, Severity, Verdict};

pub(super) fn render(report: &Report, held: &[Held], artifact: &dyn Fn(&str) -> String) -> String {
    let refusing = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let failures = refusing.saturating_add(usize::from(report.verdict == Verdict::Refused));
    let errors = usize::from(report.verdict == Verdict::Indeterminate);
    let tests = report.findings.len().saturating_add(1);
    let kind = word(&report.kind);
    let name = escape(report.title.as_deref().unwrap_or(&kind));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let unmet = held.iter().filter(|one| !one.is_met()).count();
    let counts = |tests: usize, failures: usize, errors: usize| {
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\"")
    };
    let all = counts(tests.saturating_add(held.len()), failures.saturating_add(unmet), errors);
    xml.push_str(&format!("<testsuites name=\"admit\" {all}>\n"));
    // The attribute holds a date and time without a zone (the format's schema).
    let at = report.at.to_string();
    let at = at.trim_end_matches('Z');
    xml.push_str(&format!(
        "  <testsuite name=\"{name}\" {} skipped=\"0\" timestamp=\"{at}\">\n",
        counts(tests, failures, errors)
    ));
    xml.push_str(&format!("    <testcase name=\"verdict\" classname=\"admit.{kind}\" time=\"0\""));
    let summary = escape(&report.summary);
    match report.verdict {
        Verdict::Admitted => xml.push_str("/>\n"),
        Verdict::Refused => outcome(&mut xml, "failure", "refused", &summary, ""),
        Verdict::Indeterminate => {
            outcome(&mut xml, "error", "indeterminate", &summary, &escape(&report.settle.join("\n")));
        }
    }
    for finding in &report.findings {
        test(&mut xml, &kind, finding, artifact);
    }
    xml.push_str("  </testsuite>\n");
    if !held.is_empty() {
        let counts = counts(held.len(), unmet, 0);
        xml.push_str(&format!("  <testsuite name=\"{name}: expected\" {counts} skipped=\"0\" timestamp=\"{at}\">\n"));
        for one in held {
            expectation(&mut xml, &kind, one);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn expectation(xml: &mut String, kind: &str, one: &Held) {
    let asks = escape(&one.asks);
    xml.push_str(&format!("    <testcase name=\"{asks}\" classname=\"admit.{kind}.expected\" time=\"0\""));
    match one.missing.first() {
        None => xml.push_str("/>\n"),
        Some(first) => outcome(xml, "failure", "unmet", &escape(first), &escape(&one.missing.join("\n"))),
    }
}

fn test(xml: &mut String, kind: &str, finding: &Finding, artifact: &dyn Fn(&str) -> String) {
    let place = finding.span.as_ref().map(|span| {
        let name = artifact(&span.document);
        format!("{name}:{}:{}", span.line, span.column)
    });
    let title = place.as_ref().map_or_else(|| finding.rule.to_string(), |place| format!("{} at {place}", finding.rule));
    xml.push_str(&format!("    <testcase name=\"{}\" classname=\"admit.{kind}\" time=\"0\"", escape(&title)));
    let message = escape(&finding.message);
    let mut text = finding.help.clone().unwrap_or_default();
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!("see {}, {}", finding.citation.source, finding.citation.place));
    match finding.severity {
        Severity::Error => outcome(xml, "failure", &finding.rule, &message, &escape(&text)),
        Severity::Warning | Severity::Info => {
            let severity = word(&finding.severity);
            xml.push_str(&format!(">\n      <system-out>{severity}: {message}\n{}</system-out>\n", escape(&text)));
            xml.push_str("    </testcase>\n");
        }
    }
}

fn outcome(xml: &mut String, element: &str, kind: &str, message: &str, text: &str) {
    xml.push_str(&format!(">\n      <{element} type=\"{kind}\" message=\"{message}\">{text}</{element}>\n"));
    xml.push_str("    </testcase>\n");
}

/// Text for an attribute or an element. Characters that XML 1.0 has not (section 2.2) are shown by their number.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => escaped.push_str(&crate::code_point(character).replace(['<', '>'], "")),
            _ if character.is_control() => escaped.push_str(&crate::code_point(character).replace(['<', '>'], "")),
            _ => escaped.push(character),
        }
    }
    escaped
}
