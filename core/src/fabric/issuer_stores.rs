//! Issuer stores: whose keys pin the names of a role (SecurityConfig.cpp:16-29,166-220).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::manifest::Parameter;
use super::{IssuerIdentity, Platform};
use crate::chain::Store;

/// The store whose content a case gives: the trusted roots.
const ROOT: &str = "Root";

/// The keys that issuer stores hold, where the case says so: the roots are known, and no other store is searched.
///
/// A parameter is an issuer's common name and a comma list of stores. An empty name is every
/// certificate of the store. Every certificate found counts, expired ones too, and none found is no error.
pub(super) fn held(
    stores: &[&Parameter<'_>],
    store: &Store<'_>,
    roots_known: bool,
    platform: Platform,
) -> Option<BTreeSet<IssuerIdentity>> {
    let is_root = |parameter: &&Parameter<'_>| {
        let mut names = parameter.value.text().split(',').map(str::trim).filter(|name| !name.is_empty());
        names.all(|name| name.eq_ignore_ascii_case(ROOT))
    };
    // What a whole subject finds depends on the order of its parts as encoded.
    let is_subject = |parameter: &&Parameter<'_>| parameter.name.text().contains('=');
    // On Linux a store is a folder or a file, and no case says what is in it.
    let is_searched = |parameter: &&Parameter<'_>| !parameter.value.text().trim().is_empty();
    if platform == Platform::Linux && stores.iter().any(is_searched) {
        return None;
    }
    if !roots_known || !stores.iter().all(is_root) || stores.iter().any(is_subject) {
        return None;
    }
    let searched: Vec<_> = stores.iter().filter(|parameter| is_searched(parameter)).collect();
    let mut keys = BTreeSet::new();
    for member in (0..).map_while(|place| store.pool.get(place)).filter(|member| member.trusted) {
        let subject = &member.certificate.subject;
        let is_sought = searched.iter().any(|parameter| {
            let name = parameter.name.text();
            name.is_empty() || subject.common_names().any(|own| own == name)
        });
        if is_sought {
            keys.insert(IssuerIdentity::Key(member.certificate.public_key.raw().to_vec()));
        }
    }
    Some(keys)
}
