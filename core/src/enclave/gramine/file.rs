//! Files: trusted, allowed and mounted.

use alloc::format;
use core::ops::Range;

use crate::enclave::rules::gramine as rules;
use crate::enclave::sheet::Sheet;
use crate::tree::{Node, Value};

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
