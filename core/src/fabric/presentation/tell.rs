//! What is presented, in sentences.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::coverage::{Coverage, Decided, connection};
use super::decide::{outcome, secondary};
use super::{Credential, Installed, Policy, Refusal, Secondary, Tries};
use crate::fabric::manifest::{CertificateRole, Manifest};
use crate::fabric::rules::credential_type;
use crate::fabric::settings::Settings;
use crate::fabric::{MANIFEST, Platform};
use crate::quote::quote;
use crate::{Case, Outcome, Report, Revocation, Severity, Step, Time, Verdict};

/// Why a declaration comes to what it comes to.
pub(super) fn because(one: &Decided<'_>, store: &[Installed]) -> String {
    if let Some(reason) = &one.unused {
        return reason.clone();
    }
    if let Some(refusal) = &one.credentials.refused {
        return refused(refusal).to_string();
    }
    if !one.credentials.unknown.is_empty() {
        return format!("it depends on {}", one.credentials.unknown.join(", and on "));
    }
    let Some(installed) = one.presented(store) else {
        let found = match one.credentials.tried.len() {
            0 => String::from("no certificate of the store is found"),
            1 => String::from("one certificate is found, and it can't be used"),
            count => format!("{count} certificates are found, and none can be used"),
        };
        return match one.credentials.tried.last() {
            Some(tried) => format!("{found}: {}", outcome(&tried.outcome).1),
            None => found,
        };
    };
    let by = match one.credentials.tried.iter().find(|tried| store.get(tried.place) == Some(installed)) {
        Some(tried) if tried.secondary => "`X509FindValueSecondary`",
        _ => "`X509FindValue`",
    };
    let of = match one.credentials.loaded.len() {
        0 | 1 => String::new(),
        count => format!(", the first of {count} that were loaded"),
    };
    let accepted = match &one.coverage {
        Coverage::NotShown | Coverage::Accepted => String::new(),
        Coverage::ByKeyOnly => String::from("; no rule accepts it, only nodes with the same key do"),
        Coverage::Refused(noun, because, _) => format!("; no rule accepts it, {noun}: {because}"),
        Coverage::Unknown(_) => String::from("; whether it is accepted is not known"),
    };
    format!("certificate {} is found by {by}{of}{accepted}", installed.number)
}

/// Why settings are refused, in words.
pub(in crate::fabric) const fn refused(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::StoreName => "the store name is empty, so the settings are refused",
        Refusal::FindType => "the find type doesn't exist, so the settings are refused",
        Refusal::FindValue(_) => "`X509FindValue` can't be read, so the settings are refused",
        Refusal::Secondary(_) => "`X509FindValueSecondary` can't be read, so the settings are refused",
        Refusal::DefaultClientSecondary => "a default client has a secondary value, so the settings are refused",
    }
}

pub(super) fn credentials(one: &Decided<'_>, store: &[Installed]) -> Vec<Credential> {
    let tried = one.credentials.tried.iter().filter_map(|tried| {
        let (loaded, because) = outcome(&tried.outcome);
        let certificate = store.get(tried.place)?.number;
        Some(Credential { certificate, secondary: tried.secondary, loaded, because })
    });
    tried.collect()
}

pub(super) fn assumptions(
    case: &Case,
    manifest: &Manifest<'_>,
    settings: &Settings<'_>,
    decided: &[Decided<'_>],
    policy: &Policy,
) -> Vec<String> {
    let mut assumptions: Vec<String> = manifest.assumptions.clone();
    if manifest.is_fragment {
        assumptions.push(String::from("settings that the fragment does not show have their defaults"));
        assumptions.extend(credential_type::assumed(settings));
    }
    let is_assumed =
        |one: &Decided<'_>| one.credentials.tried.iter().any(|tried| tried.outcome == Tries::Loaded { assumed: true });
    if decided.iter().any(is_assumed) {
        assumptions.push(String::from(
            "private keys that the case says nothing about are there, readable, and held by a provider that the runtime uses",
        ));
    }
    if !settings.has_security() && !decided.is_empty() {
        assumptions.push(String::from("the rules that the manifest does not show accept what is presented"));
    }
    for one in decided {
        let store = one.certificate.store_name.as_ref().map_or("My", |name| name.text());
        let is_own = store.eq_ignore_ascii_case("My") || (store.is_empty() && policy.platform == Platform::Linux);
        let store = format!("the certificates are those of the store {}", quote(store));
        if !is_own && !assumptions.contains(&store) {
            assumptions.push(store);
        }
    }
    let is_checked =
        |one: &Decided<'_>| one.coverage == Coverage::Accepted && settings.checks_revocation(policy.platform);
    if case.trust.revocation == Revocation::AssumeGood && decided.iter().any(is_checked) {
        assumptions.push(String::from("certificates without a revocation list are not revoked"));
    }
    assumptions
}

fn sign(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    }
}

pub(super) fn trace(decided: &[Decided<'_>], store: &[Installed], verdict: Verdict) -> Step {
    let steps = decided.iter().map(|one| {
        let tried = one.credentials.tried.iter().filter_map(|tried| {
            let installed = store.get(tried.place)?;
            let (loaded, why) = outcome(&tried.outcome);
            let outcome = match (&tried.outcome, loaded) {
                (Tries::Unknown(_), _) => Outcome::Unknown,
                (_, true) => Outcome::Passed,
                (_, false) => Outcome::Failed,
            };
            let by = if tried.secondary { "found by the secondary value" } else { "found" };
            let period = format!("from {} until {}", installed.not_before, installed.not_after);
            let detail = format!("{by}, valid {period}: {why}");
            Some(Step::new(format!("certificate {}", installed.number), outcome, detail).at(installed.span.clone()))
        });
        let mut steps: Vec<Step> = tried.collect();
        let second = one.certificate.find_value_secondary.as_ref().map(|value| value.whole());
        let used = one.credentials.secondary;
        if used != Secondary::Absent {
            let looked = if used == Secondary::NotLookedAt { Outcome::Skipped } else { Outcome::Noted };
            steps.push(Step::new("X509FindValueSecondary", looked, secondary(used)).at(second));
        }
        if let Some(step) = accepted(one) {
            steps.push(step);
        }
        let label = match one.node_type {
            Some(name) => format!("{} of {}", one.certificate.role.element(), quote(name)),
            None => String::from(one.certificate.role.element()),
        };
        Step::new(label, sign(one.verdict()), because(one, store)).at(Some(one.certificate.span())).with(steps)
    });
    let detail = match verdict {
        Verdict::Admitted => "every declaration yields a certificate that can be presented",
        Verdict::Refused => "a declaration yields nothing that can be presented",
        Verdict::Indeterminate => "a fact is missing",
    };
    Step::new("presentation", sign(verdict), detail).with(steps)
}

fn accepted(one: &Decided<'_>) -> Option<Step> {
    let label = format!("accepted, {}", connection(one.certificate.role).noun());
    let step = match &one.coverage {
        Coverage::NotShown => return None,
        Coverage::Accepted => Step::new(label, Outcome::Passed, "by the rules of the other side"),
        Coverage::ByKeyOnly => Step::new(label, Outcome::Noted, "only by nodes that present the same key"),
        Coverage::Refused(_, because, _) => Step::new(label, Outcome::Failed, because.clone()),
        Coverage::Unknown(facts) => Step::new(label, Outcome::Unknown, facts.join("; ")),
    };
    Some(step)
}

/// The verdict in a sentence.
///
/// `end` is the instant at which it stops to hold, and whether it is the cluster certificate that is refused then.
pub(super) fn summary(
    report: &Report,
    decided: &[Decided<'_>],
    store: &[Installed],
    end: Option<(Time, bool)>,
) -> String {
    match report.verdict {
        Verdict::Admitted => {
            let mut presented: Vec<String> = Vec::new();
            for role in CertificateRole::ALL {
                let mut numbers: Vec<String> = Vec::new();
                for one in decided.iter().filter(|one| one.certificate.role == role) {
                    let number = one.presented(store).map(|installed| installed.number.to_string());
                    numbers.extend(number.filter(|number| !numbers.contains(number)));
                }
                if !numbers.is_empty() {
                    presented.push(format!("certificate {} as {}", numbers.join(" or "), role.element()));
                }
            }
            let keys = report.assumptions.iter().any(|one| one.starts_with("private keys"));
            let keys = if keys { ", if its private key can be used" } else { "" };
            let end = match end {
                Some((at, true)) => format!("; this cluster stops admitting its own nodes on {}", at.date()),
                Some((at, false)) => format!("; this holds until {}", at.date()),
                None => String::new(),
            };
            format!("Presents {}{keys}{end}", presented.join(", "))
        }
        Verdict::Refused => {
            let heaviest = report.findings.iter().find(|finding| finding.severity == Severity::Error);
            let reason = heaviest.map(|finding| match &finding.span {
                Some(span) if span.document == MANIFEST => format!("line {}: {}", span.line, finding.message),
                _ => finding.message.clone(),
            });
            format!("Refused: {}", reason.unwrap_or_else(|| String::from("nothing can be presented")))
        }
        Verdict::Indeterminate => format!("Can't be decided without {}", report.missing()),
    }
}
