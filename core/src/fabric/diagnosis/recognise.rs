//! Finding codes in what someone saw: by value, hexadecimal or decimal, by name, or by the message.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::Seen;
use super::code::{CODES, Code};
use crate::{Document, Limits, Report};

/// A code that was recognised.
pub(super) struct Recognised {
    pub(super) seen: Seen,
}

/// A place, the code's name, its value and what it means.
type Found = (Range<usize>, Cow<'static, str>, Option<u32>, Cow<'static, str>);

/// The codes of a text, in order of place, each once; at most [`Limits::SEEN_CODES`].
pub(super) fn codes(document: &Document<'_>, report: &Report) -> Vec<Recognised> {
    let text = document.text();
    let mut found: Vec<Found> = Vec::new();
    let mut add = |range: Range<usize>, code: &'static Code| {
        found.push((range, Cow::Borrowed(code.name), code.value, Cow::Borrowed(code.meaning)));
    };
    for (range, word) in words(text) {
        if let Some(code) = by_value(text, range.start, word) {
            // The sign stands before the word.
            let start = if text.get(..range.start).is_some_and(|before| before.ends_with('-')) { 1 } else { 0 };
            add(range.start.saturating_sub(start)..range.end, code);
        } else if let Some(code) = by_name(word) {
            add(range, code);
        }
    }
    let lower = text.to_ascii_lowercase();
    for code in CODES {
        for says in code.says {
            if let Some(at) = lower.find(says) {
                add(at..at.saturating_add(says.len()), code);
            }
        }
    }
    // The names under which the product refuses a configuration are those of the findings.
    for finding in &report.findings {
        let Some(code) = finding.args.get("code") else { continue };
        if let Some((range, _)) = words(text).find(|(_, word)| word.eq_ignore_ascii_case(code)) {
            let meaning = Cow::Borrowed("the deployer refuses what is declared");
            found.push((range, Cow::Owned(code.clone()), None, meaning));
        }
    }
    crate::order::sort_by_key(&mut found, |(range, ..)| range.start);
    let mut seen: Vec<Recognised> = Vec::new();
    for (range, name, value, meaning) in found {
        if seen.len() < Limits::SEEN_CODES && !seen.iter().any(|known| known.seen.name == name) {
            let value = value.map(|value| format!("{value:#010x}"));
            seen.push(Recognised { seen: Seen { name, value, meaning, span: document.span(range) } });
        }
    }
    seen
}

/// Runs of letters, digits and low lines.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0_usize;
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter_map(move |word| {
        // What separates is found again by where the word stands.
        let start = text.get(at..)?.find(word).map(|found| at.saturating_add(found))?;
        let end = start.saturating_add(word.len());
        at = end.saturating_add(1).min(text.len());
        while !text.is_char_boundary(at) {
            at = at.saturating_add(1);
        }
        (!word.is_empty()).then_some((start..end, word))
    })
}

fn by_value(text: &str, start: usize, word: &str) -> Option<&'static Code> {
    let hexadecimal = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
    let value = match hexadecimal {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        // Eight digits of which one is a letter, or the first is 8: the form without a prefix.
        None if word.len() == 8 && word.starts_with('8') => u32::from_str_radix(word, 16).ok()?,
        None => {
            let number: i64 = word.parse().ok()?;
            let is_negative = text.get(..start)?.ends_with('-');
            let number = if is_negative { number.checked_neg()? } else { number };
            let small = i32::try_from(number).ok().filter(|number| *number < 0).map(i32::cast_unsigned);
            small.or_else(|| u32::try_from(number).ok())?
        }
    };
    CODES.iter().find(|code| code.value == Some(value))
}

fn by_name(word: &str) -> Option<&'static Code> {
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    // `E_FAIL` is also the end of other names, which are words of their own.
    CODES.iter().find(|code| is(code.name) || code.also.iter().any(|also| is(also)))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn recognised(text: &str) -> Vec<String> {
        let case = r#"{"admit":1,"kind":"peer","at":"2026-11-22T00:00:00Z","policy":{"manifest":""},"subject":{}}"#;
        let report = crate::Case::from_json(case).map(|case| crate::evaluate(&case));
        let document = Document::new("subject.seen", text);
        let codes = report.map(|report| codes(&document, &report)).unwrap_or_default();
        codes
            .iter()
            .map(|code| {
                format!(
                    "{} {}",
                    code.seen.name,
                    document.slice(code.seen.span.start as usize..code.seen.span.end as usize)
                )
            })
            .collect()
    }

    #[test]
    fn codes_are_recognised_by_value_name_and_message() {
        for (text, expected) in [
            ("0x80071c44", "FABRIC_E_SERVER_AUTHENTICATION_FAILED 0x80071c44"),
            ("error -2147017660.", "FABRIC_E_SERVER_AUTHENTICATION_FAILED -2147017660"),
            ("(2148204809)", "CERT_E_UNTRUSTEDROOT 2148204809"),
            ("hr=800B0109,", "CERT_E_UNTRUSTEDROOT 800B0109"),
            ("cert_e_untrustedroot", "CERT_E_UNTRUSTEDROOT cert_e_untrustedroot"),
            ("it says: Certificate not matched!", "CertificateNotMatched Certificate not matched"),
            ("\u{1f512}SEC_E_NO_CREDENTIALS\u{e9}", "SEC_E_NO_CREDENTIALS SEC_E_NO_CREDENTIALS"),
            ("status: NTE_BAD_PROV_TYPE", "NTE_BAD_PROV_TYPE NTE_BAD_PROV_TYPE"),
        ] {
            assert_eq!(recognised(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in ["", "0x", "0x80071c440", "-1", "80", "2026-11-22T00:00:00Z", "\u{1f512}", "CERT_E_"] {
            assert_eq!(recognised(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn several_codes_are_in_order_and_once() {
        let text = "FABRIC_E_CONNECTION_DENIED 0x80071c43: CERT_E_EXPIRED";
        assert_eq!(
            recognised(text),
            ["FABRIC_E_CONNECTION_DENIED FABRIC_E_CONNECTION_DENIED", "CERT_E_EXPIRED CERT_E_EXPIRED"]
        );
    }
}
