//! A policy that is kept by name, and the subjects that are held against it.
//!
//! A named policy is a case without its subject and its instant; a host keeps it, and callers send only the subject:
//!
//! ```json
//! { "admit": 1, "kind": "peer", "policy": { "manifest": "..." }, "trust": { "roots": "..." } }
//! { "at": "2026-11-22T00:00:00Z", "subject": { "certificates": "..." } }
//! ```

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::explain::explain;
use super::read::list;
use super::{Case, Kind, Question, Trust};
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits, Time};

/// The name of the document that a named policy is.
const POLICY: &str = "policy";
/// The name of the document that a question to a named policy is.
const QUESTION: &str = "question";

#[derive(Deserialize)]
struct Head {
    admit: Option<u32>,
    kind: Option<String>,
}

/// The JSON form of a named policy of one kind. `guard` is the host's: how the policy guards a door.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named<P, G> {
    #[serde(rename = "admit")]
    _admit: u32,
    #[serde(rename = "kind")]
    _kind: Kind,
    #[serde(default)]
    title: Option<String>,
    policy: P,
    #[serde(default)]
    trust: Trust,
    #[serde(default = "none")]
    guard: Option<G>,
}

/// The JSON form of a question to a named policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<S> {
    #[serde(default)]
    at: Option<Time>,
    #[serde(default)]
    title: Option<String>,
    subject: S,
}

fn none<T>() -> Option<T> {
    None
}

impl Case {
    /// Reads a policy that is to be kept by name: a case with an empty subject at [`Time::MIN`], and what the host
    /// knows of doors.
    ///
    /// # Errors
    ///
    /// The first thing that is not as it should be, with its place in the text, which is the document `policy`.
    pub fn policy_from_json<G: DeserializeOwned>(json: &str) -> Result<(Self, Option<G>), Error> {
        let document = Document::new(POLICY, json);
        let kind = head(&document)?;
        match kind {
            Kind::Peer => named(&document, Question::Peer),
            Kind::Chain => named(&document, Question::Chain),
            Kind::Presentation => named(&document, Question::Presentation),
            Kind::Rollout => named(&document, Question::Rollout),
            Kind::Session => named(&document, Question::Session),
            Kind::Pool => named(&document, Question::Pool),
            Kind::Enclave => named(&document, Question::Enclave),
        }
    }

    /// The case that asks this one's policy about another subject, read from JSON. Without `at`, it is asked at `now`.
    ///
    /// # Errors
    ///
    /// As [`Case::policy_from_json`], in the document `question`.
    pub fn asked_from_json(&self, json: &str, now: Time) -> Result<Self, Error> {
        let document = Document::new(QUESTION, json);
        object(&document)?;
        let (at, title, question) = match &self.question {
            Question::Peer(policy, _) => asked(&document, |subject| Question::Peer(policy.clone(), subject)),
            Question::Chain(policy, _) => asked(&document, |subject| Question::Chain(policy.clone(), subject)),
            Question::Presentation(policy, _) => {
                asked(&document, |subject| Question::Presentation(policy.clone(), subject))
            }
            Question::Rollout(policy, _) => asked(&document, |subject| Question::Rollout(policy.clone(), subject)),
            Question::Session(policy, _) => asked(&document, |subject| Question::Session(policy.clone(), subject)),
            Question::Pool(policy, _) => asked(&document, |subject| Question::Pool(policy.clone(), subject)),
            Question::Enclave(policy, _) => asked(&document, |subject| Question::Enclave(policy.clone(), subject)),
        }?;
        let title = title.or_else(|| self.title.clone());
        Ok(Self { at: at.unwrap_or(now), title, question, trust: self.trust.clone(), ..self.clone() })
    }
}

fn named<P: DeserializeOwned, S: Default, G: DeserializeOwned>(
    document: &Document<'_>,
    question: fn(P, S) -> Question,
) -> Result<(Case, Option<G>), Error> {
    let form: Named<P, G> = parse(document)?;
    let case = Case {
        title: form.title,
        teaches: None,
        at: Time::MIN,
        question: question(form.policy, S::default()),
        trust: form.trust,
        expect: Vec::new(),
    };
    Ok((case, form.guard))
}

type Parts = (Option<Time>, Option<String>, Question);

fn asked<S: DeserializeOwned>(document: &Document<'_>, question: impl Fn(S) -> Question) -> Result<Parts, Error> {
    let form: Asked<S> = parse(document)?;
    Ok((form.at, form.title, question(form.subject)))
}

fn parse<T: DeserializeOwned>(document: &Document<'_>) -> Result<T, Error> {
    serde_json::from_str(document.text()).map_err(|error| explain(document, &error))
}

/// Checks what every JSON document of ours has: its length, and that it is an object. (A list would be taken for one,
/// its entries for the values of the keys.)
fn object(document: &Document<'_>) -> Result<(), Error> {
    let json = document.text();
    if json.len() > Limits::CASE_BYTES {
        let expected = format!("at most {} bytes", Limits::CASE_BYTES);
        return Err(Error::new(ErrorKind::Limit, expected, format!("{} bytes", json.len()), document.span(0..0)));
    }
    let rest = json.trim_start();
    if rest.starts_with('{') {
        return Ok(());
    }
    let at = json.len().saturating_sub(rest.len());
    let (kind, found) = match rest.chars().next() {
        Some(first) => (ErrorKind::Syntax, quote(first.encode_utf8(&mut [0; 4]))),
        None => (ErrorKind::Truncated, String::from("nothing")),
    };
    let end = rest.chars().next().map_or(at, |first| at.saturating_add(first.len_utf8()));
    Err(Error::new(kind, "a JSON object, which begins with `{`", found, document.span(at..end)))
}

/// The kind that a named policy says it is of.
fn head(document: &Document<'_>) -> Result<Kind, Error> {
    object(document)?;
    let head: Head = parse(document)?;
    let start = || document.span(0..0);
    match head.admit {
        Some(Case::VERSION) => {}
        Some(other) => {
            return Err(Error::new(ErrorKind::Unsupported, "`admit`: 1", other.to_string(), start()));
        }
        None => return Err(Error::new(ErrorKind::Missing, "the key `admit`", "nothing", start())),
    }
    let Some(kind) = head.kind else {
        return Err(Error::new(ErrorKind::Missing, "the key `kind`", "nothing", start()));
    };
    let names: Vec<String> = Kind::ALL.iter().map(name).collect();
    let found = Kind::ALL.into_iter().find(|known| name(known) == kind);
    found.ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Error::new(ErrorKind::Value, format!("a kind: {}", list(&names)), quote(&kind), start())
    })
}

fn name(kind: &Kind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(String::from)).unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "tests")]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::evaluate;

    const POLICY: &str =
        "{ \"admit\": 1, \"kind\": \"peer\", \"guard\": { \"x\": 1 },\n \"policy\": { \"manifest\": \"<a/>\" } }";

    #[test]
    fn a_named_policy_and_a_subject_make_the_case() {
        let read = Case::policy_from_json::<Value>(POLICY);
        let (named, guard) = read.map_err(|error| error.to_string()).expect("a policy");
        assert_eq!(guard, Some(serde_json::json!({ "x": 1 })));
        let asked = named.asked_from_json("{ \"subject\": { \"certificates\": \"\" } }", Time::from_unix(7));
        let whole = Case::from_json(
            r#"{ "admit": 1, "kind": "peer", "at": "1970-01-01T00:00:07Z", "policy": { "manifest": "<a/>" },
              "subject": { "certificates": "" } }"#,
        );
        assert!(whole.is_ok());
        assert_eq!(asked, whole);
        assert_eq!(asked.map(|case| evaluate(&case)), whole.map(|case| evaluate(&case)));
        let dated = named.asked_from_json("{ \"at\": \"1970-01-01T00:00:09Z\", \"subject\": {} }", Time::from_unix(7));
        assert_eq!(dated.map(|case| case.at), Ok(Time::from_unix(9)));
    }

    #[test]
    fn mistakes_have_places() {
        for (from, to, expected) in [
            ("manifest", "manifes", "policy:2:14: expected a known key: "),
            ("peer", "per", "policy:1:1: expected a kind: `peer`, `chain`"),
            ("\"admit\": 1, ", "", "policy:1:1: expected the key `admit`, found nothing"),
            ("{ \"admit\"", "[ \"admit\"", "policy:1:1: expected a JSON object, which begins with `{`, found `[`"),
            ("<a/>\" } }", "<a/>", "policy:2:31: expected the string's closing `\"`"),
        ] {
            let read = Case::policy_from_json::<Value>(&POLICY.replacen(from, to, 1));
            let message = read.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.starts_with(expected), "{from} -> {to}: {message}");
        }
        let named = Case::policy_from_json::<Value>(POLICY).map(|(named, _)| named);
        let error = named.and_then(|named| named.asked_from_json("{}", Time::MIN)).err();
        assert_eq!(
            error.map(|error| (error.kind, error.span.document.to_string())),
            Some((ErrorKind::Missing, "question".to_string()))
        );
    }
}
