//! Whether a certificate's name is a host's, as three systems see it.

/// Windows (`CERT_CHAIN_POLICY_SSL`): ignoring case; `*` is the whole leftmost label of the certificate's name and
/// stands for exactly one label.
pub(crate) fn matches_windows(certified: &str, host: &str) -> bool {
    match certified.strip_prefix("*.") {
        None => certified.eq_ignore_ascii_case(host),
        Some(parent) => match host.split_once('.') {
            Some((label, rest)) => !label.is_empty() && rest.eq_ignore_ascii_case(parent),
            None => false,
        },
    }
}

/// OpenSSL (`X509_check_host` with flags 0): as Windows, but a host that begins with a dot stands for every name below
/// it, and a wildcard needs two labels behind it and doesn't stand for one that begins with `xn--`.
pub(crate) fn matches_openssl(certified: &str, host: &str) -> bool {
    if host.starts_with('.') && host.len() > 1 {
        let tail = certified.len().checked_sub(host.len()).and_then(|at| certified.get(at..));
        return certified.len() > host.len()
            && !certified.starts_with("*.")
            && tail.is_some_and(|tail| tail.eq_ignore_ascii_case(host));
    }
    let Some(parent) = certified.strip_prefix("*.") else {
        return certified.eq_ignore_ascii_case(host);
    };
    let Some((label, rest)) = host.split_once('.') else {
        return false;
    };
    // A wildcard stands for itself as well: the declaration `*.example.org` is text.
    let is_plain =
        label == "*" || !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_encoded = label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"));
    parent.contains('.') && is_plain && !is_encoded && rest.eq_ignore_ascii_case(parent)
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
    }

    #[test]
    fn openssl_knows_a_leading_dot() {
        assert!(matches_openssl("a.b.example.org", ".example.org"));
        assert!(!matches_openssl("example.org", ".example.org") && !matches_openssl("x", "."));
        assert!(matches_openssl("*.example.org", "a.example.org"));
        assert!(matches_openssl("*.example.org", "*.example.org"));
        for (certified, host) in
            [("*.org", "example.org"), ("*.example.org", "xn--a.example.org"), ("*.example.org", "a.b.example.org")]
        {
            assert!(!matches_openssl(certified, host), "{certified} {host}");
        }
    }
}
