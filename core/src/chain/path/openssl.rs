//! Which issuers OpenSSL takes (`build_chain`, crypto/x509/x509_vfy.c, 3.0).
//!
//! It looks in its store first; once it took a certificate from there it looks nowhere else. Of several that fit it takes the
//! first one that is valid at the time, and never goes back, whatever comes of it: a signature is verified when the chain
//! stands. Which is the first, nobody says who pastes certificates or keeps roots in a directory, so each of them is followed,
//! and what differs is noted.

use alloc::vec::Vec;

use super::{Edge, End, Path, Search, issuer_address, match_info};
use crate::Limits;
use crate::certificate::{AuthorityKeyId, Certificate, NameForm, Oid};
use crate::chain::pool::Member;

/// Orders that nothing states and that decide what comes of a chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    /// That of the certificates that the peer sends.
    pub(crate) sent: bool,
    /// That of the roots in the verifier's store.
    pub(crate) kept: bool,
}

impl Orders {
    /// What would settle them, in words.
    pub(crate) fn settle(self) -> impl Iterator<Item = &'static str> {
        let sent = self.sent.then_some("the order in which the peer sends its certificates");
        let kept = self.kept.then_some("the order in which the verifier's store has its certificates of one name");
        sent.into_iter().chain(kept)
    }
}

impl Search<'_, '_> {
    /// Goes on from the last element as OpenSSL does, once for each certificate that may be the first. Recursion is as deep
    /// as the path. Whether the search is over.
    pub(super) fn extend_openssl(&mut self, places: &mut Vec<usize>, edges: &mut Vec<Edge>, in_store: bool) -> bool {
        let pool = self.pool;
        let Some((top, member)) = places.last().and_then(|&top| Some((top, pool.get(top)?))) else {
            return true;
        };
        let address = issuer_address(member.certificate);
        if places.len() >= Limits::CHAIN_LENGTH {
            self.found.exhausted = Some("CHAIN_LENGTH");
            return self.complete(places, edges, End::Missing { address });
        }
        let fitting: Vec<usize> = pool
            .issuers(member)
            .filter(|&place| pool.get(place).is_some_and(|issuer| may_issue(member.certificate, issuer.certificate)))
            .collect();
        let is_new = |place: &usize| !places.contains(place);
        let kept: Vec<usize> = fitting.iter().copied().filter(|&place| self.is_trusted(place)).collect();
        if is_self_signed(member.certificate) {
            // In place of a root that is sent, its like in the store is taken, and only if it is the same.
            let first = self.first(&kept);
            if first.is_empty() {
                return self.complete(places, edges, End::UntrustedRoot);
            }
            let mut outcomes = Outcomes::default();
            let mut ends = Vec::new();
            if first.contains(&top) {
                ends.push(End::Trusted);
            }
            if first.iter().any(|&place| place != top) {
                ends.push(End::UntrustedRoot);
            }
            for end in ends {
                let before = self.found.paths.len();
                if self.complete(places, edges, end) {
                    return true;
                }
                outcomes.add(self.found.paths.get(before..).unwrap_or_default());
            }
            self.found.orders.kept |= outcomes.differ;
            return false;
        }
        let from_store = in_store || !kept.is_empty();
        let first = if from_store {
            self.first(&kept)
        } else {
            let sent: Vec<usize> = fitting.iter().copied().filter(is_new).collect();
            self.first(&sent)
        };
        if first.is_empty() {
            let end = if fitting.is_empty() || in_store { End::Missing { address } } else { End::Cycle };
            return self.complete(places, edges, end);
        }
        let mut outcomes = Outcomes::default();
        for place in first {
            let before = self.found.paths.len();
            // What was sent is taken once; the store is asked again, until the chain is too long.
            if places.contains(&place) {
                if self.complete(places, edges, End::Cycle) {
                    return true;
                }
                outcomes.add(self.found.paths.get(before..).unwrap_or_default());
                continue;
            }
            let Some((signature, issuer)) = self.signature(member, place).zip(pool.get(place)) else {
                return self.exhaust("CHAIN_SIGNATURES");
            };
            places.push(place);
            edges
                .push(Edge { info: match_info(member.certificate, issuer.certificate).unwrap_or_default(), signature });
            let over = if from_store && is_self_signed(issuer.certificate) {
                self.complete(places, edges, End::Trusted)
            } else {
                self.extend_openssl(places, edges, from_store)
            };
            places.pop();
            edges.pop();
            if over {
                return true;
            }
            outcomes.add(self.found.paths.get(before..).unwrap_or_default());
        }
        if from_store {
            self.found.orders.kept |= outcomes.differ;
        } else {
            self.found.orders.sent |= outcomes.differ;
        }
        false
    }

    fn is_trusted(&self, place: usize) -> bool {
        let member = self.pool.get(place);
        member.is_some_and(|member| member.trusted && self.options.anchor.is_none_or(|anchor| anchor == member.digest))
    }

    /// Those of some candidates that are taken in one order or another: the valid ones, or, where none is, the one that
    /// expires last.
    fn first(&self, candidates: &[usize]) -> Vec<usize> {
        let validity = |place: &usize| self.pool.get(*place).map(|member: &Member<'_>| member.certificate.validity);
        let is_valid = |place: &usize| {
            validity(place).is_some_and(|validity| {
                validity.not_before <= self.options.at && !self.options.has_ended(validity.not_after)
            })
        };
        let valid: Vec<usize> = candidates.iter().copied().filter(is_valid).collect();
        if !valid.is_empty() {
            return valid;
        }
        let end = |place: &usize| validity(place).map(|validity| validity.not_after);
        let last = candidates.iter().map(end).max().flatten();
        candidates.iter().copied().filter(|place| end(place) == last).collect()
    }
}

/// What came of one choice after the other.
#[derive(Default)]
struct Outcomes {
    first: Option<[u32; 4]>,
    differ: bool,
}

impl Outcomes {
    /// The paths that one more choice led to.
    fn add(&mut self, paths: &[Path]) {
        let outcome = paths.iter().fold([0, !0, 0, !0], |[any, all, any_unknown, all_unknown], path| {
            let (errors, unknown) = (path.errors(), path.unknown());
            [any | errors, all & errors, any_unknown | unknown, all_unknown & unknown]
        });
        self.differ |= *self.first.get_or_insert(outcome) != outcome;
    }
}

/// Whether OpenSSL tries a certificate as the issuer of another (`ossl_x509_likely_issued`, crypto/x509/v3_purp.c).
fn may_issue(certificate: &Certificate, issuer: &Certificate) -> bool {
    issuer.subject.matches_openssl(&certificate.issuer)
        && certificate.extensions.authority_key_id.get().is_none_or(|authority| identifies(authority, issuer))
        && is_of_family(&issuer.public_key.algorithm.oid, &certificate.signature_algorithm.oid)
}

/// Whether OpenSSL takes a certificate for self-signed (`EXFLAG_SS`): nothing that it says stands against it. The signature is
/// not looked at, so one that is issued by a namesake and doesn't name that one's key is taken for a root.
fn is_self_signed(certificate: &Certificate) -> bool {
    may_issue(certificate, certificate)
}

/// Whether a certificate is the one that an authorityKeyIdentifier names (`X509_check_akid`, crypto/x509/v3_purp.c).
pub(in crate::chain) fn identifies(authority: &AuthorityKeyId, issuer: &Certificate) -> bool {
    let key_id = authority.key_id.as_ref().zip(issuer.extensions.subject_key_id.get());
    key_id.is_none_or(|(wanted, own)| wanted == own)
        && authority.serial.as_ref().is_none_or(|serial| serial == issuer.serial())
        && authority.issuer.iter().find_map(NameForm::directory).is_none_or(|name| name.matches_openssl(&issuer.issuer))
}

/// Whether a key can have made a signature, by their algorithms (`check_sig_alg_match`, crypto/x509/v3_purp.c). Of algorithms
/// other than RSA, elliptic curves and Ed25519 nothing is said.
fn is_of_family(key: &Oid, signature: &Oid) -> bool {
    const FAMILIES: [&[u8]; 3] = [
        // 1.2.840.113549.1.1, 1.2.840.10045, 1.3.101.112
        &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01],
        &[0x2A, 0x86, 0x48, 0xCE, 0x3D],
        &[0x2B, 0x65, 0x70],
    ];
    let family = |oid: &Oid| FAMILIES.iter().position(|family| oid.as_bytes().starts_with(family));
    family(key).zip(family(signature)).is_none_or(|(key, signature)| key == signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::known;

    #[test]
    fn keys_make_signatures_of_their_family() {
        let oid = |dotted: &str| Oid::from(const_oid::ObjectIdentifier::new_unwrap(dotted));
        let rsa_with_sha256 = oid("1.2.840.113549.1.1.11");
        let ec = known::EC_PUBLIC_KEY.into();
        assert!(is_of_family(&ec, &oid("1.2.840.10045.4.3.2")));
        assert!(!is_of_family(&ec, &rsa_with_sha256));
        assert!(is_of_family(&known::RSASSA_PSS.into(), &rsa_with_sha256));
        // Of an algorithm that is not known nothing is said.
        assert!(is_of_family(&known::ED448.into(), &rsa_with_sha256));
    }

    #[test]
    fn one_choice_differs_from_none() {
        let path = |errors| {
            let mut judged = crate::chain::validate::Judged::default();
            judged.status.errors = errors;
            Path { places: Vec::new(), edges: Vec::new(), end: End::Trusted, judged: Vec::from([judged]) }
        };
        let differ = |choices: &[&[Path]]| {
            let mut outcomes = Outcomes::default();
            choices.iter().for_each(|paths| outcomes.add(paths));
            outcomes.differ
        };
        assert!(!differ(&[&[path(1)]]));
        assert!(!differ(&[&[path(1)], &[path(1), path(1)]]));
        assert!(differ(&[&[path(1)], &[path(1), path(0)]]));
        assert!(differ(&[&[path(0)], &[path(8)]]));
    }
}
