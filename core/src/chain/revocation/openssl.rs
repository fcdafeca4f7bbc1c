//! Revocation as OpenSSL decides it (`check_cert_crl`, crypto/x509/x509_vfy.c, version 3.0).
//!
//! Of all lists by the certificate's issuer the one that fits best is taken, and what is wrong with that one is an error of
//! its own; only where none fits it is "unable to get certificate CRL". Extended lists and deltas have to be asked for
//! (`X509_V_FLAG_EXTENDED_CRL_SUPPORT`, `X509_V_FLAG_USE_DELTAS`), and neither Service Fabric nor `openssl verify` does so by
//! itself: indirect lists and lists of some reasons are left out, and a delta passes for a complete list.

use alloc::format;
use alloc::string::String;

use super::{Check, Listed, State, list, point};
use crate::Time;
use crate::certificate::{Crl, KeyUsage, Reasons};
use crate::chain::options::Options;
use crate::chain::path::identifies;
use crate::chain::pool::Member;
use crate::chain::verifier::Signature;

/// What makes a list fit better than another, in this order (`CRL_SCORE_*`), and then how new it is.
type Score = (bool, bool, bool, bool, Time);

/// A list by the issuer of a certificate.
struct Fitting<'c, 'm> {
    crl: &'c Crl,
    /// Who should have signed it.
    signer: &'m Member<'m>,
    /// What it covers; none if it is about other certificates.
    reasons: Option<Reasons>,
    score: Score,
}

impl<'c> Check<'c> {
    /// What the lists say of the certificate at `place` of a path.
    pub(super) fn openssl(&mut self, members: &[&Member<'_>], place: usize, options: &Options<'_>) -> State {
        let Some(member) = members.get(place) else { return State::Unknown { unusable: None } };
        let mut covered = Reasons(0);
        // Each list that is taken covers a reason that was not covered before, so this ends after as many as there are.
        while covered != Reasons::ALL {
            let Some(taken) = self.best(members, place, covered, options) else { break };
            if let Some(fault) = self.fault(&taken, options) {
                return State::Unknown { unusable: Some(fault) };
            }
            match self.verifier.listed(taken.crl, member.certificate, member.digest) {
                Ok(Listed::Revoked { since, reason }) => return State::Revoked { since, reason },
                Ok(Listed::No | Listed::Perhaps | Listed::Removed) => {}
                Err(fault) => return State::Unknown { unusable: Some(fault) },
            }
            // A delta about other certificates is looked at, and covers nothing.
            let Some(reasons) = taken.reasons else { break };
            covered = covered.union(reasons);
        }
        if covered == Reasons::ALL {
            return State::Good;
        }
        let is_about = |crl: &Crl| point::coverage(crl, member.certificate).is_some();
        if covered != Reasons(0) {
            State::LeftOut("the revocation lists cover some reasons only")
        } else if self.crls.iter().any(is_about) {
            State::LeftOut("OpenSSL leaves out indirect lists, lists of some reasons, and lists of another key")
        } else {
            State::Unknown { unusable: None }
        }
    }

    /// The list that fits best, of those that cover more than `covered` (`get_crl_score`, `get_crl_sk`).
    fn best<'m>(
        &self,
        members: &[&'m Member<'m>],
        place: usize,
        covered: Reasons,
        options: &Options<'_>,
    ) -> Option<Fitting<'c, 'm>> {
        let certificate = members.get(place)?.certificate;
        let above = members.get(place..)?;
        // The last element of a path vouches for itself.
        let above = if above.len() > 1 { above.get(1..)? } else { above };
        let mut best: Option<Fitting<'c, 'm>> = None;
        for crl in self.crls {
            let is_left_out = crl.scope.get().is_some_and(|scope| scope.indirect || scope.only_reasons.is_some());
            if is_left_out || !crl.issuer.matches_openssl(&certificate.issuer) {
                continue;
            }
            let is_signer = |(rank, signer): &(usize, &&Member<'_>)| {
                (*rank == 0 || signer.certificate.subject.matches_openssl(&crl.issuer))
                    && crl.authority_key_id.get().is_none_or(|authority| identifies(authority, signer.certificate))
            };
            let Some((rank, signer)) = above.iter().enumerate().find(is_signer) else { continue };
            let reasons = point::coverage_of_openssl(crl, certificate);
            if reasons.is_some_and(|reasons| covered.union(reasons) == covered) {
                continue;
            }
            let is_understood = list::unusable(crl).is_none();
            let score = (is_understood, reasons.is_some(), time(crl, options).is_none(), rank == 0, crl.this_update);
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Fitting { crl, signer, reasons, score });
            }
        }
        best
    }

    /// What is wrong with the list that was taken (`check_crl`, and the first step of `cert_crl`).
    fn fault(&mut self, taken: &Fitting<'_, '_>, options: &Options<'_>) -> Option<String> {
        let signer = taken.signer.certificate;
        if !taken.crl.base_number.is_present() {
            if signer.extensions.key_usage.get().is_some_and(|usage| !usage.contains(KeyUsage::CRL_SIGN)) {
                return Some(String::from("the issuer's keyUsage lacks cRLSign"));
            }
            if taken.reasons.is_none() {
                return Some(String::from("the revocation list of its issuer is about other certificates"));
            }
        }
        if let Some(fault) = time(taken.crl, options) {
            return Some(fault);
        }
        self.signatures = self.signatures.saturating_add(1);
        match self.verifier.crl(taken.crl, &signer.public_key, taken.signer.key_digest) {
            Signature::Good { .. } => list::unusable(taken.crl),
            Signature::Bad(fault) | Signature::Broken(fault) | Signature::Unknown(fault) => {
                Some(format!("the revocation list's signature: {fault}"))
            }
        }
    }
}

/// Why a list is not current.
fn time(crl: &Crl, options: &Options<'_>) -> Option<String> {
    if options.at < crl.this_update {
        return Some(list::is_later(crl));
    }
    crl.next_update.filter(|&next| options.has_ended(next)).map(list::has_expired)
}
