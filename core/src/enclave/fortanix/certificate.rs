//! Certificate configurations: what the enclave asks for when it starts.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::enclave::admission::is_below;
use crate::enclave::claims::Source;
use crate::enclave::rules::domain::NOT_ALLOWED;
use crate::enclave::rules::key::{EXPOSED, ODD_SIZE, PATHS, SHORT_LIVED, SYSTEM, TOO_SMALL};
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// Checks `advanced_settings`: its certificate, its CA certificate, and the domains that they may name.
pub(super) fn check_advanced(sheet: &mut Sheet<'_>, advanced: &Node, domains: Option<&Node>) {
    let folders = folders(advanced, "rw_dirs");
    if let Some(certificate) = advanced.get("certificate") {
        check(sheet, certificate, &folders);
        check_subject(sheet, certificate, domains);
    }
    if let Some(authority) = advanced.get("caCertificate") {
        check_authority(sheet, authority, advanced.at("certificate.keyPath"));
    }
}

/// The folders that are kept apart: writable or encrypted ones.
pub(super) fn folders(table: &Node, writable: &str) -> Vec<String> {
    let lists = [table.get(writable), table.get("encryptedDirs")];
    lists.into_iter().flatten().flat_map(Node::items).filter_map(|node| node.text().map(String::from)).collect()
}

/// Checks a certificate configuration.
pub(super) fn check(sheet: &mut Sheet<'_>, certificate: &Node, folders: &[String]) {
    for node in names(certificate) {
        if let Some(name) = node.text() {
            sheet.claims.domains.push(sheet.claim(name.into(), &node.range, Source::Wish));
        }
    }
    let key_type = certificate.get("keyType");
    match key_type.map(|node| (node, node.text())) {
        Some((node, Some(text))) => sheet.claims.key_type.push(sheet.claim(text.into(), &node.range, Source::Wish)),
        Some((node, None)) if node.value != Value::Null => {}
        // The documented default.
        _ => sheet.claims.key_type.push(sheet.claim("RSA".into(), &certificate.range, Source::Wish)),
    }
    let undeclared = [("keyParam.size", certificate.at("keyParam.size")), ("keyPath", certificate.get("keyPath"))];
    for (key, _) in undeclared.into_iter().filter(|(_, node)| node.is_none()) {
        sheet.claims.undeclared.push(sheet.claim(key, &certificate.range, Source::Wish));
    }
    if let Some(node) = certificate.at("keyParam.size")
        && key_type.and_then(Node::text).is_none_or(|text| text.eq_ignore_ascii_case("RSA"))
    {
        check_size(sheet, node);
    }
    let mut seen: Vec<&str> = Vec::new();
    for key in ["keyPath", "certPath", "chainPath"] {
        let Some(node) = certificate.get(key) else { continue };
        let Some(path) = node.text() else { continue };
        check_path(sheet, node, key, path, &seen);
        seen.push(path);
    }
    if let Some(node) = certificate.get("keyPath")
        && let Some(path) = node.text()
    {
        sheet.claims.key_path.push(sheet.claim(path.into(), &node.range, Source::Wish));
        if path.starts_with('/') && !folders.iter().any(|folder| is_below(path, folder)) {
            let other = certificate.get("certPath").and_then(Node::text);
            let other = other.filter(|other| !folders.iter().any(|folder| is_below(other, folder)));
            let also =
                other.map_or_else(String::new, |other| format!(", and so does the certificate ({})", quote(other)));
            let message =
                format!("the private key goes to {}, which is in no writable or encrypted folder{also}", quote(path));
            let help = "write it to `/run/key.pem` and list `/run` in `rw_dirs`";
            sheet.add(sheet.finding(&EXPOSED, &node.range, message).help(help));
        }
    }
}

fn check_path(sheet: &mut Sheet<'_>, node: &Node, key: &str, path: &str, seen: &[&str]) {
    if !path.starts_with('/') {
        let message = format!("`{key}` is {}, which is not absolute", quote(path));
        sheet.add(sheet.finding(&PATHS, &node.range, message).arg("path", path));
    }
    if seen.contains(&path) {
        let message = format!("`{key}` is {}, as another file is", quote(path));
        sheet.add(sheet.finding(&PATHS, &node.range, message).arg("path", path));
    }
}

fn check_size(sheet: &mut Sheet<'_>, node: &Node) {
    let Some(bits) = node.integer() else { return };
    if let Ok(bits) = u64::try_from(bits) {
        sheet.claims.rsa_bits.push(sheet.claim(bits, &node.range, Source::Wish));
    }
    let (rule, message) = match bits {
        3072 | 4096 => return,
        2048 => (&SHORT_LIVED, "an RSA key of 2048 bits is approved until 2030 only".into()),
        _ if bits < 2048 => (&TOO_SMALL, format!("an RSA key of {bits} bits can be broken")),
        _ => (&ODD_SIZE, format!("an RSA key of {bits} bits is not offered")),
    };
    let edits = sheet.edit(&node.range, "3072");
    sheet.add(sheet.finding(rule, &node.range, message).help("use 3072 bits").fix("Use 3072 bits", edits));
}

fn check_subject(sheet: &mut Sheet<'_>, certificate: &Node, domains: Option<&Node>) {
    let allowed: Vec<&str> = domains.map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect();
    for node in names(certificate) {
        let Some(name) = node.text() else { continue };
        if !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name)) {
            let message = format!("the certificate is for {}, which is not among the allowed domains", quote(name));
            sheet.add(
                sheet.finding(&NOT_ALLOWED, &node.range, message).help("add it to `allowed_domains`, or correct it"),
            );
        }
    }
}

/// The names that a certificate is asked for.
fn names(certificate: &Node) -> impl Iterator<Item = &Node> {
    let others = certificate.get("altNames").map(Node::items).unwrap_or_default();
    certificate.get("subject").into_iter().chain(others)
}

/// Checks a CA certificate that is installed into the image.
pub(super) fn check_authority(sheet: &mut Sheet<'_>, authority: &Node, key_path: Option<&Node>) {
    if let Some(node) = authority.get("caPath")
        && let Some(path) = node.text()
    {
        let seen: Vec<&str> = key_path.and_then(Node::text).into_iter().collect();
        check_path(sheet, node, "caPath", path, &seen);
    }
    if let Some(node) = authority.get("system").filter(|node| !matches!(node.value, Value::Bool(_) | Value::Null)) {
        let finding = sheet.finding(&SYSTEM, &node.range, format!("expected true or false, found {}", node.kind()));
        sheet.add(match node.text().filter(|text| matches!(*text, "true" | "false")) {
            None => finding,
            Some(text) => {
                let edits = sheet.edit(&node.range, text);
                finding.fix("Leave the quotes out", edits)
            }
        });
    }
}
