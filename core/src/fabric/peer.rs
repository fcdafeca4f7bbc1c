//! Kind `peer`: would this cluster admit this peer, and as which role?

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::implicit::Implicit;
use super::judge::{Judge, Judgement};
use super::leaf::Leaf;
use super::matrix::{Effort, Matrix};
use super::rules::notes::{self, Other};
use super::settings::Settings;
use super::{CERTIFICATES, Connection, FACTS, MANIFEST, PARAMETERS, Policy, Role, Subject, manifest, rules};
use crate::certificate::Facts;
use crate::chain::{self, Store, Verifier};
use crate::cost::count;
use crate::{
    Case, Cost, Document, Error, ErrorKind, Flip, Limits, Outcome, Question, Report, Revocation, Severity, Span, Step,
    Time, Verdict,
};

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
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let mut report = decide(case, policy, subject, verifier);
    try_fixes(case, &mut report, policy, verifier);
    super::diagnosis::add(&mut report, &subject.seen, subject.symptom);
    report
}

fn decide(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let documents = (Document::new(MANIFEST, &policy.manifest), Document::new(CERTIFICATES, &subject.certificates));
    let (manifest_document, certificates_document) = (&documents.0, &documents.1);
    let parameters = Document::new(PARAMETERS, &policy.parameters);
    let manifest = manifest::read_with(manifest_document, Some(&parameters));
    let platform = manifest.manifest.platform.unwrap_or(policy.platform);
    let read = chain::Read::new(certificates_document, &case.trust);
    let store = Store::new(&read);
    let facts = read.subject.facts();
    let settings = Settings::read(&manifest.manifest);
    let mut deployment = rules::deployment::check(&manifest.manifest, &settings);
    deployment.extend(manifest.findings.iter().cloned());
    let is_undeployable = rules::deployment::refuses(&deployment, case.severities());
    let mut judge = Judge::new(&settings, platform, policy.runtime);
    let leaves = Leaf::all(&store, &facts, &subject.facts, verifier);
    judge.share_worlds(subject.facts.len());
    for leaf in &leaves {
        judge.know(leaf.facts.sha1_bytes(), leaf.key(&store));
    }
    judge.stock(|declared| {
        let stores = settings.section_parameters(declared.issuer_stores());
        super::issuer_stores::held(&stores, &store, read.roots_known)
    });
    let judge = judge;
    let shown: Vec<&Facts> = leaves.iter().map(|leaf| &leaf.facts).collect();
    let connections = connections(policy);
    let matrix = Matrix { store: &store, read: &read, trust: &case.trust, leaves: &leaves, connections: &connections };
    let mut effort = Effort::default();
    let judged = matrix.at(&judge, case.at, verifier, &mut effort);

    let mut errors = manifest.errors;
    errors.extend(read.errors());
    if subject.facts.len() > Limits::STATED_CERTIFICATES {
        let expected = format!("at most {} certificates in `{FACTS}`", Limits::STATED_CERTIFICATES);
        let span = Document::new(FACTS, "").span(0..0);
        errors.push(Error::new(ErrorKind::Limit, expected, format!("{}", subject.facts.len()), span));
    }
    // What can't be read could hold a rule, so whatever the rest says, nothing is certain.
    let is_policy = |error: &Error| error.span.document == MANIFEST || error.span.document == PARAMETERS;
    let unreadable_manifest = errors.iter().any(is_policy);
    let unreadable_certificates = errors.iter().any(|error| !is_policy(error));
    let missing_security = !unreadable_manifest && !settings.has_security();
    let decided = |best: &BTreeMap<u32, Verdict>| match overall(best) {
        _ if unreadable_manifest => Verdict::Indeterminate,
        _ if is_undeployable => Verdict::Refused,
        _ if leaves.is_empty() && missing_security => Verdict::Refused,
        Verdict::Refused => Verdict::Refused,
        _ if unreadable_certificates => Verdict::Indeterminate,
        verdict => verdict,
    };
    let verdict = decided(&best(policy, &judged));
    let flips = flips(&store, &leaves, &decided, |at, leaf| {
        best(policy, &matrix.row(leaf, &judge, at, false, verifier, &mut Effort::default()))
    });
    let mut settle: Vec<String> = Vec::new();
    for fact in judged.iter().flat_map(|(.., judged)| &judged.settle) {
        if !settle.contains(fact) {
            settle.push(fact.clone());
        }
    }
    if unreadable_manifest {
        settle = Vec::from([String::from("a cluster manifest that can be read")]);
    } else if leaves.is_empty() || unreadable_certificates {
        settle = Vec::from([String::from("certificates that can be read")]);
    }

    let mut findings = deployment;
    findings.extend(read.findings());
    let listable: Vec<&Facts> = shown.iter().copied().filter(|facts| !facts.sha1.is_empty()).collect();
    findings.extend(rules::thumbprints::check(&settings, &listable));
    findings.extend(rules::credential_type::check(&settings));
    findings.extend(rules::margins::check(&settings));
    findings.extend(rules::parameters::check(&settings));
    findings.extend(rules::recommendations::check(&settings, &judge, policy.platform));
    findings.extend(rules::certificates::check(&settings, &judge, &shown, || read.facts(), case.at));
    findings.extend(rules::roles::check(&settings));
    findings.extend(rules::claims::check(&settings));
    findings.extend(rules::validity::check_setting(&settings));
    let accepted: Vec<u32> =
        judged.iter().filter(|(.., judged)| judged.expiry_accepted).map(|(number, ..)| *number).collect();
    findings.extend(rules::validity::check(&shown, &accepted, case.at));
    findings.extend(rules::names::check(&judge));
    if missing_security {
        findings.push(rules::matching::security_missing(manifest_document));
    }
    findings.extend(rules::matching::check(policy, &settings, &shown, &judged));
    findings.extend(rules::issuers::check(&settings, &shown, &judged));
    findings.extend(rules::credentials::check(&judge, &connections));
    findings.extend(rules::credentials::closed(&judge, &connections));
    findings.extend(rules::quirks::check(&shown, &judged));
    let others = others(policy, &matrix, &judge, case.at, verifier);
    findings.extend(rules::notes::differing(&shown, &judged, &others));
    findings.extend(rules::notes::of_article(platform, &settings, &shown, &judged, case.at));
    // An error finding stands exactly where it refuses: beside another verdict the same fault is a warning.
    if verdict != Verdict::Refused {
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
        }
    }

    let mut report = Report::new(case, verdict, crate::Answer::Peer(answer(&settings, &judged)));
    report.settle = if verdict == Verdict::Indeterminate { settle } else { Vec::new() };
    report.assumptions = assumptions(case, &manifest.manifest, &judge, &judged);
    report.findings = findings;
    report.errors = errors;
    report.trace = trace(&shown, &judged, verdict);
    report.flips = flips;
    report.cost = Cost {
        bytes: count(case.documents().iter().map(|(_, text)| text.len()).sum()),
        certificates: count(read.count().saturating_add(subject.facts.len())),
        signatures: count(effort.signatures),
        rules: count(
            judge.rule_sets().iter().map(|(_, set)| set.thumbprints.len().saturating_add(set.names.len())).sum(),
        ),
    };
    report.arrange(case);
    if report.has_error() && report.verdict == Verdict::Admitted {
        // Only where the policy made a finding an error.
        report.verdict = Verdict::Refused;
    }
    // The nodes that lock each other out: those whose certificate the node types declare.
    let next = report.flips.iter().find(|flip| flip.at > case.at).filter(|flip| flip.verdict == Verdict::Refused);
    let end = next.map(|flip| {
        let is_own = |leaf: &&Leaf<'_>| Implicit::PeerTrust.reach(&settings, &[leaf.facts.sha1_bytes()]).is_some();
        let is_refused = |leaf: &Leaf<'_>| {
            let row = matrix.row(leaf, &judge, flip.at, false, verifier, &mut Effort::default());
            row.iter().any(|(_, on, judged)| *on == Connection::Node && judged.verdict == Verdict::Refused)
        };
        (flip.at, leaves.iter().filter(is_own).any(is_refused))
    });
    report.summary = summary(&report, &shown, &judged, policy, end);
    report.certificates = facts;
    report
}

/// The connections that are judged, in the order in which they are shown.
fn connections(policy: &Policy) -> Vec<Connection> {
    match policy.connection {
        Some(connection) => Vec::from([connection]),
        None => Vec::from([Connection::Node, Connection::Gateway, Connection::HttpGateway, Connection::Server]),
    }
}

/// The matrix under the other runtime, on the other platform, and at the other gateway where one was asked about.
fn others(
    policy: &Policy,
    matrix: &Matrix<'_>,
    judge: &Judge<'_, '_>,
    at: Time,
    verifier: &mut Verifier,
) -> Vec<Other> {
    let (platform, runtime) = (judge.platform(), policy.runtime);
    let (other_platform, other_runtime) = (platform.other(), runtime.other());
    let gateway: &[Connection] = match policy.connection {
        Some(Connection::Gateway) => &[Connection::HttpGateway],
        Some(Connection::HttpGateway) => &[Connection::Gateway],
        _ => &[],
    };
    let mut tried = |matrix: &Matrix<'_>, judge: &Judge<'_, '_>, rule, label| {
        let leaves = matrix.leaves.iter().take(Limits::NOTED_CERTIFICATES);
        let rows = leaves.flat_map(|leaf| matrix.row(leaf, judge, at, false, verifier, &mut Effort::default()));
        Other { rule, label, judged: rows.collect() }
    };
    let mut others = Vec::from([
        tried(matrix, &judge.under(platform, other_runtime), &notes::RUNTIME, notes::with(other_runtime)),
        tried(matrix, &judge.under(other_platform, runtime), &notes::PLATFORM, notes::on(other_platform)),
    ]);
    if !gateway.is_empty() {
        let there = Matrix { connections: gateway, ..*matrix };
        others.push(tried(&there, judge, &notes::CONNECTION, "there"));
    }
    others
}

/// Whether a connection counts for the overall verdict. On `server` it is the cluster that is judged, so it is
/// reported apart unless it is what was asked.
fn counts(policy: &Policy, connection: Connection) -> bool {
    policy.connection.is_some() || connection != Connection::Server
}

/// The best verdict that each certificate has on a connection that counts.
fn best(policy: &Policy, judged: &[(u32, Connection, Judgement)]) -> BTreeMap<u32, Verdict> {
    let mut best: BTreeMap<u32, Verdict> = BTreeMap::new();
    for (number, _, judgement) in judged.iter().filter(|(_, connection, _)| counts(policy, *connection)) {
        let entry = best.entry(*number).or_insert(Verdict::Refused);
        *entry = match (*entry, judgement.verdict) {
            (Verdict::Admitted, _) | (_, Verdict::Admitted) => Verdict::Admitted,
            (Verdict::Indeterminate, _) | (_, Verdict::Indeterminate) => Verdict::Indeterminate,
            (Verdict::Refused, Verdict::Refused) => Verdict::Refused,
        };
    }
    best
}

/// Admitted if every certificate is admitted by some connection that counts; refused if one can't be.
fn overall(best: &BTreeMap<u32, Verdict>) -> Verdict {
    if best.values().any(|verdict| *verdict == Verdict::Refused) {
        Verdict::Refused
    } else if best.values().any(|verdict| *verdict == Verdict::Indeterminate) || best.is_empty() {
        Verdict::Indeterminate
    } else {
        Verdict::Admitted
    }
}

fn assumptions(
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

/// The instants at which the overall verdict changes. A certificate's own verdict can only change where something of
/// its chain begins or ends, so it is decided there, certificate by certificate.
fn flips(
    store: &Store<'_>,
    leaves: &[Leaf<'_>],
    decided: &impl Fn(&BTreeMap<u32, Verdict>) -> Verdict,
    mut judge: impl FnMut(Time, &Leaf<'_>) -> BTreeMap<u32, Verdict>,
) -> Vec<Flip> {
    let mut changes: BTreeMap<Time, (BTreeMap<u32, Verdict>, Vec<String>)> = BTreeMap::new();
    let mut now: BTreeMap<u32, Verdict> = leaves.iter().flat_map(|leaf| judge(Time::MIN, leaf)).collect();
    for leaf in leaves.iter().take(Limits::FLIP_CERTIFICATES) {
        let facts = &leaf.facts;
        let mut before = now.get(&facts.number).copied();
        for (at, because) in leaf.instants(store) {
            let after = judge(at, leaf).get(&facts.number).copied();
            if after != before {
                before = after;
                let change = changes.entry(at).or_default();
                change.0.extend(after.map(|after| (facts.number, after)));
                change.1.extend(because.into_iter().filter(|one| !change.1.contains(one)).collect::<Vec<_>>());
            }
        }
    }
    let mut verdict = decided(&now);
    let mut flips = Vec::new();
    for (at, (changed, because)) in changes {
        now.extend(changed);
        let after = decided(&now);
        if after != verdict {
            verdict = after;
            flips.push(Flip::new(at, verdict, because.join(", ")));
        }
    }
    flips
}

/// The verdict in a sentence.
///
/// `end` is the next instant at which it is refused, and whether the nodes of the cluster refuse each other then.
fn summary(
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

/// What an edited case comes to: the verdict, and the certificates that it admits.
type Tried = (Verdict, Vec<u32>);

/// Evaluates the edited case of each fix, so that only what was tried is offered. Of what is to let a certificate in,
/// only what does is offered.
fn try_fixes(case: &Case, report: &mut Report, policy: &Policy, verifier: &mut Verifier) {
    let errors = report.errors.len();
    let mut tried: BTreeMap<Vec<(u32, String)>, Option<Tried>> = BTreeMap::new();
    for finding in &mut report.findings {
        let meant = match rules::matching::MENDED.contains(&finding.rule.as_ref()) {
            true => finding.args.get("certificate").and_then(|number| number.parse::<u32>().ok()),
            false => None,
        };
        finding.fixes.retain_mut(|fix| {
            let key = fix.edits.iter().map(|edit| (edit.span.start, edit.text.clone())).collect();
            let count = tried.len();
            let outcome = tried.entry(key).or_insert_with(|| {
                let edited = if count < Limits::TRIED_FIXES { case.edited(fix) } else { None }?;
                let Question::Peer(own, subject) = &edited.question else { return None };
                let report = decide(&edited, own, subject, verifier);
                // What can't be read any more is not mended.
                (report.errors.len() <= errors).then(|| (report.verdict, admitted(policy, &report)))
            });
            fix.then = outcome.as_ref().map(|(verdict, _)| *verdict);
            match (outcome, meant) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some((_, admitted)), Some(number)) => admitted.contains(&number),
            }
        });
    }
}

/// The certificates that a connection that counts admits.
fn admitted(policy: &Policy, report: &Report) -> Vec<u32> {
    let crate::Answer::Peer(answer) = &report.answer else { return Vec::new() };
    let counted = answer.cells.iter().filter(|cell| counts(policy, cell.connection));
    counted.filter(|cell| cell.verdict == Verdict::Admitted).map(|cell| cell.certificate).collect()
}
