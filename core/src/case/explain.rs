//! Why a case is not one: the JSON parser's message as an [`Error`] with the place and what stands there.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use serde_json::error::Category;

use super::read::list;
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Document, Error, ErrorKind};

/// What the parser would have taken, by how its message begins (serde_json, `ErrorCode`).
const EXPECTED: [(&str, &str); 19] = [
    ("EOF while parsing a list", "`,` or `]`"),
    ("EOF while parsing an object", "`,` or `}`"),
    ("EOF while parsing a string", "the string's closing `\"`"),
    ("EOF while parsing a value", "a key or a value"),
    ("expected `:`", "`:` after the key"),
    ("expected `,` or `]`", "`,` or `]`"),
    ("expected `,` or `}`", "`,` or `}`"),
    ("expected `\"`", "`\"`"),
    ("expected ident", "`true`, `false` or `null`"),
    ("expected value", "a value that this key takes"),
    ("invalid escape", "an escape that JSON has, such as `\\n` or `\\\\`"),
    ("invalid number", "a number"),
    ("number out of range", "a smaller number"),
    ("control character", "an escape such as `\\n`: a string of JSON stands on one line"),
    ("key must be a string", "a key in double quotes"),
    ("lone leading surrogate", "the second half of a `\\u` pair"),
    ("trailing comma", "another entry after `,`"),
    ("trailing characters", "the end of the case"),
    ("unexpected end of hex escape", "four hexadecimal digits after `\\u`"),
];

/// What a type is called in a message.
const TYPES: [(&str, &str); 6] = [
    ("u32", "a whole number, 0 or greater"),
    ("struct ", "an object"),
    ("a map", "an object"),
    ("a sequence", "a list"),
    ("string or map", "a string"),
    ("option", "a value"),
];

/// Turns the parser's message into ours. The forms of the messages are those of serde's `de::Error` trait and of
/// serde_json's codes; tests below hold one of each.
pub(crate) fn explain(document: &Document<'_>, error: &serde_json::Error) -> Error {
    let text = document.text();
    // The end of what was read, the byte at fault included unless it only was looked at.
    let end = byte(text, error.line(), error.column());
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    match error.classify() {
        Category::Eof => {
            let end = text.len();
            Error::new(ErrorKind::Truncated, expected(message), "the end of the case", document.span(end..end))
        }
        Category::Data => data(document, end, message),
        Category::Syntax | Category::Io => {
            let at = if message.starts_with("control character") { control(text, end) } else { last(text, end) };
            let found = text.get(at.clone()).filter(|found| !found.is_empty());
            let found = found.map_or_else(|| "the end of the case".to_string(), quote);
            let error = Error::new(ErrorKind::Syntax, expected(message), found, document.span(at));
            // The parser says of `, }` either.
            let no_more = error.found == "`}`" && message == "key must be a string";
            if no_more || message == "trailing comma" { error.help("remove the comma before it") } else { error }
        }
    }
}

fn expected(message: &str) -> &'static str {
    EXPECTED.iter().find(|(begins, _)| message.starts_with(begins)).map_or("JSON", |(_, expected)| expected)
}

/// Legal JSON that is not of the format.
fn data(document: &Document<'_>, end: usize, message: &str) -> Error {
    let text = document.text();
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let named = |name: &str| {
        let quoted = format!("\"{name}\"");
        let found = text.get(..end).and_then(|before| before.rfind(&quoted));
        document.span(found.map_or(end..end, |from| from..from.saturating_add(quoted.len())))
    };
    if let Some((name, known)) = names.split_first() {
        let unknown = |kind, what: &str| {
            let error = Error::new(kind, format!("{what}: {}", list(known)), quote(name), named(name));
            match nearest(name, known.iter().copied()) {
                Some(known) => error.help(format!("did you mean `{known}`?")),
                None => error,
            }
        };
        if message.starts_with("unknown field") {
            return unknown(ErrorKind::UnknownKey, "a known key");
        }
        if message.starts_with("unknown variant") {
            return unknown(ErrorKind::Value, "a known value");
        }
        if message.starts_with("missing field") {
            let at = document.span(last(text, end));
            return Error::new(ErrorKind::Missing, format!("the key `{name}`"), "nothing", at)
                .help(format!("add `\"{name}\"` to the object that ends here"));
        }
        if message.starts_with("duplicate field") {
            return Error::new(ErrorKind::Syntax, "each key once", format!("a second `{name}`"), named(name));
        }
    }
    let (at, found) = value(text, end);
    let expected = match message.rsplit_once(", expected ") {
        Some((_, expected)) => match TYPES.iter().find(|(begins, _)| expected.starts_with(begins)) {
            Some((_, known)) => Cow::Borrowed(*known),
            None => Cow::Owned(expected.to_string()),
        },
        None => Cow::Borrowed("a value of the format"),
    };
    Error::new(ErrorKind::Value, expected, found, document.span(at))
}

/// The byte after the column: serde_json counts lines from 1, and columns in bytes from 1.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = before.saturating_add(column).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_add(1);
    }
    at
}

/// The last character before `end`.
fn last(text: &str, end: usize) -> Range<usize> {
    let before = text.get(..end).unwrap_or_default();
    let length = before.chars().next_back().map_or(0, char::len_utf8);
    end.saturating_sub(length)..end
}

/// The control character at fault, which is the last that was read or the next.
fn control(text: &str, end: usize) -> Range<usize> {
    let last = last(text, end);
    let rest = text.get(last.start..).unwrap_or_default();
    let at = rest.find(|c: char| c < ' ').map_or(last.start, |at| last.start.saturating_add(at));
    at..at.saturating_add(1)
}

/// The value at `end` and how to call it: an object or a list that begins there, or else what ends there.
fn value(text: &str, end: usize) -> (Range<usize>, String) {
    let after = text.get(end..).unwrap_or_default();
    let blank = after.len().saturating_sub(after.trim_start().len());
    let start = end.saturating_add(blank);
    for (bracket, noun) in [('{', "an object"), ('[', "a list")] {
        if after.trim_start().starts_with(bracket) {
            return (start..start.saturating_add(1), noun.to_string());
        }
    }
    let before = text.get(..end).unwrap_or_default().trim_end();
    let from = match before.strip_suffix('"') {
        Some(inside) => opening_quote(inside),
        None => before.rfind([',', ':', '[', '{', ' ', '\n', '\t', '\r']).map_or(0, |at| at.saturating_add(1)),
    };
    let token = before.get(from..).unwrap_or_default();
    (from..before.len(), quote(token))
}

/// Where the string begins of which `inside` is all but the closing quote: the last quote that is not escaped.
fn opening_quote(inside: &str) -> usize {
    let escaped = |at: usize| {
        let before = inside.get(..at).unwrap_or_default();
        before.len().saturating_sub(before.trim_end_matches('\\').len()) % 2 == 1
    };
    inside.rmatch_indices('"').map(|(at, _)| at).find(|at| !escaped(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Case;

    const GOOD: &str = r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
  "policy": { "manifest": "<a/>" }, "subject": { "certificates": "" }, "expect": [] }"#;

    /// What is said of `GOOD` with the first `from` replaced.
    fn said(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        let json = GOOD.replacen(from, to, 1);
        match Case::from_json(&json) {
            Ok(_) => String::new(),
            Err(error) => {
                let inside = json.get(error.span.start as usize..error.span.end as usize);
                assert!(inside.is_some(), "{error} is outside");
                error.to_string()
            }
        }
    }

    #[test]
    fn json_errors_say_where_and_what() {
        let mut wrong = Vec::new();
        for (from, to, expected) in [
            // Syntax: the column is that of the character found.
            ("1,", "1", "1:14: expected `,` or `}`, found `\"`"),
            ("\"kind\":", "\"kind\"", "1:22: expected `:` after the key, found `\"`"),
            ("{ \"admit\"", "{ admit", "1:3: expected a key in double quotes, found `a`"),
            ("1,", "one,", "1:12: expected a value that this key takes, found `o`"),
            ("1,", "tru,", "1:15: expected `true`, `false` or `null`, found `,`"),
            ("1,", "-,", "1:13: expected a number, found `,`"),
            ("\"<a/>\" }", "\"<a/>\", }", "2:35: expected a key in double quotes, found `}`"),
            ("<a/>", "\\x", "2:29: expected an escape that JSON has, such as `\\n` or `\\\\`, found `x`"),
            (
                "<a/>",
                "<a>\n</a>",
                "2:31: expected an escape such as `\\n`: a string of JSON stands on one line, found `<U+000A>`",
            ),
            ("[] }", "[] } x", "2:87: expected the end of the case, found `x`"),
            ("[] }", "[]", "2:84: expected `,` or `}`, found the end of the case"),
            ("[] }", "[", "2:83: expected `,` or `]`, found the end of the case"),
            ("[] }", "", "2:82: expected a key or a value, found the end of the case"),
            // Data: the place is that of the value.
            ("1,", "\"1\",", "1:12: expected a whole number, 0 or greater, found `\"1\"`"),
            ("1,", "-1,", "1:12: expected a whole number, 0 or greater, found `-1`"),
            ("\"<a/>\"", "[1]", "2:27: expected a string, found a list"),
            ("\"<a/>\"", "null", "2:27: expected a string, found `null`"),
            ("\"\" }", "5 }", "2:66: expected a string, found `5`"),
            ("\"\" }", "{} }", "2:66: expected a string, found an object"),
            ("{ \"manifest\": \"<a/>\" }", "\"a\\\"b\"", "2:13: expected an object, found `\"a\\\"b\"`"),
            ("[]", "{}", "2:82: expected a list, found an object"),
            (
                "2026-11-22T",
                "tomorrow",
                "1:37: expected an RFC 3339 instant such as `2026-11-22T00:00:00Z`, found `\"tomorrow00:00:00Z\"`",
            ),
            ("\"manifest\": \"<a/>\"", "", "2:16: expected the key `manifest`, found nothing"),
            (
                "\"kind\"",
                "\"at\": \"2026-11-22T00:00:00Z\", \"kind\"",
                "1:61: expected each key once, found a second `at`",
            ),
            (
                "[]",
                "[{ \"verdict\": \"admited\" }]",
                "2:96: expected a known value: `admitted`, `refused`, `indeterminate`, found `admited`",
            ),
        ] {
            let said = said(from, to);
            if said != format!("case:{expected}") {
                wrong.push(format!("{from} -> {to}: {said}"));
            }
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn a_long_value_is_cut() {
        let long = "\u{202e}x".repeat(100_000);
        let found = said("1,", &format!("\"{long}\","));
        assert!(found.len() < 2_000 && !found.contains('\u{202e}'), "{} bytes", found.len());
    }
}
