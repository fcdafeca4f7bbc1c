//! Secrets in requests, and what an operator may change.

use alloc::format;

use crate::enclave::rules::secret::{ARGUMENTS, CREDENTIAL, IN_ENVIRONMENT};
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// Keys whose value is a credential. A user name is none.
const KEYS: [&str; 6] = ["password", "apikey", "api_key", "token", "join_token", "jointoken"];

/// Words in the name of a variable that say its value is a secret.
const WORDS: [&str; 4] = ["PASSWORD", "SECRET", "TOKEN", "KEY"];

/// Looks for credentials anywhere in a document. Their values are never repeated.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, node: &Node) {
    // Documents nest no deeper than `Limits::TREE_DEPTH`.
    for entry in node.entries() {
        let key = entry.key.to_ascii_lowercase();
        match &entry.node.value {
            Value::Text(text) if KEYS.contains(&key.as_str()) && !text.is_empty() && !is_reference(text) => {
                let message = format!("the value of `{}` is a credential", entry.key.escape_default());
                let finding = sheet.finding(&CREDENTIAL, &entry.node.range, message).arg("key", entry.key.clone());
                sheet.add(finding.help("take it out, and renew it if the document was shared"));
            }
            _ => check(sheet, &entry.node),
        }
    }
    for item in node.items() {
        check(sheet, item);
    }
}

/// Whether a text stands for a secret instead of being one: `${CI_PASSWORD}`, `<password>`, `$(...)`, `{{ ... }}`.
fn is_reference(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with('$') && text.len() > 1)
        || (text.starts_with('<') && text.ends_with('>'))
        || text.starts_with("{{")
}

/// Looks at the measured environment and at the arguments, which have the same names in all requests.
pub(super) fn check_settings(sheet: &mut Sheet<'_>, table: &Node) {
    for node in table.get("manifestEnv").map(Node::items).unwrap_or_default() {
        let Some((name, value)) = node.text().and_then(|text| text.split_once('=')) else { continue };
        let upper = name.to_ascii_uppercase();
        if !value.is_empty() && WORDS.iter().any(|word| upper.contains(word)) {
            let message = format!("the variable {} is measured and public, and its name says secret", quote(name));
            sheet.add(sheet.finding(&IN_ENVIRONMENT, &node.range, message).arg("name", name));
        }
    }
    if let Some(node) = table.get("allowCmdlineArgs").filter(|node| node.bool() == Some(true)) {
        let edits = sheet.edit(&node.range, "false");
        let message = "whoever runs the image chooses its arguments, after the measurement";
        sheet.add(sheet.finding(&ARGUMENTS, &node.range, message).fix("Fix the arguments", edits));
    }
}
