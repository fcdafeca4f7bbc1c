//! The one document: what is asked.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize};

use crate::{Error, Every, Family, Time, chain, enclave, fabric, pool, session};

mod expectation;
mod explain;
mod folder;
mod level;
#[cfg(feature = "guards")]
mod named;
mod read;
mod trust;
mod unique;

pub use expectation::Expectation;
pub(crate) use explain::explain;
pub use level::{Level, Severities};
pub use trust::{Revocation, Trust};
pub(crate) use unique::unique;

/// A case: what is asked, of whom, when, and what its author expects. `docs/case-format.md` describes it for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What the case is called.
    pub title: Option<String>,
    /// What a reader learns from it; cases that teach something are shown in the gallery.
    pub teaches: Option<String>,
    /// The instant that every clock shows: validity, revocation lists, tokens.
    pub at: Time,
    /// What is asked, with its policy and subject.
    pub question: Question,
    /// Which roots, intermediates and revocation lists there are.
    pub trust: Trust,
    /// What the author expects of the report.
    pub expect: Vec<Expectation>,
}

/// What is asked: one policy and one subject for each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(target_pointer_width = "64", allow(clippy::large_enum_variant, reason = "a case has one question"))]
pub enum Question {
    /// Would this cluster admit this peer, and as which role?
    Peer(fabric::Policy, fabric::Subject),
    /// Is this certificate chain good for this purpose and name?
    Chain(chain::Policy, chain::Subject),
    /// Which certificate would this node present?
    Presentation(fabric::presentation::Policy, fabric::presentation::Subject),
    /// Does this change of security settings keep every pair of nodes connected at every step?
    Rollout(fabric::rollout::Policy, fabric::rollout::Subject),
    /// Is this identifier, this request, this token acceptable to a dynamic session pool?
    Session(session::Policy, session::Subject),
    /// Does this session pool configuration keep to the policy?
    Pool(pool::Policy, pool::Subject),
    /// Would this enclave be approved, and what does its manifest really promise?
    Enclave(enclave::Policy, enclave::Subject),
}

/// The kinds of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Would this cluster admit this peer, and as which role?
    Peer,
    /// Is this certificate chain good for this purpose and name?
    Chain,
    /// Which certificate would this node present?
    Presentation,
    /// Does this change of security settings keep every pair of nodes connected at every step?
    Rollout,
    /// Is this identifier, this request, this token acceptable to a dynamic session pool?
    Session,
    /// Does this session pool configuration keep to the policy?
    Pool,
    /// Would this enclave be approved?
    Enclave,
}

impl Question {
    /// The kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Peer(..) => Kind::Peer,
            Self::Chain(..) => Kind::Chain,
            Self::Presentation(..) => Kind::Presentation,
            Self::Rollout(..) => Kind::Rollout,
            Self::Session(..) => Kind::Session,
            Self::Pool(..) => Kind::Pool,
            Self::Enclave(..) => Kind::Enclave,
        }
    }
}

/// The JSON form of a case of one kind.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Form<P, S> {
    /// The version of the format.
    admit: u32,
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// What a reader learns from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    teaches: Option<String>,
    at: Time,
    policy: P,
    subject: S,
    #[serde(default, skip_serializing_if = "is_default")]
    trust: Trust,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expect: Vec<Expectation>,
}

/// Reads a case of one kind: a function for each and never part of another, so that a host can load what it needs of them.
#[inline(never)]
fn of_form<'de, P: Deserialize<'de>, S: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
    question: fn(P, S) -> Question,
) -> Result<Case, D::Error> {
    Form::deserialize(deserializer).map(|form| form.ask(question))
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Case {
    /// The version of the format that is written; every version up to it is read.
    pub const VERSION: u32 = 1;

    /// Reads a case from JSON.
    ///
    /// # Errors
    ///
    /// The first thing that is not as `docs/case-format.md` says, with its place in the JSON text, which is the
    /// document `case`. An unknown key names the nearest known one.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        read::case::<Every>(json)
    }

    /// As [`from_json`](Self::from_json), for a module that decides the kinds of one family.
    ///
    /// # Errors
    ///
    /// As there; and a kind of another family.
    pub fn from_json_of<F: Family>(json: &str) -> Result<Self, Error> {
        read::case::<F>(json)
    }

    /// Reads a case whose kind is known, without saying where a mistake is: for hosts that read what they have written.
    ///
    /// # Errors
    ///
    /// The deserializer's, where something is not as the format says.
    pub fn of_kind<'de, D: Deserializer<'de>>(kind: Kind, deserializer: D) -> Result<Self, D::Error> {
        match kind {
            Kind::Peer => of_form(deserializer, Question::Peer),
            Kind::Chain => of_form(deserializer, Question::Chain),
            Kind::Presentation => of_form(deserializer, Question::Presentation),
            Kind::Rollout => of_form(deserializer, Question::Rollout),
            Kind::Session => of_form(deserializer, Question::Session),
            Kind::Pool => of_form(deserializer, Question::Pool),
            Kind::Enclave => of_form(deserializer, Question::Enclave),
        }
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        self.question.kind()
    }

    /// The severities that the policy sets.
    pub fn severities(&self) -> &Severities {
        match &self.question {
            Question::Peer(policy, _) => &policy.severity,
            Question::Chain(policy, _) => &policy.severity,
            Question::Presentation(policy, _) => &policy.severity,
            Question::Rollout(policy, _) => &policy.severity,
            Question::Session(policy, _) => &policy.severity,
            Question::Pool(policy, _) => &policy.severity,
            Question::Enclave(policy, _) => &policy.severity,
        }
    }

    /// Writes the case as JSON, keys in the order of the format, indented by two blanks.
    pub fn to_json(&self) -> String {
        match &self.question {
            Question::Peer(policy, subject) => self.written(policy, subject),
            Question::Chain(policy, subject) => self.written(policy, subject),
            Question::Presentation(policy, subject) => self.written(policy, subject),
            Question::Rollout(policy, subject) => self.written(policy, subject),
            Question::Session(policy, subject) => self.written(policy, subject),
            Question::Pool(policy, subject) => self.written(policy, subject),
            Question::Enclave(policy, subject) => self.written(policy, subject),
        }
    }

    /// A function for each kind and never part of another, so that a host can load what it needs of them.
    #[inline(never)]
    fn written<P: Clone + Serialize, S: Clone + Serialize>(&self, policy: &P, subject: &S) -> String {
        let form = Form {
            admit: Self::VERSION,
            kind: self.kind(),
            title: self.title.clone(),
            teaches: self.teaches.clone(),
            at: self.at,
            policy: policy.clone(),
            subject: subject.clone(),
            trust: self.trust.clone(),
            expect: self.expect.clone(),
        };
        // Maps have string keys and no value's serializer fails, so this is never empty.
        serde_json::to_string_pretty(&form).unwrap_or_default()
    }

    /// The documents of the case by name, in reading order: what spans refer to, and what fixes edit.
    pub fn documents(&self) -> Vec<(Cow<'static, str>, &str)> {
        let mut documents = match &self.question {
            Question::Peer(policy, subject) => Vec::from([
                (Cow::Borrowed(fabric::MANIFEST), policy.manifest.as_str()),
                (Cow::Borrowed(fabric::PARAMETERS), policy.parameters.as_str()),
                (Cow::Borrowed(fabric::CERTIFICATES), subject.certificates.as_str()),
                (Cow::Borrowed(fabric::SEEN), subject.seen.as_str()),
            ]),
            Question::Presentation(policy, subject) => Vec::from([
                (Cow::Borrowed(fabric::MANIFEST), policy.manifest.as_str()),
                (Cow::Borrowed(fabric::PARAMETERS), policy.parameters.as_str()),
                (Cow::Borrowed(fabric::CERTIFICATES), subject.certificates.as_str()),
                (Cow::Borrowed(fabric::SEEN), subject.seen.as_str()),
            ]),
            Question::Rollout(policy, subject) => {
                let mut documents = policy.documents();
                documents.push((Cow::Borrowed(fabric::CERTIFICATES), subject.certificates.as_str()));
                documents
            }
            Question::Chain(_, subject) => {
                Vec::from([(Cow::Borrowed(chain::CERTIFICATES), subject.certificates.as_str())])
            }
            Question::Session(_, subject) => {
                subject.documents().into_iter().map(|(name, text)| (Cow::Borrowed(name), text)).collect()
            }
            Question::Pool(_, subject) => Vec::from([
                (Cow::Borrowed(pool::CONFIGURATION), subject.configuration.as_str()),
                (Cow::Borrowed(pool::PARAMETERS), subject.parameters.as_str()),
            ]),
            Question::Enclave(_, subject) => subject.documents(),
        };
        for (name, text) in [
            ("trust.roots", &self.trust.roots),
            ("trust.intermediates", &self.trust.intermediates),
            ("trust.crls", &self.trust.crls),
        ] {
            documents.push((Cow::Borrowed(name), text));
        }
        documents.retain(|(_, text)| !text.is_empty());
        documents
    }

    /// The text of a document, to edit.
    pub fn document_mut(&mut self, name: &str) -> Option<&mut String> {
        match (name, &mut self.question) {
            (fabric::MANIFEST, Question::Peer(policy, _)) => Some(&mut policy.manifest),
            (fabric::PARAMETERS, Question::Peer(policy, _)) => Some(&mut policy.parameters),
            (fabric::CERTIFICATES, Question::Peer(_, subject)) => Some(&mut subject.certificates),
            (fabric::SEEN, Question::Peer(_, subject)) => Some(&mut subject.seen),
            (fabric::SEEN, Question::Presentation(_, subject)) => Some(&mut subject.seen),
            (fabric::MANIFEST, Question::Presentation(policy, _)) => Some(&mut policy.manifest),
            (fabric::PARAMETERS, Question::Presentation(policy, _)) => Some(&mut policy.parameters),
            (fabric::CERTIFICATES, Question::Presentation(_, subject)) => Some(&mut subject.certificates),
            (fabric::CERTIFICATES, Question::Rollout(_, subject)) => Some(&mut subject.certificates),
            (name, Question::Rollout(policy, _)) if name.starts_with("policy.") => policy.document_mut(name),
            (chain::CERTIFICATES, Question::Chain(_, subject)) => Some(&mut subject.certificates),
            (name, Question::Session(_, subject)) if name.starts_with("subject.") => subject.document_mut(name),
            (pool::CONFIGURATION, Question::Pool(_, subject)) => Some(&mut subject.configuration),
            (pool::PARAMETERS, Question::Pool(_, subject)) => Some(&mut subject.parameters),
            (name, Question::Enclave(_, subject)) if name.starts_with(enclave::ARTEFACTS) => {
                subject.artefacts.get_mut(name.strip_prefix(enclave::ARTEFACTS)?)
            }
            ("trust.roots", _) => Some(&mut self.trust.roots),
            ("trust.intermediates", _) => Some(&mut self.trust.intermediates),
            ("trust.crls", _) => Some(&mut self.trust.crls),
            _ => None,
        }
    }

    /// The case with the edits of a fix applied, or nothing where an edit does not fit.
    pub fn edited(&self, fix: &crate::Fix) -> Option<Self> {
        let mut case = self.clone();
        // Backwards, so that earlier places stay where they are.
        for edit in fix.edits.iter().rev() {
            let text = case.document_mut(&edit.span.document)?;
            let (start, end) = (edit.span.start as usize, edit.span.end as usize);
            let mut mended = text.get(..start)?.to_string();
            mended.push_str(&edit.text);
            mended.push_str(text.get(end..)?);
            *text = mended;
        }
        Some(case)
    }
}

/// The JSON Schema of the case format.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let peer = generator.subschema_for::<Form<fabric::Policy, fabric::Subject>>();
    let chain = generator.subschema_for::<Form<chain::Policy, chain::Subject>>();
    let presentation = generator.subschema_for::<Form<fabric::presentation::Policy, fabric::presentation::Subject>>();
    let rollout = generator.subschema_for::<Form<fabric::rollout::Policy, fabric::rollout::Subject>>();
    let session = generator.subschema_for::<Form<session::Policy, session::Subject>>();
    let pool = generator.subschema_for::<Form<pool::Policy, pool::Subject>>();
    let enclave = generator.subschema_for::<Form<enclave::Policy, enclave::Subject>>();
    let definitions = generator.take_definitions(true);
    schemars::json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Admit case",
        "description": "What is asked: a policy, a subject and an instant",
        "oneOf": [peer, chain, presentation, rollout, session, pool, enclave],
        "$defs": definitions,
    })
}
