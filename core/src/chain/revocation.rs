//! Revocation from lists that the user supplies (RFC 5280, section 6.3), and what it means when none decides.

mod list;
mod openssl;
mod point;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::options::{Options, Semantics};
use super::path::{End, Search};
use super::policy::PolicyInputs;
use super::pool::{Member, Pool};
use super::status::error;
use super::validate::Judged;
use super::verifier::{Signature, Verifier};
use crate::certificate::{Certificate, Crl, KeyUsage, Reasons};
use crate::{Limits, Revocation, Time};

pub(crate) use list::{Listed, find};

/// `CERT_CHAIN_REVOCATION_CHECK_END_CERT`.
pub const CHECK_END_CERT: u32 = 0x1000_0000;
/// `CERT_CHAIN_REVOCATION_CHECK_CHAIN`.
pub const CHECK_CHAIN: u32 = 0x2000_0000;
/// `CERT_CHAIN_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT`.
pub const CHECK_CHAIN_EXCLUDE_ROOT: u32 = 0x4000_0000;

/// The bits that ask for a check. `CERT_CHAIN_REVOCATION_CHECK_CACHE_ONLY` (0x80000000) alone asks for none.
pub(crate) const CHECKS: u32 = CHECK_END_CERT | CHECK_CHAIN | CHECK_CHAIN_EXCLUDE_ROOT;

/// certificateHold (RFC 5280, section 5.3.1).
const HOLD: u8 = 6;

/// The cause of a doubt.
const PERHAPS_LISTED: &str = "a revocation list holds its serial number, and whether the issuer is its own depends on the \
                              preparation of strings (RFC 4518), which is not done";

/// What the lists say of one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// Every reason is covered by a list that can be used, and none lists it.
    Good,
    /// Listed.
    Revoked { since: Time, reason: Option<u8> },
    /// No list decides.
    Unknown {
        /// A list for it was supplied and can't be used: why.
        unusable: Option<String>,
    },
    /// Lists for it were supplied, and OpenSSL takes none of them: why.
    LeftOut(&'static str),
}

/// Checks certificates against the lists, and remembers which key signed which list.
pub(crate) struct Check<'c> {
    pub(crate) crls: &'c [Crl],
    pub(crate) verifier: &'c mut Verifier,
    /// Signatures that were asked for.
    pub(crate) signatures: usize,
    /// How deep certificates that sign lists have signed lists about each other.
    depth: usize,
    /// SHA-256 of the last certificate of the path that is checked.
    anchor: Option<[u8; 32]>,
}

impl<'c> Check<'c> {
    pub(crate) fn new(crls: &'c [Crl], verifier: &'c mut Verifier) -> Self {
        Self { crls, verifier, signatures: 0, depth: 0, anchor: None }
    }

    /// Puts revocation bits on the elements that the flags ask for. Leaf first.
    pub(crate) fn path(
        &mut self,
        members: &[&Member<'_>],
        judged: &mut [Judged],
        pool: &Pool<'_>,
        end: &End,
        options: &Options<'_>,
    ) {
        // A signer's own path ends at the same one.
        if self.depth == 0 {
            self.anchor = members.last().map(|member| member.digest);
        }
        let is_rooted = matches!(end, End::Trusted | End::UntrustedRoot);
        let top = members.len().saturating_sub(1);
        let asked = |place: usize| {
            let flags = options.revocation_flags;
            if flags & CHECK_CHAIN != 0 {
                true
            } else if flags & CHECK_CHAIN_EXCLUDE_ROOT != 0 {
                !(is_rooted && place == top)
            } else {
                flags & CHECK_END_CERT != 0 && place == 0
            }
        };
        // From the root down: what is below a revoked authority can't be known.
        let mut is_below_revoked = false;
        for (place, member) in members.iter().enumerate().rev() {
            if !asked(place) {
                continue;
            }
            let Some(own) = judged.get_mut(place) else { continue };
            let span = &member.span;
            let issuer = members.get(place.saturating_add(1)).copied();
            let is_root = issuer.is_none() && member.certificate.is_self_issued();
            if is_below_revoked && options.semantics == Semantics::Windows {
                let because = "an authority above it is revoked, so its own status can't be known";
                own.fail(error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION, because, span);
                continue;
            }
            let state = match options.semantics {
                Semantics::Openssl => self.openssl(members, place, options),
                Semantics::Windows | Semantics::Rfc5280 => self.state(member, issuer.unwrap_or(member), pool, options),
            };
            if options.semantics != Semantics::Openssl
                && !matches!(state, State::Revoked { .. })
                && self.is_perhaps_listed(member)
            {
                own.doubt(error::REVOKED, PERHAPS_LISTED, span);
            }
            match state {
                State::Good => {}
                State::Revoked { since, reason } => {
                    let reason = reason.and_then(reason_name).map_or(String::new(), |name| format!(" ({name})"));
                    own.fail(error::REVOKED, format!("revoked since {since}{reason}"), span);
                    is_below_revoked = true;
                }
                // A root vouches for itself: no list about it is no fault (.NET's DynamicRevocationTests on Windows).
                State::Unknown { unusable: None } if is_root => {}
                State::Unknown { unusable } => unknown(member, unusable, options, own),
                State::LeftOut(because) => {
                    own.fail(error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION, because, span);
                }
            }
        }
    }

    /// What the lists say of a certificate whose issuer on the path is `issuer`.
    fn state(&mut self, member: &Member<'_>, issuer: &Member<'_>, pool: &Pool<'_>, options: &Options<'_>) -> State {
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
                Some(Ok(delta)) => match self.verifier.listed(delta, certificate, member.digest) {
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
                Some(Err(fault)) => {
                    unusable.get_or_insert(fault);
                    continue;
                }
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
                unusable.get_or_insert_with(|| is_later(crl));
            } else if let Some(next) = crl.next_update
                && options.has_ended(next)
            {
                unusable.get_or_insert_with(|| has_expired(next));
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
    fn is_perhaps_listed(&mut self, member: &Member<'_>) -> bool {
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
    ) -> Option<Result<&'c Crl, String>> {
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
        found.map(Ok)
    }

    /// Why a list is not signed by somebody who may: the issuer on the path, or another certificate of the same name
    /// (or of the name that the certificate gives) that leads to a trusted root. None: it is.
    fn unsigned(
        &mut self,
        crl: &Crl,
        issuer: &Member<'_>,
        subject: &Member<'_>,
        pool: &Pool<'_>,
        options: &Options<'_>,
    ) -> Option<String> {
        let mut because = String::from("no certificate of the revocation list's issuer is here");
        let mut signers: Vec<usize> = pool.named(&crl.issuer).collect();
        // The issuer on the path first.
        crate::order::sort_by_key(&mut signers, |&place| {
            pool.get(place).is_none_or(|signer| signer.digest != issuer.digest)
        });
        for place in signers.into_iter().take(Limits::CRL_SIGNERS) {
            let Some(signer) = pool.get(place) else { continue };
            let usage = signer.certificate.extensions.key_usage.get();
            if usage.is_some_and(|usage| !usage.contains(KeyUsage::CRL_SIGN)) {
                because = String::from("the issuer's keyUsage lacks cRLSign");
                continue;
            }
            self.signatures = self.signatures.saturating_add(1);
            match self.verifier.crl(crl, &signer.certificate.public_key, signer.key_digest) {
                Signature::Good { is_sha1: true } if options.refuses_sha1 => {
                    because =
                        String::from("the revocation list is signed over SHA-1, which no longer proves who signed");
                    continue;
                }
                Signature::Good { .. } => {}
                Signature::Bad(fault) | Signature::Broken(fault) | Signature::Unknown(fault) => {
                    because = format!("the revocation list's signature: {fault}");
                    continue;
                }
            }
            if signer.digest == issuer.digest || signer.key_digest == issuer.key_digest {
                return None;
            }
            if signer.digest == subject.digest {
                // A certificate can't vouch for itself through a list that it signs. RFC 5280 asks of a list's signer
                // its path and its keyUsage only (section 6.3.3, step f), so while another certificate is looked up,
                // its own list will do for it.
                if self.depth > 0 && options.semantics == Semantics::Rfc5280 {
                    return None;
                }
            } else if self.is_valid_signer(place, pool, options) {
                return None;
            }
            because = String::from(
                "the certificate that signed the revocation list does not lead to the trusted root of this chain",
            );
        }
        Some(because)
    }

    /// Whether a certificate that signs lists is itself good: a valid path to the same trust anchor (RFC 5280, section
    /// 6.3.3, step f), nothing in it revoked.
    fn is_valid_signer(&mut self, place: usize, pool: &Pool<'_>, options: &Options<'_>) -> bool {
        if self.depth >= Limits::CRL_SIGNER_DEPTH {
            return false;
        }
        let policies = PolicyInputs::default();
        let flags = options.revocation_flags;
        let Some(anchor) = self.anchor else { return false };
        let options = Options {
            purpose: None,
            policies: &policies,
            revocation_flags: 0,
            anchor: Some(anchor),
            common_name_is_host: false,
            ..options.clone()
        };
        let (found, signatures) = Search::new(pool, &[], &options, self.verifier).run(place);
        self.signatures = self.signatures.saturating_add(signatures);
        let Some(path) = found.paths.into_iter().next() else { return false };
        if path.errors() != 0 || path.end != End::Trusted {
            return false;
        }
        let members: Vec<&Member<'_>> = path.places.iter().filter_map(|&place| pool.get(place)).collect();
        let mut judged: Vec<Judged> = members.iter().map(|_| Judged::default()).collect();
        self.depth = self.depth.saturating_add(1);
        self.path(&members, &mut judged, pool, &path.end, &Options { revocation_flags: flags, ..options });
        self.depth = self.depth.saturating_sub(1);
        judged.iter().all(|own| own.status.errors == 0)
    }
}

fn is_later(crl: &Crl) -> String {
    format!("the revocation list is of {}, which is later", crl.this_update)
}

fn has_expired(next: Time) -> String {
    format!("the revocation list expired at {next}")
}

/// No list decides: what that means depends on what is known about revocation.
fn unknown(member: &Member<'_>, unusable: Option<String>, options: &Options<'_>, own: &mut Judged) {
    let has_address = member.certificate.extensions.crl_distribution_points.is_present();
    let is_openssl = options.semantics == Semantics::Openssl;
    match (options.revocation, unusable) {
        (Revocation::AssumeGood, None) => {}
        // OpenSSL could have the list: what is wrong with it is another error than that there is none.
        (_, Some(because)) if is_openssl => own.fail(error::REVOCATION_STATUS_UNKNOWN, because, &member.span),
        (_, Some(because)) => {
            own.fail(error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION, because, &member.span);
        }
        (Revocation::Offline, None) if has_address => {
            let because = "the address of its revocation list can't be reached";
            own.fail(error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION, because, &member.span);
        }
        (Revocation::Supplied, None) if has_address => {
            let because = "it names a revocation list, and that is not among the ones supplied";
            own.fail(error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION, because, &member.span);
        }
        (Revocation::Supplied | Revocation::Offline, None) => {
            let because = "no revocation list is about it, and it names none";
            let missing = if is_openssl { error::OFFLINE_REVOCATION } else { 0 };
            own.fail(error::REVOCATION_STATUS_UNKNOWN | missing, because, &member.span);
        }
    }
}

/// CRLReason (RFC 5280, section 5.3.1).
fn reason_name(reason: u8) -> Option<&'static str> {
    Some(match reason {
        1 => "keyCompromise",
        2 => "cACompromise",
        3 => "affiliationChanged",
        4 => "superseded",
        5 => "cessationOfOperation",
        HOLD => "certificateHold",
        9 => "privilegeWithdrawn",
        10 => "aACompromise",
        _ => return None,
    })
}

/// The instants at which a list changes what can be known.
pub(crate) fn instants(crls: &[Crl], ends_before_next_update: bool) -> BTreeMap<Time, String> {
    let mut instants = BTreeMap::new();
    for (place, crl) in crls.iter().take(Limits::FLIP_CERTIFICATES).enumerate() {
        let number = place.saturating_add(1);
        instants.insert(crl.this_update, format!("revocation list {number} begins"));
        if let Some(next) = crl.next_update {
            let end = if ends_before_next_update { next } else { next.plus(1) };
            instants.insert(end, format!("revocation list {number} expires"));
        }
    }
    instants
}

/// The dates on which certificates of the pool are revoked.
pub(crate) fn dates(crls: &[Crl], certificates: &[&Certificate]) -> Vec<Time> {
    let mut dates = Vec::new();
    for crl in crls {
        for certificate in certificates {
            if let Ok(Listed::Revoked { since, .. }) = list::find(crl, certificate) {
                dates.push(since);
            }
        }
    }
    dates
}
