//! Credentials in a text: where they stand, so that no output repeats them.
//!
//! This looks at the text alone, whatever its form and however broken: what can't be read must not leak either.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// Words in a name that say that its value is a credential.
const WORDS: [&str; 11] = [
    "password",
    "passwd",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "access_key",
    "accesskey",
    "private_key",
    "insecure__keys",
];

/// Names between a name that says so and the `value` that stands apart from it, at most: `name: DB_PASSWORD`, `kind: ascii`,
/// `value: ...`.
const APART: usize = 4;

/// What the value of a key is replaced by in messages.
const MASKED: &str = "[masked]";

/// From so many characters on, a credential is known by its beginning.
const LONG: usize = 40;

/// Fewer characters than this are no credential that could be told from a word of a message.
const LEAST: usize = 4;

/// The places of credentials: values whose key or variable says so, and passwords in addresses. What stands for a secret
/// without being one (`${NAME}`, `<password>`, `{{ name }}`) is none. In order, without overlaps.
pub fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts have none of the words, and none is looked at twice.
    if !has_word(text) {
        return found;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut at = 0_usize;
    // How many names ago a name said so and had no value of its own.
    let mut waiting: Option<usize> = None;
    while let Some(start) = find_from(text, at, is_name) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let end = start.saturating_add(length);
        at = end;
        let name = text.get(start..end).unwrap_or_default();
        let says = says_secret(name);
        let place = if says || (name == "value" && waiting.is_some()) {
            value_after(text, start, end)
        } else {
            password_in_address(text, start, end)
        };
        waiting = match waiting {
            _ if says && place.is_none() => Some(0),
            Some(count) if place.is_none() && count < APART => Some(count.saturating_add(1)),
            _ => None,
        };
        if let Some(place) = place.filter(|place| place.end > end && !is_reference(text.get(place.clone()))) {
            at = place.end.max(at);
            found.push(place);
        }
    }
    found
}

/// The text with every credential replaced by as many asterisks as it has bytes, so that places stay where they are.
pub fn mask_secrets(text: &str) -> Cow<'_, str> {
    let places = secrets(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0_usize;
    for place in places {
        masked.push_str(text.get(at..place.start).unwrap_or_default());
        masked.extend(core::iter::repeat_n('*', place.len()));
        at = place.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(masked)
}

/// Replaces credentials, as they stand in documents, wherever a message repeats them.
pub(crate) fn mask_in(message: &mut String, credentials: &[&str]) {
    for credential in credentials.iter().filter(|credential| credential.len() >= LEAST) {
        if message.contains(credential) {
            *message = message.replace(credential, MASKED);
        }
        // A quote may have cut a long one.
        let begin = credential.char_indices().nth(LONG).map(|(at, _)| at).and_then(|at| credential.get(..at));
        if let Some(at) = begin.and_then(|begin| message.find(begin)) {
            message.truncate(at);
            message.push_str(MASKED);
        }
    }
}

/// Whether any of the words stands in a text, or an address with somebody's name: a look at each byte.
fn has_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).any(|at| {
        let Some(rest) = bytes.get(at..) else { return false };
        match rest.first().map(u8::to_ascii_lowercase) {
            Some(b'p' | b's' | b't' | b'a' | b'i') => WORDS
                .iter()
                .any(|word| rest.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))),
            Some(b':') => rest.starts_with(b"://"),
            _ => false,
        }
    })
}

fn find_from(text: &str, from: usize, is: impl Fn(char) -> bool) -> Option<usize> {
    text.get(from..)?.find(is).map(|at| at.saturating_add(from))
}

/// Whether a name says that its value is a credential.
pub(crate) fn says_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_named = WORDS.iter().any(|word| name.contains(word));
    // Attributes of the processor, and places that hold a secret without being one.
    let is_other = ["einittoken", "_path", "_file", "path", "file", "name", "_id", "ttl"];
    is_named && !is_other.iter().any(|other| name.contains(other) && !name.ends_with("password"))
}

/// The value behind a name: after `=`, `:` or blanks of an option, quoted or up to the next blank or comma.
fn value_after(text: &str, start: usize, name_end: usize) -> Option<Range<usize>> {
    let rest = text.get(name_end..)?;
    let is_option =
        text.get(..start).is_some_and(|before| before.ends_with("--")) || text.get(start..)?.starts_with("--");
    // The name's own closing quote, which may be escaped: a document inside of JSON.
    let after = rest.strip_prefix("\\\"").or_else(|| rest.strip_prefix(['"', '\''])).unwrap_or(rest);
    let blanks = |text: &'_ str| text.len().saturating_sub(text.trim_start_matches([' ', '\t', '\r', '\n']).len());
    let mut offset = name_end.saturating_add(rest.len().saturating_sub(after.len()));
    let after = after.get(blanks(after)..)?;
    offset = text.len().saturating_sub(after.len()).max(offset);
    let value = match after.strip_prefix([':', '=']) {
        Some(value) => value,
        None if is_option => after,
        None => return None,
    };
    // A blank may follow, but no line end: `password:` alone is the key of what stands below.
    let value = value.trim_start_matches([' ', '\t']);
    let begin = text.len().saturating_sub(value.len()).max(offset);
    if let Some(inner) = value.strip_prefix("\\\"") {
        let length = inner.find("\\\"").unwrap_or(inner.len());
        let begin = begin.saturating_add(2);
        return (length > 0).then(|| begin..begin.saturating_add(length));
    }
    let (begin, length) = match value.chars().next()? {
        quote @ ('"' | '\'') => {
            let inner = value.get(1..)?;
            (begin.saturating_add(1), closing(inner, quote))
        }
        '{' | '[' | '\n' | '\r' => return None,
        _ => (
            begin,
            value.find(|c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | '"' | '\'')).unwrap_or(value.len()),
        ),
    };
    (length > 0).then(|| begin..begin.saturating_add(length))
}

/// The length up to the closing quote, or to the end of a text that breaks off.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at,
            _ => {}
        }
    }
    text.len()
}

/// The password of `scheme://user:password@host`, where the name is the user's.
fn password_in_address(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    if !text.get(..start)?.ends_with("://") {
        return None;
    }
    let rest = text.get(end..)?.strip_prefix(':')?;
    let stop = rest.find(|c: char| c == '@' || c == '/' || c.is_whitespace() || c == '"')?;
    let is_user = rest.get(stop..)?.starts_with('@');
    let begin = end.saturating_add(1);
    (is_user && stop > 0).then(|| begin..begin.saturating_add(stop))
}

/// Whether a text stands for a secret instead of being one: `${CI_PASSWORD}`, `<password>`, `$(...)`, `{{ ... }}`, `***`.
pub(crate) fn is_reference(text: Option<&str>) -> bool {
    let text = text.unwrap_or_default().trim();
    text.is_empty()
        || (text.starts_with('$') && text.len() > 1)
        || (text.starts_with('<') && text.ends_with('>'))
        || text.starts_with("{{")
        || text.bytes().all(|byte| byte == b'*')
        || matches!(text, "true" | "false" | "null" | "None")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        secrets(text).into_iter().filter_map(|place| text.get(place)).collect()
    }

    #[test]
    fn credentials_are_found_in_any_form() {
        for text in [
            "{ \"password\": \"hunter2!\" }",
            "{ \"inputAuthConfig\": { \"username\": \"u\", \"password\" : \"hunter2!\"",
            "apiKey = 'hunter2!'",
            "join_token: hunter2!\n",
            "docker run -e DB_PASSWORD=hunter2! a/b",
            "[\"API_TOKEN=hunter2!\"]",
            "docker login --password hunter2! registry",
            "NODE=http://user:hunter2!@10.0.0.4:9092/v1",
            "\"client_secret\":\"hunter2!",
            "env:\n- name: DB_PASSWORD\n  value: hunter2!\n",
            "{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2!\"}",
            "fs.insecure__keys.default = \"hunter2!\"",
            r#"{ "artefacts": { "a": "{ \"password\": \"hunter2!\" }" } }"#,
            "PassWord=hunter2!",
        ] {
            assert_eq!(found(text), ["hunter2!"], "{text}");
            let masked = mask_secrets(text);
            assert!(masked.len() == text.len() && !masked.contains("hunter2!"), "{masked}");
        }
    }

    #[test]
    fn what_is_no_credential_stays() {
        for text in [
            "\"password\": \"${CI_PASSWORD}\"",
            "token: <token>",
            "EINITTOKENKEY = 1",
            "\"token_path\": \"/run/token\"",
            "password:\n  file: x",
            "the password is asked for",
            "http://10.0.0.4:9092/v1/",
            "a@b",
            "secrets:\n- name: a\n  kind: ascii\nvalue: x",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn no_truncation_panics() {
        let text = "{\"p\u{e9}\": 1, \"password\": \"x\\\"\u{1f512}\", 'token': y} http://u:p@h --secret \u{e9}z";
        for (at, _) in text.char_indices() {
            mask_secrets(text.get(..at).unwrap_or_default());
        }
    }
}
