//! MarbleRun manifests (JSON).

mod references;

use alloc::format;
use alloc::vec::Vec;

use super::claims::{Accepted, Source};
use super::fortanix::{hash, identity_number};
use super::rules::debug::ENABLED;
use super::rules::marblerun::{ADVISORIES, IDENTITY, NOT_SEALED, REFERENCE, STATUS, UNREFERENCED};
use super::schema::{self, Field, Want, optional, required};
use super::sheet::Sheet;
use crate::nearest::distance;
use crate::quote::quote;
use crate::tree::{Entry, Node};

/// The keys of the outermost object. Its reader takes them in any case.
pub(super) const MANIFEST: &[Field] = &[
    required("Packages", Want::Map),
    required("Marbles", Want::Map),
    optional("Secrets", Want::Map),
    optional("Users", Want::Map),
    optional("Roles", Want::Map),
    optional("RecoveryKeys", Want::Map),
    optional("TLS", Want::Map),
    optional("Infrastructures", Want::Map),
    optional(
        "Config",
        Want::Table(&[
            optional("SealMode", Want::Word(&["", "ProductKey", "UniqueKey", "Disabled"])),
            optional("FeatureGates", Want::Texts),
            optional("UpdateThreshold", Want::Integer),
            optional("RecoveryThreshold", Want::Integer),
            optional("RotateRootSecret", Want::Bool),
        ]),
    ),
];

const PACKAGE: &[Field] = &[
    optional("Debug", Want::Bool),
    optional("UniqueID", Want::Text),
    optional("SignerID", Want::Text),
    optional("ProductID", Want::Integer),
    optional("SecurityVersion", Want::Integer),
    optional("AcceptedTCBStatuses", Want::Texts),
    optional("AcceptedAdvisories", Want::Texts),
];

/// Statuses of a platform that nobody should accept.
const BAD_STATUSES: [&str; 3] = ["OutOfDate", "OutOfDateConfigurationNeeded", "Revoked"];

/// Types of secrets.
const SECRETS: [&str; 5] = ["plain", "symmetric-key", "cert-rsa", "cert-ed25519", "cert-ecdsa"];

/// Checks a manifest.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check_case(sheet, root, MANIFEST);
    let root = &schema::folded(root, MANIFEST);
    schema::check(sheet, root, MANIFEST);
    let used: Vec<&str> = table(root, "Marbles")
        .iter()
        .filter_map(|marble| {
            marble.node.entries().iter().find(|entry| entry.key.eq_ignore_ascii_case("Package"))?.node.text()
        })
        .collect();
    for package in table(root, "Packages") {
        check_package(sheet, package);
        if !used.contains(&package.key.as_str()) {
            let message = format!("no marble uses the package {}", quote(&package.key));
            sheet.add(sheet.finding(&UNREFERENCED, &package.key_range, message));
        }
    }
    for name in ["Packages", "Marbles"] {
        if let Some(node) = root.get(name).filter(|node| node.entries().is_empty()) {
            broken(sheet, node, format!("`{name}` is empty"));
        }
    }
    references(sheet, root);
    references::check(sheet, root);
    secrets(sheet, root);
    config(sheet, root);
}

fn table<'n>(root: &'n Node, key: &str) -> &'n [Entry] {
    root.get(key).map(Node::entries).unwrap_or_default()
}

fn broken(sheet: &mut Sheet<'_>, node: &Node, message: impl Into<alloc::string::String>) {
    sheet.add(sheet.finding(&REFERENCE, &node.range, message));
}

fn check_package(sheet: &mut Sheet<'_>, package: &Entry) {
    schema::check_case(sheet, &package.node, PACKAGE);
    let node = &schema::folded(&package.node, PACKAGE);
    for entry in node.entries() {
        if entry.key != "AcceptedAdvisories" && distance(&entry.key, "AcceptedAdvisories") <= 3 {
            let message = format!("{} is dropped, and without a list every advisory is accepted", quote(&entry.key));
            let edits = sheet.edit(&entry.key_range, "\"AcceptedAdvisories\"");
            let finding = sheet.finding(&ADVISORIES, &entry.key_range, message);
            sheet.add(finding.fix("Rename it to AcceptedAdvisories", edits));
        }
    }
    schema::check(sheet, node, PACKAGE);
    if let Some(flag) = node.get("Debug").filter(|flag| flag.bool() == Some(true)) {
        let edits = sheet.edit(&flag.range, "false");
        let message = "`Debug` is true: debug enclaves are accepted, and missing identities are no error";
        sheet.add(sheet.finding(&ENABLED, &flag.range, message).fix("Refuse debug enclaves", edits));
    }
    let given = |key: &str| node.get(key).filter(|node| node.text() != Some(""));
    let unique = given("UniqueID");
    let signed = ["SignerID", "ProductID", "SecurityVersion"].map(given);
    let count = signed.iter().flatten().count();
    let message = match (unique.is_some(), count) {
        (true, 0) | (false, 3) => None,
        (true, _) => Some("both `UniqueID` and an identity by signer are given: the coordinator refuses"),
        (false, 0) => {
            Some("neither `UniqueID` nor an identity by signer is given: any enclave is accepted in debug mode")
        }
        (false, _) => Some("an identity by signer wants all of `SignerID`, `ProductID` and `SecurityVersion`"),
    };
    if let Some(message) = message {
        sheet.add(sheet.finding(&IDENTITY, &package.key_range, message).arg("package", package.key.clone()));
    }
    let unique = unique.and_then(|unique| hash(sheet, unique, "UniqueID"));
    let signer = given("SignerID").map(|signer| (signer, hash(sheet, signer, "SignerID")));
    let mut number = |key: &str| identity_number(sheet, given(key)?, &format!("`{key}`"), false);
    let accepted = Accepted {
        mrenclave: unique,
        mrsigner: signer.as_ref().and_then(|(_, digits)| digits.clone()),
        product_id: number("ProductID"),
        least: number("SecurityVersion"),
        most: None,
    };
    if accepted.mrenclave.is_some() || accepted.mrsigner.is_some() {
        sheet.claims.accepted.push(sheet.claim(accepted, &package.key_range, Source::Wish));
    }
    if let Some((signer, Some(digits))) = signer
        && let Some(published) = super::signer::published(&digits)
    {
        let message = format!("the private key of this signer is published ({published})");
        sheet.add(sheet.finding(&super::rules::identity::PUBLISHED_SIGNER, &signer.range, message));
    }
    statuses(sheet, node, package);
}

fn statuses(sheet: &mut Sheet<'_>, package: &Node, entry: &Entry) {
    let no_list = package.get("AcceptedAdvisories").is_none_or(|list| list.items().is_empty());
    if package.get("AcceptedTCBStatuses").is_none_or(|list| list.items().is_empty()) && no_list {
        let message = "SWHardeningNeeded is accepted by default, and every advisory with it: no list says which";
        let finding = sheet.finding(&STATUS, &entry.key_range, message);
        sheet.add(finding.help("list statuses in `AcceptedTCBStatuses`, or advisories in `AcceptedAdvisories`"));
    }
    let accepted = package.get("AcceptedTCBStatuses").map(Node::items).unwrap_or_default();
    for node in accepted {
        if let Some(status) = node.text().filter(|status| BAD_STATUSES.contains(status)) {
            let message = format!("platforms that are {status} are accepted");
            sheet.add(sheet.finding(&STATUS, &node.range, message).arg("status", status));
        } else if node.text() == Some("SWHardeningNeeded") && no_list {
            let message = "SWHardeningNeeded is accepted, and every advisory with it: no list says which";
            sheet.add(sheet.finding(&STATUS, &node.range, message).help("list them in `AcceptedAdvisories`"));
        }
    }
}

fn references(sheet: &mut Sheet<'_>, root: &Node) {
    let has = |section: &str, key: &str| table(root, section).iter().any(|entry| entry.key == key);
    for marble in table(root, "Marbles") {
        match marble.node.get("Package") {
            Some(package) => {
                if let Some(name) = package.text().filter(|name| !has("Packages", name)) {
                    broken(sheet, package, format!("the package {} is not defined", quote(name)));
                }
            }
            None => broken(sheet, &marble.node, format!("the marble {} names no package", quote(&marble.key))),
        }
        for tag in marble.node.get("TLS").map(Node::items).unwrap_or_default() {
            if let Some(name) = tag.text().filter(|name| !has("TLS", name)) {
                broken(sheet, tag, format!("the TLS tag {} is not defined", quote(name)));
            }
        }
    }
    for user in table(root, "Users") {
        for role in user.node.get("Roles").map(Node::items).unwrap_or_default() {
            if let Some(name) = role.text().filter(|name| !has("Roles", name)) {
                broken(sheet, role, format!("the role {} is not defined", quote(name)));
            }
        }
        if user.node.get("Certificate").is_none() {
            broken(sheet, &user.node, format!("the user {} has no certificate", quote(&user.key)));
        }
    }
}

fn secrets(sheet: &mut Sheet<'_>, root: &Node) {
    for secret in table(root, "Secrets") {
        let node = &secret.node;
        if let Some(kind) = node.get("Type")
            && let Some(name) = kind.text().filter(|name| !SECRETS.contains(name))
        {
            broken(sheet, kind, format!("{} is no type of secret", quote(name)));
        }
        if let (Some(until), Some(_)) = (node.at("Cert.NotAfter"), node.get("ValidFor")) {
            broken(sheet, until, "`NotAfter` and `ValidFor` exclude each other");
        }
    }
}

fn config(sheet: &mut Sheet<'_>, root: &Node) {
    if let Some(node) = root.at("Config.SealMode").filter(|node| node.text() == Some("Disabled")) {
        sheet.add(sheet.finding(&NOT_SEALED, &node.range, "the coordinator's state is not sealed"));
    }
    let keys = i64::try_from(table(root, "RecoveryKeys").len()).unwrap_or(i64::MAX);
    if let Some(node) = root.at("Config.RecoveryThreshold")
        && let Some(number) = node.integer()
        && (number == 1 || number > keys)
    {
        broken(sheet, node, format!("`RecoveryThreshold` is {number}, with {keys} recovery keys; 1 is no threshold"));
    }
}
