//! `ClusterConfig.json` of a standalone cluster: `properties.security` (Model/X509*.cs, Model/Security*.cs).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::builder::Builder;
use super::certificates::{Certificates, Role};
use super::generate::{self, Around};
use super::reader::{Reader, lists};
use super::text::Text;
use super::{Form, rules, user_settings, validate};
use crate::arm::setting::Setting;
use crate::fabric::Declared;
use crate::fabric::manifest::{ListedNode, MANIFEST_FRAGMENT, Manifest, Reach};
use crate::json::Node;
use crate::quote::quote;
use crate::{ErrorKind, Finding, Limits};

/// The versions of the model, oldest first (Model/StandAloneInstallerJSONModelBase.cs:20-31).
const VERSIONS: &[&str] = &["2016-09-26", "01-2017", "04-2017", "05-2017", "08-2017", "10-2017", "06-2018"];
/// The first version whose certificates may be declared by name.
const NAMES_SINCE: &str = "05-2017";
/// The first version with issuer stores.
const STORES_SINCE: &str = "10-2017";

const ROOT: &[&str] = &["name", "clusterConfigurationVersion", "apiVersion", "nodes", "properties"];
const PROPERTIES: &[&str] = &[
    "security",
    "fabricSettings",
    "nodeTypes",
    "reliabilityLevel",
    "diagnosticsStore",
    "enableTelemetry",
    "fabricClusterAutoupgradeEnabled",
    "clusterRegistrationId",
    "addonFeatures",
    "goalStateExpirationReminderInDays",
    "metadata",
];
const SECURITY: &[&str] = &[
    "ClusterCredentialType",
    "ServerCredentialType",
    "CertificateInformation",
    "WindowsIdentities",
    "AzureActiveDirectory",
    "metadata",
];
const INFORMATION: &[&str] = &[
    "ClusterCertificate",
    "ServerCertificate",
    "ReverseProxyCertificate",
    "ClusterCertificateCommonNames",
    "ServerCertificateCommonNames",
    "ReverseProxyCertificateCommonNames",
    "ClientCertificateThumbprints",
    "ClientCertificateCommonNames",
    "ClusterCertificateIssuerStores",
    "ServerCertificateIssuerStores",
    "ClientCertificateIssuerStores",
    "metadata",
];
const EVERYTHING: &Reach = &Reach::Everything;

/// Reads a configuration, or the part of one with its security.
pub(super) fn read(reader: &mut Reader<'_, '_>, root: &Node) {
    let root = Setting::literal(root);
    let is_whole = root.get("properties").is_some() && root.get("security").is_none();
    let version = version(reader, &root, is_whole);
    if is_whole && !reader.as_object(&root, "the configuration", ROOT, EVERYTHING) {
        return;
    }
    let wrapped;
    let properties = match reader.object(&root, "properties", PROPERTIES, EVERYTHING) {
        Some(properties) => properties,
        None if root.get("certificateInformation").is_some() => {
            wrapped = as_security(&root);
            &wrapped
        }
        None => &root,
    };
    reader.reading.manifest.is_fragment = !is_whole;
    if !is_whole {
        let finding = Finding::new(&MANIFEST_FRAGMENT, "the document is a fragment of a cluster configuration")
            .at(reader.document.span(root.range.start..root.range.start.saturating_add(1)))
            .help("what it doesn't show is taken to be absent");
        reader.find(finding);
    }
    let mut manifest = core::mem::take(&mut reader.reading.manifest);
    user_settings::read(reader, properties, &mut manifest);
    let security = reader.object(properties, "security", SECURITY, EVERYTHING);
    settings(reader, &mut manifest, properties, security, version);
    manifest.nodes = nodes(&root);
    // What was noted meanwhile is kept.
    manifest.assumptions.append(&mut reader.reading.manifest.assumptions);
    manifest.unknown.append(&mut reader.reading.manifest.unknown);
    reader.reading.manifest = manifest;
}

/// A configuration around a `security` that is shown alone, without its name.
fn as_security(root: &Setting) -> Setting {
    let entry = crate::arm::setting::Entry {
        key: String::from("security"),
        key_range: root.range.start..root.range.start,
        value: root.clone(),
    };
    Setting::computed(crate::arm::setting::Value::Map(Vec::from([entry])), root.range.clone())
}

/// The place of the model's version among [`VERSIONS`]; the newest where a fragment doesn't say.
fn version(reader: &mut Reader<'_, '_>, root: &Setting, is_whole: bool) -> usize {
    let newest = VERSIONS.len().saturating_sub(1);
    let text = reader.text(root, "apiVersion", EVERYTHING);
    if let Some(place) = text.as_ref().and_then(|text| VERSIONS.iter().position(|version| *version == text.text)) {
        return place;
    }
    if text.is_none() && !is_whole {
        reader.assume(format!("the `apiVersion` of the configuration is {}, the newest", quote("06-2018")));
        return newest;
    }
    let (found, range) = match &text {
        Some(text) => (quote(&text.text), text.range.clone()),
        None => (String::from("none"), root.range.start..root.range.start.saturating_add(1)),
    };
    let known: Vec<String> = VERSIONS.iter().map(|version| quote(version)).collect();
    let message =
        format!("`NotSupportedException`: expected one of {} as `apiVersion`, found {found}", known.join(", "));
    let finding = Finding::new(&rules::VERSION_UNKNOWN, message)
        .at(reader.document.span(range))
        .arg("code", "NotSupportedException")
        .help("write `10-2017`, which every release since then reads");
    reader.find(finding);
    newest
}

fn settings<'d>(
    reader: &mut Reader<'_, 'd>,
    manifest: &mut Manifest<'d>,
    properties: &Setting,
    security: Option<&Setting>,
    version: usize,
) {
    let builder = Builder { document: reader.document };
    let start = properties.range.start;
    let range = security.map_or(start..start.saturating_add(1), |security| security.range.clone());
    let information = security.and_then(|of| reader.object(of, "CertificateInformation", INFORMATION, EVERYTHING));
    let certificates = information.map(|of| certificates(reader, of, version));
    let directory = security.and_then(|of| reader.object(of, "AzureActiveDirectory", DIRECTORY, EVERYTHING));
    let around = Around {
        credentials: [credential(reader, security, "ClusterCredentialType", &range), {
            credential(reader, security, "ServerCredentialType", &range)
        }],
        directory,
        node_types: node_types(reader, properties),
        range,
    };
    validate::check(reader, certificates.as_ref(), directory);
    if security.is_some() {
        generate::settings(&builder, manifest, &around, certificates.as_ref());
    } else {
        let text = |name, value| builder.generated(name, value, &around.range);
        let entries = Vec::from([
            text("ClusterCredentialType", "None"),
            text("ServerAuthCredentialType", "None"),
            text("ClientRoleEnabled", "false"),
        ]);
        builder.add(manifest, &Text::generated("Security", around.range.clone()), entries);
    }
}

pub(super) const DIRECTORY: &[&str] = &["TenantId", "ClusterApplication", "ClientApplication", "metadata"];

/// A credential type as .NET's enumeration writes it; absent is `None` (Security.cs). Another is no configuration.
fn credential(
    reader: &mut Reader<'_, '_>,
    security: Option<&Setting>,
    key: &str,
    range: &core::ops::Range<usize>,
) -> Text {
    let none = Text::generated("None", range.clone());
    let Some(mut text) = security.and_then(|of| reader.text(of, key, EVERYTHING)) else { return none };
    match ["None", "X509", "Windows"].into_iter().find(|name| name.eq_ignore_ascii_case(&text.text)) {
        Some(name) if name == text.text => text,
        Some(name) => {
            text = Text::generated(name, text.range);
            text
        }
        None => {
            let expected = format!("`None`, `X509` or `Windows` for `{key}`");
            reader.error(ErrorKind::Value, expected, quote(&text.text), text.range.clone(), None);
            none
        }
    }
}

/// The nodes, where each says all that an upgrade needs to know of it. They decide about no certificate, so what is missing
/// here is no fault.
fn nodes(root: &Setting) -> Vec<ListedNode> {
    let items = root.get("nodes").map(Setting::items).unwrap_or_default();
    let node = |item: &Setting| {
        let text = |key: &str| item.get(key).and_then(Text::of).map(|text| text.text);
        let (name, node_type, upgrade_domain) = (text("nodeName")?, text("nodeTypeRef")?, text("upgradeDomain")?);
        Some(ListedNode { name, node_type, upgrade_domain })
    };
    let is_few = items.len() <= Limits::ROLLOUT_DOMAINS;
    items.iter().filter(|_| is_few).map(node).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The names of the node types, and whether a reverse proxy listens on them.
pub(super) fn node_types(
    reader: &mut Reader<'_, '_>,
    properties: &Setting,
) -> Vec<(Option<Text>, core::ops::Range<usize>, bool)> {
    let ignored = lists(&[]);
    let Some((_, items)) = reader.array(properties, "nodeTypes", &ignored) else { return Vec::new() };
    let ports = ["reverseProxyEndpointPort", "httpApplicationGatewayEndpointPort"];
    let node_type = |item: &Setting| {
        let listens = ports.iter().any(|port| item.get(port).is_some());
        (item.get("name").and_then(Text::of), item.range.clone(), listens)
    };
    items.iter().map(node_type).collect()
}

fn certificates(reader: &mut Reader<'_, '_>, of: &Setting, version: usize) -> Certificates {
    let since = |first: &str| VERSIONS.iter().position(|known| *known == first).is_some_and(|first| version >= first);
    let (with_names, with_stores) = (since(NAMES_SINCE), since(STORES_SINCE));
    let role = |reader: &mut Reader<'_, '_>, key: &str, reach: &Reach| {
        let names_key = format!("{key}CommonNames");
        let thumbprints = reader.thumbprints(of, key, reach);
        let names = reader.names(of, &names_key, reach);
        let names = if with_names { names } else { ignored(reader, of, &names_key, NAMES_SINCE, names) };
        Role { thumbprints, names }
    };
    let everyone = lists(&Declared::ALL);
    let cluster = role(reader, "ClusterCertificate", &everyone);
    let server = role(reader, "ServerCertificate", &everyone);
    let proxy = role(reader, "ReverseProxyCertificate", &lists(&[]));
    let stores = |reader: &mut Reader<'_, '_>, key: &str, reach: &Reach| {
        let stores = reader.issuer_stores(of, key, reach);
        if with_stores { stores } else { ignored(reader, of, key, STORES_SINCE, stores) }
    };
    let clients = lists(&[Declared::Client, Declared::AdminClient]);
    Certificates {
        form: Form::Standalone,
        range: of.range.clone(),
        cluster,
        server,
        proxy,
        client_thumbprints: reader.client_thumbprints(of, "ClientCertificateThumbprints"),
        client_names: reader.client_names(of, "ClientCertificateCommonNames"),
        cluster_stores: stores(reader, "ClusterCertificateIssuerStores", &lists(&[Declared::Cluster])),
        server_stores: stores(reader, "ServerCertificateIssuerStores", &lists(&[Declared::Server])),
        client_stores: stores(reader, "ClientCertificateIssuerStores", &clients),
    }
}

/// A declaration that the model of this version doesn't have, and that is ignored like any unknown member.
fn ignored<T>(reader: &mut Reader<'_, '_>, of: &Setting, key: &str, since: &str, found: Option<T>) -> Option<T> {
    if let Some(entry) = of.entry(key).filter(|_| found.is_some()) {
        let message = format!("`{key}` is ignored, since the configuration's `apiVersion` is older than `{since}`");
        let finding = Finding::new(&rules::MEMBER_BEFORE_VERSION, message)
            .at(reader.document.span(entry.key_range.clone()))
            .arg("member", key)
            .arg("since", since)
            .help(format!("write `{since}` or later as `apiVersion`"));
        reader.find(finding);
    }
    None
}
