//! Enclaves of the Fortanix EDP: `[package.metadata.fortanix-sgx]` of a `Cargo.toml`.

use alloc::format;

use super::claims::Source;
use super::rules::debug::ENABLED;
use super::rules::setting::VALUE;
use super::rules::size::BY_BUILDER;
use super::schema::{self, Field, Want, optional};
use super::sheet::Sheet;
use crate::tree::Node;

const KEYS: &[Field] = &[
    optional("heap-size", Want::Integer),
    optional("stack-size", Want::Integer),
    optional("ssaframesize", Want::Integer),
    optional("threads", Want::Integer),
    optional("debug", Want::Bool),
    optional("runner", Want::Any),
];

/// Checks a package's settings, and its defaults where it has none.
pub(super) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    let Some(package) = root.entry("package") else { return };
    let settings = package.node.at("metadata").and_then(|metadata| metadata.entry("fortanix-sgx"));
    let place = settings.map_or(&package.key_range, |settings| &settings.key_range);
    let settings = settings.map(|settings| &settings.node);
    if let Some(settings) = settings {
        schema::check(sheet, settings, KEYS);
        for (key, least) in [("heap-size", 0), ("stack-size", 0), ("ssaframesize", 1), ("threads", 1)] {
            let Some(node) = settings.get(key) else { continue };
            if let Some(number) = node.integer().filter(|number| *number < least) {
                let message = format!("`{key}` is {number}, and takes {least} or more");
                sheet.add(sheet.finding(&VALUE, &node.range, message));
            }
        }
    }
    let get = |key: &str| settings.and_then(|settings| settings.get(key));
    let debug = get("debug");
    if debug.is_none_or(|node| node.bool() == Some(true)) {
        let (how, place) = debug.map_or(("is absent, which means true", place), |node| ("is true", &node.range));
        let finding = sheet.finding(&ENABLED, place, format!("`debug` {how}: the host reads the enclave's memory"));
        let finding = finding.help("set `debug = false`");
        sheet.add(match debug {
            None => finding,
            Some(node) => {
                let edits = sheet.edit(&node.range, "false");
                finding.fix("Switch debug mode off", edits)
            }
        });
    }
    let is_debug = debug.is_none_or(|node| node.bool() == Some(true));
    sheet.claims.debug.push(sheet.claim(is_debug, place, Source::Wish));
    match get("threads") {
        None => {
            let message = "`threads` is absent: there are as many as the building machine has processors";
            sheet.add(sheet.finding(&BY_BUILDER, place, message).help("set `threads` to a number"));
        }
        Some(node) => {
            if let Some(number) = node.integer().and_then(|number| u64::try_from(number).ok()) {
                sheet.claims.threads.push(sheet.claim(number, &node.range, Source::Wish));
            }
        }
    }
}
