//! What settings accept, taken apart, so that it can be united with what others accept.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::fabric::rule_set::RuleSet;
use crate::fabric::settings::Settings;
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Declared, IssuerIdentity};

/// A section of issuer stores: issuers by their folded names, with the spelling and the stores.
type Stores = BTreeMap<String, (String, Vec<String>)>;

/// What settings accept of each role, in the order of [`Declared::ALL`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Acceptance {
    roles: Vec<Accepted>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Accepted {
    /// Thumbprints in order, each with whether it asks for a good chain.
    thumbprints: Vec<(Vec<u8>, bool)>,
    /// Names by their folded form: the spelling, and the issuers that they are pinned to.
    names: BTreeMap<String, (String, Vec<Vec<u8>>)>,
    /// The issuer stores that all of them are pinned to; empty: to none.
    stores: Stores,
}

impl Acceptance {
    /// What settings accept; nothing where a role's settings can't be read, or are not told.
    pub(super) fn of(settings: &Settings<'_>) -> Option<Self> {
        let mut acceptance = Self::default();
        for declared in Declared::ALL {
            let set = RuleSet::build(settings, declared);
            if set.error.is_some() || !set.lost.is_empty() || !settings.unknown(&[declared]).is_empty() {
                return None;
            }
            let mut accepted = Accepted::default();
            for parameter in settings.section_parameters(declared.issuer_stores()) {
                let stores = parameter.value.text().split(',').map(str::trim).filter(|store| !store.is_empty());
                let (name, stores) = (parameter.name.text(), stores.map(String::from).collect());
                accepted.stores.entry(name.to_lowercase()).or_insert_with(|| (name.to_string(), stores));
            }
            let mut listed: Vec<_> = set.thumbprints.iter().collect();
            crate::order::sort_by_key(&mut listed, |(_, listed)| listed.entry);
            accepted.thumbprints =
                listed.into_iter().map(|(bytes, listed)| (bytes.clone(), listed.verify_chain)).collect();
            for name in set.names.iter() {
                let issuers = name.issuers.iter().filter_map(|issuer| match issuer {
                    IssuerIdentity::Thumbprint(bytes) => Some(bytes.clone()),
                    IssuerIdentity::Key(_) => None,
                });
                accepted.names.insert(name.name.to_lowercase(), (name.name.clone(), issuers.collect()));
            }
            acceptance.roles.push(accepted);
        }
        Some(acceptance)
    }

    /// What either accepts. A thumbprint that one of them accepts with any chain is accepted so; a name that one of them
    /// accepts from any issuer too, unless `pins` are given: then it is pinned to those as well as to the other's.
    pub(super) fn with(&self, other: &Self, pins: Option<&[Vec<u8>]>) -> Self {
        let mut united = self.clone();
        for (own, added) in united.roles.iter_mut().zip(&other.roles) {
            own.unite_stores(added);
            for (bytes, verify) in &added.thumbprints {
                match own.thumbprints.iter_mut().find(|(known, _)| known == bytes) {
                    Some((_, known)) => *known &= *verify,
                    None => own.thumbprints.push((bytes.clone(), *verify)),
                }
            }
            for (folded, (name, issuers)) in &added.names {
                match own.names.get_mut(folded) {
                    None => {
                        own.names.insert(folded.clone(), (name.clone(), issuers.clone()));
                    }
                    Some((_, known)) => unite(known, issuers, pins),
                }
            }
        }
        united
    }

    /// Whether it accepts what another accepts, in whatever order thumbprints are listed.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let has_all =
            |own: &Accepted, other: &Accepted| other.thumbprints.iter().all(|one| own.thumbprints.contains(one));
        self.roles.iter().zip(&other.roles).all(|(own, other)| {
            has_all(own, other) && has_all(other, own) && own.names == other.names && own.stores == other.stores
        })
    }

    /// Whether clients' names are pinned to stores, which serve administrators and others alike.
    fn client_stores(&self) -> Option<&Stores> {
        let of = |declared| Declared::ALL.into_iter().zip(&self.roles).find(|(role, _)| *role == declared);
        let roles = [of(Declared::Client)?.1, of(Declared::AdminClient)?.1];
        let is_open = roles.iter().any(|own| own.stores.is_empty() && !own.names.is_empty());
        roles.into_iter().map(|own| &own.stores).find(|stores| !stores.is_empty() && !is_open)
    }

    /// The thumbprints and names that are accepted of other nodes, in lower case.
    pub(super) fn of_cluster(&self) -> BTreeSet<String> {
        let place = Declared::ALL.into_iter().position(|declared| declared == Declared::Cluster);
        let Some(own) = place.and_then(|place| self.roles.get(place)) else { return BTreeSet::new() };
        let thumbprints = own.thumbprints.iter().map(|(bytes, _)| hexadecimal(bytes).to_lowercase());
        crate::order::set(thumbprints.chain(own.names.keys().cloned()))
    }

    /// The settings as a fragment of a manifest that shows these rules and nothing else. What is empty is shown only where
    /// `shown` has something there, which it takes the place of.
    pub(super) fn fragment(&self, shown: &Settings<'_>) -> String {
        let mut security = String::new();
        let mut lists = String::new();
        for (declared, accepted) in Declared::ALL.into_iter().zip(&self.roles) {
            let thumbprints: Vec<String> = accepted
                .thumbprints
                .iter()
                .map(|(bytes, verify)| [hexadecimal(bytes).as_str(), if *verify { "?true" } else { "" }].concat())
                .collect();
            let written = |name: &str| shown.security(name).is_some_and(|parameter| !parameter.value.text().is_empty());
            if !thumbprints.is_empty() || written(declared.thumbprints()) {
                super::text::parameter(&mut security, declared.thumbprints(), &thumbprints.join(","));
            }
            // Names move to the section, which is the only place that can pin them one by one.
            for name in [declared.deprecated_names(), declared.default_issuers()] {
                if written(name) {
                    super::text::parameter(&mut security, name, "");
                }
            }
            if !accepted.names.is_empty() || !shown.section_parameters(declared.names_section()).is_empty() {
                super::text::open(&mut lists, declared.names_section());
                for (name, issuers) in accepted.names.values() {
                    let issuers: Vec<String> = issuers.iter().map(|bytes| hexadecimal(bytes)).collect();
                    super::text::parameter(&mut lists, name, &issuers.join(","));
                }
                super::text::close(&mut lists);
            }
        }
        let sections = [Declared::Cluster, Declared::Server, Declared::Client].map(|declared| {
            let place = Declared::ALL.into_iter().position(|own| own == declared);
            let own = place.and_then(|place| self.roles.get(place)).map(|own| &own.stores);
            (declared.issuer_stores(), if declared == Declared::Client { self.client_stores() } else { own })
        });
        for (section, stores) in sections {
            let stores = stores.filter(|stores| !stores.is_empty());
            if stores.is_some() || !shown.section_parameters(section).is_empty() {
                super::text::open(&mut lists, section);
                for (issuer, own) in stores.into_iter().flat_map(BTreeMap::values) {
                    super::text::parameter(&mut lists, issuer, &own.join(","));
                }
                super::text::close(&mut lists);
            }
        }
        let mut fragment = "<FabricSettings>\n".to_string();
        super::text::open(&mut fragment, "Security");
        fragment.push_str(&security);
        super::text::close(&mut fragment);
        fragment.push_str(&lists);
        fragment.push_str("</FabricSettings>\n");
        fragment
    }
}

impl Accepted {
    /// Names that both pin to stores are pinned to the stores of both. Where only one of them does, stores can't go on beside
    /// names that are pinned one by one or not at all, so the names are left open.
    fn unite_stores(&mut self, other: &Self) {
        let is_pinned = |own: &Self| !own.stores.is_empty() && !own.names.is_empty();
        match (is_pinned(self), is_pinned(other)) {
            (true, true) => {
                for (folded, (issuer, stores)) in &other.stores {
                    let known = self.stores.entry(folded.clone()).or_insert_with(|| (issuer.clone(), Vec::new()));
                    let new: Vec<String> = stores.iter().filter(|store| !known.1.contains(store)).cloned().collect();
                    known.1.extend(new);
                }
            }
            (true, false) if other.names.is_empty() => {}
            (false, true) if self.names.is_empty() => self.stores.clone_from(&other.stores),
            (true, false) | (false, true) => {
                self.stores.clear();
                for (_, issuers) in self.names.values_mut() {
                    issuers.clear();
                }
            }
            (false, false) => self.stores.clear(),
        }
    }
}

fn unite(known: &mut Vec<Vec<u8>>, issuers: &[Vec<u8>], pins: Option<&[Vec<u8>]>) {
    let is_open = known.is_empty() || issuers.is_empty();
    match (is_open, pins) {
        (true, None) => known.clear(),
        (true, Some(_)) if known.is_empty() && issuers.is_empty() => {}
        (true, Some(pins)) => add(known, issuers.iter().chain(pins)),
        (false, _) => add(known, issuers.iter()),
    }
}

fn add<'a>(known: &mut Vec<Vec<u8>>, issuers: impl Iterator<Item = &'a Vec<u8>>) {
    for issuer in issuers {
        if !known.contains(issuer) {
            known.push(issuer.clone());
        }
    }
}
