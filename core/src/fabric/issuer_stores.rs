//! Issuer stores: whose keys pin the names of a role (SecurityConfig.cpp:16-29,166-220).

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString as _};

use super::manifest::Parameter;
use super::presentation::{FindType, FindValue};
use super::{IssuerIdentity, Platform};
use crate::certificate::{Attribute, Certificate};
use crate::chain::Store;

/// The store whose content a case gives: the trusted roots.
const ROOT: &str = "Root";

/// Signs that mean something in a subject besides parts and their values.
const ODD: [char; 7] = ['+', '"', ';', '#', '\\', '\r', '\n'];

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
    // On Linux a store is a folder or a file, and no case says what is in it.
    let is_searched = |parameter: &&Parameter<'_>| !parameter.value.text().trim().is_empty();
    if platform == Platform::Linux && stores.iter().any(is_searched) {
        return None;
    }
    if !roots_known || !stores.iter().all(is_root) {
        return None;
    }
    let searched = stores.iter().filter(|parameter| is_searched(parameter));
    let trusted = || {
        let members = (0..).map_while(|place| store.pool.get(place)).filter(|member| member.trusted);
        members.map(|member| member.certificate)
    };
    let mut keys = BTreeSet::new();
    for parameter in searched {
        let name = parameter.name.text();
        // What is written as a whole subject is a common name where nothing has that subject. What Windows makes of all
        // the signs that a subject can have is not imitated.
        let whole = match FindValue::read(FindType::SubjectName, name, platform) {
            _ if !name.contains('=') => None,
            Ok(FindValue::Subject { attributes: Some(whole), .. }) if !name.contains(ODD) => Some(whole),
            _ => return None,
        };
        let has_whole = |certificate: &Certificate| {
            let own = certificate.subject.attributes();
            whole.as_ref().is_some_and(|whole| {
                let is_same = |(own, (kind, value)): (&Attribute, &(String, String))| {
                    own.oid.to_string() == *kind && own.text() == Some(value)
                };
                own.len() == whole.len() && own.iter().zip(whole).all(is_same)
            })
        };
        let by_whole = trusted().any(has_whole);
        for certificate in trusted() {
            let is_sought = match by_whole {
                true => has_whole(certificate),
                false => name.is_empty() || certificate.subject.common_names().any(|own| own == name),
            };
            if is_sought {
                keys.insert(IssuerIdentity::Key(certificate.public_key.raw().to_vec()));
            }
        }
    }
    Some(keys)
}
