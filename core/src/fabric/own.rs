//! What the nodes of the cluster present themselves, as far as a case of kind `peer` tells.
//!
//! Two rules that no setting states are about the certificate that a node itself has: implicit peer trust and the default
//! client. Which certificate that is follows as in kind `presentation`, from the declarations of the node types and the
//! certificates of the case, of which those that are declared are taken to be installed. But what else is installed is not
//! told. So it is certain where the declaration names thumbprints and the case has the certificates, and otherwise each
//! certificate that could be the one may be it.

mod held;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use super::implicit::{Implicit, Reach};
use super::judge::Judge;
use super::manifest::CertificateRole;
use super::presentation::{Declaration, FindType, Installed, Loading, Secondary, Tries, present};
use super::subject::Candidate;
use super::{Connection, IssuerIdentity, Platform, Runtime};
use crate::{Limits, Time, Verdict};
use held::Held;

/// What the nodes present themselves.
pub(super) struct Own<'m> {
    /// The certificates of the case that a declaration finds.
    held: Vec<Held>,
    /// The same, as they stand in a store.
    store: Vec<Installed>,
    /// The declarations that find one, each once, and how many node types have it.
    declared: Vec<(Declaration<'m>, usize)>,
    node_types: usize,
    /// The fronts that were asked for.
    known: RefCell<Fronts>,
}

/// What the declarations come to: by the instant, whether on Windows, and whether with the current runtime.
type Fronts = BTreeMap<(Time, bool, bool), Rc<[Front]>>;

/// What a declaration comes to at one instant, by places.
struct Front {
    /// The certificates that may be presented: one where that is certain, none where nothing is loaded.
    places: Vec<usize>,
    /// Those that are found, and have expired.
    expired: Vec<usize>,
    /// Whether it is known which one.
    is_certain: bool,
}

impl Own<'_> {
    /// The rule that no setting states and that a certificate could pass by at an instant, and on which nodes.
    pub(super) fn implicit(
        &self,
        judge: &Judge<'_, '_>,
        candidate: &Candidate,
        connection: Connection,
        at: Time,
    ) -> Option<(Implicit, Reach)> {
        if self.store.is_empty() {
            return None;
        }
        Implicit::of(connection, judge.settings, judge.platform()).iter().find_map(|&implicit| {
            let alike = self.alike(candidate, implicit.role());
            if alike.iter().all(|alike| *alike == Some(false)) {
                return None;
            }
            let fronts = self.fronts(judge, at);
            let (mut trusting, mut is_untold, mut is_unstated) = (0_usize, false, false);
            for ((declared, count), front) in self.declared.iter().zip(&*fronts) {
                if declared.role != implicit.role() {
                    continue;
                }
                let is_sure = |place: &usize| front.is_certain && self.is_sure(*place, candidate);
                let is_alike = |place: &&usize| alike.get(**place) == Some(&Some(true));
                let is_open = |place: &usize| alike.get(*place) == Some(&None);
                // Whether an expired certificate still names the default client is not documented.
                let names = implicit != Implicit::PeerTrust && front.expired.iter().any(|place| is_alike(&place));
                if front.places.iter().filter(is_alike).any(is_sure) {
                    trusting = trusting.saturating_add(*count);
                } else {
                    is_untold |= names || front.places.iter().any(|place| is_alike(&place));
                    is_unstated |= front.places.iter().any(is_open);
                }
            }
            match trusting {
                all if all == self.node_types => Some((implicit, Reach::All)),
                _ if is_unstated => Some((implicit, Reach::Unstated)),
                _ if is_untold => Some((implicit, Reach::Untold)),
                0 => None,
                _ => Some((implicit, Reach::Some)),
            }
        })
    }

    /// Whether what a certificate is trusted for is certainly valid: with its own validity unknown, only for itself, since
    /// its chain is looked at as well.
    fn is_sure(&self, place: usize, candidate: &Candidate) -> bool {
        let is_itself = self.store.get(place).is_some_and(|own| own.number == candidate.number);
        is_itself || self.held.get(place).is_some_and(|held| held.is_expiry_told)
    }

    /// Whether this certificate passes for each that is held in a role: those of its key, or of its name and issuer. Nothing
    /// where a fact that decides it is not stated.
    fn alike(&self, candidate: &Candidate, role: CertificateRole) -> Vec<Option<bool>> {
        let presented = &candidate.presented;
        let is_alike = |own: &Installed, held: &Held| {
            let is_itself = own.number == candidate.number
                || (!own.thumbprint.is_empty() && own.thumbprint == presented.thumbprint);
            if is_itself {
                return Some(true);
            }
            if matches!(role, CertificateRole::Cluster | CertificateRole::Server) {
                let (own, key) = (held.key.as_ref(), candidate.key.as_ref());
                return own.zip(key).map(|(own, key)| own == key);
            }
            let (first, name) = (own.common_names().next(), presented.common_names.first());
            let is_named = match held.names_open || candidate.open.common_names {
                true => None,
                false => Some(first.zip(name).is_some_and(|(own, name)| own.to_lowercase() == name.to_lowercase())),
            };
            let is_key = |issuer: &&IssuerIdentity| matches!(issuer, IssuerIdentity::Key(_));
            let is_issued = match held.issuers.iter().filter(is_key).any(|issuer| presented.issuer.contains(issuer)) {
                false if held.issuer_open || candidate.open.issuer_key => None,
                is_issued => Some(is_issued),
            };
            match (is_named, is_issued) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                _ => is_named.and(is_issued),
            }
        };
        self.store.iter().zip(&self.held).map(|(own, held)| is_alike(own, held)).collect()
    }

    /// What each declaration comes to at an instant.
    fn fronts(&self, judge: &Judge<'_, '_>, at: Time) -> Rc<[Front]> {
        let loading = judge.loading(at);
        let of = (at, loading.platform == Platform::Windows, loading.runtime == Runtime::Current);
        if let Some(known) = self.known.borrow().get(&of) {
            return Rc::clone(known);
        }
        let fronts: Rc<[Front]> = self.declared.iter().map(|(declared, _)| self.front(declared, &loading)).collect();
        let mut known = self.known.borrow_mut();
        if known.len() >= Limits::FLIP_CERTIFICATES {
            known.clear();
        }
        known.insert(of, Rc::clone(&fronts));
        fronts
    }

    fn front(&self, declared: &Declaration<'_>, loading: &Loading<'_>) -> Front {
        let credentials = present(declared, &self.store, loading);
        let finds = |secondary: bool| credentials.tried.iter().any(|tried| tried.secondary == secondary);
        let asks_second = matches!(credentials.secondary, Secondary::Fallback | Secondary::Merged);
        let is_dated = |place: usize| self.held.get(place).is_some_and(|held| held.is_dated);
        let is_certain = FindType::read(declared.find_type) == Some(FindType::Thumbprint)
            && !declared.find_value.is_empty()
            && finds(false)
            && (finds(true) || !asks_second)
            && credentials.unknown.is_empty()
            && (credentials.tried.len() == 1 || credentials.tried.iter().all(|tried| is_dated(tried.place)));
        let mut tried = credentials.tried;
        let mut places = credentials.loaded;
        if is_certain {
            places.truncate(1);
        } else if !asks_second {
            // The node may not have what the primary value finds here.
            let second = Declaration { find_value: declared.secondary, secondary: "", ..*declared };
            let second =
                if declared.secondary.is_empty() { Vec::new() } else { present(&second, &self.store, loading).tried };
            places.extend(second.iter().filter(|one| matches!(one.outcome, Tries::Loaded { .. })).map(|one| one.place));
            tried.extend(second);
        }
        if !is_certain {
            let is_expired = |own: &Installed| own.not_after <= loading.at && !loading.skip_expiration;
            for place in held::findable(declared, &self.store, &self.held, loading.platform) {
                let own = self.store.get(place).filter(|own| !places.contains(&place) && !is_expired(own));
                places.extend(own.map(|_| place));
            }
        }
        let expired = tried.iter().filter(|tried| tried.outcome == Tries::Expired).map(|tried| tried.place).collect();
        Front { places, expired, is_certain }
    }

    /// The instants of a certificate, and those at which the nodes may get another certificate to present, where that
    /// matters for it.
    pub(super) fn instants(
        &self,
        mut instants: BTreeMap<Time, Vec<String>>,
        candidate: Option<&Candidate>,
    ) -> BTreeMap<Time, Vec<String>> {
        let of = [CertificateRole::Cluster, CertificateRole::Client];
        if candidate.is_some_and(|candidate| {
            of.into_iter().any(|role| self.alike(candidate, role).iter().any(|alike| *alike != Some(false)))
        }) {
            for own in self.store.iter().filter(|own| own.not_after != Time::MAX).take(Limits::FLIP_CERTIFICATES) {
                let because = instants.entry(own.not_after).or_default();
                let expires = format!("certificate {} expires", own.number);
                if !because.contains(&expires) {
                    because.push(expires);
                }
            }
        }
        instants
    }

    /// Whether nodes of a node type certainly admit each other until an instant, and refuse each other from then on.
    /// `on_node` is what a connection between nodes makes of a certificate at an instant.
    pub(super) fn locks_out(
        &self,
        judge: &Judge<'_, '_>,
        at: Time,
        mut on_node: impl FnMut(u32, Time) -> Option<Verdict>,
    ) -> bool {
        let before = at.plus(-1);
        let (earlier, later) = (self.fronts(judge, before), self.fronts(judge, at));
        let number = |front: &Front| self.store.get(*front.places.first()?).map(|own| own.number);
        self.declared.iter().zip(earlier.iter().zip(&*later)).any(|((declared, _), (earlier, later))| {
            let is_known = declared.role == CertificateRole::Cluster && earlier.is_certain && later.is_certain;
            let Some(one) = number(earlier).filter(|_| is_known) else { return false };
            on_node(one, before) == Some(Verdict::Admitted)
                && on_node(one, at) == Some(Verdict::Refused)
                && number(later).is_none_or(|other| on_node(other, at) == Some(Verdict::Refused))
        })
    }
}
