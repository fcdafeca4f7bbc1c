//! From a case of kind `presentation` to its report.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Deref;

use super::load::{Loading, warns_at};
use super::{Answer, Health, Installed, KeyFacts, Policy, Presentation, Secondary, Subject, Tries, tell};
use super::{Yield, yields};
use crate::certificate::Facts;
use crate::chain::{self, Store, Verifier};
use crate::cost::count;
use crate::fabric::accept;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{self, CertificateRole};
use crate::fabric::rules::notes::{self, Elsewhere};
use crate::fabric::settings::Settings;
use crate::fabric::subject::{self, Candidate};
use crate::fabric::{CERTIFICATES, Connection, MANIFEST, Platform, Runtime, ThumbprintList, issuer_stores, rules};
use crate::{Case, Cost, Document, Flip, Limits, Question, Report, Severity, Time, Verdict};

/// Whether the other side's rules accept what is presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// The manifest doesn't show rules.
    NotShown,
    /// By a rule, or because the node accepts its own clients.
    Accepted,
    /// Only by nodes that present the same key.
    ByKeyOnly,
    /// By no rule: the connection's noun, the reason and the code.
    Refused(&'static str, String, Option<&'static str>),
    /// It depends on these facts.
    Unknown(Vec<String>),
}

/// One declaration, decided.
pub(crate) struct Decided<'m> {
    pub(crate) own: Yield<'m>,
    pub(crate) coverage: Coverage,
    /// The SHA-1 of the certificate that counts as the issuer of what is presented.
    pub(crate) issuer: Option<Vec<u8>>,
}

impl<'m> Deref for Decided<'m> {
    type Target = Yield<'m>;

    fn deref(&self) -> &Yield<'m> {
        &self.own
    }
}

impl Decided<'_> {
    pub(crate) fn verdict(&self) -> Verdict {
        if self.unused.is_some() {
            return Verdict::Refused;
        }
        if !self.credentials.unknown.is_empty() {
            return Verdict::Indeterminate;
        }
        match (self.credentials.loaded.is_empty(), &self.coverage) {
            (true, _) | (_, Coverage::Refused(..)) => Verdict::Refused,
            (false, Coverage::Unknown(_)) => Verdict::Indeterminate,
            (false, _) => Verdict::Admitted,
        }
    }
}

/// Decides a case of kind `presentation`.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let mut report = decide(case, policy, subject, verifier);
    let mut tried: BTreeMap<Vec<(u32, String)>, Option<Tried>> = BTreeMap::new();
    for finding in &mut report.findings {
        // What is to make the others accept a certificate is offered only where they do.
        let mended = [rules::presenting::NOT_ACCEPTED.id, rules::presenting::NOT_FOUND.id];
        let meant = finding.args.get("role").filter(|_| mended.contains(&finding.rule.as_ref())).cloned();
        finding.fixes.retain_mut(|fix| {
            let key = fix.edits.iter().map(|edit| (edit.span.start, edit.text.clone())).collect();
            let count = tried.len();
            let outcome = tried.entry(key).or_insert_with(|| {
                let edited = if count < Limits::TRIED_FIXES { case.edited(fix) } else { None }?;
                let Question::Presentation(policy, subject) = &edited.question else { return None };
                let report = decide(&edited, policy, subject, verifier);
                Some((report.verdict, refused_roles(&report)))
            });
            fix.then = outcome.as_ref().map(|(verdict, _)| *verdict);
            match (outcome, &meant) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some((_, refused)), Some(role)) => !refused.contains(role),
            }
        });
    }
    crate::fabric::diagnosis::add(&mut report, &subject.seen, subject.symptom);
    report
}

/// What an edited case comes to: the verdict, and the elements of which a declaration is refused.
type Tried = (Verdict, Vec<String>);

/// The elements of which a declaration is refused.
fn refused_roles(report: &Report) -> Vec<String> {
    let crate::Answer::Presentation(answer) = &report.answer else { return Vec::new() };
    let refused = answer.presentations.iter().filter(|one| one.verdict == Verdict::Refused);
    refused.map(|one| one.role.to_string()).collect()
}

/// Everything that is decided upon, at one instant after the other.
struct Node<'n> {
    case: &'n Case,
    policy: &'n Policy,
    settings: &'n Settings<'n>,
    judge: Judge<'n, 'n>,
    chains: &'n Store<'n>,
    facts: &'n [Facts],
    store: Vec<Installed>,
    roots_known: bool,
}

fn decide(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let documents = (Document::new(MANIFEST, &policy.manifest), Document::new(CERTIFICATES, &subject.certificates));
    let manifest = manifest::read(&documents.0);
    // A template says itself which operating system its nodes have.
    let platform = manifest.manifest.platform.unwrap_or(policy.platform);
    let policy = &Policy { platform, ..policy.clone() };
    let is_undeployable = rules::deployment::refuses(&manifest.findings, case.severities());
    let unknown = settings_unknown(&manifest.manifest);
    let read = chain::Read::new(&documents.1, &case.trust);
    let chains = Store::new(&read);
    let facts = read.subject.facts();
    let settings = Settings::read(&manifest.manifest);
    let store = installed(&read.subject, subject);
    let mut judge = Judge::new(&settings, policy.platform, policy.runtime);
    judge.stock(|declared| {
        let stores = settings.section_parameters(declared.issuer_stores());
        issuer_stores::held(&stores, &chains, read.roots_known)
    });
    let node = Node {
        case,
        policy,
        settings: &settings,
        judge,
        chains: &chains,
        facts: &facts,
        store,
        roots_known: read.roots_known,
    };
    let mut signatures = 0_usize;
    let decided = node.decide(case.at, verifier, &mut signatures);

    let mut errors = manifest.errors;
    errors.extend(read.errors());
    let unreadable_manifest = errors.iter().any(|error| error.span.document == MANIFEST);
    let unreadable_certificates = errors.iter().any(|error| error.span.document == CERTIFICATES);
    let is_fragment = manifest.manifest.is_fragment;
    let overall = |decided: &[Decided<'_>]| {
        let refused = decided.iter().any(|one| one.verdict() == Verdict::Refused);
        match () {
            () if unreadable_manifest => Verdict::Indeterminate,
            () if is_undeployable => Verdict::Refused,
            () if !unknown.is_empty() => Verdict::Indeterminate,
            () if decided.is_empty() && is_fragment => Verdict::Indeterminate,
            () if decided.is_empty() || (refused && !unreadable_certificates) => Verdict::Refused,
            () if unreadable_certificates => Verdict::Indeterminate,
            () if decided.iter().any(|one| one.verdict() == Verdict::Indeterminate) => Verdict::Indeterminate,
            () => Verdict::Admitted,
        }
    };
    let verdict = overall(&decided);
    let mut settle: Vec<String> = Vec::new();
    if unreadable_manifest {
        settle.push(String::from("a cluster manifest that can be read"));
    } else if unreadable_certificates {
        settle.push(String::from("certificates that can be read"));
    } else if !unknown.is_empty() {
        settle.extend(unknown.iter().cloned());
    } else if decided.is_empty() {
        settle.push(match &policy.node_type {
            Some(name) => format!("the node type {} with its certificates", crate::quote::quote(name)),
            None => String::from("the node types with their certificates"),
        });
    }
    for one in &decided {
        let covered = match &one.coverage {
            Coverage::Unknown(facts) => facts.as_slice(),
            _ => &[],
        };
        for fact in one.credentials.unknown.iter().chain(covered) {
            if !settle.contains(fact) {
                settle.push(fact.clone());
            }
        }
    }

    let mut findings = manifest.findings;
    findings.extend(read.findings());
    findings.extend(rules::presenting::check(&decided, &node.store, &facts, policy, &settings, case.at));
    findings.extend(rules::notes::presenting(&decided, &node.store, &node.elsewhere()));
    findings.extend(rules::notes::of_article_presenting(&decided, &node.store, policy.runtime));
    if decided.is_empty() && !unreadable_manifest {
        findings.push(rules::presenting::nothing_declared(&documents.0, policy));
    }
    findings.extend(rules::credentials::check(&node.judge, &[Connection::Node, Connection::Gateway]));
    findings.extend(rules::parameters::check(&settings));
    findings.extend(rules::recommendations::check(&settings, &node.judge, policy.platform));
    findings.extend(rules::roles::check(&settings));
    findings.extend(rules::claims::check(&settings));
    findings.extend(rules::names::check(&node.judge));
    let leaves: Vec<&Facts> = facts.iter().collect();
    findings.extend(rules::thumbprints::check(&settings, &leaves));
    if verdict != Verdict::Refused {
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
        }
    }
    let presentations = decided.iter().map(|one| node.tell(one)).collect();
    let mut report = Report::new(case, verdict, crate::Answer::Presentation(Answer { presentations }));
    report.settle = if verdict == Verdict::Indeterminate { settle } else { Vec::new() };
    report.assumptions = tell::assumptions(case, &manifest.manifest, &settings, &decided, policy);
    report.findings = findings;
    report.errors = errors;
    report.trace = tell::trace(&decided, &node.store, verdict);
    report.flips = node.flips(verifier, overall);
    report.cost = Cost {
        bytes: count(case.documents().iter().map(|(_, text)| text.len()).sum()),
        certificates: count(read.count()),
        signatures: count(signatures),
        rules: count(decided.len()),
    };
    report.arrange(case);
    if report.has_error() && report.verdict == Verdict::Admitted {
        report.verdict = Verdict::Refused;
        report.flips.clear();
    }
    let end = node.end(&report.flips, verifier);
    report.summary = tell::summary(&report, &decided, &node.store, end);
    report.certificates = facts;
    report
}

/// What would tell the values of a template that its nodes' certificates, or the rules about them, depend on.
fn settings_unknown(manifest: &manifest::Manifest<'_>) -> Vec<String> {
    let unknown = manifest.unknown.iter().filter(|unknown| unknown.reach.includes(&crate::fabric::Declared::ALL));
    unknown.flat_map(|unknown| unknown.names.iter().cloned()).collect()
}

/// The certificates of the store with what is known about their keys: of several statements about one certificate the
/// last counts.
fn installed(bundle: &crate::certificate::Bundle, subject: &Subject) -> Vec<Installed> {
    let numbered = (1_u32..).zip(&bundle.certificates);
    let mut store: Vec<Installed> =
        numbered.map(|(number, pasted)| Installed::of(&pasted.value, number, pasted.span.clone())).collect();
    for key in &subject.keys {
        let thumbprint = key.thumbprint.as_deref().map(ThumbprintList::read);
        let is_meant = |installed: &Installed, key: &KeyFacts| {
            let by_thumbprint = thumbprint.as_ref().is_some_and(|list| {
                list.items.iter().any(|item| {
                    item.thumbprint.as_ref().is_ok_and(|thumbprint| thumbprint.bytes == installed.thumbprint)
                })
            });
            key.certificate == Some(installed.number) || by_thumbprint
        };
        for installed in store.iter_mut().filter(|installed| is_meant(installed, key)) {
            installed.key = key.clone();
        }
    }
    store
}

impl<'n> Node<'n> {
    fn loading(&self, at: Time) -> Loading<'n> {
        let policy: &'n Policy = self.policy;
        Loading::of(self.settings, policy.platform, policy.runtime, policy.account.as_deref(), at)
    }

    fn decide(&self, at: Time, verifier: &mut Verifier, signatures: &mut usize) -> Vec<Decided<'n>> {
        let loading = self.loading(at);
        let yields = yields(&self.judge, &self.store, self.policy.node_type.as_deref(), &loading);
        let decided = yields.into_iter().map(|own| {
            let presented = own.presented(&self.store);
            let (coverage, issuer) = presented.map_or((Coverage::NotShown, None), |installed| {
                self.coverage(own.certificate.role, installed, &loading, verifier, signatures)
            });
            Decided { own, coverage, issuer }
        });
        decided.collect()
    }

    /// Holds what is presented against the rules of the other side.
    fn coverage(
        &self,
        role: CertificateRole,
        installed: &Installed,
        loading: &Loading<'_>,
        verifier: &mut Verifier,
        signatures: &mut usize,
    ) -> (Coverage, Option<Vec<u8>>) {
        if !self.settings.has_security() {
            return (Coverage::NotShown, None);
        }
        let connection = connection(role);
        let place = (installed.number as usize).checked_sub(1).and_then(|index| self.chains.subject.get(index));
        let facts = self.facts.iter().find(|facts| facts.number == installed.number);
        let (Some(&place), Some(facts)) = (place, facts) else {
            return (Coverage::NotShown, None);
        };
        let how = self.judge.chain_settings(connection, loading.at);
        let Some(candidate) = subject::candidate(self.chains, place, how, &self.case.trust, self.roots_known, verifier)
        else {
            return (Coverage::NotShown, None);
        };
        *signatures = signatures.saturating_add(candidate.signatures);
        let judgement = self.judge.judge_only(facts, &candidate, connection);
        let is_known = candidate.open.errors == 0;
        let is_fatal = self.is_fatal(&candidate);
        let by_key = connection == Connection::Node && self.settings.flag("ImplicitPeerTrustEnabled", true);
        let by_default = connection == Connection::Gateway && loading.default_client;
        let issuer = judgement.issuer;
        let opens = self.judge.unreadable(connection).is_none()
            && self.judge.closed(connection).is_none()
            && self.judge.ends().is_none();
        let coverage = match judgement.verdict {
            _ if judgement.implicit.is_some() && connection == Connection::Node => Coverage::ByKeyOnly,
            Verdict::Admitted => Coverage::Accepted,
            // A list that can't be read keeps the node from opening, whoever it is that connects.
            Verdict::Refused if opens && !is_fatal && is_known && by_key => Coverage::ByKeyOnly,
            Verdict::Refused if by_default && opens => match self.judge.accepts_as_default(&candidate) {
                Some(true) => Coverage::Accepted,
                Some(false) => Coverage::Refused(connection.noun(), judgement.because, judgement.code),
                None => Coverage::Unknown(candidate.settle()),
            },
            Verdict::Refused => Coverage::Refused(connection.noun(), judgement.because, judgement.code),
            Verdict::Indeterminate => Coverage::Unknown(judgement.settle),
        };
        (coverage, issuer)
    }

    fn is_fatal(&self, candidate: &Candidate) -> bool {
        match self.policy.platform {
            Platform::Windows => accept::is_fatal_on_windows(candidate.presented.chain),
            Platform::Linux => accept::is_fatal_on_linux(candidate.presented.chain),
        }
    }

    /// What is declared, under the other runtime and on the other platform.
    fn elsewhere(&self) -> Vec<Elsewhere<'n>> {
        let Policy { platform, runtime, .. } = *self.policy;
        let there = |platform: Platform, runtime: Runtime| {
            let policy: &'n Policy = self.policy;
            let loading = Loading::of(self.settings, platform, runtime, policy.account.as_deref(), self.case.at);
            yields(&self.judge.under(platform, runtime), &self.store, policy.node_type.as_deref(), &loading)
        };
        let (other_platform, other_runtime) = (platform.other(), runtime.other());
        Vec::from([
            Elsewhere {
                rule: &notes::RUNTIME,
                label: notes::with(other_runtime),
                yields: there(platform, other_runtime),
            },
            Elsewhere {
                rule: &notes::PLATFORM,
                label: notes::on(other_platform),
                yields: there(other_platform, runtime),
            },
        ])
    }

    fn margin(&self) -> i64 {
        let written = self.settings.security(rules::margins::SAFETY_MARGIN).map(|parameter| parameter.value.text());
        rules::margins::seconds(written)
    }

    fn tell(&self, one: &Decided<'_>) -> Presentation {
        let presented = one.presented(&self.store);
        let has_health = matches!(one.certificate.role, CertificateRole::Cluster | CertificateRole::Server);
        let margin = self.margin();
        let health = presented.filter(|_| has_health).map(|installed| {
            let warns_at = warns_at(installed.not_after, margin);
            Health { warning: warns_at <= self.case.at, warns_at, margin }
        });
        let mut codes: Vec<Cow<'static, str>> = one.credentials.codes.iter().map(|&code| Cow::Borrowed(code)).collect();
        if let Coverage::Refused(.., Some(code)) = &one.coverage {
            codes.push(Cow::Borrowed(code));
        }
        Presentation {
            node_type: one.node_type.map(ToString::to_string),
            role: Cow::Borrowed(one.certificate.role.element()),
            verdict: one.verdict(),
            presented: presented.map(|installed| installed.number),
            because: tell::because(one, &self.store),
            credentials: tell::credentials(one, &self.store),
            codes,
            health,
            span: one.certificate.span(),
        }
    }

    /// The health reports that warn: about cluster and server certificates that are close to their end.
    fn warnings(&self, decided: &[Decided<'_>], at: Time) -> Vec<String> {
        let margin = self.margin();
        let mut warnings = Vec::new();
        for one in decided {
            let role = one.certificate.role;
            if !matches!(role, CertificateRole::Cluster | CertificateRole::Server) {
                continue;
            }
            let close = one.presented(&self.store).filter(|installed| warns_at(installed.not_after, margin) <= at);
            if let Some(installed) = close {
                let warning = format!(
                    "certificate {} as {}, which expires at {}",
                    installed.number,
                    role.element(),
                    installed.not_after
                );
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
            }
        }
        warnings
    }

    /// The instants at which the overall verdict changes, where a certificate of the store expires or where something of
    /// a chain begins or ends, and those at which a health report begins or ends to warn.
    fn flips(&self, verifier: &mut Verifier, overall: impl Fn(&[Decided<'_>]) -> Verdict) -> Vec<Flip> {
        let mut instants: BTreeMap<Time, Vec<String>> = BTreeMap::new();
        for &place in self.chains.subject.iter().take(Limits::FLIP_CERTIFICATES) {
            for (at, because) in self.chains.instants(place, true) {
                let all = instants.entry(at).or_default();
                all.extend(because.into_iter().filter(|one| !all.contains(one)).collect::<Vec<_>>());
            }
        }
        let margin = self.margin();
        for installed in self.store.iter().take(Limits::FLIP_CERTIFICATES) {
            instants.entry(warns_at(installed.not_after, margin)).or_default();
        }
        let mut signatures = 0;
        let first = self.decide(Time::MIN, verifier, &mut signatures);
        let (mut verdict, mut warnings) = (overall(&first), self.warnings(&first, Time::MIN));
        let mut flips = Vec::new();
        for (at, because) in instants {
            let decided = self.decide(at, verifier, &mut signatures);
            let (after, warns) = (overall(&decided), self.warnings(&decided, at));
            if after != verdict {
                flips.push(Flip::new(at, after, because.join(", ")));
            } else if after == Verdict::Admitted && warns != warnings {
                let because = match warns.is_empty() {
                    true => String::from("the health report warns no more"),
                    false => format!("the health report warns about {}", warns.join(", ")),
                };
                flips.push(Flip { health: true, ..Flip::new(at, after, because) });
            }
            (verdict, warnings) = (after, warns);
        }
        flips
    }

    /// The instant from which nodes refuse each other, or have nothing to present: the next flip to a refusal, and
    /// whether it is the cluster certificate that is refused.
    fn end(&self, flips: &[Flip], verifier: &mut Verifier) -> Option<(Time, bool)> {
        let next = flips.iter().find(|flip| flip.at > self.case.at && !flip.health)?;
        let decided = self.decide(next.at, verifier, &mut 0);
        let cluster = decided.iter().filter(|one| one.certificate.role == CertificateRole::Cluster);
        let is_refused = |one: &Decided<'_>| one.verdict() == Verdict::Refused;
        (next.verdict == Verdict::Refused).then(|| (next.at, cluster.into_iter().any(is_refused)))
    }
}

/// Where a certificate of a role is presented, and so whose rules judge it.
pub(crate) const fn connection(role: CertificateRole) -> Connection {
    match role {
        CertificateRole::Cluster => Connection::Node,
        CertificateRole::Server => Connection::Server,
        CertificateRole::Client | CertificateRole::UserRoleClient => Connection::Gateway,
    }
}

/// Whether a certificate that was tried is loaded, and why.
pub(super) fn outcome(tries: &Tries) -> (bool, String) {
    match tries {
        Tries::Loaded { assumed: false } => (true, String::from("it is valid, and its private key can be used")),
        Tries::Loaded { assumed: true } => {
            (true, String::from("it is valid, and its private key is taken to be usable"))
        }
        Tries::Unknown(fact) => (false, format!("it depends on {fact}")),
        Tries::Key(fault) => (false, String::from(fault.noun())),
        Tries::Expired => (false, String::from("it has expired")),
    }
}

/// What became of the secondary value, in words.
pub(super) const fn secondary(secondary: Secondary) -> &'static str {
    match secondary {
        Secondary::Absent => "there is none",
        Secondary::NotLookedAt => {
            "not looked at, however new: the primary value yields a credential, and `UseSecondaryIfNewer` is not set"
        }
        Secondary::Fallback => "the primary value yields nothing, so this one alone counts",
        Secondary::Merged => "looked at as well, and the newest of both is presented",
    }
}
