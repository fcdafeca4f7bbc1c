//! Enrolled nodes and the account that they belong to, as the manager keeps them (Node, Account).

use alloc::format;
use alloc::string::String;

use super::build::hash;
use super::model::{ACCOUNT, NODE};
use super::secret;
use crate::enclave::claims::{Running, Source};
use crate::enclave::rules::debug::ENABLED;
use crate::enclave::rules::enrolment::NOT_RUNNING;
use crate::enclave::schema;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

/// Checks a node, a list of them, or an object with a list in `items`.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    let list = root.get("items").unwrap_or(root);
    if list.items().is_empty() {
        check_node(sheet, root);
    }
    for node in list.items() {
        check_node(sheet, node);
    }
    secret::check(sheet, root);
}

/// Checks an account.
pub(in crate::enclave) fn check_account(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, ACCOUNT);
    if let Some(node) = root.get("acct_id")
        && let Some(id) = node.text()
    {
        sheet.claims.accounts.push(sheet.claim(id.into(), &node.range, Source::Wish));
    }
    secret::check(sheet, root);
}

fn check_node(sheet: &mut Sheet<'_>, node: &Node) {
    schema::check(sheet, node, NODE);
    let account = node.get("acct_id");
    if let Some(account) = account
        && let Some(id) = account.text()
    {
        sheet.claims.node_accounts.push(sheet.claim(id.into(), &account.range, Source::Wish));
    }
    let name = node.get("name").and_then(Node::text).unwrap_or_default();
    let is_running = node.at("status.status").and_then(Node::text) == Some("RUNNING");
    if let Some(status) = node.at("status.status").filter(|_| !is_running) {
        let message = format!("the node {} is {}", quote(name), quote(status.text().unwrap_or_default()));
        sheet.add(sheet.finding(&NOT_RUNNING, &status.range, message).arg("node", name));
    }
    for application in node.get("apps").map(Node::items).unwrap_or_default() {
        if let Some(flag) = application.get("is_debug").filter(|flag| flag.bool() == Some(true)) {
            sheet.add(sheet.finding(&ENABLED, &flag.range, "the running enclave is a debug one: its host reads it"));
        }
        let status = application.at("status.status");
        let runs = is_running && status.and_then(Node::text) == Some("RUNNING");
        if let Some(status) = status.filter(|status| status.text() != Some("RUNNING")) {
            let word = quote(status.text().unwrap_or_default());
            let message = format!("an application on the node {} is {word}", quote(name));
            sheet.add(sheet.finding(&NOT_RUNNING, &status.range, message).arg("node", name));
        }
        let Some(measured) = application.at("build_info.enclave_info.mrenclave") else { continue };
        if let Some(mrenclave) = hash(sheet, measured, "MRENCLAVE") {
            let running = Running { mrenclave, node: String::from(name), runs };
            sheet.claims.running.push(sheet.claim(running, &measured.range, Source::Wish));
        }
    }
}
