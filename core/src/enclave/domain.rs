//! Host names.

use core::fmt;

/// Last labels that nobody can own: reserved by RFC 2606 and RFC 6762, or not a top-level domain at all, as the one of
/// the tutorial.
const NOT_REAL: [&str; 6] = ["example", "test", "invalid", "localhost", "local", "dom"];

/// Domains that are reserved for examples (RFC 2606, section 3).
const EXAMPLES: [&str; 3] = ["example.com", "example.net", "example.org"];

/// Why a text is no host name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotADomain {
    Blank,
    NotAscii,
    EmptyLabel,
    LongLabel,
    Hyphen,
    Character,
    TooLong,
}

impl fmt::Display for NotADomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Blank => "it has a blank in it",
            Self::NotAscii => "it has letters outside of ASCII, which certificates want as `xn--`",
            Self::EmptyLabel => "a label is empty",
            Self::LongLabel => "a label is longer than 63 characters",
            Self::Hyphen => "a label begins or ends with a hyphen",
            Self::Character => "a label has another character than letters, digits and hyphens",
            Self::TooLong => "it is longer than 253 characters",
        })
    }
}

/// Checks a host name (RFC 1123, section 2.1); a leading `*.` is passed over.
pub(super) fn check(domain: &str) -> Result<(), NotADomain> {
    let name = domain.strip_prefix("*.").unwrap_or(domain);
    if name.contains(char::is_whitespace) {
        return Err(NotADomain::Blank);
    }
    if !name.is_ascii() {
        return Err(NotADomain::NotAscii);
    }
    if name.len() > 253 {
        return Err(NotADomain::TooLong);
    }
    for label in name.split('.') {
        if label.is_empty() {
            return Err(NotADomain::EmptyLabel);
        }
        if label.len() > 63 {
            return Err(NotADomain::LongLabel);
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err(NotADomain::Hyphen);
        }
        if !label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(NotADomain::Character);
        }
    }
    Ok(())
}

/// Whether nobody can own a name: reserved, or without a real last label.
pub(super) fn is_placeholder(domain: &str) -> bool {
    let name = domain.to_ascii_lowercase();
    // Of a broken name too: `myapp. ... dom`.
    let last = name.rsplit('.').next().unwrap_or_default().trim();
    let is_below = |parent: &str| name.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    NOT_REAL.contains(&last) || !name.contains('.') || EXAMPLES.iter().any(|parent| is_below(parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_is_none() {
        assert_eq!(check("myapp.domain.com"), Ok(()));
        assert_eq!(check("*.xn--bcher-kva.de"), Ok(()));
        for (name, why) in [
            ("myapp. \u{5b9a}\u{7fa9}\u{57df}. dom", NotADomain::Blank),
            ("b\u{fc}cher.de", NotADomain::NotAscii),
            ("a..b", NotADomain::EmptyLabel),
            ("", NotADomain::EmptyLabel),
            ("-a.de", NotADomain::Hyphen),
            ("a_b.de", NotADomain::Character),
        ] {
            assert_eq!(check(name), Err(why), "{name}");
        }
    }

    #[test]
    fn placeholders_are_told_from_real_names() {
        for name in ["myapp.domain.dom", "a.example.com", "example.com", "localhost", "x.test"] {
            assert!(is_placeholder(name), "{name}");
        }
        for name in ["myapp.domain.com", "notexample.com", "contoso.com.de"] {
            assert!(!is_placeholder(name), "{name}");
        }
    }
}
