//! What does not change during a roll-out: certificates, keys and the verifier's trust.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::certificate::Facts;
use crate::chain::{Read, Store, Verifier};
use crate::fabric::presentation::{Installed, KeyFacts};
use crate::fabric::subject::{self, Candidate, ChainSettings};
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Platform, Runtime, StatedCertificate};
use crate::{Limits, Time, Trust};

/// The certificates of a case, and how they are judged.
pub(super) struct Ground<'a> {
    pub(super) platform: Platform,
    pub(super) runtime: Runtime,
    pub(super) account: Option<&'a str>,
    pub(super) trust: &'a Trust,
    pub(super) read: &'a Read,
    pub(super) chains: &'a Store<'a>,
    /// Every certificate, in the order of the case: pasted ones, then stated ones.
    pub(super) holdings: Vec<Holding<'a>>,
    /// The instants at which a chain or a validity begins or ends, and why.
    pub(super) instants: Vec<(Time, String)>,
}

/// A certificate that can be installed.
pub(super) struct Holding<'a> {
    pub(super) facts: Facts,
    pub(super) installed: Installed,
    /// Its public key, as bytes that are the same exactly where the keys are.
    pub(super) key: Option<Vec<u8>>,
    source: Source<'a>,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    /// Its place in the pool.
    Pasted(usize),
    Stated(&'a StatedCertificate),
}

impl<'a> Holding<'a> {
    /// Every certificate of a case.
    pub(super) fn all(
        read: &Read,
        chains: &Store<'_>,
        stated: &'a [StatedCertificate],
        keys: &[KeyFacts],
    ) -> Vec<Self> {
        let mut holdings: Vec<Self> = Vec::new();
        let facts = read.subject.facts();
        let pasted = (1_u32..).zip(&read.subject.certificates).zip(&chains.subject).zip(facts);
        for (((number, certificate), &place), facts) in pasted {
            holdings.push(Self {
                facts,
                installed: Installed::of(&certificate.value, number, certificate.span.clone()),
                key: Some(certificate.value.public_key.raw().to_vec()),
                source: Source::Pasted(place),
            });
        }
        let first = u32::try_from(holdings.len()).unwrap_or(u32::MAX).saturating_add(1);
        for (number, one) in (first..).zip(stated).take(Limits::STATED_CERTIFICATES) {
            holdings.push(Self {
                facts: one.facts(number),
                installed: one.installed(number),
                key: one.key.as_ref().map(|key| key.as_bytes().to_vec()),
                source: Source::Stated(one),
            });
        }
        for key in keys {
            let listed = key.listed();
            for holding in holdings.iter_mut().filter(|holding| key.is_about(&listed, &holding.installed)) {
                holding.installed.key = key.clone();
            }
        }
        holdings
    }

    /// Whether everything is known by which a store finds it.
    pub(super) fn can_be_found(&self) -> bool {
        match self.source {
            Source::Pasted(_) => true,
            Source::Stated(stated) => stated.can_be_found(),
        }
    }

    /// The facts that a roll-out rests on and the case does not tell, a phrase each.
    pub(super) fn untold(&self) -> Vec<String> {
        match self.source {
            Source::Pasted(_) => Vec::new(),
            Source::Stated(stated) => {
                let fact = |fact| alloc::format!("certificate {}: {fact}", self.facts.number);
                stated.untold().into_iter().map(fact).collect()
            }
        }
    }

    /// Whether a certificate with this thumbprint stands in its chain, at any height; nothing where not all of the chain is
    /// known. Of a stated certificate only the one above it is, unless the case states that one too.
    pub(super) fn is_issued_by(&self, ground: &Ground<'_>, thumbprint: &str) -> Option<bool> {
        let mut holding = self;
        // Stated certificates may name each other as their issuers.
        for _ in 0..ground.holdings.len() {
            let stated = match holding.source {
                Source::Pasted(place) => {
                    let reached = ground.chains.reached(place);
                    let above = reached.iter().filter_map(|&place| Some(ground.chains.pool.get(place)?.certificate));
                    let mut is_whole = false;
                    for certificate in above {
                        if hexadecimal(&certificate.sha1()[..]).eq_ignore_ascii_case(thumbprint) {
                            return Some(true);
                        }
                        is_whole |= certificate.is_self_issued();
                    }
                    return is_whole.then_some(false);
                }
                Source::Stated(stated) => stated,
            };
            if holding.facts.sha1.eq_ignore_ascii_case(thumbprint) {
                return Some(true);
            }
            let Some(above) = stated.thumbprint_above() else {
                return stated.ends_its_chain().then_some(false);
            };
            if hexadecimal(&above.0).eq_ignore_ascii_case(thumbprint) {
                return Some(true);
            }
            holding = ground.by_thumbprint(&above.0)?;
        }
        None
    }

    /// Whether it is an authority that issued another certificate of the case: nobody presents it.
    pub(super) fn is_authority(&self, leaves: &BTreeSet<usize>) -> bool {
        matches!(self.source, Source::Pasted(place) if !leaves.contains(&place))
    }

    /// The certificate at an instant, reduced to what the rules look at.
    pub(super) fn candidate(
        &self,
        ground: &Ground<'_>,
        settings: ChainSettings,
        verifier: &mut Verifier,
    ) -> Option<Candidate> {
        match self.source {
            Source::Pasted(place) => {
                subject::candidate(ground.chains, place, settings, ground.trust, ground.read.roots_known, verifier)
            }
            Source::Stated(stated) => Some(stated.candidate(self.facts.number, settings.at)),
        }
    }

    /// The instants at which what the rules look at can change.
    pub(super) fn instants(&self, chains: &Store<'_>) -> BTreeMap<Time, Vec<String>> {
        match self.source {
            Source::Pasted(place) => chains.instants(place, true),
            Source::Stated(stated) => stated.instants(self.facts.number),
        }
    }
}

/// The instants of all certificates in order, each with what happens.
pub(super) fn instants(holdings: &[Holding<'_>], chains: &Store<'_>) -> Vec<(Time, String)> {
    let mut all: BTreeMap<Time, Vec<String>> = BTreeMap::new();
    for holding in holdings.iter().take(Limits::FLIP_CERTIFICATES) {
        for (at, because) in holding.instants(chains) {
            let known = all.entry(at).or_default();
            let new: Vec<String> = because.into_iter().filter(|one| !known.contains(one)).collect();
            known.extend(new);
        }
    }
    all.into_iter().map(|(at, because)| (at, because.join(", "))).collect()
}

impl Ground<'_> {
    /// The number of the interval in which an instant lies: how many of the instants have passed.
    pub(super) fn slot(&self, at: Time) -> usize {
        self.instants.partition_point(|(instant, _)| *instant <= at)
    }

    /// The first instant of an interval.
    pub(super) fn slot_start(&self, slot: usize) -> Time {
        let before = slot.checked_sub(1).and_then(|index| self.instants.get(index));
        before.map_or(Time::MIN, |(at, _)| *at)
    }

    /// The certificate with this thumbprint.
    pub(super) fn by_thumbprint(&self, bytes: &[u8]) -> Option<&Holding<'_>> {
        self.holdings.iter().find(|holding| !bytes.is_empty() && holding.installed.thumbprint == bytes)
    }
}
