//! Values whose form the checker wants, beyond their type.

use alloc::format;

use crate::enclave::rules::setting::VALUE;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// Checks numbers, masks, keys and variables.
pub(super) fn values(sheet: &mut Sheet<'_>, root: &Node) {
    for (path, least, most) in [("sgx.max_threads", 1, 4096), ("sgx.profile.frequency", 1, 250)] {
        if let Some(node) = root.at(path)
            && let Some(number) = node.integer().filter(|number| !(least..=most).contains(number))
        {
            let message = format!("`{path}` is {number}, and takes {least} to {most}");
            sheet.add(sheet.finding(&VALUE, &node.range, message));
        }
    }
    let masks = [("xfrm_mask", 16), ("misc_mask", 8), ("flags_mask", 16)];
    for (key, digits) in masks {
        let Some(node) = root.at("sgx.seal_key").and_then(|table| table.get(key)) else { continue };
        let Some(text) = node.text() else { continue };
        let plain = text.strip_prefix("0x").unwrap_or(text);
        if plain.len() != digits || !plain.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            let message = format!("`sgx.seal_key.{key}` takes {digits} hexadecimal digits, found {}", quote(text));
            sheet.add(sheet.finding(&VALUE, &node.range, message));
        }
    }
    for entry in root.at("fs.insecure__keys").map(Node::entries).unwrap_or_default() {
        let is_key = |text: &str| text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        if entry.node.text().is_some_and(|text| !is_key(text)) {
            // The value is a secret, whatever its form.
            sheet.add(sheet.finding(&VALUE, &entry.key_range, "a key of files takes 32 hexadecimal digits"));
        }
    }
    for entry in root.at("loader.env").map(Node::entries).unwrap_or_default() {
        let is_fixed =
            entry.node.get("value").is_some_and(|value| value.text().is_some() || value.value == Value::Unknown);
        let passes = entry.node.get("passthrough").map(Node::bool);
        let message = match (&entry.node.value, passes) {
            (Value::Text(_) | Value::Unknown, _) | (_, Some(Some(true))) => continue,
            (_, Some(Some(false))) => "`passthrough` is false, which is refused: leave the variable out",
            (Value::Table(_), None) if is_fixed => continue,
            _ => "a variable takes a string, `{ value = ... }` or `{ passthrough = true }`",
        };
        sheet.add(sheet.finding(&VALUE, &entry.node.range, message));
    }
}
