//! What complete lists and their deltas say of a certificate (RFC 5280, section 6.3.3), and where Windows differs.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, HOLD, Listed, State, list, point};
use crate::Time;
use crate::certificate::{Crl, Reasons};
use crate::chain::options::{Options, Semantics};
use crate::chain::pool::{Member, Pool};

impl<'c> Check<'c> {
    /// What the lists say of a certificate whose issuer on the path is `issuer`.
    pub(super) fn state(
        &mut self,
        member: &Member<'_>,
        issuer: &Member<'_>,
        pool: &Pool<'_>,
        options: &Options<'_>,
    ) -> State {
        let certificate = member.certificate;
        let mut covered = Reasons(0);
        let mut unusable = None;
        let mut revoked: Option<(Time, Option<u8>)> = None;
        let mut holds: Vec<(&Crl, Time)> = Vec::new();
        let mut clean: Vec<&Crl> = Vec::new();
        let crls = self.crls;
        for crl in crls.iter().filter(|crl| !crl.base_number.is_present()) {
            let Some(reasons) = point::coverage(crl, certificate) else { continue };
            let fault = list::unusable(crl).or_else(|| self.unsigned(crl, issuer, member, pool, options));
            if let Some(fault) = fault {
                unusable.get_or_insert(fault);
                continue;
            }
            let listed = match self.verifier.listed(crl, certificate, member.digest) {
                Ok(listed) => listed,
                Err(fault) => {
                    unusable.get_or_insert(fault);
                    continue;
                }
            };
            let mut lister = crl;
            let listed = match self.delta(crl, issuer, member, pool, options) {
                None => listed,
                Some(delta) => match self.verifier.listed(delta, certificate, member.digest) {
                    Ok(Listed::No | Listed::Perhaps) => listed,
                    Ok(Listed::Removed) => Listed::No,
                    Ok(in_delta @ Listed::Revoked { .. }) => {
                        lister = delta;
                        in_delta
                    }
                    Err(fault) => {
                        unusable.get_or_insert(fault);
                        continue;
                    }
                },
            };
            // Listed is listed, also in a list that has expired since. Of a list that is there already, Windows alone asks
            // whether the entry's date has come: RFC 5280 does not (section 6.3.3, step i).
            let is_there = options.semantics != Semantics::Windows && crl.this_update <= options.at;
            if let Listed::Revoked { since, reason } = listed
                && (is_there || since <= options.at)
            {
                if reason == Some(HOLD) && options.semantics == Semantics::Rfc5280 {
                    holds.push((lister, since));
                    continue;
                }
                revoked.get_or_insert((since, reason));
                continue;
            }
            if options.at < crl.this_update {
                unusable.get_or_insert_with(|| list::is_later(crl));
            } else if let Some(next) = crl.next_update
                && options.has_ended(next)
            {
                unusable.get_or_insert_with(|| list::has_expired(next));
            } else {
                covered = covered.union(reasons);
                clean.push(crl);
            }
        }
        // A hold ends where a newer list of the same kind leaves it out (RFC 5280, section 5.3.1).
        let stands = |hold: &&(&Crl, Time)| !clean.iter().any(|crl| list::supersedes(crl, hold.0));
        revoked = revoked.or_else(|| holds.iter().find(stands).map(|&(_, since)| (since, Some(HOLD))));
        match revoked {
            Some((since, reason)) => State::Revoked { since, reason },
            None if covered == Reasons::ALL => State::Good,
            None if covered != Reasons(0) => {
                State::Unknown { unusable: Some(String::from("the revocation lists cover some reasons only")) }
            }
            None => State::Unknown { unusable },
        }
    }

    /// Whether some list, complete or a delta, holds it under a name that may be its issuer's. To OpenSSL, which folds
    /// letters of ASCII and blanks and nothing else (`X509_NAME_cmp`), such a list is somebody else's.
    pub(super) fn is_perhaps_listed(&mut self, member: &Member<'_>) -> bool {
        let crls = self.crls;
        crls.iter().any(|crl| {
            point::may_cover(crl, member.certificate)
                && self.verifier.listed(crl, member.certificate, member.digest) == Ok(Listed::Perhaps)
        })
    }

    /// The newest delta for a complete list, if there is one that applies.
    fn delta(
        &mut self,
        base: &Crl,
        issuer: &Member<'_>,
        member: &Member<'_>,
        pool: &Pool<'_>,
        options: &Options<'_>,
    ) -> Option<&'c Crl> {
        let crls = self.crls;
        let deltas = crls.iter().filter(|delta| list::extends(delta, base));
        let mut found: Option<&'c Crl> = None;
        for delta in deltas {
            let is_current =
                delta.this_update <= options.at && delta.next_update.is_none_or(|next| !options.has_ended(next));
            if !is_current || list::unusable(delta).is_some() {
                continue;
            }
            if self.unsigned(delta, issuer, member, pool, options).is_some() {
                continue;
            }
            if found.is_none_or(|found| list::is_newer(delta, found)) {
                found = Some(delta);
            }
        }
        found
    }
}
