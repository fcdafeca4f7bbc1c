//! What was decided, in words.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::verdict::counts;
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::fabric::judge::{Judge, Judgement};
use crate::fabric::{Connection, MANIFEST, Policy, Role, manifest, matrix, rules};
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
    // The HTTP gateway on Linux admits a listed certificate also where it is known to be revoked.
    let is_open = |own: &Judgement| own.verdict == Verdict::Admitted && own.chain & error::REVOKED == 0;
    let admits = judged.iter().any(|(.., judged)| is_open(judged));
    let checks = judge.chain_settings(Connection::Gateway, case.at).flags & chain::CHECKS != 0;
    if admits && checks && case.trust.revocation == Revocation::AssumeGood {
        assumptions.push(String::from("certificates without a revocation list are not revoked"));
    }
    let mut above: Vec<u32> = Vec::new();
    for (number, ..) in judged.iter().filter(|(.., own)| own.verdict == Verdict::Admitted && own.is_issuer_open) {
        if above.last() != Some(number) {
            above.push(*number);
            assumptions.push(format!(
                "what stands above certificate {number} is valid: its issuer is not here, and an expired one would refuse it"
            ));
        }
    }
    if judged.iter().any(|(.., own)| own.expiry_accepted && own.verdict == Verdict::Admitted) {
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

/// The trace, with the steps of each cell, which are taken from it. `refuses_one`: no connection that counts admits one of
/// the certificates.
pub(super) fn trace(
    leaves: &[&Facts],
    judged: &mut [(u32, Connection, Judgement)],
    verdict: Verdict,
    refuses_one: bool,
) -> Step {
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
        Verdict::Refused if refuses_one => "a certificate is admitted by no connection",
        Verdict::Refused => "the cluster manifest is refused, whatever its rules admit",
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
    match report.verdict {
        Verdict::Admitted => {
            let who = match leaves {
                [_] => {
                    let own = judged.iter().filter(|own| is_granted(policy, own));
                    format!("Admitted as {}", each_once(own.map(granted)).join(", and as "))
                }
                _ => format!("{} certificates are admitted{}", all(leaves.len()), by_roles(leaves, judged, policy)),
            };
            let revocation = report.assumptions.iter().any(|one| one.contains("not revoked"));
            let revocation = if revocation { ", if not revoked" } else { "" };
            let end = match end {
                Some((at, true)) => format!("; this cluster stops admitting its own nodes on {}", at.date()),
                Some((at, false)) => format!("; this holds until {}", at.date()),
                None => String::new(),
            };
            format!("{who}{revocation}{end}")
        }
        Verdict::Refused => {
            let heaviest = report.findings.iter().find(|finding| finding.severity == Severity::Error);
            let reason = heaviest.map(|finding| match &finding.span {
                Some(span) if span.document == MANIFEST => format!("line {}: {}", span.line, finding.message),
                _ => finding.message.clone(),
            });
            format!("Refused: {}", reason.unwrap_or_else(|| String::from("no rule admits it")))
        }
        Verdict::Indeterminate => format!("Can't be decided without {}", report.missing()),
    }
}

fn is_granted(policy: &Policy, (_, connection, judged): &(u32, Connection, Judgement)) -> bool {
    counts(policy, *connection) && judged.verdict == Verdict::Admitted
}

/// "admin client by entry 1 of `AdminClientCertThumbprints`, line 9".
fn granted((.., judged): &(u32, Connection, Judgement)) -> String {
    let role = role(judged);
    let line = judged.span.as_ref().map_or(String::new(), |span| format!(", line {}", span.line));
    format!("{role} by {}{line}", judged.because)
}

fn role(judged: &Judgement) -> String {
    let role = judged.role.map_or("peer", Role::noun);
    if judged.perhaps.is_some() { format!("{role} (at least)") } else { String::from(role) }
}

fn all(count: usize) -> String {
    if count == 2 { String::from("Both") } else { format!("All {count}") }
}

/// Certificates by the roles that they get: " as cluster peer", or ": certificate 1 as admin client, certificates 2 and 3 as
/// user client".
fn by_roles(leaves: &[&Facts], judged: &[(u32, Connection, Judgement)], policy: &Policy) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for facts in leaves {
        let own = matrix::row(judged, facts.number).iter().filter(|own| is_granted(policy, own));
        let roles = own.map(|(.., judged)| role(judged));
        let roles = each_once(roles).join(" and ");
        let number = facts.number.to_string();
        match groups.iter_mut().find(|(known, _)| *known == roles) {
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((roles, Vec::from([number]))),
        }
    }
    if let [(roles, _)] = groups.as_slice() {
        return format!(" as {roles}");
    }
    let said = groups.iter().map(|(roles, numbers)| match numbers.as_slice() {
        [one] => format!("certificate {one} as {roles}"),
        [one, other] => format!("certificates {one} and {other} as {roles}"),
        many => format!("{} of them as {roles}", many.len()),
    });
    format!(": {}", said.collect::<Vec<_>>().join(", "))
}

fn each_once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut each: Vec<String> = Vec::new();
    for text in texts {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    each
}
