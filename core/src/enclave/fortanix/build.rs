//! Builds: what is asked to be allow-listed, what the manager keeps of it, and what the converter answered.

use alloc::format;
use alloc::string::String;

use super::model::{BUILD, BUILD_RECORD, RESPONSE};
use super::{certificate, identity_number, image_name, megabytes, secret, threads, version};
use crate::enclave::binary::is_placeholder;
use crate::enclave::claims::{ImageRole, Source};
use crate::enclave::rules::build::{MALFORMED, PENDING, PLACEHOLDER};
use crate::enclave::rules::identity::PUBLISHED_SIGNER;
use crate::enclave::schema;
use crate::enclave::sheet::Sheet;
use crate::enclave::signer;
use crate::quote::quote;
use crate::tree::Node;

/// Checks a build request, or a build's record.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, root: &Node) {
    let record = root.get("enclave_info");
    schema::check(sheet, root, if record.is_some() { BUILD_RECORD } else { BUILD });
    let measured = identity(sheet, record.unwrap_or(root), Source::Build);
    if let Some(status) = root.at("status.status")
        && let Some(word @ ("PENDING" | "REJECTED")) = status.text()
    {
        let message = format!("the build is {word}: the certificate is refused and the application does not run");
        sheet.add(sheet.finding(&PENDING, &status.range, message).arg("status", word));
    }
    if let Some(word) = root.at("status.status").and_then(Node::text) {
        sheet.claims.build_status.push(sheet.claim(word.into(), &root.range, Source::Build));
    }
    let application = ["app_name", "app_id"].into_iter().find_map(|key| root.get(key));
    if let (Some(mrenclave), Some(application)) = (measured, application)
        && let Some(name) = application.text()
    {
        sheet.claims.applications.push(sheet.claim((name.into(), mrenclave), &application.range, Source::Build));
    }
    if let Some(docker) = root.get("docker_info") {
        if let Some(node) = docker.get("docker_image_name") {
            image_name(sheet, node, true);
            if let Some(text) = node.text() {
                sheet.claims.images.push(sheet.claim((ImageRole::Output, text.into()), &node.range, Source::Build));
            }
        }
        if let Some(node) = docker.get("docker_version") {
            version(sheet, node);
        }
    }
    if let Some(node) = root.get("mem_size")
        && let Some(value) = megabytes(sheet, node)
    {
        sheet.claims.memory.push(sheet.claim(value, &node.range, Source::Build));
    }
    if let Some(node) = root.get("threads")
        && let Some(value) = threads(sheet, node)
    {
        sheet.claims.threads.push(sheet.claim(value, &node.range, Source::Build));
    }
    if let Some(advanced) = root.get("advanced_settings") {
        if let Some(settings) = advanced.get("certificate") {
            certificate::check(sheet, settings, &certificate::folders(advanced, "rw_dirs"));
        }
        secret::check_settings(sheet, advanced);
    }
    secret::check(sheet, root);
}

/// Checks what the converter answered.
pub(in crate::enclave) fn check_response(sheet: &mut Sheet<'_>, root: &Node) {
    schema::check(sheet, root, RESPONSE);
    identity(sheet, root, Source::Conversion);
    if let Some(node) = root.get("newImage") {
        image_name(sheet, node, false);
        if let Some(text) = node.text() {
            sheet.claims.images.push(sheet.claim((ImageRole::Output, text.into()), &node.range, Source::Conversion));
        }
    }
}

/// Checks measurement, signer, product id and version of a table, and gives the measurement.
fn identity(sheet: &mut Sheet<'_>, table: &Node, source: Source) -> Option<String> {
    let mrenclave = table.get("mrenclave").and_then(|node| {
        let digits = hash(sheet, node, "MRENCLAVE")?;
        sheet.claims.mrenclave.push(sheet.claim(digits.clone(), &node.range, source));
        Some(digits)
    });
    if let Some(node) = table.get("mrsigner")
        && let Some(digits) = hash(sheet, node, "MRSIGNER")
    {
        if let Some(published) = signer::published(&digits) {
            let message = format!("the private key of this signer is published ({published})");
            let finding = sheet.finding(&PUBLISHED_SIGNER, &node.range, message).arg("mrsigner", digits.clone());
            sheet.add(finding.help("sign with a key of your own (`signingKey.sdkms`)"));
        }
        sheet.claims.mrsigner.push(sheet.claim(digits, &node.range, source));
    }
    if let Some(node) = table.get("isvprodid")
        && let Some(value) = identity_number(sheet, node, "the product id", false)
    {
        sheet.claims.product_id.push(sheet.claim(value, &node.range, source));
    }
    if let Some(node) = table.get("isvsvn")
        && let Some(value) = identity_number(sheet, node, "the security version", true)
    {
        sheet.claims.security_version.push(sheet.claim(value, &node.range, source));
    }
    mrenclave
}

/// Checks a hash and gives it in lower case, unless it is none or a placeholder.
pub(in crate::enclave) fn hash(sheet: &mut Sheet<'_>, node: &Node, what: &str) -> Option<String> {
    let text = node.text()?;
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let is_template = text.starts_with('<') && text.ends_with('>');
        let rule = if is_template { &PLACEHOLDER } else { &MALFORMED };
        let message = format!("expected {what} of 64 hexadecimal digits, found {}", quote(text));
        sheet.add(sheet.finding(rule, &node.range, message));
        return None;
    }
    if is_placeholder(text) {
        let message = format!("{what} is one byte again and again: a placeholder");
        sheet.add(sheet.finding(&PLACEHOLDER, &node.range, message).help("paste the one of the build"));
        return None;
    }
    Some(text.to_ascii_lowercase())
}
