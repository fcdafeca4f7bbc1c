//! Requests of the Fortanix enclave manager, in JSON.
//!
//! Names and types are those of its published interface (em-client 4.0.2), which mixes snake_case and camelCase.

mod application;
mod build;
mod certificate;
mod conversion;
mod model;
mod node;
mod secret;
mod task;

pub(super) use application::check as check_application;
pub(super) use build::{check as check_build, check_response, hash};
pub(super) use conversion::{check as check_conversion, check_request as check_build_conversion};
pub(super) use model::{ACCOUNT, APPLICATION, BUILD, BUILD_CONVERSION, BUILD_RECORD, CONVERSION, NODE, RESPONSE, TASK};
pub(super) use node::{check as check_nodes, check_account};
pub(super) use task::check as check_tasks;

use alloc::format;

use super::image::Image;
use super::rules::{build as rules, image, size};
use super::schema;
use super::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// The largest ISVPRODID and ISVSVN.
const MOST: i64 = 65_535;

/// Checks a product id or security version and gives it if it fits.
pub(super) fn identity_number(sheet: &mut Sheet<'_>, node: &Node, what: &str, is_version: bool) -> Option<u64> {
    let number = match &node.value {
        Value::Integer(number) => *number,
        Value::Number(_) => MOST.saturating_add(1),
        _ => return None,
    };
    if !(0..=MOST).contains(&number) {
        let message = format!("{what} is {}, and has 16 bits: 0 to {MOST}", sheet.quoted(&node.range));
        sheet.add(sheet.finding(&rules::RANGE, &node.range, message));
        return None;
    }
    if is_version && number == 0 {
        let finding =
            sheet.finding(&rules::VERSION_ZERO, &node.range, "the security version is 0: no version is below it");
        let edits = sheet.edit(&node.range, "1");
        sheet.add(finding.help("start at 1").fix("Start at 1", edits));
    }
    u64::try_from(number).ok()
}

/// Checks memory in MB and gives it if it makes sense.
fn megabytes(sheet: &mut Sheet<'_>, node: &Node) -> Option<u64> {
    match &node.value {
        Value::Integer(number) => power_of_two(sheet, node, *number, ""),
        Value::Text(text) => {
            let finding = sheet.finding(
                &size::UNIT,
                &node.range,
                format!("expected a number of MB, found the text {}", quote(text)),
            );
            sheet.add(match parse_size(text) {
                None => finding,
                Some(megabytes) => {
                    let edits = sheet.edit(&node.range, format!("{megabytes}"));
                    finding.help(format!("write {megabytes}")).fix(format!("Write {megabytes}"), edits)
                }
            });
            None
        }
        Value::Null => None,
        _ => {
            if !sheet.is_unknown(node) {
                schema::wrong_type(sheet, node, "an integer");
            }
            None
        }
    }
}

/// MB of a text such as `1 GB` or `2048M`, if it says any.
fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    match unit.trim().to_ascii_uppercase().as_str() {
        "M" | "MB" => Some(number),
        "G" | "GB" => number.checked_mul(1024),
        _ => None,
    }
}

/// Checks that a size in MB is a power of two. `unit` follows a number that stands in text.
fn power_of_two(sheet: &mut Sheet<'_>, node: &Node, number: i64, unit: &str) -> Option<u64> {
    let size = u64::try_from(number).ok().filter(|size| *size > 0);
    if size.is_some_and(u64::is_power_of_two) {
        return size;
    }
    let unit_of_message = if unit.is_empty() { " MB" } else { unit };
    let message = format!("the memory is {number}{unit_of_message}, which is no power of two");
    let finding = sheet.finding(&size::POWER, &node.range, message);
    let next = size.unwrap_or(1024).checked_next_power_of_two().filter(|next| *next <= 1 << 40);
    sheet.add(match next {
        None => finding,
        Some(next) => {
            let text = if unit.is_empty() { format!("{next}") } else { format!("\"{next}{unit}\"") };
            let edits = sheet.edit(&node.range, text);
            finding.help(format!("the next power of two is {next}")).fix(format!("Write {next}"), edits)
        }
    });
    None
}

/// Checks a number of threads and gives it.
fn threads(sheet: &mut Sheet<'_>, node: &Node) -> Option<u64> {
    let number = node.integer()?;
    if number < 1 {
        let message = format!("{number} threads: nothing could enter the enclave");
        sheet.add(
            sheet
                .finding(&size::NO_THREADS, &node.range, message)
                .help("give the most that the application runs at once"),
        );
        return None;
    }
    if !(4..=1024).contains(&number) {
        let message = format!(
            "{number} threads are {}",
            if number < 4 { "fewer than most runtimes need to start" } else { "unusually many" }
        );
        sheet.add(sheet.finding(&size::UNUSUAL_THREADS, &node.range, message));
    }
    u64::try_from(number).ok()
}

/// Checks an image reference; `bare` ones may have neither tag nor digest.
fn image_name(sheet: &mut Sheet<'_>, node: &Node, bare: bool) {
    let Some(text) = node.text() else { return };
    match Image::parse(text) {
        Err(reason) => {
            let message = format!("{} is not an image reference: {reason}", quote(text));
            sheet.add(sheet.finding(&image::MALFORMED, &node.range, message).arg("image", text));
        }
        Ok(parsed) if bare && (parsed.tag.is_some() || parsed.digest.is_some()) => {
            let message = format!("the image name {} carries a tag or digest, which belongs to the build", quote(text));
            let edits = sheet.edit(&node.range, format!("\"{}\"", parsed.name));
            sheet.add(sheet.finding(&image::TAGGED, &node.range, message).fix("Leave the name alone", edits));
        }
        Ok(_) => {}
    }
}

/// Checks an image version for one that can move.
fn version(sheet: &mut Sheet<'_>, node: &Node) {
    if let Some(text) = node.text().filter(|text| text.is_empty() || *text == "latest") {
        let message = format!("the image version {} can move to another image", quote(text));
        sheet.add(sheet.finding(&image::MOVING, &node.range, message).help("name a version, or better a digest"));
    }
}

/// Checks a flag that puts the enclave into debug mode.
fn debug(sheet: &mut Sheet<'_>, table: &Node, key: &str) {
    let Some(node) = table.get(key).filter(|node| node.bool() == Some(true)) else { return };
    let edits = sheet.edit(&node.range, "false");
    let message = format!("`{key}` is true: the host reads the enclave's memory");
    sheet.add(sheet.finding(&super::rules::debug::ENABLED, &node.range, message).fix("Switch debug mode off", edits));
}
