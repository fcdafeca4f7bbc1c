//! An application: the form of the enclave manager (AppRequest).

use alloc::format;

use super::model::APPLICATION;
use super::{certificate, identity_number, image_name, megabytes, secret, threads};
use crate::enclave::claims::{ImageRole, Source};
use crate::enclave::domain;
use crate::enclave::rules::domain::{MALFORMED, PLACEHOLDER, WILDCARD};
use crate::enclave::rules::form::KEY_MISSING;
use crate::enclave::rules::{build, image};
use crate::enclave::schema;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Node;

/// The numbers that an application must have, here or in `default_build_settings.sgx`.
const NUMBERS: [&str; 4] = ["isvprodid", "isvsvn", "mem_size", "threads"];

/// Checks an application request.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, APPLICATION);
    sheet.claims.has_request = true;
    let settings = root.at("default_build_settings.sgx");
    for key in NUMBERS {
        let old = root.get(key);
        let new = settings.and_then(|settings| settings.get(key));
        match (old, new) {
            // The documentation moved three of the four; where the version goes then is not said.
            (None, None) => {
                let place = root.range.start..root.range.start.saturating_add(1);
                sheet.add(sheet.finding(&KEY_MISSING, &place, format!("the key `{key}` is missing")).arg("key", key));
            }
            (Some(old), Some(new)) if old.value != new.value => {
                let message = format!("`{key}` here and in `default_build_settings.sgx` differ");
                let other = sheet.span(&new.range);
                sheet.add(sheet.finding(&build::SETTINGS, &old.range, message).related(other, "the other one"));
            }
            _ => {}
        }
    }
    let number = |key: &str| root.get(key).or_else(|| settings.and_then(|settings| settings.get(key)));
    if let Some(node) = number("isvprodid")
        && let Some(value) = identity_number(sheet, node, "the product id", false)
    {
        sheet.claims.product_id.push(sheet.claim(value, &node.range, Source::Wish));
    }
    if let Some(node) = number("isvsvn")
        && let Some(value) = identity_number(sheet, node, "the security version", true)
    {
        sheet.claims.security_version.push(sheet.claim(value, &node.range, Source::Wish));
    }
    if let Some(node) = number("mem_size")
        && let Some(value) = megabytes(sheet, node)
    {
        sheet.claims.memory.push(sheet.claim(value, &node.range, Source::Wish));
    }
    if let Some(node) = number("threads")
        && let Some(value) = threads(sheet, node)
    {
        sheet.claims.threads.push(sheet.claim(value, &node.range, Source::Wish));
    }
    images(sheet, root);
    let domains = root.get("allowed_domains");
    for node in domains.map(Node::items).unwrap_or_default() {
        check_domain(sheet, node);
    }
    if let Some(advanced) = root.get("advanced_settings") {
        certificate::check_advanced(sheet, advanced, domains);
        secret::check_settings(sheet, advanced);
    }
    secret::check(sheet, root);
}

fn images(sheet: &mut Sheet<'_>, root: &Node) {
    let (input, output) = (root.get("input_image_name"), root.get("output_image_name"));
    for (node, role) in [(input, ImageRole::Input), (output, ImageRole::Output)] {
        let Some(node) = node else { continue };
        image_name(sheet, node, true);
        if let Some(text) = node.text() {
            sheet.claims.images.push(sheet.claim((role, text.into()), &node.range, Source::Wish));
        }
    }
    if let (Some(input), Some(output)) = (input.and_then(Node::text), output)
        && output.text() == Some(input)
    {
        let message = format!("the converted image overwrites the input {}", quote(input));
        sheet.add(sheet.finding(&image::OVERWRITTEN, &output.range, message).help("give the output another name"));
    }
}

/// Checks a domain that certificates may be asked for.
pub(super) fn check_domain(sheet: &mut Sheet<'_>, node: &Node) {
    let Some(text) = node.text() else { return };
    if let Err(reason) = domain::check(text) {
        let message = format!("{} is not a host name: {reason}", quote(text));
        sheet.add(sheet.finding(&MALFORMED, &node.range, message).arg("domain", text));
    } else if text.contains('*') {
        let message = format!("{} allows every host of the domain", quote(text));
        sheet.add(sheet.finding(&WILDCARD, &node.range, message).help("list the hosts"));
    }
    // Also of a broken name: `myapp. ... dom` is both.
    if domain::is_placeholder(text.trim()) {
        let message = format!("{} is a placeholder: nobody can own it", quote(text));
        sheet.add(sheet.finding(&PLACEHOLDER, &node.range, message).arg("domain", text));
    }
    sheet.claims.domains.push(sheet.claim(text.into(), &node.range, Source::Wish));
}
