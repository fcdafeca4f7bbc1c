//! EGo: `enclave.json`.

use alloc::format;
use alloc::vec::Vec;

use super::claims::Source;
use super::gramine::from_host;
use super::rules::build::RANGE;
use super::rules::debug::ENABLED;
use super::rules::gramine::HOST_MOUNT;
use super::rules::setting::{EXECUTABLE, VALUE};
use super::schema::{self, Field, Want, optional, required};
use super::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

/// The keys. Its reader takes them in any case.
pub(super) const CONFIGURATION: &[Field] = &[
    required("exe", Want::Text),
    required("key", Want::Text),
    optional("debug", Want::Bool),
    required("heapSize", Want::Integer),
    optional("executableHeap", Want::Bool),
    optional("productID", Want::Integer),
    optional("securityVersion", Want::Integer),
    optional(
        "mounts",
        Want::Tables(&[
            optional("source", Want::Text),
            optional("target", Want::Text),
            optional("type", Want::Text),
            optional("readOnly", Want::Bool),
        ]),
    ),
    optional(
        "env",
        Want::Tables(&[optional("name", Want::Text), optional("value", Want::Text), optional("fromHost", Want::Bool)]),
    ),
    optional("files", Want::Tables(&[optional("source", Want::Text), optional("target", Want::Text)])),
];

/// The largest product id and security version: Open Enclave, which signs, reserves 65535.
const MOST: i64 = 65_534;

/// Checks a configuration.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check_case(sheet, root, CONFIGURATION);
    let root = &schema::folded(root, CONFIGURATION);
    schema::check(sheet, root, CONFIGURATION);
    let debug = root.get("debug");
    if let Some(node) = debug.filter(|node| node.bool() == Some(true)) {
        let edits = sheet.edit(&node.range, "false");
        let finding = sheet.finding(&ENABLED, &node.range, "`debug` is true: the host reads the enclave's memory");
        sheet.add(finding.fix("Switch debug mode off", edits));
    }
    if let Some(node) = debug
        && let Some(flag) = node.bool()
    {
        sheet.claims.debug.push(sheet.claim(flag, &node.range, Source::Wish));
    }
    for key in ["exe", "key"] {
        if let Some(node) = root.get(key).filter(|node| node.text() == Some("")) {
            sheet.add(sheet.finding(&VALUE, &node.range, format!("`{key}` is empty")));
        }
    }
    if let Some(node) = root.get("heapSize")
        && let Some(size) = node.integer()
        && size <= 0
    {
        sheet.add(
            sheet
                .finding(&VALUE, &node.range, format!("`heapSize` is {size}, and takes 1 MB or more"))
                .help("512 is usual"),
        );
    }
    for (key, is_version) in [("productID", false), ("securityVersion", true)] {
        let Some(node) = root.get(key) else { continue };
        let Some(number) = node.integer() else { continue };
        if !(0..=MOST).contains(&number) {
            sheet.add(sheet.finding(&RANGE, &node.range, format!("`{key}` is {number}, and takes 0 to {MOST}")));
            continue;
        }
        let claim = sheet.claim(number.unsigned_abs(), &node.range, Source::Wish);
        if is_version {
            sheet.claims.security_version.push(claim);
        } else {
            sheet.claims.product_id.push(claim);
        }
    }
    if let Some(node) = root.get("executableHeap").filter(|node| node.bool() == Some(true)) {
        sheet.add(sheet.finding(&EXECUTABLE, &node.range, "the heap is writable and executable"));
    }
    mounts(sheet, root);
    environment(sheet, root);
}

fn mounts(sheet: &mut Sheet<'_>, root: &Node) {
    let mut targets: Vec<&str> = Vec::new();
    for mount in root.get("mounts").map(Node::items).unwrap_or_default() {
        let text = |key: &str| mount.get(key).and_then(Node::text).unwrap_or_default();
        let (source, target, kind) = (text("source"), text("target"), text("type"));
        let refused = if target.is_empty() {
            Some(format!("a mount of {} has no target", quote(source)))
        } else if targets.contains(&target) {
            Some(format!("{} is mounted twice", quote(target)))
        } else if !matches!(kind, "hostfs" | "memfs") {
            Some(format!("a mount has the type {}, and takes hostfs or memfs", quote(kind)))
        } else if kind == "hostfs" && source.is_empty() {
            Some(format!("the host's folder for {} is missing", quote(target)))
        } else {
            None
        };
        if let Some(message) = refused {
            sheet.add(sheet.finding(&VALUE, &mount.range, message));
        }
        if target == "/" && kind == "hostfs" {
            sheet.add(sheet.finding(&HOST_MOUNT, &mount.range, "the host supplies every file of the enclave"));
        }
        targets.push(target);
    }
}

fn environment(sheet: &mut Sheet<'_>, root: &Node) {
    let mut names: Vec<&str> = Vec::new();
    for variable in root.get("env").map(Node::items).unwrap_or_default() {
        let Some(node) = variable.get("name") else {
            sheet.add(sheet.finding(&VALUE, &variable.range, "a variable has no name"));
            continue;
        };
        let Some(name) = node.text() else { continue };
        if name.is_empty() || name.contains('=') {
            sheet.add(sheet.finding(&VALUE, &node.range, format!("{} is no name of a variable", quote(name))));
        } else if names.contains(&name) {
            sheet.add(sheet.finding(&VALUE, &node.range, format!("{} stands twice", quote(name))));
        }
        names.push(name);
        if variable.get("fromHost").and_then(Node::bool) == Some(true) {
            from_host(sheet, name, &node.range);
        }
    }
}
