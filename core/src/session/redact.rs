//! Documents with their secrets replaced, to pass on.

mod secret;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

pub(crate) use secret::{Secret, SecretKind, meant, secrets};

/// `text` with everything replaced that must not be passed on. The same identifier gets the same number, in the order in
/// which `numbers` first sees them; `known` are identifiers that are replaced wherever they stand.
pub(crate) fn redact(text: &str, known: &[&str], numbers: &mut BTreeMap<String, usize>) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut at = 0_usize;
    for secret in secrets(text, known) {
        redacted.push_str(text.get(at..secret.range.start).unwrap_or_default());
        redacted.push_str(&replacement(text, &secret, numbers));
        at = secret.range.end;
    }
    redacted.push_str(text.get(at..).unwrap_or_default());
    redacted
}

/// What stands in the place of a secret.
pub(crate) fn replacement(text: &str, secret: &Secret, numbers: &mut BTreeMap<String, usize>) -> String {
    match secret.kind {
        SecretKind::PrivateKey => String::from("[private key]"),
        SecretKind::Token => String::from("[token]"),
        SecretKind::ApiKey | SecretKind::Credential => String::from("[secret]"),
        SecretKind::Identifier => {
            let next = numbers.len().saturating_add(1);
            let identifier = meant(text.get(secret.range.clone()).unwrap_or_default());
            let number = *numbers.entry(identifier).or_insert(next);
            format!("[identifier-{number}]")
        }
    }
}

/// Replaces what looks like a token, or the beginning of one that a message cut.
pub(crate) fn mask_tokens(text: &mut String) {
    const SHORTEST: usize = 12;
    let mut at = 0_usize;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("eyJ")).map(|place| at.saturating_add(place)) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)).unwrap_or(rest.len());
        let end = start.saturating_add(length);
        // A quote that ends in an ellipsis may have cut one short.
        let cut = text.get(end..).is_some_and(|rest| rest.starts_with('\u{2026}'));
        if length >= SHORTEST || cut {
            let masked =
                [text.get(..start).unwrap_or_default(), "[token]", text.get(end..).unwrap_or_default()].concat();
            *text = masked;
            at = start;
        } else {
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(text: &str, known: &[&str]) -> String {
        redact(text, known, &mut BTreeMap::new())
    }

    #[test]
    fn secrets_are_replaced_and_numbered() {
        let text = "GET /a?identifier=abcd&x=1\nAuthorization: Bearer eyJhbGciOiJub25lIn0.e30.c2ln\n\
                    {\"identifier\": \"efgh\"} identifier=abcd identifier=<ID>\nx-ms-apikey: 0123456789";
        let once = redacted(text, &[]);
        assert_eq!(
            once,
            "GET /a?identifier=[identifier-1]&x=1\nAuthorization: Bearer [token]\n\
             {\"identifier\": \"[identifier-2]\"} identifier=[identifier-1] identifier=<ID>\nx-ms-apikey: [secret]"
        );
        assert_eq!(redacted(&once, &[]), once);
    }

    #[test]
    fn identifiers_are_found_in_every_form() {
        for (text, expected) in [
            (
                "?identifier=user%26alice&x identifier=user&alice",
                "?identifier=[identifier-1]&x identifier=[identifier-2]&alice",
            ),
            ("?identifier=tenant#1&x", "?identifier=[identifier-1]&x"),
            ("?identifier=<abcd>&x", "?identifier=[identifier-1]&x"),
            ("?identifier=[abcd]&x", "?identifier=[identifier-1]&x"),
            ("<a href=\"/run?identifier=abcd\">", "<a href=\"/run?identifier=[identifier-1]\">"),
            ("?next=%2Frun%3Fidentifier%3Dabcd%26x", "?next=%2Frun%3Fidentifier%3D[identifier-1]%26x"),
            (r#""text": "{\"identifier\":\"abcd\"}""#, r#""text": "{\"identifier\":\"[identifier-1]\"}""#),
            ("{\"sessionId\": \"abcd\"}", "{\"sessionId\": \"[identifier-1]\"}"),
            ("/sessionPools/p/identifier/abcd/code", "/sessionPools/p/identifier/[identifier-1]/code"),
            ("X-Execution-Identifier: abcd\n", "X-Execution-Identifier: [identifier-1]\n"),
            ("Session abcd in session pool p stopped.", "Session [identifier-1] in session pool p stopped."),
            ("?identifier=$SESSION&identifier={id}", "?identifier=$SESSION&identifier={id}"),
        ] {
            assert_eq!(redacted(text, &[]), expected);
        }
        let known = ["9b74c9897bac"];
        assert_eq!(redacted("saved 9b74c9897bac.py, 9b74c9897bac2", &known), "saved [identifier-1].py, 9b74c9897bac2");
    }

    #[test]
    fn credentials_are_found_in_every_form() {
        for (text, expected) in [
            ("\"x-ms-apikey\": \"0123456789\"", "\"x-ms-apikey\": \"[secret]\""),
            (
                "{\"name\": \"x-ms-apikey\", \"value\": \"0123456789\"}",
                "{\"name\": \"x-ms-apikey\", \"value\": \"[secret]\"}",
            ),
            ("?access_token=0123456789&x", "?access_token=[secret]&x"),
            ("Authorization: Bearer opaque-token-0", "Authorization: Bearer [secret]"),
            ("Cookie: a=1; sid=abcdefgh\nX: y", "Cookie: [secret]\nX: y"),
            ("Authorization: Bearer $TOKEN", "Authorization: Bearer $TOKEN"),
            ("{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}", "[private key]"),
        ] {
            assert_eq!(redacted(text, &[]), expected);
        }
    }

    #[test]
    fn tokens_in_messages_are_masked() {
        let mut text = String::from("found `eyJhbGciOiJSUzI1NiIs\u{2026}` and eyJ and eyJhbGciOiJub25lIn0.e30.c2ln");
        mask_tokens(&mut text);
        assert_eq!(text, "found `[token]\u{2026}` and eyJ and [token]");
    }

    #[test]
    fn every_truncation_is_replaced_without_a_token_left() {
        let text = "x identifier= \"identifier\" : \"a\u{e9}\" Bearer abcdefghij\u{1f512} eyJabcdefghijklmnopqrs.t identifier=";
        for (at, _) in text.char_indices() {
            let _ = redact(text.get(..at).unwrap_or_default(), &["abcdefghij"], &mut BTreeMap::new());
        }
    }
}
