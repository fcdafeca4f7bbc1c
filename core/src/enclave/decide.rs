//! From the artefacts to the verdict.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::artefact::Content;
use super::claims::{Claim, Claims, Source, of};
use super::sheet::Sheet;
use super::{
    ARTEFACTS, Answer, ArtefactFact, Identity, Policy, Subject, across, admission, difference, flow, known_bad, mask,
    rules, starter,
};
use crate::quote::quote;
use crate::{
    Case, Cost, Document, Error, ErrorKind, Finding, Kind, Limits, Outcome, Report, Severity, Span, Step, Verdict,
};

/// What came of reading and checking every artefact.
#[derive(Default)]
struct Checked {
    answer: Answer,
    claims: Claims,
    findings: Vec<Finding>,
    errors: Vec<Error>,
    unknown: Vec<(String, Span)>,
    steps: Vec<Step>,
}

/// Decides a case of kind `enclave`.
pub(crate) fn evaluate(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let mut report = decide(case, policy, subject);
    let mut tried = 0_usize;
    let measured = measured(&report);
    for fix in report.findings.iter_mut().flat_map(|finding| finding.fixes.iter_mut()) {
        tried = tried.saturating_add(1);
        if tried > Limits::TRIED_FIXES {
            continue;
        }
        let edited = case.edited(fix).map(|mut edited| {
            if let crate::Question::Enclave(_, subject) = &mut edited.question {
                // A stream is measured once: what it says stands for it.
                subject.artefacts.extend(measured.clone());
            }
            edited
        });
        if let Some(edited) = edited
            && let crate::Question::Enclave(policy, subject) = &edited.question
        {
            fix.then = Some(decide(&edited, policy, subject).verdict);
        }
    }
    for finding in &mut report.findings {
        finding.fixes.retain(|fix| fix.then.is_some());
    }
    mask::mask(&mut report, subject);
    report
}

fn decide(case: &Case, policy: &Policy, subject: &Subject) -> Report {
    let names: Vec<String> = subject.artefacts.keys().map(|name| format!("{ARTEFACTS}{name}")).collect();
    let mut checked = Checked::default();
    for (index, ((name, text), path)) in subject.artefacts.iter().zip(&names).enumerate() {
        let document = Document::new(Cow::Owned(path.clone()), text);
        if index >= Limits::ARTEFACTS {
            let expected = format!("at most {} artefacts (limit `ARTEFACTS`)", Limits::ARTEFACTS);
            let found = format!("{}", subject.artefacts.len());
            checked.errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(0..0)));
            break;
        }
        checked.artefact(case, name, &document);
    }
    let across = across::check(&checked.claims);
    checked.findings.extend(across);
    checked.findings.extend(known_bad::check(policy));
    checked.findings.extend(admission::check(policy, &checked.claims));
    if policy.debug {
        accept_debug(&mut checked.findings);
    }

    let bytes = subject.artefacts.values().map(String::len).sum();
    let signatures = checked.answer.sigstructs.len();
    let mut settle = admission::missing(policy, &checked.claims);
    settle.extend(checked.errors.iter().map(|error| format!("{} that can be read", error.span.document)));
    settle.extend(
        checked.unknown.iter().map(|(settle, span)| format!("{settle} ({}, line {})", span.document, span.line)),
    );
    settle.dedup();
    checked.answer.identity = identity(&checked.claims);
    checked.answer.starter = starter::policy(&checked.claims);
    let mut report = Report {
        admit: Report::VERSION,
        engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
        kind: Kind::Enclave,
        title: case.title.clone(),
        at: case.at,
        verdict: Verdict::Indeterminate,
        summary: String::new(),
        diagnosis: None,
        settle: Vec::new(),
        assumptions: assumptions(subject),
        answer: crate::Answer::Enclave(checked.answer),
        findings: checked.findings,
        off: Vec::new(),
        errors: checked.errors,
        trace: Step::new("enclave", Outcome::Noted, ""),
        flips: Vec::new(),
        certificates: Vec::new(),
        cost: Cost { bytes: count(bytes), certificates: 0, signatures: count(signatures), rules: 0 },
    };
    report.arrange(case);
    if let crate::Answer::Enclave(answer) = &mut report.answer {
        answer.flow = flow::flow(&answer.artefacts, &report.findings, &checked.claims);
        answer.differences = difference::differences(subject, &answer.artefacts, &report.findings);
    }
    report.verdict = if report.has_error() {
        Verdict::Refused
    } else if settle.is_empty() {
        Verdict::Admitted
    } else {
        Verdict::Indeterminate
    };
    if report.verdict == Verdict::Indeterminate {
        report.settle = settle;
    }
    report.summary = summary(&report);
    let outcome = match report.verdict {
        Verdict::Admitted => Outcome::Passed,
        Verdict::Refused => Outcome::Failed,
        Verdict::Indeterminate => Outcome::Unknown,
    };
    report.cost.rules = count(report.findings.len());
    report.trace = Step::new("enclave", outcome, report.summary.clone()).with(checked.steps);
    report
}

impl Checked {
    /// Recognises, reads and checks one artefact.
    fn artefact(&mut self, case: &Case, name: &str, document: &Document<'_>) {
        let text = document.text();
        let label = quote(name);
        if text.len() > Limits::DOCUMENT_BYTES {
            let expected = format!("at most {} bytes (limit `DOCUMENT_BYTES`)", Limits::DOCUMENT_BYTES);
            let found = format!("{} bytes", text.len());
            self.errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(0..0)));
            return;
        }
        if text.trim().is_empty() {
            // A field that was just added: it says nothing, and nothing is expected of it.
            self.answer.artefacts.push(ArtefactFact { name: name.into(), form: None });
            self.steps.push(Step::new(label, Outcome::Noted, "empty").at(Some(document.span(0..0))));
            return;
        }
        let mut sheet = Sheet::new(name, document);
        let content = Content::recognise(text);
        let form = content.as_ref().map(Content::form);
        self.answer.artefacts.push(ArtefactFact { name: name.into(), form });
        match content {
            Some(content) => content.check(&mut sheet, case.at, &mut self.answer),
            None => {
                // Not repeated: what it is isn't known, and it may be a credential.
                let found = format!("something else of {} bytes", text.trim().len());
                let end = text.trim_end().len();
                let error = Error::new(ErrorKind::Unsupported, Content::EXPECTED, found, document.span(0..end));
                sheet.errors.push(error);
            }
        }
        // A rule of several systems cites one of them; a finding cites the one that reads the document.
        if let Some(own) = form.and_then(super::Form::reader) {
            let others = [rules::manager("").source, rules::gramine::SYNTAX.source];
            let foreign = sheet.findings.iter_mut().filter(|finding| others.contains(&finding.citation.source));
            foreign.for_each(|finding| finding.citation = own.clone());
        }
        // In XML a name in angle brackets is an element, and bytes have no names.
        if !matches!(form, Some(super::Form::IntelSdk | super::Form::Sigstruct | super::Form::Sgxs)) {
            sheet.findings.extend(crate::placeholder::check(document));
        }
        let heaviest = sheet.findings.iter().map(|finding| finding.severity).min();
        let (outcome, detail) = match (form, heaviest) {
            (None, _) => (Outcome::Unknown, "of no known form".to_string()),
            _ if !sheet.errors.is_empty() => (Outcome::Unknown, "it can't be read to its end".to_string()),
            (Some(form), Some(Severity::Error)) => (Outcome::Failed, form.noun().to_string()),
            (Some(form), _) if sheet.unknown.is_empty() => (Outcome::Passed, form.noun().to_string()),
            (Some(form), _) => (Outcome::Unknown, format!("{}, parts of which a template makes", form.noun())),
        };
        let whole = document.span(0..0);
        let steps = sheet.findings.iter().map(|finding| {
            let outcome = if finding.severity == Severity::Error { Outcome::Failed } else { Outcome::Noted };
            Step::new(finding.rule.clone(), outcome, finding.message.clone()).at(finding.span.clone())
        });
        // What a template makes, or a shell, is said whatever else was found.
        let skipped = sheet
            .unknown
            .iter()
            .map(|(settle, span)| Step::new("undecided", Outcome::Unknown, settle.clone()).at(Some(span.clone())));
        let steps = steps.chain(skipped);
        self.steps.push(Step::new(label, outcome, detail).at(Some(whole)).with(steps));
        self.findings.append(&mut sheet.findings);
        self.errors.append(&mut sheet.errors);
        self.unknown.append(&mut sheet.unknown);
        self.claims.append(sheet.claims);
    }
}

/// Where the policy accepts debug mode, findings of it warn.
fn accept_debug(findings: &mut [Finding]) {
    let accepted = [rules::debug::ENABLED.id, rules::debug::LEFT_TO_HOST.id];
    for finding in findings.iter_mut().filter(|finding| accepted.contains(&finding.rule.as_ref())) {
        finding.severity_of_rule = Some(finding.severity);
        finding.severity = Severity::Warning;
    }
}

/// What is taken on its writer's word.
fn assumptions(subject: &Subject) -> Vec<String> {
    let listed = subject.artefacts.iter().filter(|(_, text)| super::sgxs::listing(text).is_some());
    listed.map(|(name, _)| format!("{} says what was measured from its file", quote(name))).collect()
}

/// What each stream says, as an artefact of its own.
fn measured(report: &Report) -> Vec<(String, String)> {
    let crate::Answer::Enclave(answer) = &report.answer else { return Vec::new() };
    answer.streams.iter().map(|facts| (facts.artefact.clone(), facts.to_artefact())).collect()
}

/// The identity of the artefact that binds it most.
fn identity(claims: &Claims) -> Option<Identity> {
    let best = claims.mrenclave.iter().min_by_key(|claim| claim.source)?;
    let artefact = best.artefact.as_str();
    Some(Identity {
        artefact: artefact.into(),
        signed: best.source == Source::Sigstruct,
        mrenclave: Some(best.value.clone()),
        mrsigner: of(&claims.mrsigner, artefact).map(|claim: &Claim<String>| claim.value.clone()),
        product_id: of(&claims.product_id, artefact).map(|claim| claim.value),
        security_version: of(&claims.security_version, artefact).map(|claim| claim.value),
    })
}

/// The verdict in a sentence.
fn summary(report: &Report) -> String {
    let crate::Answer::Enclave(answer) = &report.answer else { return String::new() };
    match report.verdict {
        Verdict::Admitted => {
            let identity = answer.identity.clone().unwrap_or_default();
            let (product, version) =
                (identity.product_id.unwrap_or_default(), identity.security_version.unwrap_or_default());
            let short = |digits: Option<String>| digits.unwrap_or_default().chars().take(8).collect::<String>();
            let (mrenclave, mrsigner) = (short(identity.mrenclave), short(identity.mrsigner));
            format!(
                "Admitted: MRENCLAVE {mrenclave}\u{2026} of signer {mrsigner}\u{2026}, product {product}, version {version}"
            )
        }
        Verdict::Refused => {
            let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let more = match errors.clone().count() {
                0 | 1 => String::new(),
                count => format!(" (and {} more)", count.saturating_sub(1)),
            };
            let heaviest = errors.clone().next().map(|finding| match &finding.span {
                Some(span) => {
                    let document = span.document.strip_prefix(ARTEFACTS).unwrap_or(&span.document);
                    format!("{document}, line {}: {}", span.line, finding.message)
                }
                None => finding.message.clone(),
            });
            format!("Refused: {}{more}", heaviest.unwrap_or_default())
        }
        Verdict::Indeterminate => format!("Can't be decided without {}", report.missing()),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
