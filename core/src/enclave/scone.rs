//! SCONE sessions (YAML).

use alloc::format;
use alloc::vec::Vec;

use super::claims::{Accepted, Source};
use super::fortanix::{hash, identity_number};
use super::rules::debug::ENABLED;
use super::rules::form::VALUE_UNKNOWN;
use super::rules::identity::PUBLISHED_SIGNER;
use super::rules::session::{ADVISORIES, LOOSE, NO_PROOF, PUBLIC_SECRET, UNPINNED, WILDCARD};
use super::run::is_true;
use super::schema::{self, Field, Want, optional};
use super::sheet::Sheet;
use crate::nearest::nearest;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// Whether a document is a session.
pub(super) fn is_session(root: &Node) -> bool {
    let has = |key: &str| root.get(key).is_some();
    has("services") && (has("name") || has("version") || has("security") || has("access_policy"))
        || root.at("security.attestation").is_some()
}

const ATTESTATION: &[Field] = &[
    optional("mode", Want::Word(&["hardware", "maa", "none"])),
    optional("tolerate", Want::Any),
    optional("ignore_advisories", Want::Any),
    optional("trusted_scone_qe_pubkeys", Want::Any),
    optional("must_be_sgx_local", Want::Any),
];

const SERVICE: &[Field] = &[
    optional("name", Want::Any),
    optional("command", Want::Any),
    optional("environment", Want::Any),
    optional("mrenclaves", Want::Any),
    optional(
        "attestation",
        Want::Tables(&[
            optional("mrenclave", Want::Any),
            optional(
                "signer",
                Want::Table(&[
                    optional("mrsigner", Want::Any),
                    optional("isvprodid", Want::Any),
                    optional("isvsvn", Want::Any),
                    optional("isvsvn_min", Want::Any),
                    optional("isvsvn_max", Want::Any),
                ]),
            ),
        ]),
    ),
    optional("image_name", Want::Any),
    optional("pwd", Want::Any),
];

/// The keys that are known. The language has more, so that only near misses of these are named.
const SESSION: &[Field] = &[
    optional("name", Want::Any),
    optional("version", Want::Any),
    optional("creator", Want::Any),
    optional("predecessor", Want::Any),
    optional("services", Want::Tables(SERVICE)),
    optional("images", Want::Any),
    optional("volumes", Want::Any),
    optional("secrets", Want::Any),
    optional(
        "access_policy",
        Want::Table(&[
            optional("read", Want::Any),
            optional("update", Want::Any),
            optional("create_sessions", Want::Any),
        ]),
    ),
    optional("security", Want::Table(&[optional("attestation", Want::Table(ATTESTATION))])),
];

/// What an attestation may tolerate.
const TOLERATED: [&str; 9] = [
    "debug-mode",
    "hyperthreading",
    "insecure-igpu",
    "software-hardening-needed",
    "aepic-leak",
    "insecure-configuration",
    "outdated-tcb",
    "maa-managed-tcb",
    "local-attestation-trust-cas-tcb",
];

/// Checks a session.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check_near_misses(sheet, root, SESSION);
    if let Some(attestation) = root.at("security.attestation") {
        check_attestation(sheet, attestation);
    }
    for service in root.get("services").map(Node::items).unwrap_or_default() {
        let is_empty = |key: &str| service.get(key).is_none_or(|node| node.items().is_empty() && node.text().is_none());
        if is_empty("mrenclaves") && is_empty("attestation") {
            let name = service.get("name").and_then(Node::text).unwrap_or_default();
            let message = format!("the service {} takes any enclave", quote(name));
            sheet.add(
                sheet.finding(&UNPINNED, &service.range, message).help("pin it with `mrenclaves` or `attestation`"),
            );
        }
        for node in service.get("mrenclaves").map(Node::items).unwrap_or_default() {
            accept_measurement(sheet, node);
        }
        for item in service.get("attestation").map(Node::items).unwrap_or_default() {
            if let Some(node) = item.get("mrenclave") {
                accept_measurement(sheet, node);
            }
            check_signer(sheet, item);
        }
    }
    for entry in root.get("access_policy").map(Node::entries).unwrap_or_default() {
        check_access(sheet, &entry.key, &entry.node);
    }
    for secret in root.get("secrets").map(Node::items).unwrap_or_default() {
        if let Some(node) = secret.get("export_public").filter(|node| is_true(node)) {
            sheet.add(sheet.finding(&PUBLIC_SECRET, &node.range, "everybody may read the secret"));
        }
        if let Some(node) = secret.get("value").filter(|node| !matches!(node.value, Value::Null)) {
            let finding = sheet.finding(&PUBLIC_SECRET, &node.range, "the secret stands in the document in clear text");
            sheet.add(finding.help("let the service generate it, and renew this one"));
        }
    }
}

fn check_attestation(sheet: &mut Sheet<'_>, attestation: &Node) {
    let mode = attestation.get("mode").and_then(Node::text);
    if let Some(node) = attestation.get("mode").filter(|_| mode == Some("none")) {
        let edits = sheet.edit(&node.range, "hardware");
        sheet.add(sheet.finding(&NO_PROOF, &node.range, "the session asks for no proof").fix("Ask for proof", edits));
    }
    if let Some(node) = attestation.get("mode")
        && let Some(text) = mode.filter(|mode| !matches!(*mode, "hardware" | "maa" | "none") && !mode.starts_with('$'))
    {
        let message = format!("expected one of hardware, maa, none, found {}", quote(text));
        sheet.add(sheet.finding(&VALUE_UNKNOWN, &node.range, message));
    }
    // One may stand without a list.
    let tolerated: Vec<&Node> =
        attestation.get("tolerate").map(|node| node.items().iter().chain([node]).collect()).unwrap_or_default();
    for node in &tolerated {
        if let Some(text) = node.text().filter(|text| !TOLERATED.contains(text))
            && let Some(near) = nearest(text, TOLERATED)
        {
            let message = format!("{} is not known to be tolerated", quote(text));
            sheet.add(sheet.finding(&VALUE_UNKNOWN, &node.range, message).help(format!("did you mean `{near}`?")));
        }
    }
    if let Some(node) = tolerated.iter().find(|node| node.text() == Some("debug-mode")) {
        let message = "debug enclaves are tolerated: their host reads what the session gives them";
        sheet.add(sheet.finding(&ENABLED, &node.range, message).help("remove `debug-mode`"));
    }
    if let Some(node) = attestation.get("ignore_advisories") {
        let all = core::iter::once(node).chain(node.items());
        if let Some(star) = all.into_iter().find(|node| node.text() == Some("*")) {
            let is_debug = tolerated.iter().any(|node| node.text() == Some("debug-mode"));
            let (rule, message) = if mode == Some("hardware") && !is_debug {
                (&WILDCARD, "a wildcard is refused or taken literally here, and ignores future advisories if it isn't")
            } else {
                (&ADVISORIES, "every advisory is ignored, those of the future included")
            };
            sheet.add(sheet.finding(rule, &star.range, message).help("list the advisories"));
        }
    }
}

fn accept_measurement(sheet: &mut Sheet<'_>, node: &Node) {
    // A name in dollar signs is filled in when the session is made.
    if node.text().is_none_or(|text| text.starts_with('$')) {
        return;
    }
    if let Some(digits) = hash(sheet, node, "MRENCLAVE") {
        let accepted = Accepted { mrenclave: Some(digits), ..Accepted::default() };
        sheet.claims.accepted.push(sheet.claim(accepted, &node.range, Source::Wish));
    }
}

fn check_signer(sheet: &mut Sheet<'_>, item: &Node) {
    let Some(signer) = item.get("signer") else { return };
    if let Some(node) = signer.get("mrsigner").filter(|node| !node.text().is_some_and(|text| text.starts_with('$')))
        && let Some(digits) = hash(sheet, node, "MRSIGNER")
    {
        if let Some(published) = super::signer::published(&digits) {
            let message = format!("the private key of this signer is published ({published})");
            sheet.add(sheet.finding(&PUBLISHED_SIGNER, &node.range, message));
        }
        let mut number = |key: &str| {
            let node = signer.get(key)?;
            identity_number(sheet, node, &format!("`{key}`"), false)
        };
        let exact = number("isvsvn");
        let accepted = Accepted {
            mrenclave: None,
            mrsigner: Some(digits),
            product_id: number("isvprodid"),
            least: exact.or(number("isvsvn_min")),
            most: exact.or(number("isvsvn_max")),
        };
        sheet.claims.accepted.push(sheet.claim(accepted, &signer.range, Source::Wish));
    }
    if signer.get("isvprodid").is_none() {
        let message = "the signer is given without `isvprodid`: every product of the signer is accepted";
        sheet.add(sheet.finding(&LOOSE, &signer.range, message));
    }
    let exact = signer.entry("isvsvn");
    if let Some(exact) = exact.filter(|_| signer.get("isvsvn_min").is_some() || signer.get("isvsvn_max").is_some()) {
        sheet.add(sheet.finding(&LOOSE, &exact.key_range, "`isvsvn` and a range of it exclude each other"));
    }
}

fn check_access(sheet: &mut Sheet<'_>, key: &str, list: &Node) {
    let is = |node: &&Node, word: &str| node.text().is_some_and(|text| text.eq_ignore_ascii_case(word));
    let items = list.items();
    for word in ["ANY", "NONE"] {
        let Some(node) = items.iter().find(|node| is(node, word)) else { continue };
        if items.len() > 1 {
            let message =
                format!("{word} stands beside other entries of `{}`, and must be the only one", key.escape_default());
            sheet.add(sheet.finding(&LOOSE, &node.range, message));
        } else if word == "ANY" && matches!(key, "read" | "update") {
            let message = format!("anybody may {key} the session");
            sheet.add(sheet.finding(&LOOSE, &node.range, message));
        }
    }
}
