//! From what was found to the verdict.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use crate::pool::PARAMETERS;
use crate::pool::context::Doubt;
use crate::{Case, Level, Outcome, Report, Severity, Step, Verdict};

/// Verdict, settling facts, trace and sentence.
pub(super) fn conclude(report: &mut Report, case: &Case, doubts: &BTreeSet<Doubt>, steps: Vec<Step>) {
    let severities = case.severities();
    // A fact is missing only if it could refuse.
    let refuses = |doubt: &&Doubt| match severities.get(doubt.rule) {
        Some(level) => *level == Level::Error,
        None => crate::rule(doubt.rule).is_some_and(|rule| rule.severity == Severity::Error),
    };
    let facts: BTreeSet<&str> = crate::order::set(doubts.iter().filter(refuses).map(|doubt| doubt.fact.as_str()));
    report.verdict = if !report.errors.is_empty() {
        Verdict::Indeterminate
    } else if report.has_error() {
        Verdict::Refused
    } else if !facts.is_empty() {
        Verdict::Indeterminate
    } else {
        Verdict::Admitted
    };
    if report.verdict == Verdict::Indeterminate {
        report.settle = match report.errors.first() {
            Some(error) if error.span.document == PARAMETERS => Vec::from(["parameters that can be read".to_string()]),
            Some(_) => Vec::from(["a configuration of a session pool that can be read".to_string()]),
            None => facts.iter().map(|fact| fact.to_string()).collect(),
        };
    }
    let pools = match &report.answer {
        crate::Answer::Pool(answer) => answer.pools.len(),
        _ => 0,
    };
    let warnings = report.findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
    report.summary = match report.verdict {
        Verdict::Admitted => {
            let who = if pools == 1 { "Admitted".to_string() } else { format!("All {pools} pools are admitted") };
            match warnings {
                0 => who,
                1 => format!("{who}, with one warning"),
                _ => format!("{who}, with {warnings} warnings"),
            }
        }
        Verdict::Refused => {
            let heaviest = report.findings.iter().find(|finding| finding.severity == Severity::Error);
            let reason = heaviest.map(|finding| match &finding.span {
                Some(span) => format!("line {}: {}", span.line, finding.message),
                None => finding.message.clone(),
            });
            format!("Refused: {}", reason.unwrap_or_default())
        }
        Verdict::Indeterminate => format!("Can't be decided without {}", report.missing()),
    };
    let (outcome, detail) = match report.verdict {
        Verdict::Admitted => (Outcome::Passed, "no rule refuses"),
        Verdict::Refused => (Outcome::Failed, "a rule refuses"),
        Verdict::Indeterminate => (Outcome::Unknown, "a fact is missing"),
    };
    report.trace = Step::new("pool", outcome, detail).with(steps);
}
