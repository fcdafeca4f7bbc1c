//! What settings accept, taken apart, so that it can be united with what others accept.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::fabric::rule_set::{RuleSet, Stores};
use crate::fabric::settings::Settings;
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Declared, IssuerIdentity};

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
}

impl Acceptance {
    /// What settings accept; nothing where a role's settings can't be read, or where issuer stores pin its names: what those
    /// hold can't be written as a list.
    pub(super) fn of(settings: &Settings<'_>) -> Option<Self> {
        let mut acceptance = Self::default();
        for declared in Declared::ALL {
            let set = RuleSet::build(settings, declared);
            if set.error.is_some() || set.stores != Stores::None || !set.lost.is_empty() {
                return None;
            }
            let mut accepted = Accepted::default();
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
        let mut fragment = "<FabricSettings>\n".to_string();
        super::text::open(&mut fragment, "Security");
        fragment.push_str(&security);
        super::text::close(&mut fragment);
        fragment.push_str(&lists);
        fragment.push_str("</FabricSettings>\n");
        fragment
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
