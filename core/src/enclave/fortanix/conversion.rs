//! Conversions: from an image to one that runs in an enclave.

use alloc::format;

use super::model::{BUILD_CONVERSION, CONVERSION};
use super::{certificate, debug, image_name, megabytes, power_of_two, secret, threads, version};
use crate::enclave::claims::{ImageRole, Source};
use crate::enclave::rules::image::OVERWRITTEN;
use crate::enclave::rules::size::UNIT;
use crate::enclave::schema;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::{Node, Value};

/// Checks a request to the converter (ConversionRequest).
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, CONVERSION);
    sheet.claims.has_request = true;
    let (input, output) = (root.get("inputImageName"), root.get("outputImageName"));
    for (node, role) in [(input, ImageRole::Input), (output, ImageRole::Output)] {
        let Some(node) = node else { continue };
        image_name(sheet, node, false);
        if let Some(text) = node.text() {
            sheet.claims.images.push(sheet.claim((role, text.into()), &node.range, Source::Wish));
        }
    }
    if let (Some(input), Some(output)) = (input.and_then(Node::text), output)
        && output.text() == Some(input)
    {
        let message = format!("the converted image overwrites the input {}", quote(input));
        sheet.add(sheet.finding(&OVERWRITTEN, &output.range, message).help("give the output another name"));
    }
    if let Some(node) = root.get("memSize") {
        text_size(sheet, node);
    }
    common(sheet, root);
    let folders = certificate::folders(root, "rwDirs");
    for node in root.get("certificates").map(Node::items).unwrap_or_default() {
        certificate::check(sheet, node, &folders);
    }
    for node in root.get("caCertificates").map(Node::items).unwrap_or_default() {
        certificate::check_authority(sheet, node, None);
    }
    secret::check_settings(sheet, root);
}

/// Checks a request to convert a build of an application (ConvertAppBuildRequest).
pub(in crate::enclave) fn check_request(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, BUILD_CONVERSION);
    for key in ["docker_version", "input_docker_version", "output_docker_version"] {
        if let Some(node) = root.get(key) {
            version(sheet, node);
        }
    }
    if let Some(node) = root.get("memSize")
        && let Some(value) = megabytes(sheet, node)
    {
        sheet.claims.memory.push(sheet.claim(value, &node.range, Source::Build));
    }
    common(sheet, root);
}

fn common(sheet: &mut Sheet<'_>, root: &Node) {
    if let Some(node) = root.get("threads")
        && let Some(value) = threads(sheet, node)
    {
        sheet.claims.threads.push(sheet.claim(value, &node.range, Source::Build));
    }
    debug(sheet, root, "debug");
    secret::check(sheet, root);
}

/// Checks memory as text with a unit: `2048M`.
fn text_size(sheet: &mut Sheet<'_>, node: &Node) {
    let parsed = node.text().and_then(|text| {
        let unit = text.chars().next_back().filter(|unit| matches!(unit, 'K' | 'M' | 'G'))?;
        let digits = text.strip_suffix(unit)?;
        let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then(|| digits.parse::<i64>().ok().map(|number| (number, unit))).flatten()
    });
    match (parsed, &node.value) {
        (Some((number, unit)), _) => {
            let unit = match unit {
                'K' => "K",
                'G' => "G",
                _ => "M",
            };
            if let Some(size) = power_of_two(sheet, node, number, unit) {
                let megabytes = match unit {
                    "K" => size >> 10,
                    "G" => size.saturating_mul(1024),
                    _ => size,
                };
                sheet.claims.memory.push(sheet.claim(megabytes, &node.range, Source::Build));
            }
        }
        (None, Value::Unknown | Value::Null) => {}
        (None, Value::Integer(number)) => {
            let edits = sheet.edit(&node.range, format!("\"{number}M\""));
            let finding =
                sheet.finding(&UNIT, &node.range, "expected text with a unit, such as `2048M`, found a number");
            sheet.add(finding.fix("Write it as MB", edits));
        }
        (None, _) => {
            let message = "expected digits and one of K, M and G, such as `2048M`";
            sheet.add(sheet.finding(&UNIT, &node.range, message));
        }
    }
}
