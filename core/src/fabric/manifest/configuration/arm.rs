//! The resource `Microsoft.ServiceFabric/clusters` of a template of Azure Resource Manager.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::builder::Builder;
use super::certificates::{Certificates, Role};
use super::generate::{self, Around};
use super::reader::{Reader, lists};
use super::text::Text;
use super::{CONDITION, Form, standalone, user_settings, validate};
use crate::arm::resources::{Resource, collect, given, member};
use crate::arm::scope::{Fault, Scope};
use crate::arm::setting::Setting;
use crate::fabric::manifest::{Manifest, Reach};
use crate::fabric::{Declared, Platform};
use crate::json::{self, Json};
use crate::quote::quote;
use crate::{Document, ErrorKind};

/// The members by which `properties` is recognised.
pub(super) const MEMBERS: &[&str] = &[
    "certificate",
    "certificateCommonNames",
    "clientCertificateThumbprints",
    "clientCertificateCommonNames",
    "reverseProxyCertificate",
    "reverseProxyCertificateCommonNames",
    "managementEndpoint",
    "fabricSettings",
    "vmImage",
];

/// The members of `properties` that are looked at for misspelt ones.
const PROPERTIES: &[&str] = &[
    "certificate",
    "certificateCommonNames",
    "clientCertificateThumbprints",
    "clientCertificateCommonNames",
    "reverseProxyCertificate",
    "reverseProxyCertificateCommonNames",
    "managementEndpoint",
    "fabricSettings",
    "vmImage",
    "azureActiveDirectory",
    "nodeTypes",
    "clusterCodeVersion",
    "clusterState",
    "reliabilityLevel",
    "upgradeMode",
    "upgradeDescription",
    "diagnosticsStorageAccountConfig",
    "addOnFeatures",
    "eventStoreServiceEnabled",
    "provisioningState",
    "clusterId",
    "clusterEndpoint",
];

const CLUSTERS: &str = "microsoft.servicefabric/clusters";
const MANAGED: &str = "microsoft.servicefabric/managedclusters";
const EVERYTHING: &Reach = &Reach::Everything;

/// Reads the one cluster of a template, a resource, or the body of a request.
pub(super) fn read(reader: &mut Reader<'_, '_>, json: &Json, parameters: Option<&Document<'_>>) {
    let given = match parameters.filter(|document| !document.text().trim().is_empty()).map(json::read) {
        None => Vec::new(),
        Some(Ok(json)) => given(&Setting::literal(&json.root)),
        Some(Err(error)) => {
            reader.reading.errors.push(error);
            return;
        }
    };
    let root = &json.root;
    let mut scope = Scope::new(reader.document, Some(root), given);
    let mut found: Vec<Resource> = Vec::new();
    if let Some(resources) = member(root, "resources").filter(|_| member(root, "properties").is_none()) {
        let wanted = |kind: &str| kind.is_empty() || kind == CLUSTERS || kind == MANAGED;
        collect(reader.document, &resources.value, &mut scope, &wanted, &mut found);
    } else {
        let mut setting = scope.resolve(root);
        // A resource alone, or its properties alone, declares no parameters: what they are is not known.
        scope.faults.retain(|fault| !matches!(fault, Fault::Missing { .. }));
        let kind = match setting.get("type") {
            Some(kind) => kind.text().unwrap_or_default().to_ascii_lowercase(),
            None => CLUSTERS.to_string(),
        };
        if setting.get("type").is_none() && setting.get("properties").is_none() {
            setting = around(setting);
        }
        found.push(Resource { kind, setting, condition: None, api_version: None });
    }
    for fault in &scope.faults {
        let (Fault::Malformed { start, end, message }
        | Fault::Missing { start, end, message }
        | Fault::NotAllowed { start, end, message }) = fault;
        let expected = message.strip_prefix("expected ").unwrap_or(message);
        let (expected, found) = expected.split_once(", found ").unwrap_or((expected, "another"));
        reader.error(ErrorKind::Value, expected.to_string(), found, *start..*end, None);
    }
    for name in &scope.defaults {
        reader.assume(format!("parameter {} has its default value", quote(name)));
    }
    // A resource whose type isn't known may be the cluster only where no other is.
    let clusters: Vec<&Resource> = found.iter().filter(|resource| resource.kind == CLUSTERS).collect();
    let [cluster] = clusters.as_slice() else {
        let managed = found.iter().find(|resource| resource.kind == MANAGED);
        let (found, at, help) = match (managed, clusters.get(1)) {
            (Some(managed), None) => {
                let help = "what a managed cluster makes of its certificates is not published";
                (String::from("a managed cluster"), managed.setting.range.clone(), Some(help))
            }
            (_, Some(second)) => {
                let help = "paste the resource that is meant";
                (format!("{} of them", clusters.len()), second.setting.range.clone(), Some(help))
            }
            _ => (String::from("none"), root.range(), None),
        };
        let expected = "one resource of type `Microsoft.ServiceFabric/clusters`";
        reader.error(ErrorKind::Unsupported, expected, found, at, help);
        return;
    };
    if let Some(condition) = &cluster.condition {
        if condition.boolean() == Some(false) {
            let expected = "a cluster that is deployed";
            reader.error(ErrorKind::Value, expected, "a condition that is false", condition.range.clone(), None);
            return;
        }
        let names: Vec<String> = condition.names().into_iter().collect();
        let depends = if names.is_empty() { String::new() } else { format!(", which depends on {}", names.join(", ")) };
        reader.assume(format!("{CONDITION}{depends}"));
    }
    let mut manifest = core::mem::take(&mut reader.reading.manifest);
    properties(reader, &mut manifest, &cluster.setting);
    manifest.assumptions.append(&mut reader.reading.manifest.assumptions);
    manifest.unknown.append(&mut reader.reading.manifest.unknown);
    reader.reading.manifest = manifest;
}

/// A resource around properties that are shown alone.
fn around(properties: Setting) -> Setting {
    let range = properties.range.clone();
    let key_range = range.start..range.start;
    let entry = crate::arm::setting::Entry { key: String::from("properties"), key_range, value: properties };
    Setting::computed(crate::arm::setting::Value::Map(Vec::from([entry])), range)
}

fn properties<'d>(reader: &mut Reader<'_, 'd>, manifest: &mut Manifest<'d>, resource: &Setting) {
    let Some(of) = reader.object(resource, "properties", PROPERTIES, EVERYTHING) else {
        if resource.get("properties").is_none() {
            let expected = "`properties` of the cluster";
            reader.error(ErrorKind::Missing, expected, "none", resource.range.clone(), None);
        }
        return;
    };
    reader.assume(
        "the resource provider, whose code is not public, writes the settings that the public generator writes, with \
         client roles on",
    );
    platform(reader, manifest, of);
    user_settings::read(reader, of, manifest);
    let certificates = certificates(reader, of);
    let directory = reader.object(of, "azureActiveDirectory", standalone::DIRECTORY, EVERYTHING);
    let is_declared = certificates.cluster.is_declared() || unknown(of);
    validate::check(reader, Some(&certificates), directory);
    let range = certificates.cluster.thumbprints.as_ref().map(|of| of.range.clone());
    let range = range.or(certificates.cluster.names.as_ref().map(|of| of.range.clone()));
    let range = range.unwrap_or(of.range.start..of.range.start.saturating_add(1));
    let kind = if is_declared { "X509" } else { "None" };
    let around = Around {
        credentials: [Text::generated(kind, range.clone()), Text::generated(kind, range.clone())],
        directory,
        node_types: standalone::node_types(reader, of),
        range,
    };
    let builder = Builder { document: reader.document };
    generate::settings(&builder, manifest, &around, Some(&certificates));
}

/// Whether it isn't known how the cluster's certificate is declared.
fn unknown(of: &Setting) -> bool {
    ["certificate", "certificateCommonNames"]
        .iter()
        .any(|key| of.get(key).is_some_and(|found| !found.names().is_empty()))
}

/// `vmImage` says which operating system the nodes have.
fn platform(reader: &mut Reader<'_, '_>, manifest: &mut Manifest<'_>, of: &Setting) {
    let Some(image) = reader.text(of, "vmImage", EVERYTHING) else { return };
    let platform = match image.text.to_ascii_lowercase().as_str() {
        "linux" => Platform::Linux,
        "windows" => Platform::Windows,
        _ => {
            let expected = "`Windows` or `Linux` as `vmImage`";
            reader.error(ErrorKind::Value, expected, quote(&image.text), image.range.clone(), None);
            return;
        }
    };
    manifest.platform = Some(platform);
}

fn certificates(reader: &mut Reader<'_, '_>, of: &Setting) -> Certificates {
    let everyone = lists(&Declared::ALL);
    let cluster = Role {
        thumbprints: reader.thumbprints(of, "certificate", &everyone),
        names: reader.names(of, "certificateCommonNames", &everyone),
    };
    let ignored = lists(&[]);
    Certificates {
        form: Form::Arm,
        range: of.range.clone(),
        // One certificate serves the nodes and the clients.
        server: cluster.clone(),
        cluster,
        proxy: Role {
            thumbprints: reader.thumbprints(of, "reverseProxyCertificate", &ignored),
            names: reader.names(of, "reverseProxyCertificateCommonNames", &ignored),
        },
        client_thumbprints: reader.client_thumbprints(of, "clientCertificateThumbprints"),
        client_names: reader.client_names(of, "clientCertificateCommonNames"),
        cluster_stores: None,
        server_stores: None,
        client_stores: None,
    }
}
