//! Files: trusted, allowed and mounted.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::enclave::rules::gramine as rules;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// Names that a system gives to folders alone.
const FOLDERS: [&str; 14] = [
    "bin",
    "sbin",
    "lib",
    "lib32",
    "lib64",
    "usr",
    "etc",
    "opt",
    "var",
    "home",
    "tmp",
    "share",
    "site-packages",
    "dist-packages",
];

pub(super) fn files(sheet: &mut Sheet<'_>, root: &Node) {
    for node in root.at("sgx.allowed_files").map(Node::items).unwrap_or_default() {
        let message = format!("the host supplies the content of {}", sheet.quoted(&node.range));
        sheet.add(sheet.finding(&rules::ALLOWED_FILES, &node.range, message).help("list it in `sgx.trusted_files`"));
    }
    if let Some(node) = root.at("sgx.file_check_policy").filter(|node| node.text() == Some("allow_all_but_log")) {
        let edits = sheet.edit(&node.range, "\"strict\"");
        let finding =
            sheet.finding(&rules::CHECK_OFF, &node.range, "the enclave opens any file that the host gives it");
        sheet.add(finding.fix("Check files", edits));
    }
    folders(sheet, root);
    for node in root.at("sgx.trusted_files").map(Node::items).unwrap_or_default() {
        let Some(hash) = node.get("sha256") else { continue };
        let is_hash =
            hash.text().is_some_and(|text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let is_folder = node.get("uri").and_then(Node::text).is_some_and(|uri| uri.ends_with('/'));
        let message = match (is_folder, is_hash, &hash.value) {
            (_, _, Value::Unknown) => continue,
            (true, ..) => "a folder has no hash: this one is not looked at",
            (_, false, _) => "expected a hash of 64 hexadecimal digits",
            _ => continue,
        };
        sheet.add(sheet.finding(&rules::NOT_MEASURED, &hash.range, message));
    }
}

/// Trusted folders that are written as files are: others lie in them, or they have a folder's name.
fn folders(sheet: &mut Sheet<'_>, root: &Node) {
    let items = |path: &str| root.at(path).map(Node::items).unwrap_or_default();
    let address = |node: &'_ Node| node.get("uri").unwrap_or(node).clone();
    let entrypoint = root.at("loader.entrypoint").into_iter().map(address);
    let listed = ["sgx.trusted_files", "sgx.allowed_files", "fs.mounts"].into_iter().flat_map(items).map(address);
    let mut all: Vec<String> = listed.chain(entrypoint).filter_map(|node| node.text().map(String::from)).collect();
    // What lies in a folder stands right behind it with a slash.
    crate::order::sort_by(&mut all, Ord::cmp);
    for node in items("sgx.trusted_files").iter().map(address) {
        let Some(uri) = node.text().filter(|uri| uri.starts_with("file:") && !uri.ends_with('/')) else { continue };
        let inside = format!("{uri}/");
        let first = all.get(all.partition_point(|one| one.as_str() < inside.as_str())..).and_then(<[String]>::first);
        let first = first.filter(|one| one.starts_with(&inside) && **one != inside);
        let name = uri.rsplit(['/', ':']).next().unwrap_or_default();
        let message = match first {
            Some(one) => {
                format!("{} is a folder, since {} lies in it, and has no slash at its end", quote(uri), quote(one))
            }
            None if FOLDERS.contains(&name) => format!("{} is a folder's name without a slash at its end", quote(uri)),
            None => continue,
        };
        let finding = sheet.finding(&rules::NOT_MEASURED, &node.range, message);
        let edits = sheet.edit(&node.range, format!("\"{inside}\""));
        sheet.add(finding.help("a folder's address ends in a slash").fix("Add the slash", edits));
    }
}

pub(super) fn mounts(sheet: &mut Sheet<'_>, root: &Node) {
    let mut encrypted: Option<Range<usize>> = None;
    for node in root.at("fs.mounts").map(Node::items).unwrap_or_default() {
        match node.get("type").and_then(Node::text) {
            Some("untrusted_shm") => {
                sheet.add(sheet.finding(
                    &rules::HOST_MOUNT,
                    &node.range,
                    "the host reads and writes this shared memory",
                ));
            }
            Some("encrypted") => {
                encrypted.get_or_insert_with(|| node.range.clone());
                if let Some(key) = node.get("key_name").filter(|key| key.text() == Some("_sgx_mrsigner")) {
                    let edits = sheet.edit(&key.range, "\"_sgx_mrenclave\"");
                    let finding =
                        sheet.finding(&rules::HOST_MOUNT, &key.range, "every enclave of the signer opens these files");
                    sheet.add(finding.fix("Bind them to this enclave", edits));
                }
            }
            _ => {}
        }
    }
    let attestation = root.at("sgx.remote_attestation");
    if let Some(place) = encrypted
        && attestation.is_none_or(|node| node.text() == Some("none"))
    {
        let message = "files are encrypted, and nobody can prove which enclave asks for the key";
        sheet.add(sheet.finding(&rules::NO_ATTESTATION, &place, message).help("set sgx.remote_attestation to dcap"));
    }
}
