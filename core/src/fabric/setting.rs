//! The value grammar: what a manifest's text turns into (Config.h:57-120, Parse.cpp:188-383).

/// A boolean: `true` in any case is true, everything else is false, and nothing is an error.
pub(super) fn boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// Whether a text that [`boolean`] reads as false was probably meant as something else: anything but `false` and the
/// empty text, which stands for the default.
pub(super) fn is_doubtful_boolean(text: &str) -> bool {
    !text.is_empty() && !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false")
}

/// An unsigned number: decimal or `0x`, blanks around it, no sign but a plus. Negative or malformed is invalid; what is
/// larger than 32 bits is cut without an error.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = i64::from_str_radix(digits, radix).ok()?;
    // The low 32 bits of a non-negative number.
    u32::try_from(value & 0xFFFF_FFFF).ok()
}

/// A time span in seconds: the number that the text begins with, whatever follows; without one, 0. Negative is invalid.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let text = text.trim_start_matches([' ', '\t', '\r', '\n']);
    let value = text.get(..number_length(text)).unwrap_or_default().parse::<f64>().unwrap_or(0.0);
    (value >= 0.0).then_some(value)
}

/// What stands behind the number of a time span, blanks left out: `minutes` in `60 minutes`.
pub(super) fn after_number(text: &str) -> &str {
    let text = text.trim();
    text.get(number_length(text)..).unwrap_or_default().trim()
}

/// The bytes of the decimal number that a text begins with.
fn number_length(text: &str) -> usize {
    let digits = |from: usize| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        from.saturating_add(rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
    };
    let is = |at: usize, any: &[u8]| text.as_bytes().get(at).is_some_and(|byte| any.contains(byte));
    let sign = usize::from(is(0, b"+-"));
    let mut end = digits(sign);
    if is(end, b".") {
        end = digits(end.saturating_add(1));
    }
    if end <= sign || !text.get(..end).is_some_and(|read| read.bytes().any(|byte| byte.is_ascii_digit())) {
        return 0;
    }
    if is(end, b"eE") {
        let exponent = end.saturating_add(1).saturating_add(usize::from(is(end.saturating_add(1), b"+-")));
        let after = digits(exponent);
        if after > exponent {
            end = after;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_spans_are_seconds_whatever_follows() {
        for (text, value) in [
            ("43200", Some(43200.0)),
            ("1.5", Some(1.5)),
            ("1e3", Some(1000.0)),
            ("3.14 xyz", Some(3.14)),
            ("60 minutes", Some(60.0)),
            ("2e", Some(2.0)),
            ("abc", Some(0.0)),
            ("", Some(0.0)),
            (".", Some(0.0)),
            ("-5", None),
        ] {
            assert_eq!(seconds(text), value, "{text:?}");
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
}
