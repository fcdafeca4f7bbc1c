//! The enrolment of a node: what the article asks for before one can be deployed, and the form of its deployment. The
//! document is ours, since the article's form has no published model.

use alloc::format;

use super::rules::enrolment::{CANNOT_DEPLOY, PASSWORD, REGISTRY, SIZE};
use super::rules::secret::CREDENTIAL;
use super::schema::{self, Field, Want, optional, required};
use super::sheet::Sheet;
use crate::quote::quote;
use crate::secret::is_reference;
use crate::tree::Node;

/// The keys.
pub(super) const ENROLMENT: &[Field] = &[
    optional(
        "prerequisites",
        Want::Table(&[
            optional("registry", Want::Word(&["private", "public"])),
            optional("manager_account", Want::Text),
            optional("subscription", Want::Word(&["pay-as-you-go", "free-trial"])),
            optional("core_quota", Want::Integer),
        ]),
    ),
    required(
        "enrolment",
        Want::Table(&[
            optional("region", Want::Text),
            optional("resource_group", Want::Text),
            optional("node_name", Want::Text),
            optional("authentication", Want::Word(&["ssh-key", "password"])),
            optional("vm_size", Want::Text),
            optional("os_disk_gb", Want::Integer),
            optional("join_token", Want::Text),
            optional("public_address", Want::Bool),
            optional("node_agent_port", Want::Integer),
        ]),
    ),
];

/// The sizes of the DCsv2 series, and their cores.
const SIZES: [(&str, i64); 4] =
    [("Standard_DC1s_v2", 1), ("Standard_DC2s_v2", 2), ("Standard_DC4s_v2", 4), ("Standard_DC8_v2", 8)];

/// What a deployment makes that is billed or has to be removed, as the article lists it.
pub(super) const DEPLOYED: &str = "a virtual machine (billed by the hour), a network interface, a virtual network, a security group and a public address";

/// Checks an enrolment.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, ENROLMENT);
    if let Some(node) = root.at("prerequisites.subscription").filter(|node| node.text() == Some("free-trial")) {
        let message = "a free trial has no access to these virtual machines";
        sheet.add(sheet.finding(&CANNOT_DEPLOY, &node.range, message).help("upgrade to pay-as-you-go"));
    }
    if let Some(node) = root.at("prerequisites.registry").filter(|node| node.text() == Some("public")) {
        sheet.add(sheet.finding(&REGISTRY, &node.range, "the converted image goes to a public registry"));
    }
    let size = root.at("enrolment.vm_size");
    if let Some(node) = size
        && let Some(text) = node.text()
    {
        let known = SIZES.iter().find(|(size, _)| size.eq_ignore_ascii_case(text));
        match known {
            None => {
                let message = format!("{} is no size of the DCsv2 series, which has SGX", quote(text));
                sheet.add(sheet.finding(&SIZE, &node.range, message).arg("size", text).help("use Standard_DC4s_v2"));
            }
            Some((_, cores)) => {
                if let Some(quota) = root.at("prerequisites.core_quota")
                    && let Some(left) = quota.integer()
                    && left < *cores
                {
                    let message = format!("{} has {cores} cores, and the quota is {left}", quote(text));
                    let finding = sheet.finding(&CANNOT_DEPLOY, &quota.range, message);
                    sheet.add(finding.help("ask for a larger quota, or choose a smaller size"));
                }
            }
        }
    }
    if let Some(node) = root.at("enrolment.authentication").filter(|node| node.text() == Some("password")) {
        sheet.add(sheet.finding(&PASSWORD, &node.range, "the machine is entered with a password"));
    }
    if let Some(node) = root.at("enrolment.join_token").filter(|node| !is_reference(node.text())) {
        let message = "the join token stands in the document";
        let finding = sheet.finding(&CREDENTIAL, &node.range, message).arg("key", "join_token");
        sheet.add(finding.help("take it out, and generate another one if the document was shared"));
    }
}
