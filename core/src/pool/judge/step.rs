//! The trace of a configuration.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::arm::scope::Scope;
use crate::pool::context::Doubt;
use crate::{Document, Finding, Limits, Outcome, Severity, Step};

pub(super) fn step<'s>(name: &str, findings: &[Finding], doubts: impl Iterator<Item = &'s Doubt>) -> Step {
    let facts: Vec<&str> = doubts.map(|doubt| doubt.fact.as_str()).collect();
    let heaviest = findings.iter().map(|finding| finding.severity).min();
    let outcome = match heaviest {
        Some(Severity::Error) => Outcome::Failed,
        _ if !facts.is_empty() => Outcome::Unknown,
        Some(Severity::Warning) => Outcome::Noted,
        _ => Outcome::Passed,
    };
    let detail = match (findings.len(), facts.is_empty()) {
        (0, true) => "nothing was found".to_string(),
        (0, false) => format!("needs {}", facts.join("; ")),
        (count, _) => format!("{count} found"),
    };
    let found = findings.iter().take(Limits::TRACE_ENTRIES).map(|finding| {
        let outcome = if finding.severity == Severity::Error { Outcome::Failed } else { Outcome::Noted };
        Step::new(finding.rule.to_string(), outcome, finding.message.clone()).at(finding.span.clone())
    });
    Step::new(name, outcome, detail).with(found)
}

/// What came of expressions. Their values aren't shown: they may be secret.
pub(super) fn expressions(scope: &Scope<'_>, document: &Document<'_>) -> Option<Step> {
    if scope.resolved.is_empty() {
        return None;
    }
    let steps = scope.resolved.iter().take(Limits::TRACE_ENTRIES).map(|(range, names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (outcome, detail) = match names.as_slice() {
            [] => (Outcome::Passed, "resolved".to_string()),
            names => (Outcome::Unknown, format!("needs {}", names.join("; "))),
        };
        Step::new("an expression", outcome, detail).at(Some(document.span(range.clone())))
    });
    Some(Step::new("expressions", Outcome::Noted, "resolved as far as the template tells").with(steps))
}
