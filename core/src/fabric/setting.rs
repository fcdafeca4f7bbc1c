//! The value grammar: what a manifest's text turns into (Config.h:57-120, Parse.cpp:188-383).

use super::decimal::Decimal;

/// A boolean: `true` in any case is true, everything else is false, and nothing is an error.
pub fn boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// Whether a text that [`boolean`] reads as false was probably meant as something else: anything but `false` and the
/// empty text, which stands for the default.
pub(super) fn is_doubtful_boolean(text: &str) -> bool {
    !text.is_empty() && !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false")
}

/// A signed number of 64 bits: decimal or `0x`, blanks around it, no octal, no suffix. Malformed or too large: nothing.
pub fn integer(text: &str) -> Option<i64> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (digits, radix) = match unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None => (unsigned, 10),
    };
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    i64::from_str_radix(&alloc::format!("{sign}{digits}"), radix).ok()
}

/// An unsigned number, read as [`integer`] is: negative is invalid, and what is larger than 32 bits is cut without an
/// error.
pub fn number(text: &str) -> Option<u32> {
    let value = integer(text).filter(|value| *value >= 0)?;
    u32::try_from(value & 0xFFFF_FFFF).ok()
}

/// A floating-point number: reading stops at the first character that doesn't belong to it, and what was read until
/// then counts, which is 0 where there is no digit.
pub fn double(text: &str) -> Decimal {
    let text = text.trim_start_matches([' ', '\t', '\r', '\n']);
    Decimal::read(text.get(..number_length(text)).unwrap_or_default())
}

/// What stands behind the number that a text begins with, blanks left out: `minutes` in `60 minutes`.
pub(super) fn after_number(text: &str) -> &str {
    let text = text.trim();
    text.get(number_length(text)..).unwrap_or_default().trim()
}

/// The bytes that [`double`] reads, of a text without blanks before it.
pub(super) fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let mut end = usize::from(text.starts_with(['-', '+']));
    end = end.saturating_add(digits(rest(end)));
    if rest(end).starts_with('.') {
        end = end.saturating_add(1);
        end = end.saturating_add(digits(rest(end)));
    }
    if rest(end).starts_with(['e', 'E']) {
        let sign = usize::from(rest(end.saturating_add(1)).starts_with(['-', '+']));
        let start = end.saturating_add(1).saturating_add(sign);
        let exponent = digits(rest(start));
        if exponent > 0 {
            end = start.saturating_add(exponent);
        }
    }
    end
}

/// A TimeSpan in seconds, read as [`double`] is; negative is invalid.
pub fn seconds(text: &str) -> Option<Decimal> {
    Some(double(text)).filter(|seconds| !seconds.is_negative())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn time_spans_are_seconds_whatever_follows() {
        for (text, value) in [
            ("43200", Some("43200")),
            ("1.5", Some("1.5")),
            ("1e3", Some("1000")),
            ("3.25 xyz", Some("3.25")),
            ("60 minutes", Some("60")),
            ("2e", Some("2")),
            ("abc", Some("0")),
            ("", Some("0")),
            (".", Some("0")),
            ("-5", None),
        ] {
            assert_eq!(seconds(text).map(|seconds| seconds.to_string()).as_deref(), value, "{text:?}");
        }
        assert_eq!(after_number(" 60 minutes "), "minutes");
        assert_eq!(after_number("PT30M"), "PT30M");
        assert_eq!(after_number("1e3 "), "");
    }

    #[test]
    fn only_true_is_true() {
        assert!(boolean("true") && boolean("TRUE"));
        for text in ["1", "yes", " true", "ture", "false", ""] {
            assert!(!boolean(text), "{text:?}");
        }
        assert!(is_doubtful_boolean("1") && is_doubtful_boolean(" true"));
        assert!(!is_doubtful_boolean("False") && !is_doubtful_boolean(""));
    }

    #[test]
    fn numbers_are_decimal_or_hexadecimal() {
        for (text, value) in
            [("0", Some(0)), ("0x40000000", Some(0x4000_0000)), (" 12 ", Some(12)), ("0xFFFFFFFF", Some(u32::MAX))]
        {
            assert_eq!(number(text), value, "{text:?}");
        }
        for text in ["-1", "", "0x", "12s", "1.5"] {
            assert_eq!(number(text), None, "{text:?}");
        }
        assert_eq!(number("4294967297"), Some(1));
    }

    #[test]
    fn doubles_stop_at_what_they_do_not_know() {
        for (text, value) in [
            ("3.25 xyz", "3.25"),
            ("60 minutes", "60"),
            ("abc", "0"),
            ("1e3", "1000"),
            ("1e", "1"),
            ("-.5x", "-0.5"),
            ("", "0"),
            ("1.", "1"),
        ] {
            assert_eq!(double(text).to_string(), value, "{text:?}");
        }
        assert_eq!(seconds("-5"), None);
        assert!(seconds("\u{e9}").is_some_and(|seconds| seconds == Decimal::default()));
    }
}
