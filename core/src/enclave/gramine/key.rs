//! Keys that are retired, and keys that exclude each other.

use alloc::format;
use alloc::vec::Vec;

use super::entry;
use crate::enclave::rules::gramine as rules;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Entry, Node, Value};

/// Keys that are retired, and what took their place.
const RETIRED: [(&str, &str); 4] = [
    ("sgx.thread_num", "sgx.max_threads"),
    ("loader.exec", "libos.entrypoint"),
    ("sgx.sigfile", "nothing: the signer names its file"),
    ("loader.pal_internal_mem_size", "nothing"),
];

/// Keys of which at most one may stand.
const EXCLUSIVE: [&[&str]; 3] = [
    &["loader.argv", "loader.argv_src_file", "loader.insecure__use_cmdline_argv"],
    &["loader.insecure__use_host_env", "loader.env_src_file"],
    &["sgx.preheat_enclave", "sgx.edmm_enable"],
];

pub(super) fn retired(sheet: &mut Sheet<'_>, root: &Node) {
    for (path, instead) in RETIRED {
        if let Some(entry) = entry(root, path) {
            let message = format!("`{path}` is retired");
            sheet.add(
                sheet
                    .finding(&rules::RETIRED, &entry.key_range, message)
                    .arg("key", path)
                    .help(format!("use {instead}")),
            );
        }
    }
    for entry in root.get("sgx").map(Node::entries).unwrap_or_default() {
        if entry.key.starts_with("ra_client_") {
            let message = format!("{} is retired", quote(&format!("sgx.{}", entry.key)));
            sheet.add(sheet.finding(&rules::RETIRED, &entry.key_range, message).help("use sgx.remote_attestation"));
        }
    }
}

pub(super) fn exclusive(sheet: &mut Sheet<'_>, root: &Node) {
    for paths in EXCLUSIVE {
        let set: Vec<(&str, &Entry)> = paths
            .iter()
            .filter_map(|path| Some((*path, entry(root, path)?)))
            .filter(|(_, entry)| entry.node.bool() != Some(false) && entry.node.value != Value::Unknown)
            .collect();
        if let [(first, one), (second, other), ..] = set.as_slice() {
            let message = format!("`{first}` and `{second}` exclude each other");
            let related = sheet.span(&one.key_range);
            let finding = sheet.finding(&rules::EXCLUSIVE, &other.key_range, message);
            sheet.add(finding.related(related, "the other key"));
        }
    }
}
