//! Declared common names and the issuers that they are pinned to.

use alloc::collections::btree_map::Entry;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Bound;

use crate::Span;

/// An issuer, as a pin names it. A thumbprint never equals a public key (SecuritySettings.test.cpp:1163-1285).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssuerIdentity {
    /// The SHA-1 of its certificate.
    Thumbprint(Vec<u8>),
    /// Its public key: any bytes that are equal exactly where the keys are.
    Key(Vec<u8>),
}

/// A declared name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredName {
    /// The name as it is written. Never trimmed.
    pub name: String,
    /// The issuers that it is pinned to; empty: any trusted one. Shared by the rule sets that the name is merged into.
    pub issuers: Rc<BTreeSet<IssuerIdentity>>,
    /// Where it is written, every place.
    pub spans: Vec<Span>,
    /// The settings that it comes from, every one: `Security/ClientX509Names`.
    pub settings: Vec<&'static str>,
}

/// Declared names, ignoring case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameMap {
    names: BTreeMap<String, DeclaredName>,
    /// The names below each domain, by what stands behind their first dot: what a wildcard of a certificate can mean.
    below: BTreeMap<String, BTreeSet<String>>,
}

impl NameMap {
    /// Adds a name from a second source (SecurityConfig.cpp:324-376): a name that is unpinned anywhere is unpinned, and
    /// pins of several sources are united.
    pub fn merge(&mut self, added: DeclaredName) {
        match self.names.entry(fold(&added.name)) {
            Entry::Vacant(place) => {
                below(&mut self.below, place.key());
                place.insert(added);
            }
            Entry::Occupied(mut place) => {
                let (present, mut added) = (place.get_mut(), added);
                let unpins = !present.issuers.is_empty() && added.issuers.is_empty();
                if present.issuers.is_empty() || unpins {
                    present.issuers = Rc::default();
                } else {
                    Rc::make_mut(&mut present.issuers).extend(added.issuers.iter().cloned());
                }
                if unpins {
                    // What accepts any trusted issuer is what accepts, so it is shown first.
                    core::mem::swap(&mut present.spans, &mut added.spans);
                    core::mem::swap(&mut present.settings, &mut added.settings);
                }
                present.spans.extend(added.spans);
                present.settings.extend(added.settings);
            }
        }
    }

    /// Adds a name of a section, where the first of several spellings stays and the others are lost
    /// (SecurityConfig.cpp:226-240). Whether it was added.
    pub fn insert(&mut self, added: DeclaredName) -> bool {
        match self.names.entry(fold(&added.name)) {
            Entry::Vacant(place) => {
                below(&mut self.below, place.key());
                place.insert(added);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Replaces the issuers of every name, as issuer stores do.
    pub fn pin_all(&mut self, issuers: BTreeSet<IssuerIdentity>) {
        let issuers = Rc::new(issuers);
        for declared in self.names.values_mut() {
            declared.issuers = Rc::clone(&issuers);
        }
    }

    /// The declared name that equals a certificate's, ignoring case. An empty name matches nothing.
    pub fn get(&self, name: &str) -> Option<&DeclaredName> {
        self.names.get(&fold(name)).filter(|_| !name.is_empty())
    }

    /// The declared names that one of a certificate's names can equal or stand for, in the order of [`NameMap::iter`]:
    /// every one that does, and perhaps others.
    pub fn near<'n>(&self, own: impl Iterator<Item = &'n str>) -> Vec<&DeclaredName> {
        let mut near: BTreeMap<&str, &DeclaredName> = BTreeMap::new();
        for name in own.filter(|name| !name.is_empty()) {
            let name = fold(name);
            near.extend(self.names.get_key_value(&name).map(|(key, declared)| (key.as_str(), declared)));
            let wildcard = name.split_once('.').filter(|(label, _)| label.contains('*'));
            let below = wildcard.and_then(|(_, domain)| self.below.get(domain));
            for key in below.into_iter().flatten() {
                near.extend(self.names.get(key).map(|declared| (key.as_str(), declared)));
            }
        }
        // On Linux a declared name that begins with a dot stands for every name below it.
        let dotted = self.names.range::<str, _>((Bound::Included("."), Bound::Excluded("/")));
        near.extend(dotted.map(|(key, declared)| (key.as_str(), declared)));
        near.into_values().collect()
    }

    /// The names in case-insensitive order, in which the server pass takes them.
    pub fn iter(&self) -> impl Iterator<Item = &DeclaredName> {
        self.names.values()
    }

    /// Whether no name is declared.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }
}

impl DeclaredName {
    /// Whether an issuer satisfies the pin: an empty pin is always satisfied, otherwise one identity of the issuer must
    /// be in it (SecurityConfig.cpp:417-435).
    pub fn accepts(&self, issuer: &[IssuerIdentity]) -> bool {
        self.issuers.is_empty() || issuer.iter().any(|identity| self.issuers.contains(identity))
    }

    /// Whether the name is pinned.
    pub fn is_pinned(&self) -> bool {
        !self.issuers.is_empty()
    }
}

/// Notes a folded name below its domain.
fn below(all: &mut BTreeMap<String, BTreeSet<String>>, key: &str) {
    let Some((_, domain)) = key.split_once('.') else { return };
    match all.get_mut(domain) {
        Some(names) => {
            names.insert(key.to_string());
        }
        None => {
            all.insert(domain.to_string(), crate::order::set(core::iter::once(key.to_string())));
        }
    }
}

/// Names compare ignoring case: `CompareStringW` with `NORM_IGNORECASE` on Windows, ordinal on Linux (SecurityConfig.h:15-26).
/// The linguistic comparison of Windows beyond case is not imitated.
fn fold(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, issuers: &[u8]) -> DeclaredName {
        let issuers: BTreeSet<_> =
            crate::order::set(issuers.iter().map(|&byte| IssuerIdentity::Thumbprint(Vec::from([byte]))));
        let issuers = Rc::new(issuers);
        DeclaredName { name: String::from(name), issuers, spans: Vec::new(), settings: Vec::new() }
    }

    fn merged(sources: &[&[u8]]) -> usize {
        let mut map = NameMap::default();
        for issuers in sources {
            map.merge(name("testName", issuers));
        }
        map.get("TESTNAME").map_or(usize::MAX, |declared| declared.issuers.len())
    }

    #[test]
    fn an_unpinned_source_unpins() {
        assert_eq!(merged(&[&[], &[]]), 0);
        assert_eq!(merged(&[&[1], &[]]), 0);
        assert_eq!(merged(&[&[], &[1]]), 0);
        assert_eq!(merged(&[&[1], &[2]]), 2);
    }

    /// The first setting of a name is the one that accepts: of several, the one without pins.
    #[test]
    fn the_source_that_unpins_comes_first() {
        let sources = [(&[1][..], "pinned"), (&[], "unpinned"), (&[], "another")];
        let mut map = NameMap::default();
        for (issuers, setting) in sources {
            map.merge(DeclaredName { settings: Vec::from([setting]), ..name("x", issuers) });
        }
        assert!(map.get("x").is_some_and(|declared| declared.settings == ["unpinned", "pinned", "another"]));
    }

    #[test]
    fn near_names_are_the_equal_ones_and_those_below_a_wildcard() {
        let mut map = NameMap::default();
        for declared in ["", "a.x", "B.x", "b.c.x", "*.x", "x", ".y", ".z"] {
            map.merge(name(declared, &[]));
        }
        let near = |own: &[&str]| -> Vec<String> {
            map.near(own.iter().copied()).into_iter().map(|declared| declared.name.clone()).collect()
        };
        assert_eq!(near(&["b.X"]), [".y", ".z", "B.x"]);
        assert_eq!(near(&["*.x", "x"]), ["*.x", ".y", ".z", "a.x", "B.x", "x"]);
        // On Linux a `*` may be a part of the label.
        assert_eq!(near(&["A*.x"]), ["*.x", ".y", ".z", "a.x", "B.x"]);
        assert_eq!(near(&["no", ""]), [".y", ".z"]);
        assert!(map.get("").is_none() && map.get("A.X").is_some());
    }

    #[test]
    fn identities_of_one_kind_match() {
        let key = |byte: u8| IssuerIdentity::Key(Vec::from([byte]));
        let pinned = name("x", &[7]);
        assert!(pinned.accepts(&[key(7), IssuerIdentity::Thumbprint(Vec::from([7]))]));
        assert!(!pinned.accepts(&[key(7)]));
        assert!(!pinned.accepts(&[]));
        assert!(name("x", &[]).accepts(&[]));
    }

    #[test]
    fn the_first_spelling_of_a_section_stays() {
        let mut map = NameMap::default();
        assert!(map.insert(name("Node", &[1])));
        assert!(!map.insert(name("node", &[])));
        assert!(map.get("NODE").is_some_and(DeclaredName::is_pinned));
        assert_eq!(map.len(), 1);
    }
}
