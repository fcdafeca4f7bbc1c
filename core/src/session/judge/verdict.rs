//! From what was found to the report.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::Judging;
use super::held::{Token, dated};
use crate::session::rules::age::Due;
use crate::session::{Policy, Subject, rules};
use crate::{Case, Cost, Finding, Flip, Kind, Outcome, Report, Severity, Step, Time, Verdict};

/// Writes the report.
pub(super) fn report(case: &Case, judging: Judging<'_>, tokens: Vec<Token>, subject: &Subject) -> Report {
    let Judging { policy, findings, errors, mut settle, mut assumptions, steps, answer, due, held, .. } = judging;
    let nothing = held == 0 && answer.life.is_none() && steps.is_empty() && subject.log.is_empty();
    if nothing {
        settle.push("an identifier, a request, a token, a log or a time line".into());
    }
    if !errors.is_empty() {
        settle.push("documents that can be read".into());
    }
    if answer.judged > 0 {
        assumptions.insert(
            0,
            "the identifiers come from a cryptographically secure generator: no test of what it gives can prove it"
                .into(),
        );
    }
    let standing = findings.finish();
    let unknown = !settle.is_empty();
    let flips = flips(policy, &standing, &tokens, due, unknown);
    let mut all = standing;
    for token in &tokens {
        all.extend(dated(token, policy, case.at));
    }
    let bytes = subject.documents().iter().map(|(_, text)| text.len()).sum::<usize>();
    let mut report = Report {
        admit: Report::VERSION,
        engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
        kind: Kind::Session,
        title: case.title.clone(),
        at: case.at,
        verdict: Verdict::Indeterminate,
        summary: String::new(),
        diagnosis: None,
        settle,
        assumptions,
        answer: crate::Answer::Session(answer),
        findings: all,
        off: Vec::new(),
        errors,
        trace: Step::new("session", Outcome::Unknown, ""),
        flips,
        certificates: Vec::new(),
        cost: Cost { bytes: u32::try_from(bytes).unwrap_or(u32::MAX), certificates: 0, signatures: 0, rules: held },
    };
    report.arrange(case);
    report.verdict = decided(report.has_error(), unknown);
    if report.verdict != Verdict::Indeterminate {
        report.settle.clear();
    }
    report.summary = summary(&report);
    report.trace = trace(&report, steps);
    super::mask::mask(&mut report);
    report
}

fn decided(refuses: bool, unknown: bool) -> Verdict {
    match (refuses, unknown) {
        (true, _) => Verdict::Refused,
        (false, true) => Verdict::Indeterminate,
        (false, false) => Verdict::Admitted,
    }
}

/// Whether a finding refuses under the policy's severities.
fn refuses(finding: &Finding, policy: &Policy) -> bool {
    match policy.severity.get(finding.rule.as_ref()) {
        Some(level) => level.severity() == Some(Severity::Error),
        None => finding.severity == Severity::Error,
    }
}

/// The instants at which the verdict changes: those of the tokens, and those of findings that come with time where the
/// policy makes them errors.
fn flips(policy: &Policy, standing: &[Finding], tokens: &[Token], due: Vec<Due>, unknown: bool) -> Vec<Flip> {
    let dated_rules = [&rules::age::OLD, &rules::batch::timed::STALE, &rules::authorization::KEY_OLD];
    let is_dated = |finding: &&Finding| dated_rules.iter().any(|rule| rule.id == finding.rule);
    // What refuses at any time; what comes with time is looked at instant by instant.
    let always = standing.iter().any(|finding| !is_dated(&finding) && refuses(finding, policy));
    let errs = |due: &&Due| {
        let level = policy.severity.get(due.rule.id).map(|level| level.severity());
        level.unwrap_or(Some(due.rule.severity)) == Some(Severity::Error)
    };
    let mut boundaries: Vec<(Time, String)> = Vec::new();
    for token in tokens {
        let of_token = rules::token::time::boundaries(&token.jwt, policy.skew);
        boundaries.extend(of_token.into_iter().map(|(at, because)| (at, because.to_string())));
    }
    let oldest = due.iter().filter(errs).map(|due| due.at).min();
    boundaries.extend(due.iter().filter(errs).map(|due| (due.at, due.because.clone())));
    crate::order::sort_by(&mut boundaries, Ord::cmp);
    let verdict_at = |at: Time| {
        let of_tokens =
            tokens.iter().flat_map(|token| dated(token, policy, at)).any(|finding| refuses(&finding, policy));
        let of_age = oldest.is_some_and(|oldest| at >= oldest);
        decided(always || of_tokens || of_age, unknown)
    };
    let mut flips = Vec::new();
    for (at, because) in boundaries {
        let (before, after) = (verdict_at(at.plus(-1)), verdict_at(at));
        if before != after && !flips.iter().any(|flip: &Flip| flip.at == at) {
            flips.push(Flip::new(at, after, because));
        }
    }
    flips
}

fn summary(report: &Report) -> String {
    let crate::Answer::Session(answer) = &report.answer else {
        return String::new();
    };
    match report.verdict {
        Verdict::Admitted => {
            let mut what: Vec<String> = Vec::new();
            match answer.identifiers.as_slice() {
                [] => {}
                [one] => what.push(format!(
                    "the identifier is acceptable with an estimated {} bits, if its generator is secure",
                    one.estimate.structural
                )),
                _ => {
                    what.push(format!("all {} identifiers are acceptable, if their generator is secure", answer.judged))
                }
            }
            if answer.request.is_some() {
                what.push("the request is well formed".into());
            }
            if answer.token.is_some() {
                what.push("the token is acceptable, if its identity has the role and it was not revoked".into());
            }
            if answer.life.is_some() {
                what.push("every request finds a session".into());
            }
            if what.is_empty() {
                what.push("nothing that was looked at refuses".into());
            }
            format!("Admitted: {}", what.join("; "))
        }
        Verdict::Refused => {
            let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let count = errors.clone().count();
            let mut errors = errors.map(|finding| finding.message.as_str());
            let first = errors.next().unwrap_or("a rule refuses it");
            match count {
                0 | 1 => format!("Refused: {first}"),
                2 => format!("Refused: {first}, and one more reason"),
                more => format!("Refused: {first}, and {} more reasons", more.saturating_sub(1)),
            }
        }
        Verdict::Indeterminate => format!("Can't be decided without {}", report.missing()),
    }
}

fn trace(report: &Report, steps: Vec<Step>) -> Step {
    let outcome = match report.verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    };
    Step::new("session", outcome, report.summary.clone()).with(steps)
}
