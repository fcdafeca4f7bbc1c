//! Kind `peer`: would this cluster admit this peer, and as which role?

mod fixes;
mod flips;
mod memory;
mod tell;
mod verdict;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::judge::{Judge, Judgement};
use super::leaf::Leaf;
use super::matrix::{Chains, Effort, Matrix};
use super::own::Own;
use super::rules::notes::{self, Other};
use super::settings::Settings;
use super::{Connection, FACTS, MANIFEST, PARAMETERS, Platform, Policy, Role, Subject, rules};
use crate::certificate::Facts;
use crate::chain::Verifier;
use crate::cost::count;
use crate::{Case, Cost, Document, Error, ErrorKind, Finding, Limits, Report, Severity, Span, Time, Verdict};

pub(crate) use memory::Memory;
use memory::Of;
pub(super) use memory::Shown;
use verdict::{best, best_of, connections, counts, overall};

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
    /// The best role that missing facts allow, where it is better than what is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<Role>,
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

impl Cell {
    /// Would it be admitted here as `role`, which is one of [`Connection::roles`]?
    pub fn verdict_as(&self, role: Role) -> Verdict {
        let includes = |granted: Option<Role>| granted.is_some_and(|granted| granted <= role);
        if includes(self.role) {
            Verdict::Admitted
        } else if includes(self.perhaps) {
            Verdict::Indeterminate
        } else {
            Verdict::Refused
        }
    }
}

/// Decides a case of kind `peer`.
pub(crate) fn evaluate(
    case: &Case,
    policy: &Policy,
    subject: &Subject,
    verifier: &mut Verifier,
    memory: &mut Memory,
) -> Report {
    let mut report = decide(case, policy, subject, verifier, memory);
    fixes::try_fixes(case, &mut report, policy, verifier, memory);
    super::diagnosis::add(&mut report, &subject.seen, subject.symptom);
    report
}

fn decide(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier, memory: &mut Memory) -> Report {
    let ground = memory.ground(policy);
    let given = memory.shown(&subject.certificates, &case.trust);
    let of = Of::new(Rc::clone(&ground), Rc::clone(&given), policy, &subject.facts);
    let (manifest, settings) = (ground.reading(), ground.settings());
    let platform = manifest.manifest.platform.unwrap_or(policy.platform);
    let (read, store, facts) = (given.read_documents(), given.store(), given.facts.as_slice());
    let mut deployment = rules::deployment::check(&manifest.manifest, settings);
    deployment.extend(manifest.found(platform).cloned());
    let is_undeployable = rules::deployment::refuses(&deployment, case.severities());
    let mut judge = Judge::with(settings, ground.rules.clone(), platform, policy.runtime);
    let leaves = Leaf::all(store, facts, &subject.facts, verifier);
    judge.share_worlds(subject.facts.len());
    judge.share_entries(leaves.len());
    judge.stock(|declared| {
        let stores = settings.section_parameters(declared.issuer_stores());
        super::issuer_stores::held(&stores, store, read.roots_known, platform)
    });
    let judge = judge;
    let shown: Vec<&Facts> = leaves.iter().map(|leaf| &*leaf.facts).collect();
    let connections = connections(policy);
    let own = Own::new(&judge, &given, &leaves, &subject.facts, verifier);
    let matrix = Matrix { shown: &given, leaves: &leaves, connections: &connections, own: &own };
    let mut effort = Effort::default();
    let mut judged = matrix.at(&judge, case.at, verifier, &mut effort);

    let mut errors = manifest.errors.clone();
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
    if unreadable_manifest {
        for (_, connection, judgement) in &mut judged {
            judgement.open(connection.roles(settings.roles_in_effect()).first().copied());
        }
    }
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
    let known: Vec<&Facts> = facts.iter().chain(&given.of_verifier).collect();
    let standing = memory.standing(of, || {
        let instants = |leaf: &Leaf<'_>, chains: &Chains| own.instants(leaf.instants(store), chains.candidate());
        let flips = flips::flips(&leaves, instants, &decided, |at, leaf, before| {
            let chains = matrix.chains(leaf, &judge, at, verifier, &mut Effort::default());
            match before {
                Some((known, verdict)) if known.decide_like(&chains) => (chains, verdict),
                _ => {
                    let counting = chains.attempts(&leaf.facts).filter(|attempt| counts(policy, attempt.connection));
                    let verdict = best_of(counting.map(|attempt| judge.verdict(attempt)));
                    (chains, verdict)
                }
            }
        });
        (findings(&judge, policy, &shown, &known), flips)
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
    findings.extend(standing.findings.iter().cloned());
    findings.extend(rules::certificates::check(settings, &judge, &shown, case.at));
    let accepted: Vec<u32> =
        judged.iter().filter(|(.., judged)| judged.expiry_accepted).map(|(number, ..)| *number).collect();
    let forgiving = platform == Platform::Linux && connections.contains(&Connection::HttpGateway);
    findings.extend(rules::validity::check(&shown, &accepted, forgiving, case.at));
    if missing_security {
        findings.push(rules::matching::security_missing(ground.document()));
    }
    findings.extend(rules::matching::check(policy, settings, &shown, &judged, case.at));
    findings.extend(rules::issuers::check(settings, &shown, &judged));
    findings.extend(rules::credentials::check(&judge, &connections));
    findings.extend(rules::credentials::closed(&judge, &connections));
    findings.extend(rules::quirks::check(&shown, &judged));
    let others = others(policy, &matrix, &judge, case.at, verifier);
    findings.extend(rules::notes::differing(&shown, &judged, &others));
    findings.extend(rules::notes::of_article(platform, settings, &shown, &judged, case.at));
    // An error finding stands exactly where it refuses: beside another verdict the same fault is a warning.
    if verdict != Verdict::Refused {
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
        }
    }

    let mut report = Report::new(case, verdict, crate::Answer::Peer(answer(settings, &judged)));
    report.settle = if verdict == Verdict::Indeterminate { settle } else { Vec::new() };
    report.assumptions = tell::assumptions(case, &manifest.manifest, &judge, &judged);
    report.findings = findings;
    report.errors = errors;
    let refuses_one = overall(&best(policy, &judged)) == Verdict::Refused;
    report.trace = tell::trace(&shown, &mut judged, verdict, refuses_one);
    report.flips = standing.flips.clone();
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
    let next = report.flips.iter().find(|flip| flip.at > case.at).filter(|flip| flip.verdict == Verdict::Refused);
    let end = next.map(|flip| {
        let locks_out = own.locks_out(&judge, flip.at, |number, at| {
            let leaf = leaves.iter().find(|leaf| leaf.facts.number == number)?;
            let chains = matrix.chains(leaf, &judge, at, verifier, &mut Effort::default());
            let mut attempts = chains.attempts(&leaf.facts);
            attempts.find(|attempt| attempt.connection == Connection::Node).map(|attempt| judge.verdict(attempt))
        });
        (flip.at, locks_out)
    });
    report.summary = tell::summary(&report, &shown, &judged, policy, end);
    report.certificates = facts.to_vec();
    report
}

/// The findings that no instant changes.
fn findings(judge: &Judge<'_, '_>, policy: &Policy, shown: &[&Facts], known: &[&Facts]) -> Vec<Finding> {
    let settings = judge.settings;
    let listable: Vec<&Facts> = shown.iter().copied().filter(|facts| !facts.sha1.is_empty()).collect();
    let mut findings = rules::thumbprints::check(settings, &listable);
    findings.extend(rules::credential_type::check(settings));
    findings.extend(rules::margins::check(settings));
    findings.extend(rules::parameters::check(settings));
    findings.extend(rules::recommendations::check(settings, judge, policy.platform));
    findings.extend(rules::certificates::mixed(judge, known));
    findings.extend(rules::roles::check(settings));
    findings.extend(rules::claims::check(settings));
    findings.extend(rules::validity::check_setting(settings, policy.runtime));
    findings.extend(rules::names::check(judge));
    findings
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
        let rows = leaves.flat_map(|leaf| matrix.row(leaf, judge, at, verifier));
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

fn answer(settings: &Settings<'_>, judged: &[(u32, Connection, Judgement)]) -> Answer {
    let cell = |(certificate, connection, judged): &(u32, Connection, Judgement)| Cell {
        certificate: *certificate,
        connection: *connection,
        verdict: judged.verdict,
        role: judged.role,
        perhaps: judged.perhaps,
        because: judged.because.clone(),
        rule: judged.rule.map(Cow::Borrowed),
        span: judged.span.clone(),
        code: judged.code.map(Cow::Borrowed),
    };
    Answer { roles_in_effect: settings.roles_in_effect(), cells: judged.iter().map(cell).collect() }
}
