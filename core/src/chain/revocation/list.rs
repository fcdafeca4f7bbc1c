//! One revocation list: whether it can be used, and whether it lists a certificate.

use alloc::format;
use alloc::string::String;

use crate::Time;
use crate::certificate::{Certificate, Crl, NameForm};

/// Whether a list holds a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    /// No entry is about it.
    No,
    /// An entry is about it if two names are the same once they are prepared as RFC 4518 says.
    Perhaps,
    /// A delta takes it off the list again.
    Removed,
    /// An entry is about it.
    Revoked {
        since: Time,
        /// CRLReason.
        reason: Option<u8>,
    },
}

impl Listed {
    /// What two entries about one certificate say together: revoked if one does, and since the earlier of two dates.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Revoked { since: ours, .. }, Self::Revoked { since: theirs, .. }) if theirs < ours => other,
            (Self::Revoked { .. }, _) | (_, Self::No) => self,
            (_, Self::Revoked { .. }) | (Self::No, _) => other,
            (Self::Perhaps, _) | (_, Self::Perhaps) => Self::Perhaps,
            _ => other,
        }
    }
}

const REMOVE_FROM_CRL: u8 = 8;

/// Why a list can't be used whatever it says: it can't be understood in full.
pub(super) fn unusable(crl: &Crl) -> Option<String> {
    if let Some(fault) = crl.faults().next() {
        return Some(format!("an extension of the revocation list can't be understood: {fault}"));
    }
    let extension = crl.unknown_critical().next()?;
    Some(format!("the revocation list's critical extension `{}` is not supported", extension.oid.label()))
}

/// Looks a certificate up. In an indirect list an entry is about the issuer that it names, or that the entry before it
/// names.
pub(crate) fn find(crl: &Crl, certificate: &Certificate) -> Result<Listed, String> {
    let is_indirect = crl.scope.get().is_some_and(|scope| scope.indirect);
    let mut is_own_issuer = crl.issuer.matches(&certificate.issuer);
    let mut may_be_own_issuer = crl.issuer.may_match(&certificate.issuer);
    let mut found = Listed::No;
    for entry in crl.entries() {
        let entry = entry.map_err(|fault| format!("the revocation list can't be read: {fault}"))?;
        if entry.certificate_issuer.is_some() {
            // RFC 5280, section 5.3.3: of indirect lists only. Whom it would be about elsewhere is anyone's guess.
            if !is_indirect {
                return Err(String::from("an entry names an issuer, and the revocation list is not indirect"));
            }
            let names =
                crl.certificate_issuer(&entry).map_err(|fault| format!("an entry can't be understood: {fault}"))?;
            let mut names = names.iter().filter_map(NameForm::directory);
            is_own_issuer = names.clone().any(|name| name.matches(&certificate.issuer));
            may_be_own_issuer = names.any(|name| name.may_match(&certificate.issuer));
        }
        if entry.unknown_critical {
            return Err(String::from("an entry of the revocation list has a critical extension that is not supported"));
        }
        if is_own_issuer && entry.serial == certificate.serial() {
            found = found.and(match entry.reason {
                Some(REMOVE_FROM_CRL) if crl.base_number.is_present() => Listed::Removed,
                // RFC 5280, section 5.3.1: of deltas only.
                Some(REMOVE_FROM_CRL) => {
                    return Err(String::from(
                        "an entry takes the certificate off, and the revocation list is no delta",
                    ));
                }
                reason => Listed::Revoked { since: entry.date, reason },
            });
        } else if may_be_own_issuer && entry.serial == certificate.serial() {
            found = found.and(Listed::Perhaps);
        }
    }
    Ok(found)
}

/// Whether `delta` extends the complete list `base` (RFC 5280, section 5.2.4): same issuer and scope, and no revocation
/// lies between the two.
pub(super) fn extends(delta: &Crl, base: &Crl) -> bool {
    let (Some(from), Some(delta_number), Some(base_number)) =
        (delta.base_number.get(), delta.number.get(), base.number.get())
    else {
        return false;
    };
    is_like(delta, base) && !is_less(base_number, from) && is_less(base_number, delta_number)
}

/// Whether a complete list is a later edition of what another list, complete or a delta, is about.
pub(super) fn supersedes(later: &Crl, crl: &Crl) -> bool {
    is_like(later, crl) && is_newer(later, crl)
}

/// Whether two lists are by one issuer, with one key, about the same certificates and reasons.
fn is_like(a: &Crl, b: &Crl) -> bool {
    a.issuer.matches(&b.issuer)
        && a.scope.get() == b.scope.get()
        && a.authority_key_id.get() == b.authority_key_id.get()
}

/// Whether `a` is a later list than `b`.
pub(super) fn is_newer(a: &Crl, b: &Crl) -> bool {
    match (a.number.get(), b.number.get()) {
        (Some(a), Some(b)) => is_less(b, a),
        _ => false,
    }
}

/// Compares non-negative INTEGER contents.
fn is_less(a: &[u8], b: &[u8]) -> bool {
    let strip = |bytes: &[u8]| -> alloc::vec::Vec<u8> { bytes.iter().copied().skip_while(|&byte| byte == 0).collect() };
    let (a, b) = (strip(a), strip(b));
    (a.len(), a) < (b.len(), b)
}

/// What is wrong with a list that begins later.
pub(super) fn is_later(crl: &Crl) -> String {
    format!("the revocation list is of {}, which is later", crl.this_update)
}

/// What is wrong with a list that has ended.
pub(super) fn has_expired(next: Time) -> String {
    format!("the revocation list expired at {next}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_entry_counts() {
        let since = |seconds| Listed::Revoked { since: Time::MIN.plus(seconds), reason: None };
        assert_eq!(since(9).and(since(5)), since(5));
        assert_eq!(since(5).and(since(9)), since(5));
        assert_eq!(Listed::Removed.and(since(5)), since(5));
        assert_eq!(since(5).and(Listed::Removed), since(5));
        assert_eq!(Listed::No.and(Listed::Removed), Listed::Removed);
        for (one, both) in [(Listed::No, Listed::Perhaps), (Listed::Removed, Listed::Perhaps), (since(5), since(5))] {
            assert_eq!(one.and(Listed::Perhaps), both);
            assert_eq!(Listed::Perhaps.and(one), both);
        }
    }

    #[test]
    fn numbers_compare_by_value() {
        assert!(is_less(&[0, 255], &[1, 0]) && is_less(&[], &[1]) && is_less(&[3], &[0, 4]));
        assert!(!is_less(&[0, 1], &[1]) && !is_less(&[2], &[1]));
    }
}
