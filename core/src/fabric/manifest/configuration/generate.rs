//! From declarations to settings: what the generators write into section `Security` and the sections below it, and into
//! the node types (StandAloneFabricSettingsGenerator.cs:434-780; FabricSettingsGeneratorBase.cs:231-388, 590-809;
//! ClusterManifestBuilder.cs:443-476, 582-604).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::Form;
use super::builder::{Builder, Entry};
use super::certificates::{Certificates, IssuerStore, List, Name, Names, Role, Thumbprints};
use super::text::{Text, joined};
use crate::arm::setting::Setting;
use crate::fabric::Declared;
use crate::fabric::manifest::{CertificateRole, Extension, Manifest, NodeCertificate, NodeType};

/// What is declared besides certificates.
pub(super) struct Around<'s> {
    /// The credential types of nodes and of clients, where certificates or Windows are asked for.
    pub(super) credentials: [Text; 2],
    /// The tenant and applications of Azure Active Directory.
    pub(super) directory: Option<&'s Setting>,
    /// The names of the node types, with whether a reverse proxy listens on them.
    pub(super) node_types: Vec<(Option<Text>, Range<usize>, bool)>,
    /// Where section `Security` is said to stand.
    pub(super) range: Range<usize>,
}

/// Writes what the product makes of the declarations. Without any, nothing is secured.
pub(super) fn settings<'d>(
    builder: &Builder<'d>,
    manifest: &mut Manifest<'d>,
    around: &Around<'_>,
    of: Option<&Certificates>,
) {
    let range = &around.range;
    let security = Text::generated("Security", range.clone());
    let [cluster, client] = &around.credentials;
    let mut entries = Vec::from([
        builder.generated("ClientRoleEnabled", "true", range),
        builder.named("ClusterCredentialType", cluster.value(builder.document), &cluster.range),
        builder.named("ServerAuthCredentialType", client.value(builder.document), &client.range),
        builder.generated("AllowDefaultClient", "False", range),
    ]);
    for (key, name) in [
        ("TenantId", "AADTenantId"),
        ("ClusterApplication", "AADClusterApplication"),
        ("ClientApplication", "AADClientApplication"),
    ] {
        let value = around.directory.and_then(|directory| directory.get(key)).and_then(Text::of);
        entries.extend(value.map(|value| builder.named(name, value.value(builder.document), &value.range)));
    }
    if let Some(of) = of {
        thumbprints(builder, of, &mut entries);
        entries.push(builder.generated("IgnoreCrlOfflineError", "true", &of.range));
        entries.push(builder.generated("UseSecondaryIfNewer", "True", &of.range));
    }
    builder.add(manifest, &security, entries);
    let Some(of) = of else { return };
    names(builder, manifest, of);
    file_store(builder, manifest, of);
    reverse_proxy(builder, manifest, of, around);
    node_types(builder, manifest, of, around);
}

/// What clients are let in by without being declared: the cluster's certificate, or the server's if there is none.
fn by_default<'c>(of: &'c Certificates, list: impl Fn(&'c Role) -> Vec<&'c Text>) -> Vec<&'c Text> {
    let cluster = list(&of.cluster);
    let is_blank = cluster.iter().all(|text| text.is_blank());
    if is_blank { list(&of.server) } else { cluster }
}

fn list(role: &Role) -> Vec<&Text> {
    role.thumbprints.as_ref().map(Thumbprints::list).unwrap_or_default()
}

fn thumbprints<'d>(builder: &Builder<'d>, of: &Certificates, entries: &mut Vec<Entry<'d>>) {
    let mut add = |declared: Declared, texts: Vec<&Text>, range: &Range<usize>, extension| {
        if !texts.is_empty() {
            let value = joined(builder.document, &texts, range.clone());
            let entry = builder.named(declared.thumbprints(), value, range);
            entries.push(Entry { extension, generated: false, ..entry });
        }
    };
    let default = by_default(of, list);
    for (declared, role) in [(Declared::Cluster, &of.cluster), (Declared::Server, &of.server)] {
        if let Some(thumbprints) = &role.thumbprints {
            let is_default = declared == Declared::Cluster || list(&of.cluster).iter().all(|text| text.is_blank());
            add(declared, thumbprints.list(), &thumbprints.range, secondary(of, thumbprints, is_default));
        }
    }
    let written = of.cluster.thumbprints.as_ref().or(of.server.thumbprints.as_ref());
    let clients = of.client_thumbprints.as_ref();
    for (declared, admin) in [(Declared::Client, false), (Declared::AdminClient, true)] {
        let mut texts: Vec<&Text> = default.iter().copied().filter(|text| !text.is_blank()).collect();
        let own = clients.iter().flat_map(|list| &list.items).filter(|client| client.is_admin == admin);
        let own: Vec<&Text> = own.filter_map(|client| client.thumbprint.as_ref()).collect();
        let range = match (own.is_empty(), clients, written) {
            (false, Some(clients), _) => clients.range.clone(),
            (_, _, Some(written)) => written.range.clone(),
            _ => of.range.clone(),
        };
        texts.extend(own);
        add(declared, texts, &range, client(of, admin));
    }
}

/// How a second thumbprint is added to a declaration that has one. The default is the one that is written into the lists of
/// clients and of admin clients as well.
fn secondary(of: &Certificates, to: &Thumbprints, is_default: bool) -> Option<Extension> {
    if to.secondary.is_some() {
        return None;
    }
    let (key, lets_in) = match of.form {
        Form::Standalone if is_default => {
            ("ThumbprintSecondary", "this certificate, as what it is declared for and as an admin client")
        }
        Form::Standalone => ("ThumbprintSecondary", "this certificate only, as server"),
        Form::Arm => ("thumbprintSecondary", "this certificate, as node, server, client and admin client"),
    };
    Some(Extension {
        at: to.primary.as_ref()?.range.end,
        before: format!(", \"{key}\": \""),
        after: String::from("\""),
        title: String::from("Add it as the secondary thumbprint"),
        lets_in: String::from(lets_in),
    })
}

/// How another client is added.
fn client(of: &Certificates, admin: bool) -> Option<Extension> {
    let list = of.client_thumbprints.as_ref()?;
    let (thumbprint, is_admin) = match of.form {
        Form::Standalone => ("CertificateThumbprint", "IsAdmin"),
        Form::Arm => ("certificateThumbprint", "isAdmin"),
    };
    let comma = if list.items.is_empty() { "" } else { ", " };
    Some(Extension {
        at: list.range.end.checked_sub(1)?,
        before: format!("{comma}{{ \"{thumbprint}\": \""),
        after: format!("\", \"{is_admin}\": {admin} }}"),
        title: String::from(if admin { "Add it as an admin client" } else { "Add it as a client" }),
        lets_in: String::from(if admin {
            "this certificate only, as admin client"
        } else {
            "this certificate only, as client"
        }),
    })
}

fn names<'d>(builder: &Builder<'d>, manifest: &mut Manifest<'d>, of: &Certificates) {
    let entries = |names: &[&Name]| -> Vec<Entry<'d>> {
        let entry = |name: &&Name| {
            let own = name.name.as_ref()?;
            let nothing = || Text::generated("", own.range.end..own.range.end);
            let issuers = name.issuers.clone().unwrap_or_else(nothing);
            let entry = builder.entry(own.value(builder.document), issuers.value(builder.document), &name.range);
            Some(Entry { generated: false, ..entry })
        };
        names.iter().filter_map(entry).collect()
    };
    let (cluster, server) = (of.cluster.names(), of.server.names());
    let default: Vec<&Name> = if cluster.is_empty() { server.iter().collect() } else { cluster.iter().collect() };
    let clients = |admin: bool| -> Vec<&Name> {
        let own = of.client_names.iter().flat_map(|list| &list.items);
        own.filter(|client| client.is_admin == admin).collect()
    };
    let range = |role: &Role| role.names.as_ref().map_or(of.range.clone(), |names| names.range.clone());
    let clients_range = of.client_names.as_ref().map_or_else(|| range(&of.cluster), |list| list.range.clone());
    let admins: Vec<&Name> = default.iter().copied().chain(clients(true)).collect();
    let mut others: Vec<&Name> = default.iter().copied().chain(clients(false)).collect();
    // A standalone cluster repeats the admins among the clients, if there are other clients at all.
    if of.form == Form::Standalone && !others.is_empty() {
        others.extend(clients(true));
    }
    for (declared, names, range) in [
        (Declared::Cluster, cluster.iter().collect(), range(&of.cluster)),
        (Declared::Client, others, clients_range.clone()),
        (Declared::AdminClient, admins, clients_range),
        (Declared::Server, server.iter().collect(), range(&of.server)),
    ] {
        builder.add(manifest, &Text::generated(declared.names_section(), range), entries(&names));
    }
    for (declared, list) in [
        (Declared::Cluster, &of.cluster_stores),
        (Declared::Server, &of.server_stores),
        (Declared::Client, &of.client_stores),
    ] {
        if let Some(list) = list {
            stores(builder, manifest, declared, list);
        }
    }
}

/// Issuer stores come out sorted by the name of the issuer, as the product writes them.
fn stores<'d>(builder: &Builder<'d>, manifest: &mut Manifest<'d>, declared: Declared, list: &List<IssuerStore>) {
    let mut sorted: Vec<&IssuerStore> = list.items.iter().collect();
    crate::order::sort_by_key(&mut sorted, |store| store.issuer.as_ref().map(|issuer| issuer.text.clone()));
    let entry = |store: &&IssuerStore| {
        let (issuer, stores) = (store.issuer.as_ref()?, store.stores.as_ref()?);
        let entry = builder.entry(issuer.value(builder.document), stores.value(builder.document), &store.range);
        Some(Entry { generated: false, ..entry })
    };
    let entries = sorted.iter().filter_map(entry).collect();
    builder.add(manifest, &Text::generated(declared.issuer_stores(), list.range.clone()), entries);
}

/// The certificates by which the nodes' file stores authenticate, one value standing for both.
fn file_store<'d>(builder: &Builder<'d>, manifest: &mut Manifest<'d>, of: &Certificates) {
    let section = Text::generated("FileStoreService", of.range.clone());
    let mut entries = Vec::new();
    let mut pair = |texts: &[&Text], names: [&str; 2]| {
        let Some(first) = texts.first() else { return };
        for (name, text) in names.into_iter().zip([first, texts.get(1).unwrap_or(first)]) {
            entries.push(builder.named(name, text.value(builder.document), &text.range));
        }
    };
    pair(&list(&of.cluster), ["PrimaryAccountNTLMX509Thumbprint", "SecondaryAccountNTLMX509Thumbprint"]);
    let names: Vec<&Text> = of.cluster.names().iter().filter_map(|name| name.name.as_ref()).collect();
    pair(&names, ["CommonName1Ntlmx509CommonName", "CommonName2Ntlmx509CommonName"]);
    builder.add(manifest, &section, entries);
}

/// The certificate of the reverse proxy, where a node type has one (FabricSettingsGeneratorBase.cs:471-585).
fn reverse_proxy<'d>(builder: &Builder<'d>, manifest: &mut Manifest<'d>, of: &Certificates, around: &Around<'_>) {
    let Some((find_type, values, store, range)) = presented(&of.proxy) else { return };
    if !around.node_types.iter().any(|(.., listens)| *listens) {
        return;
    }
    let text = |text: &Text| text.value(builder.document);
    let mut entries = Vec::from([
        builder.generated("IsEnabled", "true", &range),
        builder.generated("GatewayAuthCredentialType", "X509", &range),
        builder.named("GatewayX509CertificateStoreName", text(&store), &range),
        builder.generated("GatewayX509CertificateFindType", find_type, &range),
    ]);
    for (name, value) in
        ["GatewayX509CertificateFindValue", "GatewayX509CertificateFindValueSecondary"].into_iter().zip(values)
    {
        entries.push(builder.named(name, text(value), &value.range));
    }
    builder.add(manifest, &Text::generated("ApplicationGateway/Http", range), entries);
}

/// How nodes find a declared certificate: find type, values, store, and where it is declared.
fn presented(role: &Role) -> Option<(&'static str, Vec<&Text>, Text, Range<usize>)> {
    let my = |range: &Range<usize>| Text::generated("My", range.clone());
    if let Some(Thumbprints { range, primary, secondary, store }) = &role.thumbprints {
        let values = primary.iter().chain(secondary).collect();
        return Some(("FindByThumbprint", values, store.clone().unwrap_or_else(|| my(range)), range.clone()));
    }
    let Names { range, names, store } = role.names.as_ref().filter(|names| !names.names.is_empty())?;
    let values = names.iter().filter_map(|name| name.name.as_ref()).take(2).collect();
    Some(("FindBySubjectName", values, store.clone().unwrap_or_else(|| my(range)), range.clone()))
}

fn node_types<'d>(builder: &Builder<'d>, manifest: &mut Manifest<'d>, of: &Certificates, around: &Around<'_>) {
    let client = if of.cluster.is_declared() { &of.cluster } else { &of.server };
    let certificates: Vec<NodeCertificate<'d>> = [
        (CertificateRole::Cluster, &of.cluster),
        (CertificateRole::Server, &of.server),
        (CertificateRole::Client, client),
    ]
    .into_iter()
    .filter_map(|(role, from)| {
        let (find_type, values, store, range) = presented(from)?;
        let mut values = values.into_iter().map(|text| text.value(builder.document));
        Some(NodeCertificate {
            role,
            find_type: Some(Text::generated(find_type, range.clone()).value(builder.document)),
            find_value: values.next(),
            find_value_secondary: values.next(),
            store_name: Some(store.value(builder.document)),
            name: None,
            document: builder.document,
            tag: range,
        })
    })
    .collect();
    // A fragment that shows no node type is about one of them.
    let unnamed = [(None, around.range.clone(), false)];
    let shown = if around.node_types.is_empty() { unnamed.as_slice() } else { around.node_types.as_slice() };
    for (name, ..) in shown {
        let name = name.as_ref().map(|name| name.value(builder.document));
        manifest.node_types.push(NodeType { name, certificates: certificates.clone(), http_protocol: None });
    }
}
