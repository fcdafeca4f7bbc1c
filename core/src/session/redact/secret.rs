//! Finding what must not be passed on: identifiers, tokens, keys.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use crate::certificate::private_keys;
use crate::placeholder::placeholders;
use crate::session::token::masked;

/// A stretch of a text that must not be passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) range: Range<usize>,
    pub(crate) kind: SecretKind,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SecretKind {
    /// A private key.
    PrivateKey,
    /// A JSON Web Token.
    Token,
    /// The key of an MCP server.
    ApiKey,
    /// The value of another header or parameter that authenticates.
    Credential,
    /// An identifier.
    Identifier,
}

/// Headers and parameters whose values authenticate, in lower case.
const CREDENTIALS: [(&str, SecretKind); 10] = [
    ("x-ms-apikey", SecretKind::ApiKey),
    ("bearer", SecretKind::Credential),
    ("access_token", SecretKind::Credential),
    ("refresh_token", SecretKind::Credential),
    ("id_token", SecretKind::Credential),
    ("client_secret", SecretKind::Credential),
    ("ocp-apim-subscription-key", SecretKind::Credential),
    ("api_key", SecretKind::Credential),
    ("set-cookie", SecretKind::Credential),
    ("cookie", SecretKind::Credential),
];

/// The shortest identifier that is looked for without a name beside it: shorter ones are found by chance.
const KNOWN: usize = 6;

/// Everything in a text that must not be passed on, in order; nothing overlaps. `known` are identifiers that are looked
/// for wherever they stand.
pub(crate) fn secrets(text: &str, known: &[&str]) -> Vec<Secret> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Secret> = Vec::new();
    let mut add = |range: Range<usize>, kind| found.push(Secret { range, kind });
    private_keys(text).into_iter().for_each(|range| add(range, SecretKind::PrivateKey));
    masked(text).into_iter().for_each(|range| add(range, SecretKind::Token));
    for (name, kind) in CREDENTIALS {
        for (at, _) in lower.match_indices(name) {
            if let Some(range) = credential(text, at, name) {
                add(range, kind);
            }
        }
    }
    for name in ["identifier", "sessionid"] {
        for (at, _) in lower.match_indices(name) {
            if let Some(range) = identifier(text, at, at.saturating_add(name.len())) {
                add(range, SecretKind::Identifier);
            }
        }
    }
    // `Session <ID> in session pool <NAME> stopped.` is what stopping answers.
    for (at, words) in lower.match_indices("session ") {
        let from = at.saturating_add(words.len());
        let rest = text.get(from..).unwrap_or_default();
        if let Some(length) = rest.find(" in session pool").filter(|&length| length > 0)
            && !rest.get(..length).unwrap_or_default().contains('\n')
        {
            add(from..from.saturating_add(length), SecretKind::Identifier);
        }
    }
    let belongs = |character: Option<char>| character.is_some_and(|c| c.is_ascii_alphanumeric());
    for known in known.iter().filter(|known| known.len() >= KNOWN) {
        for (at, _) in text.match_indices(known) {
            let end = at.saturating_add(known.len());
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(end..).and_then(|after| after.chars().next());
            if !belongs(before) && !belongs(after) {
                add(at..end, SecretKind::Identifier);
            }
        }
    }
    // Of two that begin at one place, the heavier kind; of two that overlap, the first.
    crate::order::sort_by_key(&mut found, |secret| (secret.range.start, secret.kind));
    let mut end = 0;
    found.retain(|secret| {
        let free = secret.range.start >= end;
        if free {
            end = secret.range.end;
        }
        free
    });
    found
}

/// The value behind the name of a header or parameter that authenticates: `name: value`, `name=value`, `"name": "value"`,
/// and `"name": "name", "value": "value"` of a HAR file.
fn credential(text: &str, at: usize, name: &str) -> Option<Range<usize>> {
    let before = text.get(..at)?.chars().next_back();
    if before.is_some_and(|character| character.is_ascii_alphanumeric() || character == '-' || character == '_') {
        return None;
    }
    let from = at.saturating_add(name.len());
    let between = |character: char| "\"'\\:=, \t".contains(character);
    let mut rest = text.get(from..)?;
    let mut start = from.saturating_add(rest.len().saturating_sub(rest.trim_start_matches(between).len()));
    if start == from {
        return None;
    }
    rest = text.get(start..)?;
    if let Some(behind) = rest.strip_prefix("value").filter(|behind| behind.starts_with(['"', '\\'])) {
        start = text.len().saturating_sub(behind.trim_start_matches(between).len());
        rest = text.get(start..)?;
    }
    let whole_line = name.ends_with("cookie");
    let stop = |character: char| match whole_line {
        true => "\r\n\"".contains(character),
        false => character.is_whitespace() || "\"'\\,;&".contains(character),
    };
    let length = rest.find(stop).unwrap_or(rest.len());
    let value = rest.get(..length)?;
    let twice = value.eq_ignore_ascii_case("bearer");
    (length >= 8 && !is_open(value) && !twice).then(|| start..start.saturating_add(length))
}

/// The value behind the word `identifier`, which ends at `from`: in a query, in JSON (also inside of a JSON string), in a
/// path, in the header `X-Execution-Identifier`.
fn identifier(text: &str, at: usize, from: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let rest = text.get(from..)?;
    let ends = |more: &'static str| move |c: char| c.is_whitespace() || c.is_control() || more.contains(c);
    let (start, length) = if let Some(value) = rest.strip_prefix('=') {
        let skipped = if value.starts_with('<') { 1 } else { 0 };
        let tail = value.get(skipped..)?;
        let stop = if skipped > 0 { ends("&\"'\\") } else { ends("&\"'\\<>") };
        (from.saturating_add(1), tail.find(stop).unwrap_or(tail.len()).saturating_add(skipped))
    } else if let Some(value) = rest.get(..3).filter(|mark| mark.eq_ignore_ascii_case("%3d")).and(rest.get(3..)) {
        // A URL inside of a URL.
        let end = value.find("%26").unwrap_or(value.len());
        let stop = value.find(ends("&\"'\\<>")).unwrap_or(value.len());
        (from.saturating_add(3), end.min(stop))
    } else if before.ends_with('/') && rest.starts_with('/') {
        let value = rest.get(1..)?;
        (from.saturating_add(1), value.find(ends("/?#\"'\\<>")).unwrap_or(value.len()))
    } else if let Some(value) = rest.strip_prefix(':').filter(|_| before.ends_with('-')) {
        let value = value.trim_start_matches([' ', '\t']);
        (text.len().saturating_sub(value.len()), value.find(ends("\"'")).unwrap_or(value.len()))
    } else {
        let (quote, rest) = match rest.strip_prefix('\\') {
            Some(rest) => ("\\\"", rest.strip_prefix('"')?),
            None => ("\"", rest.strip_prefix('"')?),
        };
        let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix(quote)?;
        (text.len().saturating_sub(value.len()), value.find(['"', '\\', '\n']).unwrap_or(value.len()))
    };
    let value = text.get(start..start.saturating_add(length))?;
    (length > 0 && !is_open(value)).then(|| start..start.saturating_add(length))
}

/// Whether a value is replaced already, or still to be filled in.
fn is_open(value: &str) -> bool {
    let replaced = ["[identifier-", "[token]", "[secret]", "[key]"].iter().any(|mark| value.starts_with(mark));
    let variable = value.strip_prefix('$').is_some_and(|name| {
        let name = name.strip_prefix(['{', '(']).unwrap_or(name);
        name.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
    });
    let template = value.starts_with('{') && value.ends_with('}');
    replaced || variable || template || placeholders(value).next().is_some_and(|place| place.start == 0)
}

/// An identifier as it was meant: without the encoding of a URL.
pub(crate) fn meant(value: &str) -> String {
    if value.contains('%') { crate::session::wire::decode(value, false).0 } else { value.to_string() }
}
