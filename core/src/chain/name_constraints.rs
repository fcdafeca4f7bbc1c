//! Name constraints (RFC 5280, section 4.2.1.10): which names an authority may certify.

mod subtree;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use self::subtree::{Prepared, Within, cost, excluded, is_legal_host, is_same_form, within};
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
    /// The first name that may break them: whether it does depends on how strings are prepared for comparing (RFC 5280,
    /// section 7.1), or on what a mask with gaps means.
    pub(crate) undecided: Option<Broken>,
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

/// Holds every name against the constraints of an authority above.
fn hold(constraints: &NameConstraints, names: &[NameForm], is_windows: bool) -> Held {
    let is_unsupported = unsupported(constraints, names);
    let mut held = Held { comparisons: Some(0), is_unsupported, broken: None, undecided: None };
    let all_permitted: Vec<Prepared<'_>> = constraints.permitted.iter().map(|one| Prepared::new(&one.base)).collect();
    let all_excluded: Vec<Prepared<'_>> = constraints.excluded.iter().map(|one| Prepared::new(&one.base)).collect();
    let mut comparisons = 0_usize;
    for name in names {
        let name = Prepared::new(name);
        let mut of_excluded = Within::No;
        let mut of_permitted = None;
        for base in all_excluded.iter().filter(|base| is_same_form(name.form, base.form)) {
            comparisons = comparisons.saturating_add(cost(&name, base));
            of_excluded = of_excluded.or(excluded(&name, base));
        }
        for base in all_permitted.iter().filter(|base| is_same_form(name.form, base.form)) {
            comparisons = comparisons.saturating_add(cost(&name, base));
            of_permitted = Some(of_permitted.unwrap_or(Within::No).or(within(&name, base)));
        }
        held.comparisons = Some(comparisons).filter(|&count| count <= Limits::NAME_COMPARISONS);
        if held.comparisons.is_none() {
            return held;
        }
        let (bit, is_sure) = match (of_excluded, of_permitted) {
            (Within::Yes, _) => (error::EXCLUDED_NAME_CONSTRAINT, true),
            (_, Some(Within::No)) => (error::NOT_PERMITTED_NAME_CONSTRAINT, true),
            (Within::Undecided, _) => (error::EXCLUDED_NAME_CONSTRAINT, false),
            (_, Some(Within::Undecided)) => (error::NOT_PERMITTED_NAME_CONSTRAINT, false),
            (Within::No, None | Some(Within::Yes)) => continue,
        };
        // Windows says of a host that hides what follows it that the constraint itself is at fault (Wine's tests).
        let hides = is_windows && matches!(name.form, NameForm::Dns(host) if host.contains('\0'));
        let bit = if hides { error::INVALID_NAME_CONSTRAINTS | error::INVALID_EXTENSION } else { bit };
        let found = Broken { bit, name: printed(name.form) };
        if is_sure {
            held.broken = Some(found);
            return held;
        }
        held.undecided.get_or_insert(found);
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
