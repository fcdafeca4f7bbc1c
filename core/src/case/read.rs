//! Reading a case from JSON, with positions.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::explain::explain;
use super::{Case, Form, Kind, Question};
use crate::family::has;
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Family, Limits};

/// What is read first, so that the rest is read as the right kind. Other keys are looked at afterwards.
#[derive(Deserialize)]
struct Head {
    admit: Option<u32>,
    kind: Option<String>,
}

const KINDS: [&str; 7] = ["peer", "chain", "presentation", "rollout", "session", "pool", "enclave"];

pub(super) fn case<F: Family>(json: &str) -> Result<Case, Error> {
    const MARK: char = '\u{feff}';
    let Some(rest) = json.strip_prefix(MARK) else { return unmarked::<F>(json) };
    // Places count the byte order mark: they are places in what was given.
    let after = |at: u32| (at as usize).saturating_add(MARK.len_utf8());
    unmarked::<F>(rest).map_err(|error| {
        let span = Document::new("case", json).span(after(error.span.start)..after(error.span.end));
        Error { span, ..error }
    })
}

fn unmarked<F: Family>(json: &str) -> Result<Case, Error> {
    let document = Document::new("case", json);
    if json.len() > Limits::CASE_BYTES {
        let expected = format!("at most {} bytes", Limits::CASE_BYTES);
        return Err(Error::new(ErrorKind::Limit, expected, format!("{} bytes", json.len()), document.span(0..0)));
    }
    let rest = json.trim_start();
    if !rest.starts_with('{') {
        let at = json.len().saturating_sub(rest.len());
        let (kind, found) = match rest.chars().next() {
            Some(first) => (ErrorKind::Syntax, quote(first.encode_utf8(&mut [0; 4]))),
            None => (ErrorKind::Truncated, String::from("nothing")),
        };
        let end = rest.chars().next().map_or(at, |first| at.saturating_add(first.len_utf8()));
        return Err(Error::new(kind, "a case: a JSON object, which begins with `{`", found, document.span(at..end)));
    }
    let head: Head = parse(&document)?;
    match head.admit {
        Some(Case::VERSION) => {}
        Some(other) => {
            let at = value_of(json, "admit");
            return Err(Error::new(ErrorKind::Unsupported, "`admit`: 1", other.to_string(), document.span(at)));
        }
        None => return Err(missing(&document, "admit", "add `\"admit\": 1`, the version of the format")),
    }
    let Some(kind) = head.kind else {
        return Err(missing(&document, "kind", "add `\"kind\": \"peer\"`"));
    };
    match kind.as_str() {
        "peer" if const { has::<F>(Kind::Peer) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Peer))
        }
        "chain" if const { has::<F>(Kind::Chain) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Chain))
        }
        "presentation" if const { has::<F>(Kind::Presentation) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Presentation))
        }
        "rollout" if const { has::<F>(Kind::Rollout) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Rollout))
        }
        "session" if const { has::<F>(Kind::Session) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Session))
        }
        "pool" if const { has::<F>(Kind::Pool) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Pool))
        }
        "enclave" if const { has::<F>(Kind::Enclave) } => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Enclave))
        }
        known if KINDS.contains(&known) => {
            let at = value_of(json, "kind");
            let expected = "a kind that this module decides";
            Err(Error::new(ErrorKind::Unsupported, expected, quote(known), document.span(at)))
        }
        _ => {
            let at = value_of(json, "kind");
            let expected = format!("a kind: {}", list(&KINDS));
            let error = Error::new(ErrorKind::Value, expected, quote(&kind), document.span(at));
            Err(match nearest(&kind, KINDS) {
                Some(known) => error.help(format!("did you mean `{known}`?")),
                None => error,
            })
        }
    }
}

impl<P, S> Form<P, S> {
    /// The case, given how policy and subject make a question.
    pub(super) fn ask(self, question: fn(P, S) -> Question) -> Case {
        let Self { title, teaches, at, policy, subject, trust, expect, .. } = self;
        Case { title, teaches, at, question: question(policy, subject), trust, expect }
    }
}

fn parse<T: DeserializeOwned>(document: &Document<'_>) -> Result<T, Error> {
    serde_json::from_str(document.text()).map_err(|error| explain(document, &error))
}

fn missing(document: &Document<'_>, key: &'static str, help: &'static str) -> Error {
    Error::new(ErrorKind::Missing, format!("the key `{key}`"), "nothing", document.span(0..0)).help(help)
}

/// Where the value of a top-level key probably stands: after the first `"key":`.
fn value_of(json: &str, key: &str) -> core::ops::Range<usize> {
    let quoted = format!("\"{key}\"");
    let after = json.find(&quoted).map_or(0, |at| at.saturating_add(quoted.len()));
    let rest = json.get(after..).unwrap_or_default();
    let value = rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_whitespace());
    let start = after.saturating_add(rest.len().saturating_sub(value.len()));
    let length = value.find([',', '}', '\n']).unwrap_or(value.len());
    start..start.saturating_add(length)
}

/// Names in back-ticks, separated by commas.
pub(super) fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl Kind {
    /// Every kind that this version decides.
    pub const ALL: [Self; 7] =
        [Self::Peer, Self::Chain, Self::Presentation, Self::Rollout, Self::Session, Self::Pool, Self::Enclave];
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
  "policy": { "manifest": "<a/>" }, "subject": { "certificates": "" } }"#;

    #[test]
    fn a_case_reads_and_writes() {
        let case = Case::from_json(GOOD).map_err(|error| error.to_string());
        let again = case.clone().and_then(|case| Case::from_json(&case.to_json()).map_err(|error| error.to_string()));
        assert!(case.is_ok());
        assert_eq!(case, again);
    }

    #[test]
    fn a_family_reads_its_own_kinds() {
        assert_eq!(Case::from_json_of::<crate::Peers>(GOOD), Case::from_json(GOOD));
        let error = Case::from_json_of::<crate::Sessions>(GOOD).map_err(|error| (error.kind, error.span.start));
        assert_eq!(error, Err((ErrorKind::Unsupported, 22)));
    }

    #[test]
    fn a_byte_order_mark_is_read_over_and_counted() {
        let marked = alloc::format!("\u{feff}{GOOD}");
        assert_eq!(Case::from_json(&marked), Case::from_json(GOOD));
        let error = Case::from_json("\u{feff}x").err().map(|error| (error.span.start, error.span.end));
        assert_eq!(error, Some((3, 4)));
    }

    #[test]
    fn errors_say_where_and_what() {
        for (from, to, expected) in [
            (
                "policy",
                "polcy",
                "2:3: expected a known key: `admit`, `kind`, `title`, `teaches`, `at`, `policy`, `subject`, `trust`, `expect`, found `polcy`",
            ),
            (
                "manifest",
                "manifes",
                "2:15: expected a known key: `manifest`, `parameters`, `connection`, `platform`, `runtime`, `severity`, found `manifes`",
            ),
            (
                "\"peer\"",
                "\"per\"",
                "1:23: expected a kind: `peer`, `chain`, `presentation`, `rollout`, `session`, `pool`, `enclave`, found `per`",
            ),
            ("\"admit\": 1,", "", "1:1: expected the key `admit`, found nothing"),
            ("\"admit\": 1,", "\"admit\": 7,", "1:12: expected `admit`: 1, found 7"),
        ] {
            let error = Case::from_json(&GOOD.replacen(from, to, 1)).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(error, Err(format!("case:{expected}")), "{from} -> {to}");
        }
    }

    #[test]
    fn what_is_not_an_object_is_no_case() {
        for (json, expected) in [
            ("", "1:1: expected a case: a JSON object, which begins with `{`, found nothing"),
            ("\n <a/>", "2:2: expected a case: a JSON object, which begins with `{`, found `<`"),
            (
                r#"[1, "peer", null, null, "2026-11-22T00:00:00Z", [""], [""]]"#,
                "1:1: expected a case: a JSON object, which begins with `{`, found `[`",
            ),
            ("\u{1f512}", "1:1: expected a case: a JSON object, which begins with `{`, found `\u{1f512}`"),
        ] {
            let error = Case::from_json(json).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(error, Err(format!("case:{expected}")));
        }
    }

    #[test]
    fn every_truncation_is_an_error() {
        for (at, _) in GOOD.char_indices() {
            assert!(Case::from_json(GOOD.get(..at).unwrap_or_default()).is_err(), "{at}");
        }
    }
}
