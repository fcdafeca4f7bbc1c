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

#[cfg(test)]
mod tests {
    use super::*;

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
