//! Revocation from lists that the user supplies (RFC 5280, section 6.3), and what it means when none decides.

mod list;
mod openssl;
mod point;
mod rfc5280;
mod signer;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::options::{Options, Semantics};
use super::path::End;
use super::pool::{Member, Pool};
use super::status::error;
use super::validate::Judged;
use super::verifier::Verifier;
use crate::certificate::{Certificate, Crl};
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
