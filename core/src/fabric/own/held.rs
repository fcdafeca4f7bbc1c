//! The certificates of a case that the nodes are taken to have: those that a node type declares.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cell::RefCell;

use super::Own;
use crate::Time;
use crate::chain::Verifier;
use crate::chain::status::error;
use crate::fabric::judge::Judge;
use crate::fabric::leaf::Leaf;
use crate::fabric::manifest::CertificateRole;
use crate::fabric::peer::Shown;
use crate::fabric::presentation::{Declaration, FindType, FindValue, Installed};
use crate::fabric::subject::ChainSettings;
use crate::fabric::{IssuerIdentity, Platform, StatedCertificate};

/// A certificate of the case that a declaration finds, or may find.
#[derive(Default)]
pub(super) struct Held {
    /// Its public key: any bytes that are the same exactly where the keys are.
    pub(super) key: Option<Vec<u8>>,
    /// The identities of its issuer.
    pub(super) issuers: Vec<IssuerIdentity>,
    /// Whether the key of its issuer is not known.
    pub(super) issuer_open: bool,
    /// Whether its thumbprint is not stated.
    thumbprint_open: bool,
    /// Whether its common names are not stated.
    pub(super) names_open: bool,
    /// Whether its alternative names are not stated.
    dns_names_open: bool,
    /// Whether its validity is told.
    pub(super) is_dated: bool,
    /// Whether it is told if it has expired.
    pub(super) is_expiry_told: bool,
}

impl<'m> Own<'m> {
    /// Takes from a case what the declarations of its node types find.
    pub(in crate::fabric) fn new(
        judge: &Judge<'m, 'm>,
        shown: &Shown,
        leaves: &[Leaf<'_>],
        stated: &[StatedCertificate],
        verifier: &mut Verifier,
    ) -> Self {
        let node_types = &judge.settings.manifest().node_types;
        let mut counts: BTreeMap<(usize, [&str; 4]), (Declaration<'m>, usize)> = BTreeMap::new();
        for node_type in node_types {
            let of = [CertificateRole::Cluster, CertificateRole::Client, CertificateRole::UserRoleClient];
            for (place, role) in of.into_iter().enumerate() {
                let Some(declared) = node_type.certificate(role).map(Declaration::of) else { continue };
                let texts = [declared.find_type, declared.find_value, declared.secondary, declared.store_name];
                let count = &mut counts.entry((place, texts)).or_insert((declared, 0)).1;
                *count = count.saturating_add(1);
            }
        }
        let mut own = Self {
            held: Vec::new(),
            store: Vec::new(),
            declared: counts.into_values().collect(),
            node_types: node_types.len(),
            known: RefCell::default(),
        };
        if !own.declared.is_empty() {
            own.hold(judge, shown, leaves, stated, verifier);
        }
        own
    }

    /// Takes the certificates of the case that a declaration finds.
    fn hold(
        &mut self,
        judge: &Judge<'_, '_>,
        shown: &Shown,
        leaves: &[Leaf<'_>],
        stated: &[StatedCertificate],
        verifier: &mut Verifier,
    ) {
        let pasted = &shown.read_documents().subject.certificates;
        let first = u32::try_from(pasted.len()).unwrap_or(u32::MAX).saturating_add(1);
        let all: Vec<(Installed, Held)> = (1_u32..)
            .zip(pasted)
            .map(|(number, one)| {
                let key = Some(one.value.public_key.raw().to_vec());
                let held = Held { key, is_dated: true, is_expiry_told: true, ..Held::default() };
                (Installed::of(&one.value, number, one.span.clone()), held)
            })
            .chain((first..).zip(stated).map(|(number, one)| {
                let key = one.key.as_ref().map(|key| key.as_bytes().to_vec());
                let is_dated = one.not_before.is_some() && one.not_after.is_some();
                // Errors of the chain that don't speak of time say as much.
                let is_valid = one.chain_errors.is_some_and(|errors| errors.0 & error::NOT_TIME_VALID == 0);
                let is_expiry_told = one.not_after.is_some() || is_valid;
                let held = Held {
                    key,
                    issuers: Vec::new(),
                    issuer_open: false,
                    thumbprint_open: one.thumbprint.is_none(),
                    names_open: one.common_names.is_none(),
                    dns_names_open: one.dns_names.is_none(),
                    is_dated,
                    is_expiry_told,
                };
                (one.installed(number), held)
            }))
            .collect();
        let (store, mut held): (Vec<Installed>, Vec<Held>) = all.into_iter().unzip();
        let mut is_found: Vec<bool> = store.iter().map(|_| false).collect();
        self.declared.retain(|(declared, _)| {
            let mut finds = false;
            for platform in [Platform::Windows, Platform::Linux] {
                let findable = findable(declared, &store, &held, platform);
                for place in found(declared, &store, platform).into_iter().chain(findable) {
                    finds = true;
                    if let Some(is_found) = is_found.get_mut(place) {
                        *is_found = true;
                    }
                }
            }
            finds
        });
        // Only what a default client is known by asks for its chain.
        if self.declared.iter().any(|(declared, _)| declared.role != CertificateRole::Cluster) {
            let how = ChainSettings { platform: judge.platform(), flags: 0, at: Time::MIN };
            for ((installed, held), _) in store.iter().zip(&mut held).zip(&is_found).filter(|(_, is_found)| **is_found)
            {
                let leaf = leaves.iter().find(|leaf| leaf.facts.number == installed.number);
                let candidate = leaf.and_then(|leaf| leaf.candidate(shown, how, verifier));
                held.issuer_open = candidate.as_ref().is_none_or(|candidate| candidate.open.issuer_key);
                held.issuers = candidate.map(|candidate| candidate.presented.issuer.clone()).unwrap_or_default();
            }
        }
        let kept = store.into_iter().zip(held).zip(is_found).filter(|(_, is_found)| *is_found);
        (self.store, self.held) = kept.map(|(both, _)| both).unzip();
    }
}

/// The places of what a declaration finds.
fn found(declared: &Declaration<'_>, store: &[Installed], platform: Platform) -> Vec<usize> {
    values(declared, platform).iter().flat_map(|value| value.search_any(store, platform)).collect()
}

/// The places of what a declaration may find besides: what it looks for is not stated of them. No two certificates have one
/// thumbprint, so what is found by one leaves none to others.
pub(super) fn findable(
    declared: &Declaration<'_>,
    store: &[Installed],
    held: &[Held],
    platform: Platform,
) -> Vec<usize> {
    let mut findable = Vec::new();
    for value in values(declared, platform) {
        let is_open = |held: &&Held| match &value {
            FindValue::Anything => false,
            FindValue::Thumbprint(_) => held.thumbprint_open,
            FindValue::Subject { .. } => held.names_open,
            FindValue::DnsName(_) => held.dns_names_open,
        };
        let is_taken = matches!(value, FindValue::Thumbprint(_)) && !value.search_any(store, platform).is_empty();
        let places = held.iter().enumerate().filter(|(_, held)| !is_taken && is_open(held));
        findable.extend(places.map(|(place, _)| place));
    }
    findable
}

/// What a declaration looks for, as far as it can be read.
fn values(declared: &Declaration<'_>, platform: Platform) -> Vec<FindValue> {
    let Some(kind) = FindType::read(declared.find_type) else { return Vec::new() };
    let texts = [Some(declared.find_value), Some(declared.secondary).filter(|text| !text.is_empty())];
    texts.into_iter().flatten().filter_map(|text| FindValue::read(kind, text, platform).ok()).collect()
}
