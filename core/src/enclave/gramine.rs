//! Gramine and GSC manifests (TOML, or a Jinja template of it).

mod environment;
mod file;
mod form;
mod key;
mod model;
mod size;

use alloc::format;
use core::ops::Range;

use super::claims::Source;
use super::rules::build::RANGE;
use super::rules::debug::ENABLED;
use super::rules::gramine as rules;
use super::rules::identity::VERSION_UNSET;
use super::schema;
use super::sheet::Sheet;
use crate::Rule;
use crate::tree::{Entry, Node, Value};

pub(super) use environment::from_host;
pub(super) use model::MANIFEST;

/// Whether a text is a fragment for GSC that changes nothing: comments alone, which say what they are for.
pub(super) fn is_empty_fragment(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let says = |line: &str| ["GSC", "Gramine", "manifest"].iter().any(|word| line.contains(word));
    lines.peek().is_some() && lines.all(|line| line.starts_with('#') && !line.starts_with("#!")) && says(text)
}

/// Checks a manifest.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node, templates: &[Range<usize>]) {
    if let Some(first) = templates.first() {
        sheet.unknown("the rendered manifest: a template chooses or repeats lines", first);
    }
    key::retired(sheet, root);
    schema::check(sheet, root, MANIFEST);
    debug(sheet, root);
    identity(sheet, root);
    size::size(sheet, root);
    size::threads(sheet, root);
    file::files(sheet, root);
    flags(sheet, root);
    environment::environment(sheet, root);
    file::mounts(sheet, root);
    key::exclusive(sheet, root);
    seal_key(sheet, root);
    form::values(sheet, root);
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
