//! Reading a case from JSON, with positions.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::{Case, Form, Kind, Question};
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits};

/// What is read first, so that the rest is read as the right kind. Other keys are looked at afterwards.
#[derive(Deserialize)]
struct Head {
    admit: Option<u32>,
    kind: Option<String>,
}

const KINDS: [&str; 4] = ["peer", "chain", "session", "presentation"];

pub(super) fn case(json: &str) -> Result<Case, Error> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let document = Document::new("case", json);
    if json.len() > Limits::CASE_BYTES {
        let expected = format!("at most {} bytes", Limits::CASE_BYTES);
        return Err(Error::new(ErrorKind::Limit, expected, format!("{} bytes", json.len()), document.span(0..0)));
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
        "peer" => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Peer))
        }
        "chain" => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Chain))
        }
        "presentation" => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Presentation))
        }
        "session" => {
            let form: Form<_, _> = parse(&document)?;
            Ok(form.ask(Question::Session))
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
    fn ask(self, question: fn(P, S) -> Question) -> Case {
        let Self { title, teaches, at, policy, subject, trust, expect, .. } = self;
        Case { title, teaches, at, question: question(policy, subject), trust, expect }
    }
}

fn parse<T: DeserializeOwned>(document: &Document<'_>) -> Result<T, Error> {
    serde_json::from_str(document.text()).map_err(|error| explain(document, &error))
}

/// Turns the parser's message into ours. The forms of the messages are those of serde's `de::Error` trait, and a test
/// below holds one of each.
fn explain(document: &Document<'_>, error: &serde_json::Error) -> Error {
    let text = document.text();
    let at = byte(text, error.line(), error.column());
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let names = back_ticked(message);
    let named = |name: &str| {
        let quoted = format!("\"{name}\"");
        let found = text.get(..at).and_then(|before| before.rfind(&quoted));
        found.map_or(at..at, |from| from..from.saturating_add(quoted.len()))
    };
    match (error.classify(), names.split_first()) {
        (Category::Eof, _) => {
            Error::new(ErrorKind::Truncated, "more JSON", "the end of the case", document.span(at..at))
        }
        (_, Some((name, known))) if message.starts_with("unknown field") || message.starts_with("unknown variant") => {
            let field = message.starts_with("unknown field");
            let kind = if field { ErrorKind::UnknownKey } else { ErrorKind::Value };
            let expected = format!("{}: {}", if field { "a known key" } else { "a known value" }, list(known));
            let error = Error::new(kind, expected, quote(name), document.span(named(name)));
            match nearest(name, known.iter().copied()) {
                Some(known) => error.help(format!("did you mean `{known}`?")),
                None => error,
            }
        }
        (_, Some((name, _))) if message.starts_with("missing field") => {
            Error::new(ErrorKind::Missing, format!("the key `{name}`"), "nothing", document.span(at..at))
                .help(format!("add `\"{name}\"` to this object"))
        }
        (_, Some((name, _))) if message.starts_with("duplicate field") => {
            Error::new(ErrorKind::Syntax, "each key once", format!("a second `{name}`"), document.span(named(name)))
        }
        (Category::Data, _) => {
            let (found, expected) = match message.split_once(", expected ") {
                Some((found, expected)) => (found.trim_start_matches("invalid type: "), expected),
                None => (message, "a value of the format"),
            };
            Error::new(ErrorKind::Value, Cow::Owned(expected.to_string()), found, document.span(at..at))
        }
        _ => Error::new(ErrorKind::Syntax, "JSON", message, document.span(at..at)),
    }
}

fn missing(document: &Document<'_>, key: &'static str, help: &'static str) -> Error {
    Error::new(ErrorKind::Missing, format!("the key `{key}`"), "nothing", document.span(0..0)).help(help)
}

/// The byte of a position that serde_json gives: lines from 1, columns in bytes.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = before.saturating_add(column).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
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

fn back_ticked(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl Kind {
    /// Every kind that this version decides.
    pub const ALL: [Self; 4] = [Self::Peer, Self::Chain, Self::Session, Self::Presentation];
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
                "2:15: expected a known key: `manifest`, `connection`, `platform`, `runtime`, `severity`, found `manifes`",
            ),
            ("\"peer\"", "\"per\"", "1:23: expected a kind: `peer`, `chain`, `session`, `presentation`, found `per`"),
            ("\"admit\": 1,", "", "1:1: expected the key `admit`, found nothing"),
            ("\"admit\": 1,", "\"admit\": 7,", "1:12: expected `admit`: 1, found 7"),
            (
                "2026-11-22T",
                "tomorrow",
                "1:56: expected a value of the format, found not an RFC 3339 instant such as `2026-11-22T00:00:00Z`: `tomorrow00:00:00Z`",
            ),
            ("} }", "}", "2:70: expected more JSON, found the end of the case"),
            ("\"\" }", "5 }", "2:67: expected a string, found integer `5`"),
            ("\"kind\"", "\"at\": \"\", \"kind\"", "1:0"),
        ] {
            let error = Case::from_json(&GOOD.replacen(from, to, 1)).map(|_| ()).map_err(|error| error.to_string());
            let found = error.err().unwrap_or_default();
            if expected == "1:0" {
                assert!(!found.is_empty());
            } else {
                assert_eq!(found, format!("case:{expected}"), "{from} -> {to}");
            }
        }
    }

    #[test]
    fn every_truncation_is_an_error() {
        for (at, _) in GOOD.char_indices() {
            assert!(Case::from_json(GOOD.get(..at).unwrap_or_default()).is_err(), "{at}");
        }
    }
}
