//! Everything that chains of one case are built from, and the chain of one certificate.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::options::Options;
use super::path::{Orders, Path, Search, match_info, preference};
use super::pool::{Member, Origin, Pool};
use super::revocation;
use super::verifier::{Signature, Verifier};
use crate::certificate::{Bundle, Crl, read_certificates, read_crls};
use crate::{Document, Error, Finding, Limits, Time, Trust};

/// The documents of a case that chains are built from, read.
pub(crate) struct Read {
    pub(crate) subject: Bundle,
    intermediates: Bundle,
    roots: Bundle,
    crls: Vec<Crl>,
    /// Whether the roots are all there are.
    pub(crate) roots_known: bool,
    /// Whether it is known that there is none.
    pub(crate) no_roots: bool,
}

impl Read {
    /// Reads the subject's certificates and what the verifier has. `trust.roots` is `none` for an empty store, and
    /// unknown where nothing is given.
    pub(crate) fn new(subject: &Document<'_>, trust: &Trust) -> Self {
        let subject = read_certificates(subject);
        let intermediates = read_certificates(&Document::new("trust.intermediates", &trust.intermediates));
        let is_none = trust.roots.trim() == "none";
        let roots = if is_none { "" } else { &trust.roots };
        let roots = read_certificates(&Document::new("trust.roots", roots));
        let lists = read_crls(&Document::new("trust.crls", &trust.crls));
        let mut read = Self { subject, intermediates, roots, crls: Vec::new(), roots_known: false, no_roots: is_none };
        // A root that can't be read may be the one that is missing.
        read.roots_known = is_none || (!read.roots.certificates.is_empty() && read.roots.errors.is_empty());
        let bundled = read.subject.crls.iter().chain(&read.intermediates.crls);
        read.crls = lists.crls.iter().chain(bundled).map(|list| list.value.clone()).collect();
        read.intermediates.errors.extend(lists.errors);
        read.intermediates.findings.extend(lists.findings);
        read
    }

    pub(crate) fn errors(&self) -> Vec<Error> {
        [&self.subject, &self.intermediates, &self.roots].into_iter().flat_map(|bundle| bundle.errors.clone()).collect()
    }

    pub(crate) fn findings(&self) -> Vec<Finding> {
        [&self.subject, &self.intermediates, &self.roots]
            .into_iter()
            .flat_map(|bundle| bundle.findings.clone())
            .collect()
    }

    /// The facts of the certificates that the verifier has, besides those of the subject.
    pub(crate) fn verifier_facts(&self) -> Vec<crate::certificate::Facts> {
        [&self.intermediates, &self.roots].into_iter().flat_map(Bundle::facts).collect()
    }

    /// Every certificate that was read.
    pub(crate) fn count(&self) -> usize {
        [&self.subject, &self.intermediates, &self.roots].into_iter().map(|bundle| bundle.certificates.len()).sum()
    }

    pub(crate) fn has_crls(&self) -> bool {
        !self.crls.is_empty()
    }
}

/// The certificates of a case as one pool, with the places of the subject's.
pub(crate) struct Store<'a> {
    pub(crate) pool: Pool<'a>,
    /// The place in the pool of each certificate of the subject, in order.
    pub(crate) subject: Vec<usize>,
    crls: &'a [Crl],
}

/// The chain of one certificate.
pub(crate) struct Built {
    /// The best path, then the others that were completed. OpenSSL builds one of them, which one depends on `orders`.
    pub(crate) paths: Vec<Path>,
    /// The limit that ended the search early.
    pub(crate) exhausted: Option<&'static str>,
    /// Orders that nothing states and by which the paths differ, to OpenSSL alone.
    pub(crate) orders: Orders,
    /// Signatures that were asked for.
    pub(crate) signatures: usize,
}

impl<'a> Store<'a> {
    pub(crate) fn new(read: &'a Read) -> Self {
        let mut pool = Pool::default();
        let mut add = |bundle: &'a Bundle, origin| -> Vec<usize> {
            let numbered = (1_u32..).zip(&bundle.certificates);
            numbered.map(|(number, pasted)| pool.add(&pasted.value, origin, number, pasted.span.clone())).collect()
        };
        let subject = add(&read.subject, Origin::Subject);
        add(&read.intermediates, Origin::Intermediates);
        add(&read.roots, Origin::Roots);
        Self { pool, subject, crls: &read.crls }
    }

    /// The subject's certificates that did not issue another one of the subject's, each once: what is being judged.
    ///
    /// Issued means signed: by its name alone, anyone could put a certificate of their own before somebody's good one and
    /// have that one judged. Of many that have the name, some are tried; the others count as not having issued.
    pub(crate) fn leaves(&self, verifier: &mut Verifier) -> Vec<usize> {
        let members: Vec<(usize, &Member<'_>)> =
            self.subject.iter().filter_map(|&place| Some((place, self.pool.get(place)?))).collect();
        let mut issuers = BTreeSet::new();
        let mut tried = 0_usize;
        for (place, member) in &members {
            if member.certificate.is_self_issued() {
                continue;
            }
            for place in self.pool.issuers(member).filter(|issuer| issuer != place) {
                let Some(issuer) = self.pool.get(place).filter(|issuer| issuer.origin == Origin::Subject) else {
                    continue;
                };
                if issuers.contains(&place) || tried >= Limits::CHAIN_SIGNATURES {
                    continue;
                }
                tried = tried.saturating_add(1);
                let key = &issuer.certificate.public_key;
                let signature = verifier.certificate(member.certificate, member.digest, key, issuer.key_digest);
                if matches!(signature, Signature::Good { .. }) {
                    issuers.insert(place);
                }
            }
        }
        let mut seen = BTreeSet::new();
        let is_authority = |member: &Member<'_>| {
            member.certificate.extensions.basic_constraints.get().is_none_or(|constraints| constraints.ca)
        };
        let leaves: Vec<usize> = members
            .iter()
            .filter(|(place, member)| !(issuers.contains(place) && is_authority(member)) && seen.insert(*place))
            .map(|(place, _)| *place)
            .collect();
        // Certificates that issued each other: the first one is what was asked about.
        if leaves.is_empty() { self.subject.first().copied().into_iter().collect() } else { leaves }
    }

    /// The chain of the certificate at `leaf`.
    pub(crate) fn build(&self, leaf: usize, options: &Options<'_>, verifier: &mut Verifier) -> Built {
        let (found, signatures) = Search::new(&self.pool, self.crls, options, verifier).run(leaf);
        Built { paths: found.paths, exhausted: found.exhausted, orders: found.orders, signatures }
    }

    /// The certificates that could as well stand directly above `leaf` as the one at `above`: of the same name and key, and
    /// as likely to be taken. Nothing says which of them a system takes.
    pub(crate) fn twins(&self, leaf: usize, above: usize, options: &Options<'_>) -> Vec<usize> {
        let (Some(member), Some(taken)) = (self.pool.get(leaf), self.pool.get(above)) else { return Vec::new() };
        let certificate = member.certificate;
        let likely = |issuer: &Member<'_>| {
            match_info(certificate, issuer.certificate).map(|info| preference(issuer, info, options))
        };
        let is_twin = |place: &usize| {
            self.pool.get(*place).is_some_and(|other| {
                other.digest != taken.digest && other.key_digest == taken.key_digest && likely(other) == likely(taken)
            })
        };
        self.pool.issuers(member).filter(is_twin).collect()
    }

    /// The certificates that can stand above `leaf`, by name, and itself; then those that can have signed a revocation
    /// list, and what stands above them. At most [`Limits::FLIP_CERTIFICATES`].
    pub(crate) fn reached(&self, leaf: usize) -> Vec<usize> {
        let mut reached = Vec::from([leaf]);
        self.climb(&mut reached);
        for crl in self.crls {
            let room = Limits::FLIP_CERTIFICATES.saturating_sub(reached.len());
            let signers: Vec<usize> =
                self.pool.named(&crl.issuer).filter(|place| !reached.contains(place)).take(room).collect();
            reached.extend(signers);
        }
        self.climb(&mut reached);
        reached
    }

    /// Adds what can stand above.
    fn climb(&self, reached: &mut Vec<usize>) {
        let mut next = 0_usize;
        while let Some(&place) = reached.get(next) {
            next = next.saturating_add(1);
            let Some(member) = self.pool.get(place) else { continue };
            for issuer in self.pool.issuers(member) {
                if reached.len() < Limits::FLIP_CERTIFICATES && !reached.contains(&issuer) {
                    reached.push(issuer);
                }
            }
        }
    }

    /// The instants at which the chain of `leaf` can change: where a validity or a revocation list begins or ends, and
    /// where a certificate was revoked. `ends_before_not_after` as in the options.
    pub(crate) fn instants(&self, leaf: usize, ends_before_not_after: bool) -> BTreeMap<Time, Vec<String>> {
        let mut instants: BTreeMap<Time, Vec<String>> = BTreeMap::new();
        let mut certificates = Vec::new();
        for place in self.reached(leaf) {
            let Some(member) = self.pool.get(place) else { continue };
            let validity = &member.certificate.validity;
            let name = member.label();
            let end = if ends_before_not_after { validity.not_after } else { validity.not_after.plus(1) };
            instants.entry(validity.not_before).or_default().push(alloc::format!("{name} becomes valid"));
            instants.entry(end).or_default().push(alloc::format!("{name} expires"));
            certificates.push(member.certificate);
        }
        for (at, because) in revocation::instants(self.crls, ends_before_not_after) {
            instants.entry(at).or_default().push(because);
        }
        for at in revocation::dates(self.crls, &certificates) {
            instants.entry(at).or_default().push(String::from("a certificate is revoked"));
        }
        instants
    }
}

impl Member<'_> {
    /// "certificate 2", "root 1".
    pub(crate) fn label(&self) -> String {
        let noun = match self.origin {
            Origin::Subject => "certificate",
            Origin::Intermediates => "intermediate",
            Origin::Roots => "root",
        };
        alloc::format!("{noun} {}", self.number)
    }
}
