//! What was decided, in words.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::verdict::counts;
use crate::certificate::Facts;
use crate::fabric::judge::{Judge, Judgement};
use crate::fabric::{Connection, MANIFEST, Policy, Role, manifest, rules};
use crate::{Case, Outcome, Report, Revocation, Severity, Step, Time, Verdict, chain};

pub(super) fn assumptions(
    case: &Case,
    manifest: &manifest::Manifest<'_>,
    judge: &Judge<'_, '_>,
    judged: &[(u32, Connection, Judgement)],
) -> Vec<String> {
    let mut assumptions = Vec::new();
    assumptions.extend(manifest.assumptions.iter().cloned());
    if manifest.is_fragment {
        assumptions.push(String::from("settings that the fragment does not show have their defaults"));
        assumptions.extend(rules::credential_type::assumed(judge.settings));
    }
    let admits = judged.iter().any(|(.., judged)| judged.verdict == Verdict::Admitted);
    let checks = judge.chain_settings(Connection::Gateway, case.at).flags & chain::CHECKS != 0;
    if admits && checks && case.trust.revocation == Revocation::AssumeGood {
        assumptions.push(String::from("certificates without a revocation list are not revoked"));
    }
    if judged.iter().any(|(.., judged)| judged.expiry_accepted) {
        assumptions.push(format!("the runtime is recent enough to know `{}`", rules::validity::ACCEPT_EXPIRED_SETTING));
    }
    assumptions
}

fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    }
}

/// The trace, with the steps of each cell, which are taken from it.
pub(super) fn trace(leaves: &[&Facts], judged: &mut [(u32, Connection, Judgement)], verdict: Verdict) -> Step {
    let mut cells = judged.iter_mut().peekable();
    let certificates = leaves.iter().map(|facts| {
        let own = core::iter::from_fn(|| cells.next_if(|(number, ..)| *number <= facts.number));
        let connections = own.map(|(_, connection, judged)| {
            let detail = match judged.code {
                Some(code) => format!("{} ({code})", judged.because),
                None => judged.because.clone(),
            };
            Step::new(connection.noun(), outcome(judged.verdict), detail)
                .at(judged.span.clone())
                .with(core::mem::take(&mut judged.steps))
        });
        Step::new(format!("certificate {}", facts.number), Outcome::Noted, facts.subject.clone())
            .at(Some(facts.span.clone()))
            .with(connections)
    });
    let detail = match verdict {
        Verdict::Admitted => "every certificate is admitted by a connection",
        Verdict::Refused => "a certificate is admitted by no connection",
        Verdict::Indeterminate => "a fact is missing",
    };
    Step::new("peer", outcome(verdict), detail).with(certificates)
}

/// The verdict in a sentence.
///
/// `end` is the next instant at which it is refused, and whether the nodes of the cluster refuse each other then.
pub(super) fn summary(
    report: &Report,
    leaves: &[&Facts],
    judged: &[(u32, Connection, Judgement)],
    policy: &Policy,
    end: Option<(Time, bool)>,
) -> String {
    let counted = || judged.iter().filter(|(_, connection, _)| counts(policy, *connection));
    match report.verdict {
        Verdict::Admitted => {
            let mut roles: Vec<String> = Vec::new();
            for (.., judged) in counted().filter(|(.., judged)| judged.verdict == Verdict::Admitted) {
                let role = judged.role.map_or("peer", Role::noun);
                let line = judged.span.as_ref().map_or(String::new(), |span| format!(", line {}", span.line));
                let granted = format!("{role} by {}{line}", judged.because);
                if !roles.contains(&granted) {
                    roles.push(granted);
                }
            }
            let who = match leaves {
                [_] => String::from("Admitted"),
                _ => format!("All {} certificates are admitted", leaves.len()),
            };
            let revocation = report.assumptions.iter().any(|one| one.contains("not revoked"));
            let revocation = if revocation { ", if not revoked" } else { "" };
            let end = match end {
                Some((at, true)) => format!("; this cluster stops admitting its own nodes on {}", at.date()),
                Some((at, false)) => format!("; this holds until {}", at.date()),
                None => String::new(),
            };
            format!("{who} as {}{revocation}{end}", roles.join(", and as "))
        }
        Verdict::Refused => {
            let heaviest = report.findings.iter().find(|finding| finding.severity == Severity::Error);
            let reason = heaviest.map(|finding| match &finding.span {
                Some(span) if span.document == MANIFEST => format!("line {}: {}", span.line, finding.message),
                _ => finding.message.clone(),
            });
            format!("Refused: {}", reason.unwrap_or_else(|| String::from("no rule admits it")))
        }
        Verdict::Indeterminate => {
            let facts = if report.settle.is_empty() {
                "a fact that is not given".to_string()
            } else {
                report.settle.join("; ")
            };
            format!("Can't be decided without {facts}")
        }
    }
}
