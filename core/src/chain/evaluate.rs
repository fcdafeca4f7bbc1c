//! Kind `chain`: is this certificate chain good for this purpose and name at this instant?

mod answer;
mod findings;
mod trace;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::case::{Answer, Policy, Subject};
use super::host::{self, Named};
use super::options::{Options, Purpose, Semantics};
use super::path::Path;
use super::pool::Member;
use super::rules;
use super::status::{error, names};
use super::store::{Built, Read, Store};
use super::verifier::Verifier;
use super::{CHECK_CHAIN_EXCLUDE_ROOT, RevocationFlags};
use crate::{
    Case, Cost, Document, Finding, Flip, Level, Limits, Outcome, Report, Revocation, Severity, Step, Time, Verdict,
};

/// The name of the document that holds the certificates.
pub const CERTIFICATES: &str = "subject.certificates";

/// Decides a case of kind `chain`.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Report {
    let document = Document::new(CERTIFICATES, &subject.certificates);
    let read = Read::new(&document, &case.trust);
    let store = Store::new(&read);
    let question = Question { policy, case, read: &read, store: &store };
    let facts = read.subject.facts();
    let Some(leaf) = question.leaf(verifier) else {
        return question.unreadable();
    };
    let built = question.build(leaf, case.at, verifier);
    let verdict = question.verdict(leaf, &built);
    let signatures = built.signatures;
    let mut findings = read.findings();
    findings.extend(question.findings(leaf, &built));
    let mut report = Report::new(case, verdict, crate::Answer::Chain(question.answer(leaf, &built)));
    report.settle = question.settle(verdict, &built);
    report.assumptions = question.assumptions(leaf, &built);
    report.findings = findings;
    report.errors = read.errors();
    report.trace = question.trace(leaf, &built, verdict);
    report.flips = question.flips(leaf, verifier);
    report.cost = Cost {
        bytes: crate::cost::count(case.documents().iter().map(|(_, text)| text.len()).sum()),
        certificates: crate::cost::count(read.count()),
        signatures: crate::cost::count(signatures),
        rules: 0,
    };
    report.arrange(case);
    if report.has_error() && report.verdict == Verdict::Admitted {
        report.verdict = Verdict::Refused;
    }
    report.summary = question.summary(&report, leaf, &built);
    report.certificates = facts;
    report
}

/// The verdict of [`evaluate`], without the report and without the instants at which it changes.
pub(crate) fn verdict(case: &Case, policy: &Policy, subject: &Subject, verifier: &mut Verifier) -> Verdict {
    let document = Document::new(CERTIFICATES, &subject.certificates);
    let read = Read::new(&document, &case.trust);
    let store = Store::new(&read);
    let question = Question { policy, case, read: &read, store: &store };
    let Some(leaf) = question.leaf(verifier) else { return Verdict::Indeterminate };
    let built = question.build(leaf, case.at, verifier);
    let verdict = question.verdict(leaf, &built);
    let is_error = |finding: &Finding| finding.severity_in(case.severities()) == Some(Severity::Error);
    if verdict == Verdict::Admitted
        && (read.findings().iter().any(is_error) || question.findings(leaf, &built).iter().any(is_error))
    {
        return Verdict::Refused;
    }
    verdict
}

struct Question<'q> {
    policy: &'q Policy,
    case: &'q Case,
    read: &'q Read,
    store: &'q Store<'q>,
}

impl Question<'_> {
    /// The certificate that is judged: the first one, unless it issued another one; then the first that didn't.
    fn leaf(&self, verifier: &mut Verifier) -> Option<usize> {
        let leaves = self.store.leaves(verifier);
        let first = self.store.subject.first()?;
        if leaves.contains(first) { Some(*first) } else { leaves.first().copied() }
    }

    fn options(&self, at: Time) -> Options<'_> {
        let default = if self.read.has_crls() || self.case.trust.revocation != Revocation::AssumeGood {
            CHECK_CHAIN_EXCLUDE_ROOT
        } else {
            0
        };
        Options {
            at,
            semantics: self.policy.semantics,
            purpose: self.policy.purpose,
            policies: &self.policy.policies,
            roots_known: self.read.roots_known,
            max_intermediates: self.policy.max_intermediates,
            revocation_flags: self.policy.revocation_flags.map_or(default, |RevocationFlags(flags)| flags),
            revocation: self.case.trust.revocation,
            // A policy can say that it is no error.
            refuses_sha1: self.policy.semantics == Semantics::Rfc5280
                && self.policy.severity.get(rules::SHA1.id).is_none_or(|level| *level == Level::Error),
            no_roots: self.read.no_roots,
            anchor: None,
            common_name_is_host: match self.policy.semantics {
                Semantics::Openssl => true,
                Semantics::Windows => !self.policy.name.trim().is_empty(),
                Semantics::Rfc5280 => self.policy.common_name_fallback && !self.policy.name.trim().is_empty(),
            },
            // `X509_cmp_time` says that an instant that equals NotAfter is past it.
            ends_before_not_after: self.policy.semantics == Semantics::Openssl,
        }
    }

    fn build(&self, leaf: usize, at: Time, verifier: &mut Verifier) -> Built {
        let mut built = self.store.build(leaf, &self.options(at), verifier);
        if !self.policy.severity.is_empty() {
            // What the policy tolerates may make another path the best one.
            crate::order::sort_by_key(&mut built.paths, |path| (self.stands(path, false), self.stands(path, true)));
        }
        built
    }

    /// Whether something is wrong, or could be wrong, with a path that the policy does not tolerate: a rule whose severity
    /// it lowers below an error, or switches off, does not refuse (and its finding says that the policy did so).
    fn stands(&self, path: &Path, unknown: bool) -> bool {
        let causes = path.judged.iter().flat_map(|judged| &judged.causes);
        causes
            .filter(|cause| cause.unknown == unknown)
            .any(|cause| rules::of(cause.bit).is_none_or(|rule| self.refuses(rule)))
    }

    /// Whether the policy leaves a rule an error.
    fn refuses(&self, rule: &crate::Rule) -> bool {
        self.policy.severity.get(rule.id).is_none_or(|level| *level == Level::Error)
    }

    fn named(&self, leaf: usize) -> Named {
        match self.store.pool.get(leaf) {
            Some(member) if !self.policy.name.trim().is_empty() => host::check(
                member.certificate,
                &self.policy.name,
                self.policy.semantics,
                self.policy.common_name_fallback,
            ),
            _ => Named::Yes,
        }
    }

    fn verdict(&self, leaf: usize, built: &Built) -> Verdict {
        let Some(best) = built.paths.first() else {
            return Verdict::Indeterminate;
        };
        if matches!(self.named(leaf), Named::No(_) | Named::Unfit(_)) && self.refuses(&rules::NAME) {
            return Verdict::Refused;
        }
        // A better chain may be there that the search did not get to.
        match (self.stands(best, false), self.stands(best, true), built.exhausted) {
            // What can't be read could revoke it, or be the certificate that was meant.
            (false, false, _) if self.hides_something(leaf) => Verdict::Indeterminate,
            // OpenSSL may as well build another path.
            (false, false, _) if self.policy.semantics == Semantics::Openssl && !self.is_sure(built) => {
                Verdict::Indeterminate
            }
            (false, false, _) => Verdict::Admitted,
            (_, _, Some(_)) => Verdict::Indeterminate,
            (false, _, None) => Verdict::Indeterminate,
            // Where the refused path and an undecided one both exist, the undecided one could be good.
            (_, _, None) if built.paths.iter().any(|path| !self.stands(path, false)) => Verdict::Indeterminate,
            (_, _, None) => Verdict::Refused,
        }
    }

    /// Whether every path is as good as the best one, and all were looked at.
    fn is_sure(&self, built: &Built) -> bool {
        built.exhausted.is_none() && !built.paths.iter().any(|path| self.stands(path, false) || self.stands(path, true))
    }

    /// Whether a revocation list, or what stands before the judged certificate, can't be read.
    fn hides_something(&self, leaf: usize) -> bool {
        let start = self.store.pool.get(leaf).map_or(0, |member| member.span.start);
        let hides = |error: &crate::Error| {
            error.span.document == "trust.crls" || (error.span.document == CERTIFICATES && error.span.start < start)
        };
        self.read.errors().iter().any(hides)
    }

    fn members(&self, path: &Path) -> Vec<&Member<'_>> {
        path.places.iter().filter_map(|&place| self.store.pool.get(place)).collect()
    }

    fn settle(&self, verdict: Verdict, built: &Built) -> Vec<String> {
        if verdict != Verdict::Indeterminate {
            return Vec::new();
        }
        let mut settle: Vec<String> = Vec::new();
        let undecided = built.paths.iter().find(|path| !self.stands(path, false)).or(built.paths.first());
        for cause in undecided.into_iter().flat_map(|path| &path.judged).flat_map(|judged| &judged.causes) {
            if cause.unknown && !settle.contains(&cause.because) {
                settle.push(cause.because.clone());
            }
        }
        settle.extend(built.orders.settle().map(String::from));
        if !self.read.errors().is_empty() {
            settle.push(String::from("documents that can be read"));
        }
        if let Some(limit) = built.exhausted {
            settle.push(format!("a search without the limit {limit}"));
        }
        settle
    }

    fn assumptions(&self, leaf: usize, built: &Built) -> Vec<String> {
        let checks = self.options(self.case.at).revocation_flags & super::revocation::CHECKS != 0;
        let is_good = built.paths.first().is_some_and(|path| !self.stands(path, false));
        let mut assumptions = Vec::new();
        if is_good && !checks {
            assumptions.push(String::from("no certificate is revoked: the flags ask for no check"));
        } else if is_good && self.case.trust.revocation == Revocation::AssumeGood {
            assumptions.push(String::from("certificates without a revocation list are not revoked"));
        }
        if self.store.reached(leaf).len() >= Limits::FLIP_CERTIFICATES {
            let most = Limits::FLIP_CERTIFICATES;
            assumptions.push(format!("the verdict changes only where one of the first {most} certificates does"));
        }
        assumptions
    }

    fn flips(&self, leaf: usize, verifier: &mut Verifier) -> Vec<Flip> {
        let instants: BTreeMap<Time, Vec<String>> =
            self.store.instants(leaf, self.policy.semantics == Semantics::Openssl);
        let mut at = |at: Time| {
            let built = self.build(leaf, at, verifier);
            self.verdict(leaf, &built)
        };
        let mut verdict = at(Time::MIN);
        let mut flips = Vec::new();
        for (instant, because) in instants {
            let after = at(instant);
            if after != verdict {
                verdict = after;
                flips.push(Flip::new(instant, verdict, because.join(", ")));
            }
        }
        flips
    }

    fn summary(&self, report: &Report, leaf: usize, built: &Built) -> String {
        let name = self
            .store
            .pool
            .get(leaf)
            .and_then(|member| member.certificate.subject.common_names().next().map(String::from));
        let name = name.map_or_else(|| String::from("the certificate"), |name| crate::quote::quote(&name));
        let purpose = match self.policy.purpose {
            None => "",
            Some(Purpose::ServerAuth) => " for server authentication",
            Some(Purpose::ClientAuth) => " for client authentication",
        };
        match report.verdict {
            Verdict::Admitted => {
                let length = built.paths.first().map_or(0, |path| path.places.len());
                let revocation = if report.assumptions.is_empty() { "" } else { ", if not revoked" };
                match built.paths.first() {
                    Some(best) if best.errors() == 0 && best.unknown() == 0 && self.named(leaf) == Named::Yes => {
                        format!(
                            "The chain of {name} is good{purpose}: {length} certificates up to a trusted root{revocation}"
                        )
                    }
                    _ => format!(
                        "The chain of {name} is not good{purpose}, and the policy tolerates what is wrong{revocation}"
                    ),
                }
            }
            Verdict::Refused => {
                let heaviest = report.findings.iter().find(|finding| finding.severity == Severity::Error);
                let reason =
                    heaviest.map_or_else(|| String::from("no path is good"), |finding| finding.message.clone());
                format!("Refused{purpose}: {reason}")
            }
            Verdict::Indeterminate => format!("Can't be decided: {}", report.settle.join("; ")),
        }
    }

    fn unreadable(&self) -> Report {
        let mut report = Report::new(self.case, Verdict::Indeterminate, crate::Answer::Chain(Answer::default()));
        report.settle = Vec::from([String::from("a certificate that can be read")]);
        report.findings = self.read.findings();
        report.errors = self.read.errors();
        report.summary = String::from("Can't be decided without a certificate that can be read");
        report.trace = Step::new("chain", Outcome::Unknown, "no certificate could be read");
        report.arrange(self.case);
        report
    }
}

fn error_names(bits: u32) -> Vec<Cow<'static, str>> {
    names(bits, error::NAMES).into_iter().map(Cow::Borrowed).collect()
}
