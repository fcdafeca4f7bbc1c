//! Name constraints (RFC 5280, section 4.2.1.10): which names an authority may certify.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::options::Semantics;
use super::status::error;
use crate::Limits;
use crate::certificate::{Certificate, GeneralName, NameConstraints, NameForm, known};

/// How often a name was held against a subtree, over a whole search. Bounded: names times subtrees grows with the
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
    pub(crate) name: String,
}

/// What came of the names of one certificate below one authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// What it took; none: too much.
    comparisons: Option<usize>,
    /// Whether the constraints say something about one of the names that can't be decided.
    pub(crate) is_unsupported: bool,
    /// The first name that breaks them.
    pub(crate) broken: Option<Broken>,
}

/// Authority and certificate, by their SHA-256, and whether the alternative names are those of Windows.
type Pair = ([u8; 32], [u8; 32], bool);

/// What came of names before, since time changes nothing about it and a report asks for many instants.
#[derive(Debug, Default)]
pub(crate) struct Remembered(BTreeMap<Pair, Held>);

impl Remembered {
    /// What comes of the names of `certificate` below an authority with these constraints. What is remembered counts
    /// as if it were done again, so that the answer does not depend on what was asked before.
    pub(crate) fn hold(
        &mut self,
        constraints: &NameConstraints,
        certificate: &Certificate,
        digests: ([u8; 32], [u8; 32]),
        semantics: Semantics,
        comparisons: &mut Comparisons,
    ) -> Result<Held, TooManyNames> {
        let is_windows = semantics == Semantics::Windows;
        let pair = (digests.0, digests.1, is_windows);
        let held = match self.0.get(&pair) {
            Some(held) => held.clone(),
            None => {
                let held = hold(constraints, &names(certificate, is_windows), is_windows);
                if self.0.len() >= Limits::REMEMBERED_SIGNATURES {
                    self.0.clear();
                }
                self.0.insert(pair, held.clone());
                held
            }
        };
        comparisons.0 = comparisons.0.saturating_add(held.comparisons.ok_or(TooManyNames)?);
        if comparisons.0 > Limits::NAME_COMPARISONS { Err(TooManyNames) } else { Ok(held) }
    }
}

/// A name as a message shows it.
fn printed(name: &NameForm) -> String {
    match GeneralName::of(name) {
        GeneralName::Dns(name)
        | GeneralName::Ip(name)
        | GeneralName::Email(name)
        | GeneralName::Uri(name)
        | GeneralName::Directory(name)
        | GeneralName::Other(name) => name,
    }
}

/// A name or the base of a subtree, ready to be compared often.
struct Prepared<'n> {
    form: &'n NameForm,
    /// The relative names of a directoryName, folded.
    folded: Vec<Vec<u8>>,
}

impl<'n> Prepared<'n> {
    fn new(form: &'n NameForm) -> Self {
        let folded = form.directory().map(|name| name.folded_relative_names()).unwrap_or_default();
        Self { form, folded }
    }
}

/// Holds every name against the constraints of an authority above.
fn hold(constraints: &NameConstraints, names: &[NameForm], is_windows: bool) -> Held {
    let mut held = Held { comparisons: Some(0), is_unsupported: unsupported(constraints, names), broken: None };
    let permitted: Vec<Prepared<'_>> = constraints.permitted.iter().map(|one| Prepared::new(&one.base)).collect();
    let excluded: Vec<Prepared<'_>> = constraints.excluded.iter().map(|one| Prepared::new(&one.base)).collect();
    let mut comparisons = 0_usize;
    for name in names {
        let name = Prepared::new(name);
        let is_same = |base: &&Prepared<'_>| is_same_form(name.form, base.form);
        let permitted: Vec<&Prepared<'_>> = permitted.iter().filter(is_same).collect();
        let excluded: Vec<&Prepared<'_>> = excluded.iter().filter(is_same).collect();
        comparisons = comparisons.saturating_add(permitted.len()).saturating_add(excluded.len());
        held.comparisons = Some(comparisons).filter(|&count| count <= Limits::NAME_COMPARISONS);
        if held.comparisons.is_none() {
            return held;
        }
        let bit = if excluded.iter().any(|base| is_excluded(&name, base)) {
            error::EXCLUDED_NAME_CONSTRAINT
        } else if !permitted.is_empty() && !permitted.iter().any(|base| is_within(&name, base)) {
            error::NOT_PERMITTED_NAME_CONSTRAINT
        } else {
            continue;
        };
        // Windows says of a host that hides what follows it that the constraint itself is at fault (Wine's tests).
        let hides = is_windows && matches!(name.form, NameForm::Dns(host) if host.contains('\0'));
        let bit = if hides { error::INVALID_NAME_CONSTRAINTS | error::INVALID_EXTENSION } else { bit };
        held.broken = Some(Broken { bit, name: printed(name.form) });
        return held;
    }
    held
}

/// The first common name that breaks the constraints, of a certificate whose common name stands for its host because no
/// alternative name does.
pub(crate) fn broken_common_name(
    constraints: &NameConstraints,
    certificate: &Certificate,
    semantics: Semantics,
    comparisons: &mut Comparisons,
) -> Result<Option<Broken>, TooManyNames> {
    if !falls_back(certificate, semantics) {
        return Ok(None);
    }
    let hosts = certificate.subject.common_names().filter(|name| is_legal_host(name));
    let names: Vec<NameForm> = hosts.map(|host| NameForm::Dns(String::from(host))).collect();
    let held = hold(constraints, &names, false);
    comparisons.0 = comparisons.0.saturating_add(held.comparisons.ok_or(TooManyNames)?);
    if comparisons.0 > Limits::NAME_COMPARISONS { Err(TooManyNames) } else { Ok(held.broken) }
}

/// Whether a system looks at the common name of a certificate that has these alternative names: OpenSSL where none is a
/// host's, others where there is none at all.
pub(crate) fn falls_back(certificate: &Certificate, semantics: Semantics) -> bool {
    let is_host = |name: &NameForm| matches!(name, NameForm::Dns(_));
    let alternative = certificate.extensions.subject_alt_name.get().map(Vec::as_slice).unwrap_or_default();
    match semantics {
        Semantics::Rfc5280 => alternative.is_empty(),
        Semantics::Windows => certificate.extensions.alternative_names_of_windows().is_empty(),
        Semantics::Openssl => !alternative.iter().any(is_host),
    }
}

/// Whether constraints say something that can't be decided: a form that is not supported, or a minimum or maximum,
/// which RFC 5280 does not use. Fails closed when a name of that form is there.
fn unsupported(constraints: &NameConstraints, names: &[NameForm]) -> bool {
    let subtrees = || constraints.permitted.iter().chain(&constraints.excluded);
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
fn names(certificate: &Certificate, is_windows: bool) -> Vec<NameForm> {
    let mut names = Vec::new();
    if !certificate.subject.is_empty() {
        names.push(NameForm::Directory(certificate.subject.clone()));
    }
    let alternative: &[NameForm] = if is_windows {
        certificate.extensions.alternative_names_of_windows()
    } else {
        certificate.extensions.subject_alt_name.get().map(Vec::as_slice).unwrap_or_default()
    };
    if !alternative.iter().any(|name| matches!(name, NameForm::Email(_))) {
        let mails = certificate.subject.texts(known::EMAIL_ADDRESS);
        names.extend(mails.map(|mail| NameForm::Email(String::from(mail))));
    }
    names.extend(alternative.iter().cloned());
    names
}

fn is_same_form(name: &NameForm, base: &NameForm) -> bool {
    match (name, base) {
        (NameForm::Other(ours, _), NameForm::Other(theirs, _)) => ours == theirs,
        _ => core::mem::discriminant(name) == core::mem::discriminant(base),
    }
}

/// Whether a name lies within a subtree.
fn is_within(name: &Prepared<'_>, base: &Prepared<'_>) -> bool {
    match (name.form, base.form) {
        (NameForm::Dns(name), NameForm::Dns(base)) => is_legal_host(name) && is_host_within(name, base),
        (NameForm::Email(name), NameForm::Email(base)) => is_legal_mail(name) && is_mail_within(name, base),
        (NameForm::Uri(name), NameForm::Uri(base)) => uri_host(name).is_some_and(|host| is_uri_host_within(host, base)),
        (NameForm::Ip(name), NameForm::Ip(base)) => is_address_within(name, base),
        (NameForm::Directory(_), NameForm::Directory(_)) => name.folded.starts_with(&base.folded),
        // Forms that are not decided: never permitted.
        _ => false,
    }
}

/// Whether a name touches an excluded subtree. A wildcard that could stand for an excluded name is excluded, and so is
/// what can't be read.
fn is_excluded(name: &Prepared<'_>, base: &Prepared<'_>) -> bool {
    match (name.form, base.form) {
        (NameForm::Dns(name), NameForm::Dns(base)) => {
            !is_legal_host(name) || is_host_within(name, base) || is_wildcard_over(name, base)
        }
        (NameForm::Uri(name), NameForm::Uri(base)) => uri_host(name).is_none_or(|host| is_uri_host_within(host, base)),
        (NameForm::Email(name), NameForm::Email(base)) => !is_legal_mail(name) || is_mail_within(name, base),
        (NameForm::Ip(name), NameForm::Ip(base)) => {
            !matches!(name.len(), 4 | 16) || !matches!(base.len(), 8 | 32) || is_address_within(name, base)
        }
        (NameForm::Directory(_), NameForm::Directory(_)) => name.folded.starts_with(&base.folded),
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
        assert_eq!(uri_host("https://[::1]/"), None);
        assert_eq!(uri_host("https://10.0.0.1/"), None);
        assert_eq!(uri_host("urn:x"), None);
    }
}
