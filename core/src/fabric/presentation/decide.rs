//! From a case of kind `presentation` to its report.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::coverage::{Coverage, Decided};
use super::declarations::Node;
use super::{Answer, Installed, Policy, Secondary, Subject, Tries, tell};
use crate::certificate::Facts;
use crate::chain::{self, Store, Verifier};
use crate::cost::count;
use crate::fabric::judge::Judge;
use crate::fabric::settings::Settings;
use crate::fabric::{CERTIFICATES, Connection, MANIFEST, PARAMETERS, issuer_stores, manifest, rules};
use crate::{Case, Cost, Document, Error, Limits, Question, Report, Severity, Verdict};

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

fn decide(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let documents = (Document::new(MANIFEST, &policy.manifest), Document::new(CERTIFICATES, &subject.certificates));
    let parameters = Document::new(PARAMETERS, &policy.parameters);
    let manifest = manifest::read_with(&documents.0, Some(&parameters));
    // A template says itself which operating system its nodes have.
    let platform = manifest.manifest.platform.unwrap_or(policy.platform);
    let policy = &Policy { platform, ..policy.clone() };
    let unknown = settings_unknown(&manifest.manifest);
    let read = chain::Read::new(&documents.1, &case.trust);
    let chains = Store::new(&read);
    let facts = read.subject.facts();
    let settings = Settings::read(&manifest.manifest);
    let mut deployment = rules::deployment::check_settings(&manifest.manifest, &settings);
    deployment.extend(manifest.found(platform).cloned());
    // A fragment may show part of a node type.
    let is_whole = !manifest.manifest.is_fragment && unknown.is_empty();
    let declared = rules::deployment::find_value::check(&manifest.manifest);
    let is_undeployable = rules::deployment::refuses(&deployment, case.severities())
        || rules::deployment::refuses(&declared, case.severities())
        || is_whole && rules::deployment::refuses(&rules::presenting::missing(&settings, policy), case.severities());
    let store = installed(&read.subject, subject);
    let mut judge = Judge::new(&settings, policy.platform, policy.runtime);
    judge.stock(|declared| {
        let stores = settings.section_parameters(declared.issuer_stores());
        issuer_stores::held(&stores, &chains, read.roots_known, policy.platform)
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
    let is_policy = |error: &Error| error.span.document == MANIFEST || error.span.document == PARAMETERS;
    let unreadable_manifest = errors.iter().any(is_policy);
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

    let mut findings = deployment;
    findings.extend(read.findings());
    findings.extend(rules::presenting::check(&decided, &node.store, &facts, policy, &settings, case.at));
    findings.extend(rules::rehearsing::strange_keys(&subject.keys, &node.store.iter().collect::<Vec<_>>()));
    findings.extend(rules::notes::presenting(&decided, &node.store, &node.elsewhere()));
    findings.extend(rules::notes::of_article_presenting(&decided, &node.store, policy.runtime));
    // What is said of a declaration that is loaded is not said twice.
    for own in declared {
        let is_said = findings.iter().any(|finding| match (&finding.span, &own.span) {
            (Some(span), Some(own)) => span.document == own.document && span.start <= own.start && own.start < span.end,
            _ => false,
        });
        if !is_said {
            findings.push(own);
        }
    }
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
        let listed = key.listed();
        for installed in store.iter_mut().filter(|installed| key.is_about(&listed, installed)) {
            installed.key = key.clone();
        }
    }
    store
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
