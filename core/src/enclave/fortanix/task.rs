//! Tasks: what waits for approval, and who gave it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::application::check_domain;
use super::model::TASK;
use crate::enclave::claims::{Approval, Source};
use crate::enclave::rules::build::{PENDING, SELF_APPROVED};
use crate::enclave::schema;
use crate::enclave::sheet::Sheet;
use crate::tree::Node;

/// Checks a task, a list of them, or an object with a list in `items`.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    let list = root.get("items").unwrap_or(root);
    if list.items().is_empty() {
        check_task(sheet, root);
    }
    for task in list.items() {
        check_task(sheet, task);
    }
}

fn check_task(sheet: &mut Sheet<'_>, task: &Node) {
    schema::check(sheet, task, TASK);
    let kind = task.get("task_type").and_then(Node::text).unwrap_or_default();
    let consequence = match kind {
        "BUILD_WHITELIST" => "the certificate is refused and the application does not run",
        "DOMAIN_WHITELIST" => "the application runs without a certificate",
        _ => return,
    };
    if let Some(status) = task.at("status.status")
        && let Some(word @ ("INPROGRESS" | "DENIED" | "FAILED" | "PENDING_WHITELIST")) = status.text()
    {
        let message = format!("{kind} is {word}: {consequence}");
        sheet.add(sheet.finding(&PENDING, &status.range, message).arg("task", kind).arg("status", word));
    }
    let requester = task.at("requester_info.user_id").and_then(Node::text);
    let approvals = task.get("approvals").map(Node::items).unwrap_or_default();
    let approved = approvals.iter().filter(|approval| approval.get("status").and_then(Node::text) == Some("APPROVED"));
    let approvers: Vec<&Node> = approved.filter_map(|approval| approval.get("user_id")).collect();
    for approver in approvers.iter().filter(|approver| requester.is_some() && approver.text() == requester) {
        sheet.add(
            sheet
                .finding(&SELF_APPROVED, &approver.range, "the requester approved the request")
                .help("ask a second person"),
        );
    }
    for node in task.get("domains_added").map(Node::items).unwrap_or_default() {
        check_domain(sheet, node);
    }
    let is_denied = approvals.iter().any(|approval| approval.get("status").and_then(Node::text) == Some("DENIED"));
    let approval = Approval {
        is_build: kind == "BUILD_WHITELIST",
        status: task.at("status.status").and_then(Node::text).unwrap_or_default().into(),
        is_granted: !is_denied && task.at("status.status").and_then(Node::text) == Some("SUCCESS"),
        requester: requester.map(String::from),
        approvers: approvers.iter().filter_map(|approver| approver.text().map(String::from)).collect(),
    };
    sheet.claims.approvals.push(sheet.claim(approval, &task.range, Source::Wish));
}
