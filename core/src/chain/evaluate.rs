//! Kind `chain`: is this certificate chain good for this purpose and name at this instant?

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::case::{Answer, Element, Other, Outcome as Hresult, Policy, Subject};
use super::host::{self, Named};
use super::options::{Options, Purpose, Semantics};
use super::path::{End, Path};
use super::pool::{Member, Origin};
use super::rules;
use super::status::{TrustStatus, error, names, policy_result};
use super::store::{Built, Read, Store};
use super::verifier::{Signature, Verifier};
use super::{CHECK_CHAIN_EXCLUDE_ROOT, RevocationFlags};
use crate::certificate::Facts;
use crate::{
    Case, Cost, Document, Finding, Flip, Level, Limits, Outcome, Report, Revocation, Severity, Step, Time, Verdict,
};

/// The name of the document that holds the certificates.
pub const CERTIFICATES: &str = "subject.certificates";

/// The names that `CERT_CHAIN_POLICY_SSL` adds.
const NAME_MISMATCH: Hresult = Hresult { name: Cow::Borrowed("CERT_E_CN_NO_MATCH"), hresult: 0x800B_010F };

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
            ends_before_not_after: false,
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
            (false, false, _) => Verdict::Admitted,
            (_, _, Some(_)) => Verdict::Indeterminate,
            (false, _, None) => Verdict::Indeterminate,
            // Where the refused path and an undecided one both exist, the undecided one could be good.
            (_, _, None) if built.paths.iter().any(|path| !self.stands(path, false)) => Verdict::Indeterminate,
            (_, _, None) => Verdict::Refused,
        }
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

    fn findings(&self, leaf: usize, built: &Built) -> Vec<Finding> {
        let mut findings = Vec::new();
        match self.named(leaf) {
            Named::Yes => {}
            Named::No(names) => {
                let has = match names.as_slice() {
                    [] => String::from("no name of a host or address"),
                    names => names.iter().map(|name| crate::quote::quote(name)).collect::<Vec<_>>().join(", "),
                };
                let message = format!("expected the name {}, found {has}", crate::quote::quote(&self.policy.name));
                let finding = Finding::new(&rules::NAME, message).arg("name", self.policy.name.as_str());
                findings.push(finding.help("ask for a name that the certificate has, or get one for this name"));
            }
            Named::Unfit(because) => findings.push(Finding::new(&rules::NAME, because)),
        }
        if let Some(limit) = built.exhausted
            && built.paths.first().is_none_or(|path| self.stands(path, false))
        {
            let message =
                format!("the search for a chain ran into its limit {limit}, so a good chain may not have been found");
            findings.push(
                Finding::new(&rules::BUDGET, message)
                    .arg("limit", limit)
                    .help("leave out certificates that are not part of the chain"),
            );
        }
        let Some(best) = built.paths.first() else { return findings };
        let members = self.members(best);
        for (member, judged) in members.iter().zip(&best.judged) {
            for cause in judged.causes.iter().filter(|cause| !cause.unknown) {
                let Some(rule) = rules::of(cause.bit) else { continue };
                let message = format!("{}: {}", member.label(), cause.because);
                findings.push(
                    Finding::new(rule, message)
                        .at(member.span.clone())
                        .arg("certificate", member.label())
                        .help(help(rule.id)),
                );
            }
        }
        for (place, member) in members.iter().enumerate() {
            let is_sha1 = best.edges.get(place).is_some_and(|edge| edge.signature == Signature::Good { is_sha1: true });
            if is_sha1 {
                let message = format!("{} is signed over SHA-1", member.label());
                findings.push(
                    Finding::new(&rules::SHA1, message)
                        .at(member.span.clone())
                        .help("have it issued again with SHA-256"),
                );
            }
            let key = member.certificate.public_key.facts();
            if key.algorithm == "RSA" && key.bits < 2048 {
                let message = format!("{} has an RSA key of {} bits", member.label(), key.bits);
                let finding = Finding::new(&rules::WEAK_KEY, message).at(member.span.clone());
                findings.push(finding.help("make a key of at least 2048 bits"));
            }
        }
        findings
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

    fn answer(&self, leaf: usize, built: &Built) -> Answer {
        let Some(best) = built.paths.first() else { return Answer::default() };
        let status = total(best);
        let result = |errors| match policy_result(errors) {
            Some(result) => Hresult { name: Cow::Borrowed(result.name), hresult: result.value },
            None => Hresult::default(),
        };
        let base_result = result(status.errors);
        let ssl_result = match self.named(leaf) {
            Named::No(_) | Named::Unfit(_) if base_result.hresult == 0 => NAME_MISMATCH,
            // A loop has no root (Wine's tests of Windows); the base policy calls it incomplete.
            _ if status.errors & error::CYCLIC != 0 => {
                result(status.errors & !error::PARTIAL_CHAIN & !error::CYCLIC | error::UNTRUSTED_ROOT)
            }
            _ => base_result.clone(),
        };
        // Windows says of the chain, not of an element, that it is partial.
        let of_chain = if self.policy.semantics == Semantics::Windows { error::PARTIAL_CHAIN } else { 0 };
        let elements = self.members(best).into_iter().zip(&best.judged).map(|(member, judged)| Element {
            origin: member.origin,
            number: member.number,
            span: member.span.clone(),
            subject: member.certificate.subject.to_string(),
            sha1: member.certificate.thumbprint(),
            status: TrustStatus { errors: judged.status.errors & !of_chain, ..judged.status },
            causes: judged.causes.clone(),
        });
        let others = built.paths.iter().skip(1).take(Limits::SHOWN_PATHS).map(|path| Other {
            subjects: self.members(path).iter().map(|member| member.certificate.subject.to_string()).collect(),
            errors: error_names(path.errors()),
            because: self.reasons(path),
        });
        Answer {
            semantics: self.policy.semantics,
            elements: elements.collect(),
            status,
            errors: error_names(status.errors),
            base_result,
            ssl_result,
            others: others.collect(),
            certificates: self.members(best).into_iter().filter_map(held).collect(),
        }
    }

    /// Everything that is or may be wrong with a path, each with its certificate.
    fn reasons(&self, path: &Path) -> Vec<String> {
        let judged = self.members(path).into_iter().zip(&path.judged);
        judged
            .flat_map(|(member, judged)| {
                judged.causes.iter().map(move |cause| format!("{}: {}", member.label(), cause.because))
            })
            .take(Limits::SHOWN_CAUSES)
            .collect()
    }

    fn trace(&self, leaf: usize, built: &Built, verdict: Verdict) -> Step {
        let path_step = |label: String, path: &Path| {
            let errors = path.errors();
            let outcome = match (errors, path.unknown()) {
                (0, 0) => Outcome::Passed,
                (0, _) => Outcome::Unknown,
                _ => Outcome::Failed,
            };
            let detail = match error_names(errors).join(", ") {
                names if names.is_empty() => String::from(ending(&path.end)),
                names => format!("{}; {names}", ending(&path.end)),
            };
            let elements = self.members(path).into_iter().zip(&path.judged).map(|(member, judged)| {
                let causes = judged.causes.iter().map(|cause| {
                    let outcome = if cause.unknown { Outcome::Unknown } else { Outcome::Failed };
                    Step::new(error_names(cause.bit).join(", "), outcome, cause.because.clone()).at(cause.span.clone())
                });
                let outcome = match (judged.status.errors, judged.status.unknown) {
                    (0, 0) => Outcome::Passed,
                    (0, _) => Outcome::Unknown,
                    _ => Outcome::Failed,
                };
                Step::new(member.label(), outcome, member.certificate.subject.to_string())
                    .at(Some(member.span.clone()))
                    .with(causes)
            });
            Step::new(label, outcome, detail).with(elements)
        };
        let mut steps: Vec<Step> = Vec::new();
        if !self.policy.name.trim().is_empty() {
            let (outcome, detail) = match self.named(leaf) {
                Named::Yes => {
                    (Outcome::Passed, format!("the certificate is for {}", crate::quote::quote(&self.policy.name)))
                }
                Named::No(_) => {
                    (Outcome::Failed, format!("the certificate is not for {}", crate::quote::quote(&self.policy.name)))
                }
                Named::Unfit(because) => (Outcome::Failed, because),
            };
            steps.push(Step::new("name", outcome, detail));
        }
        let numbered = (1_u32..).zip(&built.paths).take(Limits::SHOWN_PATHS);
        steps.extend(numbered.map(|(number, path)| path_step(format!("path {number}"), path)));
        let outcome = match verdict {
            Verdict::Admitted => Outcome::Passed,
            Verdict::Refused => Outcome::Failed,
            Verdict::Indeterminate => Outcome::Unknown,
        };
        let detail = match built.paths.len() {
            1 => String::from("one path was found"),
            count => format!("{count} paths were found, the best first"),
        };
        Step::new("chain", outcome, detail).with(steps)
    }

    fn flips(&self, leaf: usize, verifier: &mut Verifier) -> Vec<Flip> {
        let instants: BTreeMap<Time, Vec<String>> = self.store.instants(leaf, false);
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

/// The facts of a certificate that is not the subject's.
fn held(member: &Member<'_>) -> Option<Facts> {
    (member.origin != Origin::Subject)
        .then(|| Facts::of(member.certificate, member.number, member.span.clone()).with_extensions(member.certificate))
}

fn total(path: &Path) -> TrustStatus {
    let info = path.judged.iter().fold(0, |bits, own| bits | (own.status.info & !0xF));
    TrustStatus { errors: path.errors(), info, unknown: path.unknown() }
}

fn error_names(bits: u32) -> Vec<Cow<'static, str>> {
    names(bits, error::NAMES).into_iter().map(Cow::Borrowed).collect()
}

fn ending(end: &End) -> &'static str {
    match end {
        End::Trusted => "up to a trusted root",
        End::UntrustedRoot => "up to a root that is not among the trusted ones given",
        End::Missing { .. } => "up to a certificate whose issuer is not here",
        End::Cycle => "up to a certificate that was there before",
    }
}

/// The smallest thing that helps, by rule.
fn help(rule: &str) -> &'static str {
    match rule {
        "chain-signature-invalid" => "use the certificate as it was issued, and the issuer that signed it",
        "chain-revoked" => "replace it",
        "chain-untrusted-root" => "add the root to the trusted ones, if it should be trusted",
        "chain-incomplete" => "add the missing issuer to what is sent",
        "chain-not-time-valid" => "renew it, or send a renewed one along",
        "chain-wrong-usage" => "use a certificate that was issued for this purpose",
        "chain-not-an-authority" => "use the issuer that is an authority",
        "chain-revocation-unknown" => "supply the current revocation list of the issuer",
        _ => "have it issued again, or choose another path",
    }
}
