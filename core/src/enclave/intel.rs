//! Configurations of Intel's signing tool (`Enclave.config.xml`).

use alloc::format;
use alloc::string::String;

use super::claims::Source;
use super::rules::build::VERSION_ZERO;
use super::rules::debug::LEFT_TO_HOST;
use super::rules::setting::{BOUND_ONCE, EXECUTABLE, KEY, OCTAL, VALUE};
use super::rules::signature::PRIVILEGED;
use super::sheet::Sheet;
use crate::nearest::nearest;
use crate::quote::quote;
use crate::tree::{Entry, Node, Reading};

/// The name of the root element.
pub(super) const ROOT: &str = "EnclaveConfiguration";

const PAGE: u64 = 4096;
const WORD: u64 = 0xFFFF_FFFF;

/// A setting: its name, its largest and its least value.
const SETTINGS: [(&str, u64, u64); 39] = [
    ("ProdID", 0xFFFF, 0),
    ("ISVSVN", 0xFFFF, 0),
    ("DisableDebug", 1, 0),
    ("ProvisionKey", 1, 0),
    ("LaunchKey", 1, 0),
    ("IntelSigned", 1, 0),
    ("ReleaseType", 1, 0),
    ("HW", 0x10, 0),
    ("TCSNum", WORD, 1),
    ("TCSMaxNum", WORD, 1),
    ("TCSMinPool", WORD, 0),
    ("TCSPolicy", 1, 0),
    ("StackMaxSize", u64::MAX, 0x2000),
    ("StackMinSize", u64::MAX, 0x2000),
    ("HeapMaxSize", u64::MAX, 0),
    ("HeapInitSize", u64::MAX, 0),
    ("HeapMinSize", u64::MAX, 0),
    ("ReservedMemMaxSize", u64::MAX, 0),
    ("ReservedMemInitSize", u64::MAX, 0),
    ("ReservedMemMinSize", u64::MAX, 0),
    ("ReservedMemExecutable", 1, 0),
    ("MiscSelect", WORD, 0),
    ("MiscMask", WORD, 0),
    ("EnableKSS", 1, 0),
    ("ISVFAMILYID_H", u64::MAX, 0),
    ("ISVFAMILYID_L", u64::MAX, 0),
    ("ISVEXTPRODID_H", u64::MAX, 0),
    ("ISVEXTPRODID_L", u64::MAX, 0),
    ("EnclaveImageAddress", u64::MAX, 0),
    ("ELRangeStartAddress", u64::MAX, 0),
    ("ELRangeSize", u64::MAX, 0),
    ("PKRU", 2, 0),
    ("AMX", 2, 0),
    ("UserRegionSize", u64::MAX, 0),
    ("EnableAEXNotify", 1, 0),
    ("EnableIPPFIPS", 1, 0),
    ("EnableOSSLFIPS", 1, 0),
    ("LEAddress", u64::MAX, 0),
    ("ReservedMemAddress", u64::MAX, 0),
];

/// Settings in whole pages.
const PAGES: [&str; 9] = [
    "StackMaxSize",
    "StackMinSize",
    "HeapMaxSize",
    "HeapInitSize",
    "HeapMinSize",
    "ReservedMemMaxSize",
    "ReservedMemInitSize",
    "ReservedMemMinSize",
    "UserRegionSize",
];

/// Settings of which the first must not be above the second.
const ORDER: [(&str, &str); 8] = [
    ("HeapMinSize", "HeapInitSize"),
    ("HeapInitSize", "HeapMaxSize"),
    ("HeapMinSize", "HeapMaxSize"),
    ("StackMinSize", "StackMaxSize"),
    ("TCSNum", "TCSMaxNum"),
    ("TCSMinPool", "TCSMaxNum"),
    ("ReservedMemMinSize", "ReservedMemInitSize"),
    ("ReservedMemInitSize", "ReservedMemMaxSize"),
];

/// Checks a configuration.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node, reading: &Reading) {
    for place in &reading.duplicates {
        let message = format!("{} stands twice", sheet.quoted(place));
        sheet.add(sheet.finding(&KEY, place, message));
    }
    for entry in root.entries() {
        let Some((name, most, least)) = SETTINGS.iter().find(|(name, ..)| *name == entry.key) else {
            let finding =
                sheet.finding(&KEY, &entry.key_range, format!("the setting {} is not known", quote(&entry.key)));
            let near = nearest(&entry.key, SETTINGS.iter().map(|(name, ..)| *name));
            sheet.add(match near {
                None => finding,
                Some(near) => finding.help(format!("did you mean `{near}`?")),
            });
            continue;
        };
        check_value(sheet, name, entry, *most, *least);
    }
    let number = |name: &str| root.get(name).and_then(Node::text).and_then(number);
    for (less, more) in ORDER {
        if let (Some(low), Some(high), Some(node)) = (number(less), number(more), root.get(less))
            && low > high
        {
            let message = format!("`{less}` is {low}, which is above `{more}` with {high}");
            sheet.add(sheet.finding(&VALUE, &node.range, message));
        }
    }
    let on = |name: &str| number(name).is_some_and(|number| number != 0);
    let mut refuse = |name: &str, message: &str| {
        if let Some(node) = root.get(name) {
            let finding = sheet.finding(&VALUE, &node.range, message);
            sheet.add(finding);
        }
    };
    if on("LaunchKey") != on("HW") {
        refuse(if on("HW") { "HW" } else { "LaunchKey" }, "`HW` is other than 0 exactly when `LaunchKey` is 1");
    }
    for name in ["ISVFAMILYID_H", "ISVFAMILYID_L", "ISVEXTPRODID_H", "ISVEXTPRODID_L"] {
        if on(name) && !on("EnableKSS") {
            refuse(name, "family and product ids need `EnableKSS` 1");
        }
    }
    for name in ["EnclaveImageAddress", "ELRangeStartAddress"] {
        if root.get(name).is_some() && root.get("ELRangeSize").is_none() {
            refuse(name, "an address of the enclave needs `ELRangeSize`");
        }
    }
    if on("EnableIPPFIPS") && on("EnableOSSLFIPS") {
        refuse("EnableOSSLFIPS", "`EnableIPPFIPS` and `EnableOSSLFIPS` exclude each other");
    }
    check_protection(sheet, root);
}

fn check_value(sheet: &mut Sheet<'_>, name: &str, entry: &Entry, most: u64, least: u64) {
    let text = entry.node.text().unwrap_or_default();
    let place = if text.is_empty() { &entry.key_range } else { &entry.node.range };
    let Some(value) = number(text) else {
        let found = if text.is_empty() { String::from("nothing") } else { quote(text) };
        sheet.add(sheet.finding(&VALUE, place, format!("expected a whole number, found {found}")));
        return;
    };
    if text.len() > 1 && text.starts_with('0') && text.bytes().all(|digit| digit.is_ascii_digit()) {
        let message = format!("{} is octal: {value}", quote(text));
        let decimal = text.trim_start_matches('0');
        let edits = sheet.edit(place, if decimal.is_empty() { "0" } else { decimal });
        sheet.add(sheet.finding(&OCTAL, place, message).fix("Write it in decimal", edits));
    }
    if !(least..=most).contains(&value) {
        let message = format!("`{name}` is {value}, and takes {least} to {most}");
        sheet.add(sheet.finding(&VALUE, place, message));
    } else if PAGES.contains(&name) && !value.is_multiple_of(PAGE) {
        let message = format!("`{name}` is {value}, which is no multiple of a page (4096)");
        sheet.add(sheet.finding(&VALUE, place, message));
    }
}

fn check_protection(sheet: &mut Sheet<'_>, root: &Node) {
    let place = |name: &str| root.entry(name).map(|entry| entry.node.range.clone());
    let number = |name: &str| root.get(name).and_then(Node::text).and_then(number);
    let whole = 0..sheet.document.text().find('>').map_or(0, |end| end.saturating_add(1));
    if number("DisableDebug").unwrap_or_default() == 0 {
        let at = place("DisableDebug").unwrap_or_else(|| whole.clone());
        let how = if place("DisableDebug").is_some() { "is 0" } else { "is absent, which means 0" };
        let message = format!("`DisableDebug` {how}: the host may start this in debug mode");
        let finding = sheet.finding(&LEFT_TO_HOST, &at, message).help("set `DisableDebug` to 1");
        sheet.add(match place("DisableDebug") {
            None => finding,
            Some(at) => {
                let edits = sheet.edit(&at, "1");
                finding.fix("Forbid debug mode", edits)
            }
        });
    }
    for (name, what) in [("ProvisionKey", "PROVISIONKEY"), ("LaunchKey", "EINITTOKENKEY")] {
        if let Some(at) = place(name).filter(|_| number(name) == Some(1)) {
            sheet.add(
                sheet
                    .finding(&PRIVILEGED, &at, format!("`{name}` is 1: the enclave has {what}"))
                    .arg("attribute", what),
            );
        }
    }
    let version = number("ISVSVN").unwrap_or_default();
    let at = place("ISVSVN").unwrap_or_else(|| whole.clone());
    if version == 0 {
        let how = if place("ISVSVN").is_some() { "is 0" } else { "is absent, which means 0" };
        let message = format!("`ISVSVN` {how}: no version is below it");
        sheet.add(sheet.finding(&VERSION_ZERO, &at, message).help("start at 1"));
    }
    sheet.claims.security_version.push(sheet.claim(version, &at, Source::Wish));
    let at = place("ProdID").unwrap_or_else(|| whole.clone());
    sheet.claims.product_id.push(sheet.claim(number("ProdID").unwrap_or_default(), &at, Source::Wish));
    if let Some(at) = place("ReservedMemExecutable").filter(|_| number("ReservedMemExecutable") == Some(1)) {
        sheet.add(sheet.finding(&EXECUTABLE, &at, "reserved memory is writable and executable"));
    }
    let threads = number("TCSNum").unwrap_or(1);
    if let Some(at) = place("TCSPolicy").filter(|_| number("TCSPolicy") == Some(0) && threads == 1) {
        sheet.add(sheet.finding(&BOUND_ONCE, &at, "the first thread that enters keeps the only place"));
    }
    let at = place("TCSNum").unwrap_or(whole);
    sheet.claims.threads.push(sheet.claim(threads, &at, Source::Wish));
}

/// A number as the tool reads it: decimal, hexadecimal after `0x`, octal after `0`, and nothing else.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let is = |digits: &str, radix: u32| !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return is(digits, 16).then(|| u64::from_str_radix(digits, 16).ok()).flatten();
    }
    match text.strip_prefix('0').filter(|digits| !digits.is_empty()) {
        Some(digits) => is(digits, 8).then(|| u64::from_str_radix(digits, 8).ok()).flatten(),
        None => is(text, 10).then(|| text.parse().ok()).flatten(),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_read_as_the_tool_reads_them() {
        for (text, value) in [
            ("0x10", Some(16)),
            ("010", Some(8)),
            ("10", Some(10)),
            ("0", Some(0)),
            ("08", None),
            ("-1", None),
            ("1 2", None),
            ("", None),
        ] {
            assert_eq!(number(text), value, "{text}");
        }
    }
}
