//! What the product refuses to deploy, in the order in which it looks (SettingsValidator.cs:58-165, 273-389, 688-700).
//!
//! The product stops at the first; every one is found here, and the catalog's order is the product's.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::Form;
use super::certificates::{Certificates, IssuerStore, List, Name, Role};
use super::reader::Reader;
use super::rules;
use super::text::Text;
use crate::arm::setting::Setting;
use crate::quote::quote;
use crate::{Finding, Rule};

/// Finds everything that the product refuses.
pub(super) fn check(reader: &mut Reader<'_, '_>, of: Option<&Certificates>, directory: Option<&Setting>) {
    let mut cx = Cx { reader };
    if let Some(of) = of {
        clients(&mut cx, of);
        thumbprints(&mut cx, of);
        names(&mut cx, of);
        both(&mut cx, of);
        issuer_stores(&mut cx, of);
    }
    let is_bare = match of {
        Some(of) => of.form == Form::Arm && !of.cluster.is_declared(),
        None => true,
    };
    if let Some(directory) = directory.filter(|_| is_bare) {
        let message = "Azure Active Directory is asked for without certificates";
        cx.add(&rules::SERVER_AUTH_REQUIRED, message, directory.range.clone(), "declare the cluster's certificate");
    }
}

struct Cx<'c, 'r, 'd> {
    reader: &'c mut Reader<'r, 'd>,
}

impl Cx<'_, '_, '_> {
    /// A refusal: the product's name for it comes first.
    fn add(&mut self, rule: &'static rules::Refusal, message: impl Into<String>, at: Range<usize>, help: &str) {
        let finding = self.refusal(rule, message, at, help);
        self.reader.find(finding);
    }

    fn refusal(
        &self,
        rule: &'static rules::Refusal,
        message: impl Into<String>,
        at: Range<usize>,
        help: &str,
    ) -> Finding {
        let message = format!("`{}`: {}", rule.code, message.into());
        let span = self.reader.document.span(at);
        let refusal: &'static Rule = &rule.rule;
        Finding::new(refusal, message).at(span).arg("code", rule.code).help(help)
    }
}

fn clients(cx: &mut Cx<'_, '_, '_>, of: &Certificates) {
    let thumbprints = of.client_thumbprints.as_ref().filter(|list| !list.items.is_empty());
    let names = of.client_names.as_ref().filter(|list| !list.items.is_empty());
    let range = thumbprints.map(|list| list.range.clone()).or(names.map(|list| list.range.clone()));
    let Some(range) = range.filter(|_| !of.server.is_declared()) else { return };
    // In a template the certificate may be there although it isn't known.
    if of.form == Form::Arm && !cx.reader.reading.manifest.unknown.is_empty() {
        return;
    }
    let message = "client certificates are declared without a server certificate";
    cx.add(&rules::CLIENT_WITHOUT_SERVER, message, range, "declare `ServerCertificate` as well");
}

/// A thumbprint may have blanks, digits and the letters up to `f`; its length is not looked at (:167-206).
fn misplaced(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| *c != ' ' && !c.is_ascii_hexdigit())
}

fn thumbprints(cx: &mut Cx<'_, '_, '_>, of: &Certificates) {
    let clients = of.client_thumbprints.iter().flat_map(|list| &list.items);
    let clients: Vec<&Text> = clients.filter_map(|client| client.thumbprint.as_ref()).collect();
    let list = |role: &'_ Role| -> Vec<Text> {
        role.thumbprints.iter().flat_map(|of| of.list().into_iter().cloned()).collect()
    };
    let server = if of.form == Form::Arm { Vec::new() } else { list(&of.server) };
    for (rule, texts) in [
        (&rules::CLIENT_THUMBPRINT, clients.into_iter().cloned().collect()),
        (&rules::SERVER_THUMBPRINT, server),
        (&rules::CLUSTER_THUMBPRINT, list(&of.cluster)),
        (&rules::PROXY_THUMBPRINT, list(&of.proxy)),
    ] {
        for text in texts {
            let Some((at, character)) = misplaced(&text.text) else { continue };
            let message = format!(
                "expected blanks and hexadecimal digits in a thumbprint, found {}",
                quote(character.encode_utf8(&mut [0; 4]))
            );
            let place = text.value(cx.reader.document).place(at..at.saturating_add(character.len_utf8()));
            cx.add(rule, message, place, "write the 40 digits alone");
        }
    }
}

/// Every declared name, with whether it is one of the reverse proxy: clients first, as the product looks at them.
fn all(of: &Certificates) -> impl Iterator<Item = (&Name, bool)> {
    let server = if of.form == Form::Arm { &[] } else { of.server.names() };
    let clients = of.client_names.iter().flat_map(|list| &list.items);
    let others = clients.chain(of.cluster.names()).chain(server).map(|name| (name, false));
    others.chain(of.proxy.names().iter().map(|name| (name, true)))
}

fn names(cx: &mut Cx<'_, '_, '_>, of: &Certificates) {
    for (name, _) in all(of) {
        if name.name.as_ref().is_none_or(Text::is_blank) {
            let message = "expected a common name, found nothing but blanks";
            cx.add(&rules::COMMON_NAME, message, name.range.clone(), "write the subject's common name");
        }
    }
    let issuers = |name: &Name| name.issuers.clone().filter(|issuers| !issuers.is_blank());
    for (name, _) in all(of).filter(|(_, is_proxy)| *is_proxy) {
        if let Some(issuers) = issuers(name) {
            let message = "a name of the reverse proxy can't be pinned to issuers";
            cx.add(&rules::PROXY_ISSUERS, message, issuers.range, "leave the issuer out");
        }
    }
    for (name, _) in all(of).filter(|(_, is_proxy)| !*is_proxy) {
        let Some(issuers) = issuers(name) else { continue };
        // Split and not trimmed, so a tab or a line break is a fault, and so is the same issuer twice.
        let mut seen = BTreeSet::new();
        let mut start = 0_usize;
        for issuer in issuers.text.split(',') {
            let range = start..start.saturating_add(issuer.len());
            start = range.end.saturating_add(1);
            let (message, range) = if let Some((at, character)) = misplaced(issuer) {
                let found = quote(character.encode_utf8(&mut [0; 4]));
                let at = range.start.saturating_add(at);
                let message =
                    format!("expected blanks and hexadecimal digits in the thumbprint of an issuer, found {found}");
                (message, at..at.saturating_add(character.len_utf8()))
            } else if !seen.insert(issuer.to_ascii_lowercase()) {
                (format!("the issuer {} stands twice", quote(issuer)), range)
            } else {
                continue;
            };
            let place = issuers.value(cx.reader.document).place(range);
            cx.add(&rules::ISSUERS, message, place, "write each issuer's thumbprint once, separated by commas");
        }
    }
    let server = Role::default();
    let server = if of.form == Form::Arm { &server } else { &of.server };
    for role in [&of.cluster, &of.proxy, server] {
        if let Some(third) = role.names().get(2) {
            let message = format!("expected at most two common names, found {}", role.names().len());
            cx.add(&rules::NAME_COUNT, message, third.range.clone(), "declare two names, or more than one in turn");
        }
    }
    for role in [&of.cluster, &of.proxy, server] {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for name in role.names().iter().filter_map(|name| name.name.as_ref()) {
            if !seen.insert(&name.text) {
                let message = format!("the common name {} is declared twice", quote(&name.text));
                cx.add(&rules::NAME_TWICE, message, name.range.clone(), "keep one, with the issuers of both");
            }
        }
    }
}

fn both(cx: &mut Cx<'_, '_, '_>, of: &Certificates) {
    let server = Role::default();
    let server = if of.form == Form::Arm { &server } else { &of.server };
    for role in [&of.cluster, server, &of.proxy] {
        if let (Some(_), Some(names)) = (&role.thumbprints, &role.names) {
            let message = "the same certificate is declared by thumbprint and by common name";
            cx.add(&rules::NAME_AND_THUMBPRINT, message, names.range.clone(), "keep one of the two");
        }
    }
}

/// Issuer stores, whether names are declared, the names, and whether there may be two issuers only.
type Stores<'c> = (&'c Option<List<IssuerStore>>, bool, Vec<&'c Name>, bool);

fn issuer_stores(cx: &mut Cx<'_, '_, '_>, of: &Certificates) {
    let clients: Vec<&Name> = of.client_names.iter().flat_map(|list| &list.items).collect();
    let sets: [Stores<'_>; 3] = [
        (&of.cluster_stores, of.cluster.names.is_some(), of.cluster.names().iter().collect(), true),
        (&of.server_stores, of.server.names.is_some(), of.server.names().iter().collect(), true),
        (&of.client_stores, of.client_names.is_some(), clients, false),
    ];
    let declared = || {
        sets.iter().filter_map(|(stores, named, names, capped)| {
            let stores = stores.as_ref().filter(|stores| !stores.items.is_empty())?;
            Some((stores, *named, names, *capped))
        })
    };
    for (stores, ..) in declared().filter(|(_, named, ..)| !*named) {
        let message = "issuer stores are declared without common names";
        cx.add(&rules::STORES_WITHOUT_NAMES, message, stores.range.clone(), "declare the common names as well");
    }
    for (stores, _, names, _) in declared() {
        if names.iter().any(|name| name.issuers.as_ref().is_some_and(|issuers| !issuers.text.is_empty())) {
            let message = "issuers are declared by thumbprint and by store";
            cx.add(&rules::STORES_AND_PINS, message, stores.range.clone(), "keep one of the two");
        }
    }
    for (stores, _, _, capped) in declared() {
        properties(cx, stores, capped);
    }
}

fn properties(cx: &mut Cx<'_, '_, '_>, list: &List<IssuerStore>, capped: bool) {
    for store in &list.items {
        if store.issuer.is_none() {
            let message = "an issuer store has no `IssuerCommonName`";
            cx.add(
                &rules::ISSUER_NULL,
                message,
                store.range.clone(),
                "write the issuer's common name, or an empty one for any",
            );
        }
    }
    for store in &list.items {
        if store.stores.as_ref().is_none_or(|stores| stores.text.is_empty()) {
            let message = "an issuer store has no `X509StoreNames`";
            cx.add(
                &rules::STORE_NULL,
                message,
                store.range.clone(),
                "write the names of the stores, separated by commas",
            );
        }
    }
    for stores in list.items.iter().filter_map(|store| store.stores.as_ref()) {
        let mut seen = BTreeSet::new();
        let names = stores.text.split(',').map(str::trim);
        if let Some(twice) = names.clone().find(|name| !seen.insert(name.to_lowercase())) {
            // Linux keeps names apart that differ in case.
            let mut seen = BTreeSet::new();
            let same = names.clone().find(|name| !seen.insert(*name));
            let message = format!("the store {} is named twice", quote(same.unwrap_or(twice)));
            let finding = cx.refusal(&rules::STORE_TWICE, message, stores.range.clone(), "name each store once");
            match same {
                Some(_) => cx.reader.find(finding),
                None => cx.reader.find_on_windows(finding),
            }
        }
    }
    if let Some(third) = list.items.get(2).filter(|_| capped) {
        let message = format!("expected at most two issuers, found {}", list.items.len());
        cx.add(&rules::ISSUER_COUNT, message, third.range.clone(), "declare two issuers");
    }
    // With more than two issuers the product has stopped before, for nodes and servers.
    let mut seen: BTreeMap<String, ()> = BTreeMap::new();
    for issuer in list.items.iter().filter_map(|store| store.issuer.as_ref()) {
        if seen.insert(issuer.text.to_lowercase().to_string(), ()).is_some() {
            let message = format!("the issuer {} is declared twice", quote(&issuer.text));
            cx.add(&rules::ISSUER_TWICE, message, issuer.range.clone(), "join the stores of both");
        }
    }
}
