//! Documents with their secrets replaced, to pass on.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::token::masked;

/// The places of the values of `identifier` in any text: behind `identifier=`, and in JSON behind `"identifier":`.
/// Values that are replaced already, or to be filled in, are left out.
pub(crate) fn identifier_values(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, key) in text.match_indices("identifier") {
        let from = at.saturating_add(key.len());
        let rest = text.get(from..).unwrap_or_default();
        let (start, stop): (usize, fn(char) -> bool) = if rest.starts_with('=') {
            (from.saturating_add(1), |character| character.is_whitespace() || "&\"'#<>".contains(character))
        } else if let Some(value) = rest.strip_prefix('"').map(str::trim_start).and_then(|rest| rest.strip_prefix(':'))
        {
            let Some(value) = value.trim_start().strip_prefix('"') else {
                continue;
            };
            (text.len().saturating_sub(value.len()), |character| character == '"')
        } else {
            continue;
        };
        let value = text.get(start..).unwrap_or_default();
        let length = value.find(stop).unwrap_or(value.len());
        if length > 0 && !value.starts_with('[') && !value.starts_with('<') {
            found.push(start..start.saturating_add(length));
        }
    }
    found
}

/// `text` with identifiers, tokens and keys replaced. The same identifier gets the same number, in the order in which
/// `numbers` first sees them.
pub(crate) fn redact<'a>(text: &'a str, numbers: &mut BTreeMap<&'a str, usize>) -> String {
    let mut places: Vec<(Range<usize>, String)> = Vec::new();
    for range in masked(text) {
        places.push((range, String::from("[token]")));
    }
    for range in secret_headers(text) {
        places.push((range, String::from("[secret]")));
    }
    for range in identifier_values(text) {
        let next = numbers.len().saturating_add(1);
        let number = *numbers.entry(text.get(range.clone()).unwrap_or_default()).or_insert(next);
        places.push((range, format!("[identifier-{number}]")));
    }
    places.sort_by_key(|(range, _)| range.start);
    let mut redacted = String::with_capacity(text.len());
    let mut at = 0_usize;
    for (range, with) in places {
        if range.start >= at {
            redacted.push_str(text.get(at..range.start).unwrap_or_default());
            redacted.push_str(&with);
            at = range.end;
        }
    }
    redacted.push_str(text.get(at..).unwrap_or_default());
    redacted
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

/// The values of `Authorization` behind its scheme, and of `x-ms-apikey`, wherever they stand.
fn secret_headers(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for key in ["bearer ", "x-ms-apikey:"] {
        for (at, _) in lower.match_indices(key) {
            let from = at.saturating_add(key.len());
            let rest = text.get(from..).unwrap_or_default();
            let bare = rest.trim_start_matches([' ', '\t']);
            let start = from.saturating_add(rest.len().saturating_sub(bare.len()));
            let length = bare.find(|c: char| c.is_whitespace() || "\"',".contains(c)).unwrap_or(bare.len());
            let value = bare.get(..length).unwrap_or_default();
            if length >= 8 && !value.starts_with(['[', '<', '$']) && !value.eq_ignore_ascii_case("bearer") {
                found.push(start..start.saturating_add(length));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_replaced_and_numbered() {
        let text = "GET /a?identifier=abcd&x=1\nAuthorization: Bearer eyJhbGciOiJub25lIn0.e30.c2ln\n\
                    {\"identifier\": \"efgh\"} identifier=abcd identifier=<ID>\nx-ms-apikey: 0123456789";
        let redacted = redact(text, &mut BTreeMap::new());
        assert_eq!(
            redacted,
            "GET /a?identifier=[identifier-1]&x=1\nAuthorization: Bearer [token]\n\
             {\"identifier\": \"[identifier-2]\"} identifier=[identifier-1] identifier=<ID>\nx-ms-apikey: [secret]"
        );
        assert!(identifier_values(&redacted).is_empty());
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
            let _ = redact(text.get(..at).unwrap_or_default(), &mut BTreeMap::new());
        }
    }
}
