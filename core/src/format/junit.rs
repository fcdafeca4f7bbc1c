//! JUnit's XML.
//!
//! The suite is the case. Its first test is the verdict: a refusal is a failure, an indeterminate verdict an error. Each
//! finding is a test of its own, and fails if it refuses. There are no times: the same report gives the same bytes.

use alloc::format;
use alloc::string::{String, ToString as _};

use super::word;
use crate::{Finding, Report, Severity, Verdict};

pub(super) fn render(report: &Report, artifact: &dyn Fn(&str) -> String) -> String {
    let refusing = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let failures = refusing.saturating_add(usize::from(report.verdict == Verdict::Refused));
    let errors = usize::from(report.verdict == Verdict::Indeterminate);
    let tests = report.findings.len().saturating_add(1);
    let kind = word(&report.kind);
    let name = escape(report.title.as_deref().unwrap_or(&kind));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\"");
    xml.push_str(&format!("<testsuites name=\"admit\" {counts}>\n"));
    // The attribute holds a date and time without a zone (the format's schema).
    let at = report.at.to_string();
    let at = at.trim_end_matches('Z');
    xml.push_str(&format!("  <testsuite name=\"{name}\" {counts} skipped=\"0\" timestamp=\"{at}\">\n"));
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
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
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
