//! Building paths: from the leaf to a root, through every issuer that could be meant, within a budget.

mod openssl;

use alloc::string::String;
use alloc::vec::Vec;

use super::name_constraints::Comparisons;
use super::options::{Options, Semantics};
use super::pool::{Member, Pool};
use super::revocation::{CHECKS, Check};
use super::status::{error, info};
use super::validate::{self, Judged};
use super::verifier::{Signature, Verifier};
use crate::Limits;
use crate::certificate::{Certificate, Crl, NameForm, known};

pub(crate) use openssl::Orders;
pub(super) use openssl::identifies;

/// From an element to its issuer.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    /// How the issuer was found, as `CERT_TRUST_HAS_*_MATCH_ISSUER`.
    pub(crate) info: u32,
    /// Whether it signed the element.
    pub(crate) signature: Signature,
}

/// How a path ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// At a certificate that the verifier trusts.
    Trusted,
    /// At a self-signed certificate that it doesn't.
    UntrustedRoot,
    /// At a certificate whose issuer is not here.
    Missing {
        /// Where the issuer could be fetched (authorityInfoAccess).
        address: Option<String>,
    },
    /// At a certificate whose only issuers are below it already.
    Cycle,
}

/// A path with what is wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Places in the pool, leaf first.
    pub(crate) places: Vec<usize>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) end: End,
    pub(crate) judged: Vec<Judged>,
}

impl Path {
    pub(crate) fn errors(&self) -> u32 {
        self.judged.iter().fold(0, |bits, own| bits | own.status.errors)
    }

    pub(crate) fn unknown(&self) -> u32 {
        self.judged.iter().fold(0, |bits, own| bits | own.status.unknown) & !self.errors()
    }

    /// Better paths compare less: signatures, completeness, trust, constraints and time, in the order in which
    /// `CertGetCertificateChain` prefers them, then what else is wrong or unknown, then length.
    fn rank(&self) -> (u32, [bool; 5], u32, u32, usize) {
        let errors = self.errors();
        let has = |bits: u32| errors & bits != 0;
        let order = [
            has(error::NOT_SIGNATURE_VALID),
            has(error::PARTIAL_CHAIN | error::CYCLIC),
            has(error::UNTRUSTED_ROOT),
            has(error::INVALID_BASIC_CONSTRAINTS),
            has(error::NOT_TIME_VALID),
        ];
        (u32::from(errors != 0), order, errors.count_ones(), self.unknown().count_ones(), self.places.len())
    }
}

/// What a search found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Every path that was completed, the best first.
    pub(crate) paths: Vec<Path>,
    /// The budget that ended the search early, by its name.
    pub(crate) exhausted: Option<&'static str>,
    /// To OpenSSL each path is what is built in one order: the orders that tell them apart.
    pub(crate) orders: Orders,
}

/// A search for paths.
pub(crate) struct Search<'s, 'a> {
    pub(crate) pool: &'s Pool<'a>,
    pub(crate) options: &'s Options<'s>,
    pub(crate) verifier: &'s mut Verifier,
    crls: &'s [Crl],
    comparisons: Comparisons,
    signatures: usize,
    found: Found,
}

impl<'s, 'a> Search<'s, 'a> {
    pub(crate) fn new(
        pool: &'s Pool<'a>,
        crls: &'s [Crl],
        options: &'s Options<'s>,
        verifier: &'s mut Verifier,
    ) -> Self {
        let comparisons = Comparisons::default();
        Self { pool, options, verifier, crls, comparisons, signatures: 0, found: Found::default() }
    }

    /// Every path from the certificate at `leaf`, until one has nothing wrong with it or the budget ends; to OpenSSL every
    /// path that it may build. The number of signatures that were asked for.
    pub(crate) fn run(mut self, leaf: usize) -> (Found, usize) {
        let (mut places, mut edges) = (Vec::from([leaf]), Vec::new());
        if self.options.semantics == Semantics::Openssl {
            self.extend_openssl(&mut places, &mut edges, false);
        } else {
            self.extend(&mut places, &mut edges);
        }
        crate::order::sort_by_key(&mut self.found.paths, Path::rank);
        (self.found, self.signatures)
    }

    /// Goes on from the last element. Recursion is as deep as the path: at most [`Limits::CHAIN_LENGTH`]. Whether the
    /// search is over.
    fn extend(&mut self, places: &mut Vec<usize>, edges: &mut Vec<Edge>) -> bool {
        let pool = self.pool;
        let Some((top, member)) = places.last().and_then(|&top| Some((top, pool.get(top)?))) else {
            return true;
        };
        let certificate = member.certificate;
        let is_self_issued = certificate.is_self_issued();
        // To RFC 5280 an anchor is whatever the verifier trusts; to Windows a chain ends at a root alone.
        let can_end = is_self_issued || self.options.semantics == Semantics::Rfc5280;
        if member.trusted && can_end && self.options.anchor.is_none_or(|anchor| anchor == member.digest) {
            return self.complete(places, edges, End::Trusted);
        }
        if is_self_issued && self.is_self_signed(member) {
            return self.complete(places, edges, End::UntrustedRoot);
        }
        let address = issuer_address(certificate);
        if places.len() >= Limits::CHAIN_LENGTH {
            self.found.exhausted = Some("CHAIN_LENGTH");
            return self.complete(places, edges, End::Missing { address });
        }
        let mut candidates: Vec<(usize, u32)> = self
            .pool
            .issuers(member)
            .filter(|&place| place != top)
            .filter_map(|place| Some((place, match_info(certificate, self.pool.get(place)?.certificate)?)))
            .collect();
        let repeated = candidates.iter().copied().find(|&(place, _)| self.is_loop(places, place));
        candidates.retain(|&(place, _)| !self.is_loop(places, place));
        if candidates.is_empty() {
            return match repeated {
                None => self.complete(places, edges, End::Missing { address }),
                Some((place, info)) => self.close(places, edges, place, info),
            };
        }
        let options = self.options;
        crate::order::sort_by_key(&mut candidates, |&(place, info)| {
            (pool.get(place).map(|member| preference(member, info, options)), place)
        });
        let mut unsigned = Vec::new();
        for (place, info) in candidates {
            let Some(signature) = self.signature(member, place) else {
                return self.exhaust("CHAIN_SIGNATURES");
            };
            if matches!(signature, Signature::Bad(_) | Signature::Broken(_)) {
                unsigned.push((place, Edge { info, signature }));
                continue;
            }
            if self.follow(places, edges, place, Edge { info, signature }) {
                return true;
            }
        }
        // Issuers by name that did not sign: shown, where nothing better is there.
        if self.found.paths.iter().all(|path| path.errors() != 0) {
            for (place, edge) in unsigned.into_iter().take(Limits::UNSIGNED_ISSUERS) {
                if self.follow(places, edges, place, edge) {
                    return true;
                }
            }
        }
        false
    }

    fn follow(&mut self, places: &mut Vec<usize>, edges: &mut Vec<Edge>, place: usize, edge: Edge) -> bool {
        places.push(place);
        edges.push(edge);
        let over = self.extend(places, edges);
        places.pop();
        edges.pop();
        over
    }

    /// Completes a path that leads back to itself. Windows shows the certificate that comes again as its last element.
    fn close(&mut self, places: &mut Vec<usize>, edges: &mut Vec<Edge>, place: usize, info: u32) -> bool {
        let top = places.last().and_then(|&top| self.pool.get(top));
        if self.options.semantics != Semantics::Windows {
            return self.complete(places, edges, End::Cycle);
        }
        let Some(signature) = top.and_then(|top| self.signature(top, place)) else {
            return self.exhaust("CHAIN_SIGNATURES");
        };
        places.push(place);
        edges.push(Edge { info, signature });
        let over = self.complete(places, edges, End::Cycle);
        places.pop();
        edges.pop();
        over
    }

    fn exhaust(&mut self, limit: &'static str) -> bool {
        self.found.exhausted = Some(limit);
        true
    }

    /// Judges a completed path. Whether the search is over.
    fn complete(&mut self, places: &[usize], edges: &[Edge], end: End) -> bool {
        let members: Vec<&Member<'_>> = places.iter().filter_map(|&place| self.pool.get(place)).collect();
        let Ok(mut judged) = validate::path(&members, edges, &end, self.options, &mut self.comparisons, self.verifier)
        else {
            return self.exhaust("NAME_COMPARISONS");
        };
        if self.options.revocation_flags & CHECKS != 0 {
            let mut check = Check::new(self.crls, self.verifier);
            check.path(&members, &mut judged, self.pool, &end, self.options);
            self.signatures = self.signatures.saturating_add(check.signatures);
        }
        let path = Path { places: places.to_vec(), edges: edges.to_vec(), end, judged };
        // OpenSSL takes a path whether or not there is a better one.
        let is_best = path.errors() == 0 && path.unknown() == 0 && self.options.semantics != Semantics::Openssl;
        self.found.paths.push(path);
        is_best
    }

    fn signature(&mut self, member: &Member<'_>, issuer: usize) -> Option<Signature> {
        let issuer = self.pool.get(issuer)?;
        self.signatures = self.signatures.saturating_add(1);
        if self.signatures > Limits::CHAIN_SIGNATURES {
            return None;
        }
        let key = &issuer.certificate.public_key;
        Some(self.verifier.certificate(member.certificate, member.digest, key, issuer.key_digest))
    }

    fn is_self_signed(&mut self, member: &Member<'_>) -> bool {
        self.signatures = self.signatures.saturating_add(1);
        let key = &member.certificate.public_key;
        let own = self.verifier.certificate(member.certificate, member.digest, key, member.key_digest);
        // A broken or unknown algorithm does not make a self-issued certificate another's.
        !matches!(own, Signature::Bad(_)) || !self.has_other_issuer(member)
    }

    fn has_other_issuer(&self, member: &Member<'_>) -> bool {
        let others = self.pool.issuers(member).filter_map(|place| self.pool.get(place));
        others.into_iter().any(|other| other.digest != member.digest)
    }

    /// The same name and key twice is a loop (RFC 4158, section 2.4.2).
    fn is_loop(&self, places: &[usize], place: usize) -> bool {
        let Some(candidate) = self.pool.get(place) else { return true };
        places.iter().filter_map(|&on_path| self.pool.get(on_path)).any(|on_path| {
            on_path.digest == candidate.digest
                || (on_path.key_digest == candidate.key_digest
                    && on_path.certificate.subject.matches(&candidate.certificate.subject))
        })
    }
}

/// Candidates that are probably right come first: how they match, then trust, validity, authority.
pub(super) fn preference(member: &Member<'_>, info: u32, options: &Options<'_>) -> (u32, bool, bool, bool) {
    let validity = &member.certificate.validity;
    let is_valid = validity.not_before <= options.at && !options.has_ended(validity.not_after);
    let constraints = member.certificate.extensions.basic_constraints.get();
    let is_authority = constraints.is_some_and(|constraints| constraints.ca);
    (match_order(info), !member.trusted, !is_valid, !is_authority)
}

fn match_order(info: u32) -> u32 {
    match info {
        bits if bits & info::EXACT_MATCH_ISSUER != 0 => 0,
        bits if bits & info::KEY_MATCH_ISSUER != 0 => 1,
        bits if bits & info::NAME_MATCH_ISSUER != 0 => 2,
        _ => 3,
    }
}

/// How an issuer fits what the certificate says of it (authorityKeyIdentifier). One that contradicts it is still
/// tried, last: the extension is a hint (RFC 4158, section 3.5.12).
pub(super) fn match_info(certificate: &Certificate, issuer: &Certificate) -> Option<u32> {
    let Some(authority) = certificate.extensions.authority_key_id.get() else {
        return Some(info::NAME_MATCH_ISSUER);
    };
    let mut contradicts = false;
    if let Some(serial) = &authority.serial {
        let names = authority.issuer.iter().filter_map(NameForm::directory);
        let is_exact = serial == issuer.serial() && names.into_iter().any(|name| name.matches(&issuer.issuer));
        if is_exact {
            return Some(info::EXACT_MATCH_ISSUER);
        }
        contradicts = true;
    }
    if let (Some(wanted), Some(key_id)) = (&authority.key_id, issuer.extensions.subject_key_id.get()) {
        if wanted == key_id {
            return Some(info::KEY_MATCH_ISSUER);
        }
        contradicts = true;
    }
    Some(if contradicts { 0 } else { info::NAME_MATCH_ISSUER })
}

fn issuer_address(certificate: &Certificate) -> Option<String> {
    let accesses = certificate.extensions.authority_info_access.get()?;
    accesses.iter().find_map(|access| match &access.location {
        NameForm::Uri(address) if access.method == known::CA_ISSUERS => Some(address.clone()),
        _ => None,
    })
}
