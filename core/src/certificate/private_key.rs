//! Private keys among what was pasted.

use alloc::vec::Vec;
use core::ops::Range;

use crate::{Citation, Document, Finding, Kind, Rule, Severity};

/// A private key was pasted.
pub static PRIVATE_KEY_PASTED: Rule = Rule {
    id: "private-key-pasted",
    aliases: &[],
    title: "a private key was pasted",
    severity: Severity::Warning,
    kinds: &Kind::ALL,
    what: crate::page!(
        "Looks for private keys in any document: PEM blocks, JSON Web Keys with a private member, key values of XML \
          signatures, files of PuTTY."
    ),
    why: crate::page!(
        "Whoever holds the key is the certificate. Nothing that is asked here needs it, and a key that was in a \
          clipboard, a ticket or a browser is better replaced."
    ),
    bad: crate::page!(
        "-----BEGIN PRIVATE KEY-----\n(masked)\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n..."
    ),
    good: crate::page!("-----BEGIN CERTIFICATE-----\n..."),
    citation: Citation::new("RFC 7468", "section 13"),
};

/// The places of private keys in any text: PEM, JSON Web Keys (RFC 7517), XML key values, PuTTY's files. What is cut at
/// the end of the text counts up to there.
pub fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    pem(text, &mut found);
    json_web_keys(text, &mut found);
    for (name, member) in [("RSAKeyValue", "D"), ("RSAKeyPair", "D"), ("DSAKeyValue", "X")] {
        xml(text, name, member, &mut found);
    }
    for (at, _) in text.match_indices("PuTTY-User-Key-File-") {
        let rest = text.get(at..).unwrap_or_default();
        if rest.contains("Private-Lines:") {
            let end = rest.find("Private-MAC:").map_or(rest.len(), |mac| {
                let line = rest.get(mac..).and_then(|rest| rest.find('\n'));
                line.map_or(rest.len(), |line| mac.saturating_add(line))
            });
            found.push(at..at.saturating_add(end));
        }
    }
    crate::order::sort_by_key(&mut found, |range| range.start);
    found
}

fn pem(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, begin) in text.match_indices("-----BEGIN ") {
        let from = at.saturating_add(begin.len());
        let rest = text.get(from..).unwrap_or_default();
        let Some(label) = rest.split("-----").next().filter(|label| label.contains("PRIVATE KEY")) else {
            continue;
        };
        let end = alloc::format!("-----END {label}-----");
        let length = rest.find(&end).map_or(rest.len(), |place| place.saturating_add(end.len()));
        found.push(at..from.saturating_add(length));
    }
}

/// Objects with `kty` and a private member. A key has no objects inside, so that the braces around `kty` are its own.
fn json_web_keys(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices("kty") {
        let Some(start) = text.get(..at).and_then(|before| before.rfind('{')) else {
            continue;
        };
        let rest = text.get(at..).unwrap_or_default();
        let end = rest.find('}').map_or(text.len(), |brace| at.saturating_add(brace).saturating_add(1));
        // Keys travel inside of JSON strings too.
        let object = text.get(start..end).unwrap_or_default().replace('\\', "");
        let has = |member: &str| {
            object.match_indices(&alloc::format!("\"{member}\"")).any(|(at, name)| {
                let behind = object.get(at.saturating_add(name.len())..).unwrap_or_default();
                behind.trim_start().starts_with(':')
            })
        };
        // `d` of RSA, EC and OKP keys, `k` of secret ones (RFC 7518, section 6).
        let known = found.iter().any(|range| range.start == start);
        if has("kty") && (has("d") || has("k")) && !known {
            found.push(start..end);
        }
    }
}

fn xml(text: &str, name: &str, member: &str, found: &mut Vec<Range<usize>>) {
    let (open, close) = (alloc::format!("<{name}"), alloc::format!("</{name}>"));
    for (at, _) in text.match_indices(&open) {
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.find(&close).map_or(rest.len(), |place| place.saturating_add(close.len()));
        let value = rest.get(..length).unwrap_or_default();
        if value.contains(&alloc::format!("<{member}>")) {
            found.push(at..at.saturating_add(length));
        }
    }
}

/// A finding for each private key of a document that has no reader of its own for them.
pub(crate) fn check(document: &Document<'_>) -> impl Iterator<Item = Finding> {
    private_keys(document.text()).into_iter().map(|range| {
        Finding::new(&PRIVATE_KEY_PASTED, "a private key was pasted; it is masked and not looked at")
            .at(document.span(range))
            .help("replace the key: it was in a clipboard")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_keys_of_every_form_are_found() {
        for (before, key, after) in [
            ("a\n", "-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----", "\nb"),
            ("", "-----BEGIN PRIVATE KEY-----\nMII", ""),
            ("{\"keys\":[", r#"{"kty":"RSA","n":"x","e":"AQAB","d":"y"}"#, "]}"),
            ("\"", r#"{\"d\": \"x\", \"kty\": \"EC\"}"#, "\""),
            ("", r#"{"kty":"oct","k":"c2VjcmV0"}"#, ""),
            ("", "<RSAKeyValue><Modulus>x</Modulus><D>y</D></RSAKeyValue>", "\n"),
            ("", "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nx\nPrivate-MAC: y", "\nz"),
        ] {
            let text = [before, key, after].concat();
            let end = before.len().saturating_add(key.len());
            let place = before.len()..end;
            assert_eq!(private_keys(&text), core::slice::from_ref(&place), "{text}");
        }
        for text in [
            "-----BEGIN CERTIFICATE-----\nno PRIVATE KEY here",
            r#"{"keys":[{"kty":"RSA","n":"d","e":"AQAB","kid":"d"}]}"#,
            "<RSAKeyValue><Modulus>x</Modulus></RSAKeyValue>",
            r#"{"d": 1, "a": {"kty":"RSA"}}"#,
        ] {
            assert_eq!(private_keys(text), [], "{text}");
        }
    }
}
