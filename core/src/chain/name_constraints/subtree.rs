//! Whether one name lies in one subtree, by its form (RFC 5280, section 4.2.1.10).

use alloc::vec::Vec;

use crate::certificate::{Name, NameForm};

/// A name or the base of a subtree, ready to be compared often.
pub(super) struct Prepared<'n> {
    pub(super) form: &'n NameForm,
    /// The relative names of a directoryName, folded.
    folded: Vec<Vec<u8>>,
    /// Whether folding is not all that comparing it takes.
    is_unprepared: bool,
}

impl<'n> Prepared<'n> {
    pub(super) fn new(form: &'n NameForm) -> Self {
        let directory = form.directory();
        let folded = directory.map(|name| name.folded_relative_names()).unwrap_or_default();
        Self { form, folded, is_unprepared: directory.is_some_and(Name::is_unprepared) }
    }
}

/// What comparing the two takes, in comparisons: where strings would have to be prepared each byte counts, since every
/// attribute of a relative name is folded for each of the other.
pub(super) fn cost(name: &Prepared<'_>, base: &Prepared<'_>) -> usize {
    match (name.form.directory(), base.form.directory()) {
        (Some(ours), Some(theirs)) if name.is_unprepared || base.is_unprepared => {
            ours.raw().len().saturating_add(theirs.raw().len())
        }
        _ => 1,
    }
}

/// How a name stands to a subtree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Yes,
    No,
    /// It depends on preparing strings as RFC 4518 says, or on what a mask with gaps means.
    Undecided,
}

impl Within {
    /// How a name stands to two subtrees together.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Undecided,
        }
    }
}

impl From<bool> for Within {
    fn from(is_within: bool) -> Self {
        if is_within { Self::Yes } else { Self::No }
    }
}

pub(super) fn is_same_form(name: &NameForm, base: &NameForm) -> bool {
    match (name, base) {
        (NameForm::Other(ours, _), NameForm::Other(theirs, _)) => ours == theirs,
        _ => core::mem::discriminant(name) == core::mem::discriminant(base),
    }
}

/// Whether a name lies within a subtree.
pub(super) fn within(name: &Prepared<'_>, base: &Prepared<'_>) -> Within {
    let is_within = match (name.form, base.form) {
        (NameForm::Dns(name), NameForm::Dns(base)) => is_legal_host(name) && is_host_within(name, base),
        (NameForm::Email(name), NameForm::Email(base)) => is_legal_mail(name) && is_mail_within(name, base),
        (NameForm::Uri(name), NameForm::Uri(base)) => uri_host(name).is_some_and(|host| is_uri_host_within(host, base)),
        (NameForm::Ip(name), NameForm::Ip(base)) => is_address_within(name, base),
        (NameForm::Directory(_), NameForm::Directory(_)) => return is_directory_within(name, base),
        // Forms that are not decided: never permitted.
        _ => false,
    };
    is_within.into()
}

/// Whether a name touches an excluded subtree. A wildcard that could stand for an excluded name is excluded, and so is
/// what can't be read.
pub(super) fn excluded(name: &Prepared<'_>, base: &Prepared<'_>) -> Within {
    let is_excluded = match (name.form, base.form) {
        (NameForm::Dns(name), NameForm::Dns(base)) => {
            !is_legal_host(name) || is_host_within(name, base) || is_wildcard_over(name, base)
        }
        (NameForm::Uri(name), NameForm::Uri(base)) => uri_host(name).is_none_or(|host| is_uri_host_within(host, base)),
        (NameForm::Email(name), NameForm::Email(base)) => !is_legal_mail(name) || is_mail_within(name, base),
        (NameForm::Ip(name), NameForm::Ip(base)) => {
            let is_readable = matches!(name.len(), 4 | 16) && matches!(base.len(), 8 | 32);
            let mask = base.get(name.len()..).unwrap_or_default();
            // RFC 5280 wants a mask of leading ones: what another excludes is anyone's guess.
            if is_readable && mask.len() == name.len() && !is_prefix(mask) {
                return Within::Undecided;
            }
            !is_readable || is_address_within(name, base)
        }
        (NameForm::Directory(_), NameForm::Directory(_)) => return is_directory_within(name, base),
        _ => true,
    };
    is_excluded.into()
}

fn is_directory_within(name: &Prepared<'_>, base: &Prepared<'_>) -> Within {
    if name.folded.starts_with(&base.folded) {
        return Within::Yes;
    }
    if !name.is_unprepared && !base.is_unprepared {
        return Within::No;
    }
    match (name.form.directory(), base.form.directory()) {
        (Some(name), Some(base)) if name.may_be_within(base) => Within::Undecided,
        _ => Within::No,
    }
}

/// `*.example.org` can stand for every name with one label in front of `example.org`: so for each excluded name of that
/// shape.
fn is_wildcard_over(name: &str, base: &str) -> bool {
    let Some(parent) = name.strip_prefix("*.") else {
        return false;
    };
    let base = base.strip_prefix('.').unwrap_or(base);
    base.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent))
}

/// Labels of letters, digits, hyphens and underscores; the first may be a wildcard; one dot at the end is tolerated
/// nowhere (RFC 5280, section 4.2.1.6).
pub(super) fn is_legal_host(name: &str) -> bool {
    let labels = name.strip_prefix("*.").unwrap_or(name);
    !labels.is_empty()
        && name.len() <= 253
        && labels.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}

/// A host is within `example.org` if it is it or below it; within `.example.org` if it is below it; the empty base
/// holds every host. Ignoring case.
fn is_host_within(name: &str, base: &str) -> bool {
    if base.is_empty() {
        return true;
    }
    let Some(start) = name.len().checked_sub(base.len()) else {
        return false;
    };
    let tail = name.get(start..).unwrap_or_default();
    if !tail.eq_ignore_ascii_case(base) {
        return false;
    }
    match name.get(..start) {
        None | Some("") => !base.starts_with('.'),
        Some(head) => base.starts_with('.') || head.ends_with('.'),
    }
}

/// A local part without `@` unless it is quoted (RFC 5321, section 4.1.2), and a host.
fn is_legal_mail(name: &str) -> bool {
    name.rsplit_once('@').is_some_and(|(local, host)| {
        let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
        !local.is_empty() && (is_quoted || !local.contains('@')) && (is_legal_host(host) || host.starts_with('['))
    })
}

/// A mailbox is itself, a host holds the mailboxes at it, `.example.org` those at every host below it. The local part
/// compares with case, the host without.
fn is_mail_within(name: &str, base: &str) -> bool {
    let Some((local, host)) = name.rsplit_once('@') else {
        return false;
    };
    match base.rsplit_once('@') {
        Some((base_local, base_host)) => local == base_local && host.eq_ignore_ascii_case(base_host),
        None if base.is_empty() => true,
        None if base.starts_with('.') => is_host_within(host, base),
        None => host.eq_ignore_ascii_case(base),
    }
}

/// The host of a URI's authority; none where it is absent or an address, to which constraints don't apply and which
/// fail (RFC 5280, section 4.2.1.10).
fn uri_host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (user, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    // RFC 3986, section 3.2.1. What else stands there, readers take for the end of the host: a backslash, another `@`.
    if !user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:".contains(&byte)) {
        return None;
    }
    if host_and_port.starts_with('[') {
        return None;
    }
    let host = host_and_port.split(':').next().unwrap_or_default();
    let is_address = host.parse::<core::net::Ipv4Addr>().is_ok();
    (!is_address && is_legal_host(host)).then_some(host)
}

/// A host is itself; `.example.org` holds every host below it.
fn is_uri_host_within(host: &str, base: &str) -> bool {
    if base.is_empty() || base.starts_with('.') { is_host_within(host, base) } else { host.eq_ignore_ascii_case(base) }
}

/// Address and mask, as long as the address each. A mask with gaps permits nothing.
fn is_address_within(name: &[u8], base: &[u8]) -> bool {
    if name.len().checked_mul(2) != Some(base.len()) || !matches!(name.len(), 4 | 16) {
        return false;
    }
    let (network, mask) = base.split_at_checked(name.len()).unwrap_or_default();
    is_prefix(mask) && name.iter().zip(network).zip(mask).all(|((ours, theirs), mask)| ours & mask == theirs & mask)
}

fn is_prefix(mask: &[u8]) -> bool {
    let mut ended = false;
    mask.iter().all(|&byte| {
        let is_good =
            if ended { byte == 0 } else { byte.leading_ones().saturating_add(byte.trailing_zeros().min(8)) >= 8 };
        ended |= byte != 0xFF;
        is_good
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (name, base, within) in [
            ("example.org", "example.org", true),
            ("a.Example.org", "example.ORG", true),
            ("notexample.org", "example.org", false),
            ("a.example.org", ".example.org", true),
            ("example.org", ".example.org", false),
            ("anything", "", true),
            ("*.example.org", "example.org", true),
        ] {
            assert_eq!(is_host_within(name, base), within, "{name} {base}");
        }
        assert!(is_wildcard_over("*.example.org", "a.example.org"));
        assert!(
            !is_wildcard_over("*.example.org", "a.b.example.org") && !is_wildcard_over("example.org", "a.example.org")
        );
        for illegal in ["", "a..b", "a.", "under score", "*.*.a", "a*.b"] {
            assert!(!is_legal_host(illegal), "{illegal}");
        }
    }

    #[test]
    fn mails_and_addresses() {
        assert!(is_mail_within("a@example.org", "example.org") && !is_mail_within("a@b.example.org", "example.org"));
        assert!(is_mail_within("a@b.example.org", ".example.org") && is_mail_within("a@example.org", "a@Example.org"));
        assert!(is_legal_mail("a@example.org") && is_legal_mail("\"a@b\"@example.org"));
        assert!(!is_legal_mail("a@b@example.org") && !is_legal_mail("@example.org") && !is_legal_mail("example.org"));
        assert!(!is_mail_within("A@example.org", "a@example.org") && !is_mail_within("example.org", "example.org"));
        assert!(is_address_within(&[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
        assert!(!is_address_within(&[11, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
        assert!(!is_address_within(&[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 255, 0]));
        assert!(is_prefix(&[255, 240]) && is_prefix(&[0, 0]) && is_prefix(&[255, 255]) && !is_prefix(&[255, 10]));
    }

    #[test]
    fn hosts_of_addresses() {
        assert_eq!(uri_host("https://user@host.example:8443/path?x"), Some("host.example"));
        assert_eq!(uri_host("https://host.example\\@other.example/"), None);
        assert_eq!(uri_host("https://a@host.example@other.example/"), None);
        assert_eq!(uri_host("https://[::1]/"), None);
        assert_eq!(uri_host("https://10.0.0.1/"), None);
        assert_eq!(uri_host("urn:x"), None);
    }
}
