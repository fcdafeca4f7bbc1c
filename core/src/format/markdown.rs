//! Markdown, for an issue or a pull request.
//!
//! Text of the case never becomes markup: it is escaped, and stands on one line.

use alloc::format;
use alloc::string::{String, ToString as _};

use super::word;
use crate::{Finding, Report, Verdict, is_invisible};

pub(super) fn render(report: &Report, artifact: &dyn Fn(&str) -> String) -> String {
    let sign = match report.verdict {
        Verdict::Admitted => "✓",
        Verdict::Refused => "✕",
        Verdict::Indeterminate => "?",
    };
    let mut text = format!("## {sign} {}\n\n", escape(&report.summary));
    if let Some(title) = &report.title {
        text.push_str(&format!("**{}**, ", escape(title)));
    }
    text.push_str(&format!("{} at {}, engine {}\n", word(&report.kind), report.at, escape(&report.engine)));
    if !report.findings.is_empty() {
        text.push_str("\n| | rule | where | what |\n|---|---|---|---|\n");
        for finding in &report.findings {
            row(&mut text, finding, artifact);
        }
    }
    list(&mut text, "Would settle it", report.settle.iter().map(|fact| escape(fact)));
    list(&mut text, "Could not be read", report.errors.iter().map(|error| escape(&error.to_string())));
    list(&mut text, "Assumed", report.assumptions.iter().map(|fact| escape(fact)));
    let flips =
        report.flips.iter().map(|flip| format!("{}: {}, {}", flip.at, word(&flip.verdict), escape(&flip.because)));
    list(&mut text, "Changes", flips);
    list(&mut text, "Rules switched off by the policy", report.off.iter().map(|rule| escape(rule)));
    text
}

fn row(text: &mut String, finding: &Finding, artifact: &dyn Fn(&str) -> String) {
    let place = finding.span.as_ref().map_or_else(String::new, |span| {
        let name = artifact(&span.document);
        escape(&format!("{name}:{}:{}", span.line, span.column))
    });
    let mut what = escape(&finding.message);
    if let Some(help) = &finding.help {
        what.push_str(&format!("<br>{}", escape(help)));
    }
    for fix in &finding.fixes {
        let then = fix.then.map_or_else(String::new, |verdict| format!(" (then {})", word(&verdict)));
        what.push_str(&format!("<br>fix: {}{then}", escape(&fix.title)));
    }
    let citation = format!("{}, {}", finding.citation.source, finding.citation.place);
    what.push_str(&format!("<br>see {}", escape(&citation)));
    text.push_str(&format!("| {} | {} | {place} | {what} |\n", word(&finding.severity), escape(&finding.rule)));
}

fn list(text: &mut String, heading: &str, entries: impl Iterator<Item = String>) {
    for (count, entry) in entries.enumerate() {
        if count == 0 {
            text.push_str(&format!("\n**{heading}**\n\n"));
        }
        text.push_str(&format!("- {entry}\n"));
    }
}

/// Text that stays text: ASCII punctuation that CommonMark gives a meaning is escaped (section 2.4), invisible
/// characters are shown by their number, and a mention or a reference of a forge is broken up.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => escaped.push(' '),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '!' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ if is_invisible(character) => escaped.push_str(&format!("U+{:04X}", u32::from(character))),
            _ => escaped.push(character),
        }
    }
    escaped
}
