//! Whether a certificate's name is a host's, as three systems see it. An empty name is nobody's.

/// Windows (`CERT_CHAIN_POLICY_SSL`): ignoring case; `*` is the whole leftmost label of the certificate's name and
/// stands for exactly one label.
pub(crate) fn matches_windows(certified: &str, host: &str) -> bool {
    match certified.strip_prefix("*.") {
        None => !certified.is_empty() && certified.eq_ignore_ascii_case(host),
        Some(parent) => match host.split_once('.') {
            Some((label, rest)) => !label.is_empty() && rest.eq_ignore_ascii_case(parent),
            None => false,
        },
    }
}

/// OpenSSL (`X509_check_host` with flags 0; crypto/x509/v3_utl.c). A host that begins with a dot stands for the end of the
/// certificate's name. Otherwise one `*` in the certificate's first label, at its start or its end, stands for letters,
/// digits and hyphens of the host's first label, or for a `*` there; a `*` that is a whole label stands for at least one.
pub(crate) fn matches_openssl(certified: &str, host: &str) -> bool {
    if host.len() > 1 && host.starts_with('.') {
        let tail = certified.len().checked_sub(host.len()).and_then(|at| certified.get(at..));
        return tail.is_some_and(|tail| tail.eq_ignore_ascii_case(host));
    }
    let Some((before, after)) = wildcard(certified) else {
        // A name without bytes is left out before anything is compared.
        return !certified.is_empty() && certified.eq_ignore_ascii_case(host);
    };
    let Some(end) = host.len().checked_sub(after.len()).filter(|end| *end >= before.len()) else {
        return false;
    };
    let (Some(head), Some(covered), Some(tail)) =
        (host.get(..before.len()), host.get(before.len()..end), host.get(end..))
    else {
        return false;
    };
    let is_whole = before.is_empty() && after.starts_with('.');
    let is_plain = covered.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    head.eq_ignore_ascii_case(before)
        && tail.eq_ignore_ascii_case(after)
        && !(is_whole && covered.is_empty())
        && (is_whole || !is_encoded(host))
        && (covered == "*" || is_plain)
}

/// What stands before and after a `*` that stands for something: the only one, in the first label, at its start or its end,
/// where that is no encoded label, two more labels follow, and no label is empty or begins or ends with a hyphen.
fn wildcard(certified: &str) -> Option<(&str, &str)> {
    let (before, after) = certified.split_once('*')?;
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    let is_sound = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let (first, rest) = certified.split_once('.')?;
    let is_good = !before.contains('.')
        && (before.is_empty() || after.starts_with('.'))
        && before.bytes().chain(after.bytes()).all(is_known)
        && !is_encoded(before)
        && is_sound(first)
        && rest.contains('.')
        && rest.split('.').all(is_sound);
    is_good.then_some((before, after))
}

/// Whether a label is one of IDNA.
fn is_encoded(label: &str) -> bool {
    label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_takes_one_label_for_a_wildcard() {
        assert!(matches_windows("*.a.com", "x.a.com") && matches_windows("X.A.com", "x.a.COM"));
        for host in ["a.com", "x.y.a.com", ".a.com", "xa.com"] {
            assert!(!matches_windows("*.a.com", host), "{host}");
        }
        // A wildcard in the declaration is text: it equals the same text and nothing else.
        assert!(matches_windows("*.a.com", "*.a.com") && !matches_windows("server.a.com", "*.a.com"));
        assert!(!matches_windows("", "") && !matches_windows("a.com", "") && !matches_windows("*.", ""));
    }

    /// What `openssl x509 -checkhost` (3.0) answers for a certificate of each name.
    #[test]
    fn openssl_is_taken_at_its_word() {
        for (certified, host, expected) in [
            ("a.x.com", "A.X.com", true),
            ("a.x.com", "a.x.com.", false),
            ("a.x.com.", "a.x.com.", true),
            // A leading dot stands for the end of the name, a wildcard's too.
            ("a.b.example.org", ".example.org", true),
            ("*.x.com", ".x.com", true),
            (".x.com", ".x.com", true),
            ("example.org", ".example.org", false),
            ("x", ".", false),
            // A wildcard that is a whole label.
            ("*.x.com", "a.x.com", true),
            ("*.x.com", "xn--a.x.com", true),
            ("", "", false),
            ("a.x.com", "", false),
            ("*.x.com", "*.x.com", true),
            ("*.x.com", "-.x.com", true),
            ("*.x.com", "x.com", false),
            ("*.x.com", "a.b.x.com", false),
            ("*.x.com", "a_b.x.com", false),
            ("*.x.com", "a.x.com.", false),
            ("*.x.com.", "a.x.com.", false),
            ("*.x.com.", "*.x.com.", true),
            ("*.com", "x.com", false),
            // A wildcard that is a part of one.
            ("a*.x.com", "ab.x.com", true),
            ("a*.x.com", "a.x.com", true),
            ("*a.x.com", "ba.x.com", true),
            ("*a.x.com", "xn--a.x.com", false),
            ("xn--*.x.com", "xn--a.x.com", false),
            ("x*.x.com", "xn--a.x.com", false),
            ("a*.x.com", "axn--a.x.com", true),
            ("a*b.x.com", "acb.x.com", false),
            ("a.*.x.com", "a.b.x.com", false),
            ("*.*.x.com", "a.b.x.com", false),
            ("*.-x.com", "a.-x.com", false),
            ("*.x-.com", "a.x-.com", false),
            ("*.x_y.com", "a.x_y.com", false),
        ] {
            assert_eq!(matches_openssl(certified, host), expected, "{certified} {host}");
        }
    }
}
