//! Name constraints (RFC 5280, section 4.2.1.10): which names an authority may certify.

use alloc::vec::Vec;

use super::status::error;
use crate::Limits;
use crate::certificate::{Certificate, Decoded, GeneralName, Name, NameConstraints, NameForm, known};

/// How often a name was held against a subtree, over a whole evaluation. Bounded: names times subtrees grows with the
/// square of what is pasted.
#[derive(Debug, Default)]
pub(crate) struct Comparisons(usize);

/// The comparisons ran into [`Limits::NAME_COMPARISONS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManyNames;

/// A name that breaks the constraints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The error bit.
    pub(crate) bit: u32,
    /// The name, printed.
    pub(crate) name: alloc::string::String,
}

/// A name as a message shows it.
fn printed(name: &NameForm) -> alloc::string::String {
    match GeneralName::of(name) {
        GeneralName::Dns(name)
        | GeneralName::Ip(name)
        | GeneralName::Email(name)
        | GeneralName::Uri(name)
        | GeneralName::Directory(name)
        | GeneralName::Other(name) => name,
    }
}

/// Holds every name of `certificate` against the constraints of an authority above it.
pub(crate) fn check(
    constraints: &NameConstraints,
    certificate: &Certificate,
    comparisons: &mut Comparisons,
) -> Result<Option<Broken>, TooManyNames> {
    for name in names(certificate) {
        let permitted = same_form(&constraints.permitted, &name);
        let excluded = same_form(&constraints.excluded, &name);
        comparisons.0 = comparisons.0.saturating_add(permitted.len()).saturating_add(excluded.len());
        if comparisons.0 > Limits::NAME_COMPARISONS {
            return Err(TooManyNames);
        }
        let broken = |bit| Ok(Some(Broken { bit, name: printed(&name) }));
        if excluded.iter().any(|base| is_excluded(&name, base)) {
            return broken(error::EXCLUDED_NAME_CONSTRAINT);
        }
        if !permitted.is_empty() && !permitted.iter().any(|base| is_within(&name, base)) {
            return broken(error::NOT_PERMITTED_NAME_CONSTRAINT);
        }
    }
    Ok(None)
}

/// Whether constraints say something that can't be decided: a form that is not supported, or a minimum or maximum,
/// which RFC 5280 does not use. Fails closed when a name of that form is there.
pub(crate) fn unsupported(constraints: &NameConstraints, certificate: &Certificate) -> bool {
    let subtrees = || constraints.permitted.iter().chain(&constraints.excluded);
    let names = names(certificate);
    subtrees().any(|subtree| {
        let is_decided = matches!(
            subtree.base,
            NameForm::Dns(_) | NameForm::Ip(_) | NameForm::Email(_) | NameForm::Uri(_) | NameForm::Directory(_)
        );
        let has_bounds = subtree.minimum != 0 || subtree.maximum.is_some();
        (!is_decided || has_bounds) && names.iter().any(|name| is_same_form(name, &subtree.base))
    })
}

/// The names that constraints apply to: the subject, the alternative names, and mail addresses in the subject where
/// there is no alternative name of that form (RFC 5280, section 4.2.1.10).
fn names(certificate: &Certificate) -> Vec<NameForm> {
    let mut names = Vec::new();
    if !certificate.subject.is_empty() {
        names.push(NameForm::Directory(certificate.subject.clone()));
    }
    let alternative: &[NameForm] = match &certificate.extensions.subject_alt_name {
        Decoded::Present(alternative) => alternative,
        _ => &[],
    };
    if !alternative.iter().any(|name| matches!(name, NameForm::Email(_))) {
        let mails = certificate.subject.texts(known::EMAIL_ADDRESS);
        names.extend(mails.map(|mail| NameForm::Email(alloc::string::String::from(mail))));
    }
    names.extend(alternative.iter().cloned());
    names
}

fn same_form<'c>(subtrees: &'c [crate::certificate::Subtree], name: &NameForm) -> Vec<&'c NameForm> {
    subtrees.iter().map(|subtree| &subtree.base).filter(|base| is_same_form(name, base)).collect()
}

fn is_same_form(name: &NameForm, base: &NameForm) -> bool {
    match (name, base) {
        (NameForm::Other(ours, _), NameForm::Other(theirs, _)) => ours == theirs,
        _ => core::mem::discriminant(name) == core::mem::discriminant(base),
    }
}

/// Whether a name lies within a subtree.
fn is_within(name: &NameForm, base: &NameForm) -> bool {
    match (name, base) {
        (NameForm::Dns(name), NameForm::Dns(base)) => is_legal_host(name) && is_host_within(name, base),
        (NameForm::Email(name), NameForm::Email(base)) => is_mail_within(name, base),
        (NameForm::Uri(name), NameForm::Uri(base)) => uri_host(name).is_some_and(|host| is_uri_host_within(host, base)),
        (NameForm::Ip(name), NameForm::Ip(base)) => is_address_within(name, base),
        (NameForm::Directory(name), NameForm::Directory(base)) => Name::is_within(name, base),
        // Forms that are not decided: never permitted.
        _ => false,
    }
}

/// Whether a name touches an excluded subtree. A wildcard that could stand for an excluded name is excluded, and so is
/// what can't be read.
fn is_excluded(name: &NameForm, base: &NameForm) -> bool {
    match (name, base) {
        (NameForm::Dns(name), NameForm::Dns(base)) => {
            !is_legal_host(name) || is_host_within(name, base) || is_wildcard_over(name, base)
        }
        (NameForm::Uri(name), NameForm::Uri(base)) => uri_host(name).is_none_or(|host| is_uri_host_within(host, base)),
        (NameForm::Email(name), NameForm::Email(base)) => !name.contains('@') || is_mail_within(name, base),
        (NameForm::Ip(name), NameForm::Ip(base)) => {
            !matches!(name.len(), 4 | 16) || !matches!(base.len(), 8 | 32) || is_address_within(name, base)
        }
        (NameForm::Directory(name), NameForm::Directory(base)) => Name::is_within(name, base),
        _ => true,
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
fn is_legal_host(name: &str) -> bool {
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
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
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
        assert!(!is_mail_within("A@example.org", "a@example.org") && !is_mail_within("example.org", "example.org"));
        assert!(is_address_within(&[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
        assert!(!is_address_within(&[11, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
        assert!(!is_address_within(&[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 255, 0]));
        assert!(is_prefix(&[255, 240]) && is_prefix(&[0, 0]) && is_prefix(&[255, 255]) && !is_prefix(&[255, 10]));
    }

    #[test]
    fn hosts_of_addresses() {
        assert_eq!(uri_host("https://user@host.example:8443/path?x"), Some("host.example"));
        assert_eq!(uri_host("https://[::1]/"), None);
        assert_eq!(uri_host("https://10.0.0.1/"), None);
        assert_eq!(uri_host("urn:x"), None);
    }
}
