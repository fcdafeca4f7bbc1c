//! What a MarbleRun manifest refers to: the coordinator refuses it where something is missing (`Manifest.Check`).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{broken, table};
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Entry, Node, Value};

/// Actions by the type of resource that they are about.
const ACTIONS: [(&str, &[&str]); 3] = [
    ("Packages", &["UpdateSecurityVersion"]),
    ("Secrets", &["ReadSecret", "WriteSecret"]),
    ("Manifest", &["UpdateManifest"]),
];

/// Encodings of files and variables.
const ENCODINGS: [&str; 3] = ["string", "base64", "hex"];

/// Checks connections, users, roles and parameters.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    for tag in table(root, "TLS") {
        tls(sheet, root, tag);
    }
    let mut certificates: Vec<&str> = Vec::new();
    for user in table(root, "Users") {
        let Some(node) = user.node.get("Certificate") else { continue };
        let Some(text) = node.text() else { continue };
        if certificates.contains(&text.trim()) {
            broken(sheet, node, format!("the user {} has another user's certificate", quote(&user.key)));
        }
        certificates.push(text.trim());
    }
    for role in table(root, "Roles") {
        actions(sheet, root, role);
    }
    for marble in table(root, "Marbles") {
        for kind in ["Env", "Files"] {
            let entries = marble.node.at("Parameters").and_then(|parameters| parameters.get(kind));
            entries.map(Node::entries).unwrap_or_default().iter().for_each(|entry| parameter(sheet, entry));
        }
    }
    threshold(sheet, root);
}

fn is_set(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|node| !matches!(&node.value, Value::Null) && node.text() != Some(""))
}

fn tls(sheet: &mut Sheet<'_>, root: &Node, tag: &Entry) {
    for entry in tag.node.get("Incoming").map(Node::items).unwrap_or_default() {
        if !is_set(entry, "Port") {
            broken(sheet, entry, format!("an incoming connection of {} has no port", quote(&tag.key)));
        }
        let is_open = entry.get("DisableClientAuth").and_then(Node::bool) == Some(true);
        match (entry.get("Cert").filter(|_| is_set(entry, "Cert")), is_open) {
            (Some(certificate), false) => {
                broken(sheet, certificate, "`Cert` needs `DisableClientAuth`");
            }
            (Some(certificate), true) => {
                let name = certificate.text().unwrap_or_default();
                if !table(root, "Secrets").iter().any(|secret| secret.key == name) {
                    broken(sheet, certificate, format!("the secret {} is not defined", quote(name)));
                }
            }
            (None, true) => broken(sheet, entry, "`DisableClientAuth` needs a `Cert`"),
            (None, false) => {}
        }
    }
    for entry in tag.node.get("Outgoing").map(Node::items).unwrap_or_default() {
        if !is_set(entry, "Port") || !is_set(entry, "Addr") {
            broken(sheet, entry, format!("an outgoing connection of {} wants `Addr` and `Port`", quote(&tag.key)));
        }
    }
}

fn actions(sheet: &mut Sheet<'_>, root: &Node, role: &Entry) {
    let Some(kind) = role.node.get("ResourceType") else { return };
    let Some((name, known)) = kind.text().and_then(|text| ACTIONS.iter().find(|(name, _)| *name == text)) else {
        let found = kind.text().map_or_else(|| String::from(kind.kind()), quote);
        broken(sheet, kind, format!("expected Packages, Secrets or Manifest, found {found}"));
        return;
    };
    let resources = || role.node.get("ResourceNames").map(Node::items).unwrap_or_default();
    for action in role.node.get("Actions").map(Node::items).unwrap_or_default() {
        let Some(text) = action.text() else { continue };
        if !known.iter().any(|known| known.eq_ignore_ascii_case(text)) {
            broken(sheet, action, format!("{} is no action on {name}: expected {}", quote(text), known.join(" or ")));
            continue;
        }
        for resource in resources().iter().filter(|_| *name == "Secrets") {
            let secret = resource.text().and_then(|name| table(root, "Secrets").iter().find(|entry| entry.key == name));
            let Some(secret) = secret else { continue };
            let on = |key: &str| secret.node.get(key).and_then(Node::bool) == Some(true);
            if text.eq_ignore_ascii_case("WriteSecret") && !on("UserDefined") {
                broken(sheet, resource, format!("{} is not user-defined, so nobody writes it", quote(&secret.key)));
            }
            let is_shared = on("Shared") || on("UserDefined");
            if text.eq_ignore_ascii_case("ReadSecret") && !is_shared {
                broken(
                    sheet,
                    resource,
                    format!("{} is another one for each marble, so nobody reads it", quote(&secret.key)),
                );
            }
        }
    }
    for resource in resources().iter().filter(|_| *name != "Manifest") {
        if let Some(text) = resource.text().filter(|text| !table(root, name).iter().any(|entry| entry.key == *text)) {
            broken(sheet, resource, format!("{} is not among the {name}", quote(text)));
        }
    }
}

/// A variable or file: text, or an object with its data and how that is encoded.
fn parameter(sheet: &mut Sheet<'_>, entry: &Entry) {
    match &entry.node.value {
        Value::Text(_) | Value::Unknown => {}
        Value::Table(_) => {
            let encoding = entry.node.get("Encoding");
            if let Some(encoding) = encoding
                && let Some(text) =
                    encoding.text().filter(|text| !ENCODINGS.contains(&text.to_ascii_lowercase().as_str()))
            {
                broken(sheet, encoding, format!("expected string, base64 or hex, found {}", quote(text)));
            }
        }
        _ => broken(
            sheet,
            &entry.node,
            format!("expected a string or an object with `Data`, found {}", entry.node.kind()),
        ),
    }
}

/// As many users must be able to update the manifest as an update needs. Of a role only the first action counts.
fn threshold(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(node) = root.at("Config.UpdateThreshold") else { return };
    let Some(wanted) = node.integer() else { return };
    let updates = |role: &Entry| {
        let first = role.node.get("Actions").and_then(|actions| actions.items().first());
        role.node.get("ResourceType").and_then(Node::text) == Some("Manifest")
            && first.and_then(Node::text).is_some_and(|action| action.eq_ignore_ascii_case("UpdateManifest"))
    };
    let roles: Vec<&str> =
        table(root, "Roles").iter().filter(|role| updates(role)).map(|role| role.key.as_str()).collect();
    let can = table(root, "Users").iter().filter(|user| {
        let names = user.node.get("Roles").map(Node::items).unwrap_or_default();
        names.iter().any(|name| name.text().is_some_and(|name| roles.contains(&name)))
    });
    let can = i64::try_from(can.count()).unwrap_or(i64::MAX);
    if wanted > can {
        broken(sheet, node, format!("`UpdateThreshold` is {wanted}, and {can} users may update the manifest"));
    }
}
