//! Kind `peer`: would this cluster admit this peer, and as which role?

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::judge::{Judge, Judgement};
use super::settings::Settings;
use super::{CERTIFICATES, Connection, MANIFEST, Policy, Role, Subject, manifest, rules};
use crate::certificate::{self, Facts};
use crate::{Case, Cost, Document, Flip, Kind, Limits, Outcome, Question, Report, Severity, Span, Step, Time, Verdict};

/// Which connection admits which certificate, and as what: the matrix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Whether client roles are in effect (`ClientRoleEnabled` or `ClientClaimAuthEnabled`).
    pub roles_in_effect: bool,
    /// Each certificate on each judged connection, by certificate, then by connection.
    pub cells: Vec<Cell>,
}

/// One certificate on one connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The certificate, by its place, from 1.
    pub certificate: u32,
    /// The connection.
    pub connection: Connection,
    /// Would it be admitted here?
    pub verdict: Verdict,
    /// The role granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What the cell rests on, in one sentence.
    pub because: String,
    /// The setting that granted it: `AdminClientCertThumbprints`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'static, str>>,
    /// Where the matching entry stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The error code that Service Fabric gives, by name: `CertificateNotMatched`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Cow<'static, str>>,
}

/// Decides a case of kind `peer`.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let mut report = decide(case, policy, subject);
    try_fixes(case, &mut report);
    report
}

fn decide(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let documents = (Document::new(MANIFEST, &policy.manifest), Document::new(CERTIFICATES, &subject.certificates));
    let (manifest_document, certificates_document) = (&documents.0, &documents.1);
    let read = manifest::read(manifest_document);
    let bundle = certificate::read_certificates(certificates_document);
    let facts = bundle.facts();
    let leaves = leaves(&facts);
    let settings = Settings::read(&read.manifest);
    let judge = Judge { settings: &settings };
    let connections = connections(policy);
    let matrix = |at: Time| -> Vec<(u32, Connection, Judgement)> {
        let on_each = |facts: &&Facts| {
            connections
                .iter()
                .map(|&connection| (facts.number, connection, judge.judge(facts, connection, at)))
                .collect::<Vec<_>>()
        };
        leaves.iter().flat_map(on_each).collect()
    };
    let judged = matrix(case.at);

    let mut findings = read.findings;
    findings.extend(bundle.findings);
    findings.extend(rules::thumbprints::check(&settings, &leaves));
    findings.extend(rules::roles::check(&settings));
    findings.extend(rules::validity::check_setting(&settings));
    let accepted: Vec<u32> =
        judged.iter().filter(|(.., judged)| judged.expiry_accepted).map(|(number, ..)| *number).collect();
    findings.extend(rules::validity::check(&leaves, &accepted, case.at));
    let mut errors = read.errors;
    errors.extend(bundle.errors);

    // What can't be read could hold a rule, so whatever the rest says, nothing is certain.
    let unreadable_manifest = errors.iter().any(|error| error.span.document == MANIFEST);
    let unreadable_certificates = errors.iter().any(|error| error.span.document == CERTIFICATES);
    let missing_security = !unreadable_manifest && !settings.has_security();
    if missing_security {
        findings.push(rules::matching::security_missing(manifest_document));
    }
    let decided = |judged: &[(u32, Connection, Judgement)]| match overall(policy, judged) {
        _ if unreadable_manifest => Verdict::Indeterminate,
        _ if leaves.is_empty() && missing_security => Verdict::Refused,
        Verdict::Refused => Verdict::Refused,
        _ if unreadable_certificates => Verdict::Indeterminate,
        verdict => verdict,
    };
    let verdict = decided(&judged);
    let mut settle: Vec<String> = judged.iter().flat_map(|(.., judged)| judged.settle.clone()).collect();
    if unreadable_manifest {
        settle = Vec::from([String::from("a cluster manifest that can be read")]);
    } else if leaves.is_empty() || unreadable_certificates {
        settle = Vec::from([String::from("certificates that can be read")]);
    }
    findings.extend(rules::matching::check(policy, &settings, &leaves, &judged, verdict));
    // An error finding stands exactly where it refuses: beside an admitted verdict the same fault is a warning.
    if verdict != Verdict::Refused {
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
        }
    }

    let mut report = Report {
        admit: Report::VERSION,
        engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
        kind: Kind::Peer,
        title: case.title.clone(),
        at: case.at,
        verdict,
        summary: String::new(),
        settle: if verdict == Verdict::Indeterminate { settle } else { Vec::new() },
        assumptions: assumptions(&read.manifest, &judged),
        answer: crate::Answer::Peer(answer(&settings, &judged)),
        findings,
        off: Vec::new(),
        errors,
        trace: trace(&leaves, &judged, verdict),
        flips: flips(&leaves, |at| decided(&matrix(at))),
        cost: Cost {
            bytes: count(policy.manifest.len().saturating_add(subject.certificates.len())),
            certificates: count(facts.len()),
            signatures: 0,
            rules: count(settings.thumbprints.iter().map(|setting| setting.list.items.len()).sum()),
        },
        certificates: Vec::new(),
    };
    report.arrange(case);
    if report.has_error() && report.verdict == Verdict::Admitted {
        // Only where the policy made a finding an error.
        report.verdict = Verdict::Refused;
        report.flips.clear();
    }
    report.summary = summary(&report, &leaves, &judged, policy);
    report.certificates = facts;
    report
}

/// The connections that are judged, in the order in which they are shown.
fn connections(policy: &Policy) -> Vec<Connection> {
    match policy.connection {
        Some(connection) => Vec::from([connection]),
        None => Vec::from([Connection::Node, Connection::Gateway, Connection::Server]),
    }
}

/// The certificates that are judged: those that did not issue another one of the bundle.
fn leaves(facts: &[Facts]) -> Vec<&Facts> {
    let issued = |facts: &&Facts| facts.issuer != facts.subject;
    let issuers: Vec<&str> = facts.iter().filter(issued).map(|facts| facts.issuer.as_str()).collect();
    let is_issuer = |facts: &Facts| {
        facts.basic_constraints.is_some_and(|constraints| constraints.ca) && issuers.contains(&facts.subject.as_str())
    };
    let mut seen: Vec<&str> = Vec::new();
    facts
        .iter()
        .filter(|facts| !is_issuer(facts))
        .filter(|facts| {
            let is_new = !seen.contains(&facts.sha1.as_str());
            seen.push(&facts.sha1);
            is_new
        })
        .collect()
}

/// Whether a connection counts for the overall verdict. On `server` it is the cluster that is judged, so it is
/// reported apart unless it is what was asked.
fn counts(policy: &Policy, connection: Connection) -> bool {
    policy.connection.is_some() || connection != Connection::Server
}

/// Admitted if every certificate is admitted by some connection that counts; refused if one can't be.
fn overall(policy: &Policy, judged: &[(u32, Connection, Judgement)]) -> Verdict {
    let mut best: BTreeMap<u32, Verdict> = BTreeMap::new();
    for (number, connection, judgement) in judged {
        if !counts(policy, *connection) {
            continue;
        }
        let entry = best.entry(*number).or_insert(Verdict::Refused);
        *entry = match (*entry, judgement.verdict) {
            (Verdict::Admitted, _) | (_, Verdict::Admitted) => Verdict::Admitted,
            (Verdict::Indeterminate, _) | (_, Verdict::Indeterminate) => Verdict::Indeterminate,
            (Verdict::Refused, Verdict::Refused) => Verdict::Refused,
        };
    }
    if best.values().any(|verdict| *verdict == Verdict::Refused) {
        Verdict::Refused
    } else if best.values().any(|verdict| *verdict == Verdict::Indeterminate) || best.is_empty() {
        Verdict::Indeterminate
    } else {
        Verdict::Admitted
    }
}

fn assumptions(manifest: &manifest::Manifest<'_>, judged: &[(u32, Connection, Judgement)]) -> Vec<String> {
    let mut assumptions = Vec::new();
    if manifest.is_fragment {
        assumptions.push(String::from("settings that the fragment does not show have their defaults"));
    }
    if judged.iter().any(|(.., judged)| judged.verdict == Verdict::Admitted) {
        assumptions.push(String::from(
            "the chain has no fatal error: nothing in it is revoked, expired or badly signed (chains are not built yet)",
        ));
    }
    if judged.iter().any(|(.., judged)| judged.expiry_accepted) {
        assumptions.push(String::from("the runtime is recent enough to know `AcceptExpiredPinnedClusterCertificate`"));
    }
    assumptions
}

fn answer(settings: &Settings<'_>, judged: &[(u32, Connection, Judgement)]) -> Answer {
    let cell = |(certificate, connection, judged): &(u32, Connection, Judgement)| Cell {
        certificate: *certificate,
        connection: *connection,
        verdict: judged.verdict,
        role: judged.role,
        because: judged.because.clone(),
        rule: judged.rule.map(Cow::Borrowed),
        span: judged.span.clone(),
        code: judged.code.map(Cow::Borrowed),
    };
    Answer { roles_in_effect: settings.roles_in_effect(), cells: judged.iter().map(cell).collect() }
}

fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    }
}

fn trace(leaves: &[&Facts], judged: &[(u32, Connection, Judgement)], verdict: Verdict) -> Step {
    let certificates = leaves.iter().map(|facts| {
        let own = judged.iter().filter(|(number, ..)| *number == facts.number);
        let connections = own.map(|(_, connection, judged)| {
            let detail = match judged.code {
                Some(code) => format!("{} ({code})", judged.because),
                None => judged.because.clone(),
            };
            Step::new(connection.noun(), outcome(judged.verdict), detail)
                .at(judged.span.clone())
                .with(judged.steps.clone())
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

/// The instants at which the overall verdict changes. It can only change where a validity begins or ends, so the
/// verdict is decided at each of those.
fn flips(leaves: &[&Facts], decide: impl Fn(Time) -> Verdict) -> Vec<Flip> {
    let mut instants: BTreeMap<Time, Vec<String>> = BTreeMap::new();
    for facts in leaves.iter().take(Limits::FLIP_CERTIFICATES) {
        let number = facts.number;
        instants.entry(facts.not_before).or_default().push(format!("certificate {number} becomes valid"));
        instants.entry(facts.not_after).or_default().push(format!("certificate {number} expires"));
    }
    let mut verdict = decide(Time::MIN);
    let mut flips = Vec::new();
    for (at, because) in instants {
        let after = decide(at);
        if after != verdict {
            verdict = after;
            flips.push(Flip { at, verdict, because: because.join(", ") });
        }
    }
    flips
}

/// The verdict in a sentence.
fn summary(report: &Report, leaves: &[&Facts], judged: &[(u32, Connection, Judgement)], policy: &Policy) -> String {
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
            format!("{who} as {}, if not revoked", roles.join(", and as "))
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

/// Evaluates the edited case of each fix, so that only what was tried is offered.
fn try_fixes(case: &Case, report: &mut Report) {
    let mut tried: BTreeMap<Vec<(u32, String)>, Option<Verdict>> = BTreeMap::new();
    for fix in report.findings.iter_mut().flat_map(|finding| finding.fixes.iter_mut()) {
        let key = fix.edits.iter().map(|edit| (edit.span.start, edit.text.clone())).collect();
        let count = tried.len();
        fix.then = *tried.entry(key).or_insert_with(|| {
            let edited = if count < Limits::TRIED_FIXES { case.edited(fix) } else { None };
            match edited.as_ref().map(|edited| (edited, &edited.question)) {
                Some((edited, Question::Peer(policy, subject))) => Some(decide(edited, policy, subject).verdict),
                _ => None,
            }
        });
    }
    for finding in &mut report.findings {
        finding.fixes.retain(|fix| fix.then.is_some());
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
