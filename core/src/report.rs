//! The one answer.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::family::has;
use crate::{
    Case, Cost, Error, Family, Finding, Flip, Kind, Limits, Outcome, RULES, Severity, Step, Time, Verdict, certificate,
    chain, enclave, fabric, pool, session,
};

/// The answer to a case. Every host shows this one type, and the same case gives the same bytes everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report<A = Answer> {
    /// The version of the report's format.
    pub admit: u32,
    /// The version of the engine that decided.
    pub engine: Cow<'static, str>,
    /// The kind of the case.
    pub kind: Kind,
    /// The title of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The instant at which it was decided.
    pub at: Time,
    /// Would it be admitted?
    pub verdict: Verdict,
    /// The verdict in a sentence that a tired person understands.
    pub summary: String,
    /// The causes of what someone saw, where the case says what. Kinds `peer` and `presentation` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<fabric::Diagnosis>,
    /// The facts that would settle an indeterminate verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settle: Vec<String>,
    /// What was assumed because the case does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// What was granted, typed per kind.
    pub answer: A,
    /// What the rules found, the heaviest first.
    pub findings: Vec<Finding>,
    /// Rules that the policy switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// What could not be read; everything else was still decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Error>,
    /// Why: what was looked at.
    pub trace: Step,
    /// The instants at which the verdict changes, in order.
    pub flips: Vec<Flip>,
    /// The certificates of the subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<certificate::Facts>,
    /// What the answer took.
    pub cost: Cost,
}

/// What was granted, typed per kind: in JSON an object with the kind as its one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant, reason = "a report has one answer")]
pub enum Answer {
    /// Which connection admits which certificate, and as what.
    Peer(#[serde(deserialize_with = "apart")] fabric::Answer),
    /// The best chain, element by element.
    Chain(#[serde(deserialize_with = "apart")] chain::Answer),
    /// What each node type presents.
    Presentation(#[serde(deserialize_with = "apart")] fabric::presentation::Answer),
    /// The walk, moment by moment, and what follows from it.
    Rollout(#[serde(deserialize_with = "apart")] fabric::rollout::Answer),
    /// What each part of the subject is.
    Session(#[serde(deserialize_with = "apart")] session::Answer),
    /// What each session pool is.
    Pool(#[serde(deserialize_with = "apart")] pool::Answer),
    /// What the artefacts of an enclave are and say.
    Enclave(#[serde(deserialize_with = "apart")] enclave::Answer),
}

/// Reads an answer of one kind: a function for each and never part of another, so that a host can load what it needs of
/// them.
#[inline(never)]
fn apart<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

impl Answer {
    /// The answer of a kind that grants nothing.
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Peer => Self::Peer(fabric::Answer::default()),
            Kind::Chain => Self::Chain(chain::Answer::default()),
            Kind::Presentation => Self::Presentation(fabric::presentation::Answer::default()),
            Kind::Rollout => Self::Rollout(fabric::rollout::Answer::default()),
            Kind::Session => Self::Session(session::Answer::default()),
            Kind::Pool => Self::Pool(pool::Answer::default()),
            Kind::Enclave => Self::Enclave(enclave::Answer::default()),
        }
    }
}

/// The answer as a module writes it that decides the kinds of one family: it has no writer for the others.
struct AnswerOf<F>(Answer, PhantomData<F>);

impl<F: Family> Serialize for AnswerOf<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match &self.0 {
            Answer::Peer(answer) if const { has::<F>(Kind::Peer) } => map.serialize_entry("peer", answer)?,
            Answer::Chain(answer) if const { has::<F>(Kind::Chain) } => map.serialize_entry("chain", answer)?,
            Answer::Presentation(answer) if const { has::<F>(Kind::Presentation) } => {
                map.serialize_entry("presentation", answer)?;
            }
            Answer::Rollout(answer) if const { has::<F>(Kind::Rollout) } => map.serialize_entry("rollout", answer)?,
            Answer::Session(answer) if const { has::<F>(Kind::Session) } => map.serialize_entry("session", answer)?,
            Answer::Pool(answer) if const { has::<F>(Kind::Pool) } => map.serialize_entry("pool", answer)?,
            Answer::Enclave(answer) if const { has::<F>(Kind::Enclave) } => map.serialize_entry("enclave", answer)?,
            // A case of another family is refused when it is read.
            _ => {}
        }
        map.end()
    }
}

impl Report {
    /// The version of the report's format.
    pub const VERSION: u32 = 1;

    /// A report that says nothing yet but the verdict and the answer.
    pub(crate) fn new(case: &Case, verdict: Verdict, answer: Answer) -> Self {
        Self {
            admit: Self::VERSION,
            engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
            kind: case.kind(),
            title: case.title.clone(),
            at: case.at,
            verdict,
            summary: String::new(),
            diagnosis: None,
            settle: Vec::new(),
            assumptions: Vec::new(),
            answer,
            findings: Vec::new(),
            off: Vec::new(),
            errors: Vec::new(),
            trace: Step::new("", Outcome::Noted, ""),
            flips: Vec::new(),
            certificates: Vec::new(),
            cost: Cost::default(),
        }
    }

    /// Writes the report as JSON: the bytes that every host gives. Indented by two blanks, ends with a newline.
    pub fn to_json(&self) -> String {
        written(self)
    }

    /// As [`to_json`](Self::to_json), for a module that decides the kinds of one family: the same bytes.
    pub fn into_json_of<F: Family>(self) -> String {
        let Self { admit, engine, kind, title, at, verdict, summary, diagnosis, settle, assumptions, .. } = self;
        let Self { answer, findings, off, errors, trace, flips, certificates, cost, .. } = self;
        let answer = AnswerOf::<F>(answer, PhantomData);
        written(&Report {
            admit,
            engine,
            kind,
            title,
            at,
            verdict,
            summary,
            diagnosis,
            settle,
            assumptions,
            answer,
            findings,
            off,
            errors,
            trace,
            flips,
            certificates,
            cost,
        })
    }

    /// What would settle an indeterminate verdict, as a part of a sentence: the first facts, and how many more there are.
    pub(crate) fn missing(&self) -> String {
        let named = self.settle.iter().take(Limits::SUMMARY_FACTS).map(String::as_str).collect::<Vec<_>>().join("; ");
        match self.settle.len().saturating_sub(Limits::SUMMARY_FACTS) {
            _ if named.is_empty() => String::from("facts that are not given"),
            0 => named,
            1 => format!("{named}; and one more fact"),
            more => format!("{named}; and {more} more facts"),
        }
    }

    /// Whether a document that the verdict needs could not be read.
    pub fn is_unreadable(&self) -> bool {
        self.verdict == Verdict::Indeterminate && !self.errors.is_empty()
    }

    /// Applies the severities of the policy, and puts the findings in order: by severity, then as the catalog is
    /// ordered, then by place. Findings of one rule beyond [`Limits::FINDINGS_PER_RULE`] are dropped, said by the last.
    pub(crate) fn arrange(&mut self, case: &Case) {
        let severities = case.severities();
        self.off =
            severities.iter().filter(|(_, level)| level.severity().is_none()).map(|(id, _)| id.clone()).collect();
        self.findings.retain_mut(|finding| {
            let Some(severity) = finding.severity_in(severities) else { return false };
            if severity != finding.severity {
                finding.severity_of_rule = Some(finding.severity);
                finding.severity = severity;
            }
            true
        });
        crate::order::sort_by_cached_key(&mut self.findings, |finding| {
            let order = RULES.iter().position(|rule| rule.id == finding.rule);
            (finding.severity, order, finding.span.clone(), finding.message.clone())
        });
        self.findings.dedup();
        self.cap();
    }

    fn cap(&mut self) {
        let mut counted: Vec<(Cow<'static, str>, usize)> = Vec::new();
        self.findings.retain(|finding| {
            let count = match counted.iter_mut().find(|(rule, _)| *rule == finding.rule) {
                Some((_, count)) => count,
                None => {
                    counted.push((finding.rule.clone(), 0));
                    return true;
                }
            };
            *count = count.saturating_add(1);
            *count < Limits::FINDINGS_PER_RULE
        });
        for (rule, count) in counted {
            let dropped = count.saturating_add(1).saturating_sub(Limits::FINDINGS_PER_RULE);
            if dropped > 0
                && count >= Limits::FINDINGS_PER_RULE
                && let Some(last) = self.findings.iter_mut().rfind(|finding| finding.rule == rule)
            {
                last.message.push_str(&alloc::format!(" (and {dropped} more like it)"));
            }
        }
    }

    /// Whether a finding refuses.
    pub(crate) fn has_error(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

fn written(report: &impl Serialize) -> String {
    // Maps have string keys and no value's serializer fails, so this is never empty.
    let mut json = serde_json::to_string_pretty(report).unwrap_or_default();
    json.push('\n');
    json
}
