//! What the unknown facts about a certificate allow.
//!
//! A verdict is certain where every world that the known facts allow gives it. An unknown fact is only tried with the
//! values that a rule could tell apart: a thumbprint that is listed or isn't, an issuer that is pinned or isn't.

use alloc::string::String;
use alloc::vec::Vec;

use super::IssuerIdentity;
use super::presented::{Presented, Usage};
use super::subject::Candidate;
use crate::chain::status::error;

/// Which facts about a certificate are unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// Error bits that could stand as well.
    pub(super) errors: u32,
    pub(super) thumbprint: bool,
    pub(super) common_names: bool,
    pub(super) dns_names: bool,
    /// The purposes of extKeyUsage.
    pub(super) usage: bool,
    /// The thumbprint of the certificate directly above.
    pub(super) issuer_thumbprint: bool,
    /// Its key.
    pub(super) issuer_key: bool,
    /// The thumbprint of the second certificate that the peer sends.
    pub(super) sent_thumbprint: bool,
    /// Which of several certificates of its issuer stands directly above: [`Candidate::twins`].
    pub(super) issuer_among: bool,
    /// The order in which the peer sends its certificates: [`Candidate::orders`].
    pub(super) sent_order: bool,
    /// The order of the certificates in the verifier's store, likewise.
    pub(super) kept_order: bool,
}

/// What the rules could tell apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Distinctions {
    /// A listed thumbprint of each sort.
    pub(super) thumbprints: Vec<Vec<u8>>,
    /// The declared names.
    pub(super) names: Vec<String>,
    /// Every issuer that a name is pinned to.
    pub(super) pins: Vec<IssuerIdentity>,
}

/// An issuer key that no rule states, for rules that pin whatever key the issuer has.
const SOME_KEY: &[u8] = b"some key";

/// A name that no setting can declare, since XML has no such character.
const NO_NAME: &str = "\u{1}";

impl Open {
    /// Whether nothing but error bits is unknown, so that rules have nothing to tell apart.
    pub(super) fn only_errors(&self) -> bool {
        *self == Self { errors: self.errors, ..Self::default() }
    }

    /// Whether an identity of the certificate directly above is unknown.
    pub(super) fn issuer(&self) -> bool {
        self.issuer_thumbprint || self.issuer_key
    }

    /// The unknown facts in words, other than errors, which have causes of their own.
    pub(super) fn facts(&self) -> Vec<&'static str> {
        [
            (self.thumbprint, "its thumbprint"),
            (self.common_names, "its common names"),
            (self.dns_names, "its alternative names"),
            (self.usage, "its extended key usage"),
            (self.issuer_thumbprint, "the thumbprint of the certificate directly above it"),
            (self.issuer_key, "the public key of the certificate directly above it"),
            (self.issuer_among, "which certificate of its issuer's the verifier builds the chain with"),
            (self.sent_order, "the order in which the peer sends its certificates"),
            (self.kept_order, "the order in which the verifier's store has its certificates of one name"),
            (self.sent_thumbprint && !self.issuer_thumbprint, "whether the peer sends its issuer's certificate"),
        ]
        .into_iter()
        .filter_map(|(is_open, fact)| is_open.then_some(fact))
        .collect()
    }
}

impl Candidate {
    /// Every world that the unknown facts allow, as far as the rules tell them apart; nothing where there are more than
    /// `most`.
    pub(super) fn worlds(&self, rules: &Distinctions, most: usize) -> Option<Vec<Presented>> {
        let mut worlds = Worlds { list: Vec::from([self.presented.clone()]), most };
        let open = &self.open;
        worlds.fork(&self.orders, |world, order| {
            world.issuer_sent.clone_from(&order.issuer_sent);
            world.chain = order.chain;
        })?;
        for (bit, _) in error::NAMES.iter().filter(|(bit, _)| open.errors & bit != 0) {
            worlds.fork(&[*bit], |world, bit| world.chain |= bit)?;
        }
        if open.thumbprint {
            worlds.fork(&rules.thumbprints, |world, bytes| world.thumbprint.clone_from(bytes))?;
        }
        // A name that nothing declares is another case than no name: with one, the client pass goes on to the server pass,
        // and OpenSSL leaves the common names aside.
        let strange = || String::from(NO_NAME);
        if open.common_names {
            let mut values = Vec::from([Vec::from([strange()])]);
            for name in &rules.names {
                // Only the first common name counts in the client pass, and each of them in the server pass.
                values.push(Vec::from([name.clone()]));
                values.push(Vec::from([strange(), name.clone()]));
            }
            worlds.fork(&values, |world, names| world.common_names.clone_from(names))?;
        }
        if open.dns_names {
            let values: Vec<String> = rules.names.iter().cloned().chain([strange()]).collect();
            worlds.fork(&values, |world, name| world.dns_names = Vec::from([name.clone()]))?;
        }
        if open.usage {
            let usages = [(false, false), (true, false), (false, true), (true, true)];
            worlds.fork(&usages, |world, &(server, client)| world.usage = Some(Usage { server, client }))?;
        }
        if open.issuer() {
            let is_open = |identity: &&IssuerIdentity| match identity {
                IssuerIdentity::Thumbprint(_) => open.issuer_thumbprint,
                IssuerIdentity::Key(_) => open.issuer_key,
            };
            let mut pins: Vec<IssuerIdentity> = rules.pins.iter().filter(is_open).cloned().collect();
            if open.issuer_key {
                pins.push(IssuerIdentity::Key(SOME_KEY.to_vec()));
            }
            worlds.fork(&[pins], |world, pins| world.issuer.extend(pins.iter().cloned()))?;
        }
        worlds.fork(&self.twins, |world, identities| world.issuer.clone_from(identities))?;
        if open.sent_thumbprint {
            worlds.fork(&[&rules.pins], |world, pins| {
                let thumbprints = pins.iter().filter(|identity| matches!(identity, IssuerIdentity::Thumbprint(_)));
                world.issuer_sent.extend(thumbprints.cloned());
            })?;
            // The certificate may be sent alone, and then it is what counts as the issuer.
            let own = Vec::from([IssuerIdentity::Thumbprint(self.presented.thumbprint.clone())]);
            worlds.fork(&[own], |world, own| world.issuer_sent.clone_from(own))?;
        }
        Some(worlds.list)
    }

    /// What would settle the unknown facts.
    pub(super) fn settle(&self) -> Vec<String> {
        let mut settle: Vec<String> = Vec::new();
        let causes = self.causes.iter().filter(|cause| cause.unknown).map(|cause| cause.because.as_str());
        // Of a stated certificate whose chain is not stated, no cause is known.
        let is_untold = self.open.errors != 0 && causes.clone().next().is_none();
        let chain = is_untold.then_some("what its chain suffers from");
        for because in causes.chain(chain).chain(self.open.facts()) {
            let fact = alloc::format!("certificate {}: {because}", self.number);
            if !settle.contains(&fact) {
                settle.push(fact);
            }
        }
        settle
    }
}

struct Worlds {
    list: Vec<Presented>,
    most: usize,
}

impl Worlds {
    /// Adds each world once more with each value, unless that makes too many.
    fn fork<T>(&mut self, values: &[T], set: impl Fn(&mut Presented, &T)) -> Option<()> {
        let before = self.list.len();
        if !values.is_empty() && before.saturating_mul(values.len().saturating_add(1)) > self.most {
            return None;
        }
        for value in values {
            for place in 0..before {
                let mut world = self.list.get(place)?.clone();
                set(&mut world, value);
                self.list.push(world);
            }
        }
        Some(())
    }
}
