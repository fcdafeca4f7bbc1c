//! Properties of Open Enclave's signing tool (`.conf`): lines of `key=value`, and `#` comments on lines of their own.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::claims::Source;
use super::rules::build::RANGE;
use super::rules::debug::ENABLED;
use super::rules::identity::VERSION_UNSET;
use super::rules::setting::{KEY, VALUE};
use super::sheet::Sheet;
use crate::nearest::nearest;
use crate::quote::quote;

const KEYS: [&str; 11] = [
    "Debug",
    "NumHeapPages",
    "NumStackPages",
    "NumTCS",
    "ProductID",
    "SecurityVersion",
    "FamilyID",
    "ExtendedProductID",
    "CapturePFGPExceptions",
    "CreateZeroBaseEnclave",
    "StartAddress",
];

/// A line with a key and a value.
struct Line<'t> {
    key: &'t str,
    key_place: Range<usize>,
    value: &'t str,
    value_place: Range<usize>,
}

/// Whether a text has lines of these keys, as many as say that it is of this form.
pub(super) fn is_configuration(text: &str) -> bool {
    let known = |line: &Line<'_>| KEYS.iter().any(|key| key.eq_ignore_ascii_case(line.key));
    lines(text).0.iter().filter(|line| known(line)).count() >= 2
}

/// The lines with a key, and the places of lines that are nothing.
fn lines(text: &str) -> (Vec<Line<'_>>, Vec<Range<usize>>) {
    let mut found = Vec::new();
    let mut other = Vec::new();
    let mut start = 0_usize;
    for line in text.split_inclusive('\n') {
        let here = start;
        start = start.saturating_add(line.len());
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let begin = here.saturating_add(line.len().saturating_sub(line.trim_start().len()));
        let Some((key, value)) = trimmed.split_once('=') else {
            other.push(begin..begin.saturating_add(trimmed.len()));
            continue;
        };
        let after = begin.saturating_add(key.len()).saturating_add(1);
        let value_start = after.saturating_add(value.len().saturating_sub(value.trim_start().len()));
        let (key, value) = (key.trim_end(), value.trim());
        found.push(Line {
            key,
            key_place: begin..begin.saturating_add(key.len()),
            value,
            value_place: value_start..value_start.saturating_add(value.len()),
        });
    }
    (found, other)
}

/// The keys and values, with the place of each value.
pub(super) fn properties(text: &str) -> Vec<(&str, &str, Range<usize>)> {
    lines(text).0.into_iter().map(|line| (line.key, line.value, line.value_place)).collect()
}

/// Checks a configuration.
pub(super) fn check(sheet: &mut Sheet<'_>) {
    let (lines, other) = lines(sheet.document.text());
    for place in other {
        let message = format!("expected `key=value`, found {}", sheet.quoted(&place));
        sheet.add(sheet.finding(&KEY, &place, message));
    }
    let mut seen: Vec<&str> = Vec::new();
    for line in &lines {
        if seen.contains(&line.key) {
            sheet.add(sheet.finding(&KEY, &line.key_place, format!("{} stands twice", quote(line.key))));
        }
        seen.push(line.key);
        if !KEYS.contains(&line.key) {
            let finding =
                sheet.finding(&KEY, &line.key_place, format!("the property {} is not known", quote(line.key)));
            sheet.add(match nearest(line.key, KEYS) {
                None => finding,
                Some(near) => {
                    let edits = sheet.edit(&line.key_place, near);
                    finding.help(format!("did you mean `{near}`?")).fix(format!("Rename it to {near}"), edits)
                }
            });
        }
        check_value(sheet, line);
    }
}

fn check_value(sheet: &mut Sheet<'_>, line: &Line<'_>) {
    if matches!(line.key, "FamilyID" | "ExtendedProductID") {
        if !is_uuid(line.value) {
            let message = format!("expected a UUID, found {}", quote(line.value));
            sheet.add(sheet.finding(&VALUE, &line.value_place, message));
        }
        return;
    }
    let number: Option<u64> = match line.value.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => line.value.parse().ok(),
    };
    let Some(number) = number else {
        let comment = if line.value.contains('#') { ", and comments have lines of their own" } else { "" };
        let message = format!("expected a number, found {}{comment}", quote(line.value));
        sheet.add(sheet.finding(&VALUE, &line.value_place, message));
        return;
    };
    let refused = match line.key {
        "Debug" | "CapturePFGPExceptions" | "CreateZeroBaseEnclave" if number > 1 => Some("0 or 1"),
        "NumTCS" if !(1..=1024).contains(&number) => Some("1 to 1024"),
        "StartAddress" if number == 0 || !number.is_multiple_of(4096) => Some("a multiple of a page (4096) above 0"),
        _ => None,
    };
    if let Some(expected) = refused {
        let message = format!("`{}` is {number}, and takes {expected}", line.key);
        sheet.add(sheet.finding(&VALUE, &line.value_place, message));
    }
    match line.key {
        "Debug" => {
            if number == 1 {
                let edits = sheet.edit(&line.value_place, "0");
                let finding =
                    sheet.finding(&ENABLED, &line.value_place, "`Debug` is 1: the host may read the enclave's memory");
                sheet.add(finding.fix("Switch debug mode off", edits));
            }
            sheet.claims.debug.push(sheet.claim(number == 1, &line.value_place, Source::Wish));
        }
        "NumTCS" => sheet.claims.threads.push(sheet.claim(number, &line.value_place, Source::Wish)),
        "ProductID" | "SecurityVersion" => {
            if number > 65_534 {
                let message = format!("`{}` is {number}, and takes 0 to 65534", line.key);
                sheet.add(sheet.finding(&RANGE, &line.value_place, message));
                return;
            }
            let claim = sheet.claim(number, &line.value_place, Source::Wish);
            if line.key == "ProductID" {
                sheet.claims.product_id.push(claim);
            } else {
                sheet.claims.security_version.push(claim);
                if number == 0 {
                    let message = "`SecurityVersion` is 0: no version is below it";
                    sheet.add(sheet.finding(&VERSION_UNSET, &line.value_place, message).help("start at 1"));
                }
            }
        }
        _ => {}
    }
}

fn is_uuid(text: &str) -> bool {
    let mut lengths =
        text.split('-').map(|part| part.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(part.len()));
    [8, 4, 4, 4, 12].into_iter().all(|length| lengths.next() == Some(Some(length))) && lengths.next().is_none()
}
