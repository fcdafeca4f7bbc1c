//! The value grammar: what a manifest's text turns into.

/// A boolean as Service Fabric reads it (Config.h:57-120): `true` in any case is true, everything else is false, and
/// nothing is an error.
pub(super) fn boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// Whether a text that [`boolean`] reads as false was probably meant as something else: anything but `false` and the
/// empty text, which stands for the default.
pub(super) fn is_doubtful_boolean(text: &str) -> bool {
    !text.is_empty() && !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false")
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
}
