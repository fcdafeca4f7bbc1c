//! Configurations in JSON and manifests: what the deployer says of them, and what it makes of them.

use admit_core::fabric::manifest;
use admit_core::{Case, Document, Finding, evaluate};
use serde_json::{Map, Value, json};

use super::{Ran, compare};

/// The members of `CertificateInformation` that a vector may name.
const MEMBERS: &[&str] = &[
    "ClusterCertificateCommonNames",
    "ServerCertificateCommonNames",
    "ReverseProxyCertificateCommonNames",
    "ClientCertificateCommonNames",
    "ClusterCertificateIssuerStores",
    "ServerCertificateIssuerStores",
    "ClientCertificateIssuerStores",
    "ClusterCertificate",
    "ServerCertificate",
    "ReverseProxyCertificate",
    "ClientCertificateThumbprints",
];

/// What the check of names gives.
const NAMES: &[&str] = &[
    "InvalidCommonName",
    "UnsupportedIssuerThumbprintPair",
    "InvalidCertificateIssuerThumbprints",
    "InvalidCommonNameCount",
    "DupeCommonNameNotAllowedForClusterCert",
];

/// A thumbprint that nothing is wrong with.
const THUMBPRINT: &str = "59EC792004C56225DD6691132C713194D28098F1";

/// The first error that the product gives. Its tests call the checks one by one, apart from the area
/// `json_certificates`, so what another check says of a vector is no answer.
pub(super) fn validate(area: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let expected = expected["error"].as_str();
    let information = information(area, input);
    let found = codes(&information)?;
    let asked = |code: &&str| match area {
        "json_thumbprints" => code.ends_with("CertificateThumbprint"),
        "json_common_names" => NAMES.contains(code),
        "json_cn_vs_thumbprint" => *code == "InvalidCommonNameThumbprintPair",
        "json_issuer_stores" => code.starts_with("Issuer") || code.starts_with("DupIssuer"),
        _ => true,
    };
    Ok(compare(expected, found.iter().map(String::as_str).find(asked)))
}

/// `{text}`: whether it is a thumbprint, or a list of issuers.
pub(super) fn thumbprint(area: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let text = input["text"].as_str().ok_or("no text")?;
    let (information, code) = if area == "json_thumbprint" {
        (json!({ "ClusterCertificate": { "Thumbprint": text } }), "InvalidClusterCertificateThumbprint")
    } else {
        let names = json!({ "CommonNames": [{ "CertificateCommonName": "a", "CertificateIssuerThumbprint": text }] });
        (json!({ "ClusterCertificateCommonNames": names }), "InvalidCertificateIssuerThumbprints")
    };
    let found = !codes(&information)?.iter().any(|found| found == code);
    Ok(compare(expected.as_bool().ok_or("no expectation")?, found))
}

/// Azure Active Directory without certificates.
pub(super) fn directory(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let security = json!({
        "ClusterCredentialType": "None", "ServerCredentialType": "None",
        "AzureActiveDirectory": input["AzureActiveDirectory"], "CertificateInformation": input["CertificateInformation"],
    });
    let found = findings(&json!({ "security": security }))?;
    let expected = expected["error"].as_str().unwrap_or_default();
    let met = found.iter().filter_map(code).any(|code| expected.contains(&code));
    Ok(Ran::Answer(if met { Ok(()) } else { Err(format!("expected {expected}, found {found:?}")) }))
}

/// `{role, X509FindValue}`: whether the deployer takes the manifest.
pub(super) fn manifest_thumbprint(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let element = input["role"].as_str().ok_or("no role")?;
    let value = input["X509FindValue"].as_str().ok_or("no value")?;
    let certificates = ["ClusterCertificate", "ServerCertificate", "ClientCertificate"].map(|own| {
        let value = if own == element { value } else { THUMBPRINT };
        format!("<{own} X509FindValue=\"{value}\" />")
    });
    taken(&certificates.concat(), "", expected)
}

/// `{section_present}`: whether the deployer takes the manifest.
pub(super) fn manifest_section(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let name = input["section_present"].as_str().ok_or("no section")?;
    taken("", &format!("<Section Name=\"{name}\"><Parameter Name=\"a\" Value=\"b\" /></Section>"), expected)
}

/// The parameters of section `FileStoreService`: whether the deployer takes them.
pub(super) fn file_store(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let parameters =
        input.as_object().ok_or("no parameters")?.iter().map(|(name, value)| {
            format!("<Parameter Name=\"{name}\" Value=\"{}\" />", value.as_str().unwrap_or_default())
        });
    let section = format!("<Section Name=\"FileStoreService\">{}</Section>", parameters.collect::<String>());
    taken("", &section, expected)
}

/// The issuer stores that a configuration of the product's tests becomes. The configuration itself is not at hand: one
/// is made of what the vector says about it, in the other order.
pub(super) fn to_manifest(_: &str, _: &Value, expected: &Value) -> Result<Ran, String> {
    let sections: Vec<(&str, Vec<(&str, &str)>)> = expected
        .as_object()
        .ok_or("no sections")?
        .iter()
        .filter_map(|(name, entries)| {
            let entries = entries.as_array()?.iter();
            let entries = entries.filter_map(|entry| Some((entry[0].as_str()?, entry[1].as_str()?)));
            Some((name.as_str(), entries.collect()))
        })
        .collect();
    let mut information = Map::new();
    for (name, entries) in &sections {
        let key = name.strip_prefix("Security/").ok_or("not a section of security")?;
        let stores = entries
            .iter()
            .rev()
            .map(|(issuer, stores)| json!({ "IssuerCommonName": issuer, "X509StoreNames": stores }));
        information.insert(key.to_owned(), Value::from(stores.collect::<Vec<_>>()));
        let role = key.strip_suffix("CertificateIssuerStores").ok_or("not issuer stores")?;
        let name = json!({ "CertificateCommonName": role });
        let names = if role == "Client" { json!([name]) } else { json!({ "CommonNames": [name] }) };
        information.insert(format!("{role}CertificateCommonNames"), names);
    }
    let text = security(&Value::from(information)).to_string();
    let document = Document::new("policy.manifest", &text);
    let reading = manifest::read(&document);
    for (name, expected) in sections {
        let found: Vec<(&str, &str)> = reading
            .manifest
            .sections(name)
            .flat_map(|section| &section.parameters)
            .map(|parameter| (parameter.name.text(), parameter.value.text()))
            .collect();
        if found != expected {
            return Ok(Ran::Answer(Err(format!("expected {expected:?} in {name}, found {found:?}"))));
        }
    }
    Ok(Ran::Answer(Ok(())))
}

/// The information that a vector describes: thumbprints may stand alone, and clients as a list of them.
fn information(area: &str, input: &Value) -> Value {
    let mut information = Map::new();
    for &member in MEMBERS {
        let value = match (&input[member], member) {
            (Value::Null, _) => continue,
            (Value::String(_), "ClientCertificateThumbprints") => {
                json!([{ "CertificateThumbprint": THUMBPRINT, "IsAdmin": false }])
            }
            (Value::String(thumbprint), _) => json!({ "Thumbprint": thumbprint }),
            (Value::Array(clients), "ClientCertificateThumbprints") => clients
                .iter()
                .map(|thumbprint| json!({ "CertificateThumbprint": thumbprint, "IsAdmin": false }))
                .collect(),
            (Value::Array(names), name) if name.ends_with("CommonNames") && !name.starts_with("Client") => {
                json!({ "CommonNames": names })
            }
            (value, _) => value.clone(),
        };
        information.insert(member.to_owned(), value);
    }
    debug_assert!(!information.is_empty() || area == "json_certificates");
    Value::from(information)
}

fn security(information: &Value) -> Value {
    json!({ "security": {
        "ClusterCredentialType": "X509", "ServerCredentialType": "X509", "CertificateInformation": information,
    } })
}

/// The product's names for what is wrong, in the order in which it looks.
fn codes(information: &Value) -> Result<Vec<String>, String> {
    Ok(findings(&security(information))?.iter().filter_map(code).collect())
}

fn code(finding: &Finding) -> Option<String> {
    finding.args.get("code").cloned()
}

fn findings(configuration: &Value) -> Result<Vec<Finding>, String> {
    let text = configuration.to_string();
    let document = Document::new("policy.manifest", &text);
    let reading = manifest::read(&document);
    match reading.errors.first() {
        Some(error) => Err(error.to_string()),
        None => Ok(reading.findings),
    }
}

/// Whether the deployer takes a manifest with these certificates and this section.
fn taken(certificates: &str, section: &str, expected: &Value) -> Result<Ran, String> {
    let certificates = if certificates.is_empty() {
        format!(
            "<ClusterCertificate X509FindValue=\"{THUMBPRINT}\" /><ServerCertificate X509FindValue=\"{THUMBPRINT}\" />\
             <ClientCertificate X509FindValue=\"{THUMBPRINT}\" />"
        )
    } else {
        certificates.to_owned()
    };
    let manifest = format!(
        "<ClusterManifest><NodeTypes><NodeType Name=\"one\"><Certificates>{certificates}</Certificates></NodeType>\
         </NodeTypes><FabricSettings><Section Name=\"Security\">\
         <Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />\
         <Parameter Name=\"ServerAuthCredentialType\" Value=\"X509\" />\
         <Parameter Name=\"ClusterCertThumbprints\" Value=\"{THUMBPRINT}\" /></Section>{section}</FabricSettings>\
         </ClusterManifest>"
    );
    let case = json!({
        "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
        "policy": { "manifest": manifest, "connection": "node" },
        "subject": { "facts": [{ "thumbprint": THUMBPRINT.to_lowercase(), "chain_errors": [] }] },
    });
    let case = Case::from_json(&case.to_string()).map_err(|error| error.to_string())?;
    let report = evaluate(&case);
    if let Some(error) = report.errors.first() {
        return Err(error.to_string());
    }
    let refused = report.findings.iter().filter_map(code).any(|code| code == "ClusterManifestValidationError");
    let expected = expected["valid"].as_bool().ok_or("no expectation")?;
    Ok(compare((expected, expected), (!refused, report.verdict == admit_core::Verdict::Admitted)))
}
