//! Gramine and GSC manifests (TOML, or a Jinja template of it).

mod model;

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::claims::Source;
use super::rules::build::RANGE;
use super::rules::debug::ENABLED;
use super::rules::gramine as rules;
use super::rules::identity::VERSION_UNSET;
use super::rules::setting::VALUE;
use super::rules::size::{POWER, UNIT, UNUSUAL_THREADS};
use super::schema;
use super::sheet::Sheet;
use crate::Rule;
use crate::quote::quote;
use crate::tree::{Entry, Node, Value};

pub(super) use model::MANIFEST;

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

/// Beginnings of the names of variables that decide what code runs.
pub(super) const LOADER_VARIABLES: [&str; 6] = ["LD_", "PATH", "PYTHON", "NODE_OPTIONS", "GLIBC_TUNABLES", "HOME"];

/// The most threads beside exitless calls.
const WITH_RPC: i64 = 1024;

/// Checks a manifest.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node, templates: &[Range<usize>]) {
    if let Some(first) = templates.first() {
        sheet.unknown("the rendered manifest: a template chooses or repeats lines", first);
    }
    retired(sheet, root);
    schema::check(sheet, root, MANIFEST);
    debug(sheet, root);
    identity(sheet, root);
    size(sheet, root);
    threads(sheet, root);
    files(sheet, root);
    flags(sheet, root);
    environment(sheet, root);
    mounts(sheet, root);
    exclusive(sheet, root);
    seal_key(sheet, root);
    values(sheet, root);
}

/// Values whose form the checker wants, beyond their type.
fn values(sheet: &mut Sheet<'_>, root: &Node) {
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

/// Whether a flag is true, or its value is set to something that is neither zero nor empty.
fn is_on(node: &Node) -> bool {
    match &node.value {
        Value::Bool(flag) => *flag,
        Value::Integer(number) => *number != 0,
        Value::List(items) => !items.is_empty(),
        Value::Text(text) => !text.is_empty() && text != "none",
        _ => false,
    }
}

fn retired(sheet: &mut Sheet<'_>, root: &Node) {
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

fn entry<'n>(root: &'n Node, path: &str) -> Option<&'n Entry> {
    let (table, key) = path.rsplit_once('.')?;
    root.at(table)?.entry(key)
}

fn debug(sheet: &mut Sheet<'_>, root: &Node) {
    let node = root.at("sgx.debug");
    if let Some(node) = node.filter(|node| node.bool() == Some(true)) {
        let edits = sheet.edit(&node.range, "false");
        let finding = sheet.finding(&ENABLED, &node.range, "`sgx.debug` is true: the host reads the enclave's memory");
        sheet.add(finding.fix("Switch debug mode off", edits));
    }
    if let Some(sgx) = root.entry("sgx") {
        let place = node.map_or_else(|| sgx.key_range.clone(), |node| node.range.clone());
        let value = node.map_or(Some(false), Node::bool);
        if let Some(value) = value {
            sheet.claims.debug.push(sheet.claim(value, &place, Source::Wish));
        }
        let is_release = value == Some(false);
        for path in ["sgx.enable_stats", "sgx.vtune_profile", "sgx.profile.enable"] {
            if let Some(node) = root.at(path).filter(|node| is_release && is_on(node)) {
                let message = format!("`{path}` is on, and `sgx.debug` is not");
                sheet.add(sheet.finding(&rules::TOOLING, &node.range, message).arg("key", path));
            }
        }
    }
}

fn identity(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(sgx) = root.entry("sgx") else { return };
    for (key, is_version) in [("isvprodid", false), ("isvsvn", true)] {
        let node = sgx.node.get(key);
        let place = node.map_or_else(|| sgx.key_range.clone(), |node| node.range.clone());
        let Some(number) = node.map_or(Some(0), Node::integer) else { continue };
        let Some(fits) = u16::try_from(number).ok() else {
            let message = format!("`sgx.{key}` is {number}, and has 16 bits: 0 to 65535");
            sheet.add(sheet.finding(&RANGE, &place, message));
            continue;
        };
        if is_version && fits == 0 {
            let how = if node.is_some() { "is 0" } else { "is absent, which means 0" };
            let message = format!("`sgx.isvsvn` {how}: no version is below it");
            sheet.add(sheet.finding(&VERSION_UNSET, &place, message).help("start at 1"));
        }
        let claim = sheet.claim(u64::from(fits), &place, Source::Wish);
        if is_version {
            sheet.claims.security_version.push(claim);
        } else {
            sheet.claims.product_id.push(claim);
        }
    }
}

/// Bytes of digits and one of K, M and G.
pub(super) fn bytes(text: &str) -> Option<u64> {
    let (digits, shift) = match text.chars().next_back()? {
        'K' => (text.strip_suffix('K')?, 10),
        'M' => (text.strip_suffix('M')?, 20),
        'G' => (text.strip_suffix('G')?, 30),
        _ => (text, 0),
    };
    let number: u64 = digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    number.checked_mul(1_u64.checked_shl(shift)?)
}

fn size(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(node) = root.at("sgx.enclave_size") else { return };
    let Some(text) = node.text() else { return };
    let Some(bytes) = bytes(text) else {
        let message = format!("expected digits and one of K, M and G, found {}", quote(text));
        sheet.add(sheet.finding(&UNIT, &node.range, message));
        return;
    };
    if !bytes.is_power_of_two() || bytes < 8192 {
        let next = bytes.max(8192).checked_next_power_of_two();
        let finding = sheet.finding(
            &POWER,
            &node.range,
            format!("the enclave has {} and must have a power of two, 8K at least", quote(text)),
        );
        sheet.add(match next.map(printed) {
            None => finding,
            Some(next) => {
                let edits = sheet.edit(&node.range, format!("\"{next}\""));
                finding.help(format!("the next power of two is {next}")).fix(format!("Write {next}"), edits)
            }
        });
        return;
    }
    sheet.claims.memory.push(sheet.claim(bytes >> 20, &node.range, Source::Wish));
}

fn printed(bytes: u64) -> String {
    for (shift, unit) in [(30, "G"), (20, "M"), (10, "K")] {
        if bytes.trailing_zeros() >= shift {
            return format!("{}{unit}", bytes >> shift);
        }
    }
    bytes.to_string()
}

fn threads(sheet: &mut Sheet<'_>, root: &Node) {
    let rpc = root.at("sgx.insecure__rpc_thread_num").and_then(Node::integer).unwrap_or_default();
    if let Some(node) = root.at("sgx.insecure__rpc_thread_num").filter(|_| rpc > 256) {
        sheet.add(sheet.finding(
            &UNUSUAL_THREADS,
            &node.range,
            format!("{rpc} threads for exitless calls, and 256 are the most"),
        ));
    }
    let Some(node) = root.at("sgx.max_threads") else { return };
    let Some(number) = node.integer() else { return };
    if number < 4 {
        let message =
            format!("{number} threads are fewer than most runtimes need to start, Gramine's own helpers included");
        sheet.add(sheet.finding(&UNUSUAL_THREADS, &node.range, message).help("give 4 at least"));
    } else if rpc > 0 && number > WITH_RPC {
        let message = format!("{number} threads are more than the {WITH_RPC} that exitless calls allow");
        sheet.add(sheet.finding(&UNUSUAL_THREADS, &node.range, message));
    }
    if let Ok(number) = u64::try_from(number) {
        sheet.claims.threads.push(sheet.claim(number, &node.range, Source::Wish));
    }
}

fn files(sheet: &mut Sheet<'_>, root: &Node) {
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

fn flags(sheet: &mut Sheet<'_>, root: &Node) {
    let found: [(&str, &'static Rule, &str); 8] = [
        ("loader.insecure__use_cmdline_argv", &rules::HOST_ARGUMENTS, "the host chooses the program's arguments"),
        ("loader.insecure__use_host_env", &rules::HOST_ARGUMENTS, "the host chooses the program's environment"),
        ("loader.insecure__disable_aslr", &rules::ASLR, "addresses are not randomised"),
        ("sys.insecure__allow_eventfd", &rules::SURFACE, "events of the host are taken unchecked"),
        ("sys.allowed_ioctls", &rules::SURFACE, "requests to devices go to the host"),
        ("sys.debug__mock_syscalls", &rules::SURFACE, "system calls are answered without being made"),
        (
            "sgx.insecure__allow_memfaults_without_exinfo",
            &rules::SURFACE,
            "memory faults are taken from the host unchecked",
        ),
        ("sys.experimental__enable_flock", &rules::SURFACE, "file locks are experimental"),
    ];
    for (path, rule, message) in found {
        if let Some(node) = root.at(path).filter(|node| is_on(node)) {
            sheet.add(sheet.finding(rule, &node.range, message).arg("key", path));
        }
    }
    if let Some(node) = root.at("libos.check_invalid_pointers").filter(|node| node.bool() == Some(false)) {
        sheet.add(sheet.finding(&rules::SURFACE, &node.range, "pointers of the application are not checked"));
    }
    if let Some(node) = root.at("loader.log_level")
        && let Some(level @ ("debug" | "trace" | "all")) = node.text()
    {
        let edits = sheet.edit(&node.range, "\"error\"");
        let message = format!("the log level {level} tells the host what the application does");
        sheet.add(sheet.finding(&rules::LOG_LEVEL, &node.range, message).fix("Log errors only", edits));
    }
    if let Some(entry) = entry(root, "fs.insecure__keys") {
        let message = "a key of encrypted files stands in a measured, public document";
        sheet.add(
            sheet.finding(&rules::KEY_IN_MANIFEST, &entry.key_range, message).help("provision it after attestation"),
        );
    }
}

fn environment(sheet: &mut Sheet<'_>, root: &Node) {
    for entry in root.at("loader.env").map(Node::entries).unwrap_or_default() {
        let Some(flag) = entry.node.get("passthrough") else { continue };
        if flag.bool() == Some(true) {
            from_host(sheet, &entry.key, &entry.key_range);
        }
    }
}

/// Says that the host sets a variable.
pub(super) fn from_host(sheet: &mut Sheet<'_>, name: &str, place: &Range<usize>) {
    let decides = LOADER_VARIABLES.iter().any(|start| name.starts_with(start));
    let (rule, what) = if decides {
        (&rules::LOADER_VARIABLE, "which decides what code runs")
    } else {
        (&rules::ENVIRONMENT, "which start-up does not warn of")
    };
    let message = format!("the host sets {}, {what}", quote(name));
    sheet.add(sheet.finding(rule, place, message).arg("name", name).help("give it a fixed value"));
}

fn mounts(sheet: &mut Sheet<'_>, root: &Node) {
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

fn exclusive(sheet: &mut Sheet<'_>, root: &Node) {
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

fn seal_key(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(node) = root.at("sgx.seal_key.flags_mask") else { return };
    let Some(text) = node.text() else { return };
    let digits = text.strip_prefix("0x").unwrap_or(text);
    match u64::from_str_radix(digits, 16) {
        Ok(mask) if mask & 0x2 == 0 => {
            let message = "the sealing key does not depend on DEBUG: a debug build unseals the release data";
            sheet.add(sheet.finding(&rules::SEAL_KEY, &node.range, message));
        }
        Ok(_) => {}
        Err(_) => {}
    }
}
