//! The checks of a signature structure.

use alloc::format;
use alloc::string::ToString as _;
use core::ops::Range;

use super::attributes::{ALL, DEBUG, EINITTOKEN_KEY, KSS, PROVISION_KEY};
use super::{LENGTH, Part, Sigstruct, SigstructFacts};
use crate::enclave::binary::{Binary, hexadecimal};
use crate::enclave::claims::Source;
use crate::enclave::rules::{debug, identity, signature};
use crate::enclave::sheet::Sheet;
use crate::enclave::signer;
use crate::time::Time;

/// The features of XFRM that are said to be the host's choice, if they are.
const FEATURES: [&str; 4] = ["AVX", "MPX", "PKRU", "AMX"];

/// Year from which SGX could be used at all.
const FIRST_YEAR: i32 = 2015;

/// Checks a signature structure, and says every field of it if it has the right length.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>, binary: &Binary, at: Time) -> Option<SigstructFacts> {
    let text = sheet.document.text();
    let whole = 0..text.trim_end().len();
    let Some(sigstruct) = Sigstruct::new(&binary.bytes) else {
        let message = format!("expected a signature structure of {LENGTH} bytes, found {}", binary.bytes.len());
        let finding = sheet.finding(&signature::LENGTH, &whole, message);
        sheet.add(finding.arg("bytes", binary.bytes.len().to_string()).help("copy the whole file, or export it again"));
        return None;
    };
    let place = |part: Part| binary.place(text, part.at..part.at.saturating_add(part.length));
    for part in sigstruct.wrong_constants() {
        let message = format!("{} is {}, which the processor refuses", part.name, hexadecimal(sigstruct.bytes(part)));
        sheet.add(sheet.finding(&signature::HEADER, &place(part), message).arg("field", part.name));
    }
    for part in sigstruct.nonzero_reserved() {
        let message = format!("the {} are not zero: {}", part.name, hexadecimal(sigstruct.bytes(part)));
        // Bytes 0 to 127 and 900 to 1027 are under the signature.
        let rule = if part.at >= 1028 { &signature::UNSIGNED } else { &signature::RESERVED };
        sheet.add(sheet.finding(rule, &place(part), message).arg("field", part.name));
    }
    let wrong = sigstruct.wrong_signature();
    for &part in &wrong {
        let message = match part.name {
            "SIGNATURE" => "the signature is not by this modulus over these fields".to_string(),
            name => format!("{name} is not the quotient that the signature gives"),
        };
        sheet.add(
            sheet.finding(&signature::SIGNATURE, &place(part), message).arg("field", part.name).help("sign it again"),
        );
    }
    if sigstruct.unknown_misc() != 0 {
        let message = format!("MISCSELECT has the reserved bits 0x{:x}", sigstruct.unknown_misc());
        sheet.add(sheet.finding(&signature::ILLEGAL, &place(Sigstruct::MISC_SELECT), message));
    }
    check_date(sheet, &sigstruct, at, &place(Sigstruct::DATE));
    check_attributes(sheet, &sigstruct, &place(Sigstruct::ATTRIBUTES), &place(Sigstruct::ATTRIBUTE_MASK));
    check_identity(sheet, &sigstruct, place);
    Some(sigstruct.facts(sheet.name, &wrong))
}

fn check_date(sheet: &mut Sheet<'_>, sigstruct: &Sigstruct<'_>, at: Time, place: &Range<usize>) {
    let digits = hexadecimal(&sigstruct.bytes(Sigstruct::DATE).iter().rev().copied().collect::<alloc::vec::Vec<_>>());
    let date = sigstruct.date();
    let begins = date.and_then(|(year, month, day)| Time::from_civil(year, month, day, 0, 0, 0));
    let fault = match (date, begins) {
        (None, _) | (_, None) => "is no date",
        (Some((year, ..)), _) if year < FIRST_YEAR => "is before SGX was sold",
        (_, Some(begins)) if begins > at => "is after the instant of the case",
        _ => return,
    };
    let finding = sheet.finding(&signature::DATE, place, format!("DATE {digits} {fault}"));
    sheet.add(finding.arg("date", digits));
}

fn check_attributes(sheet: &mut Sheet<'_>, sigstruct: &Sigstruct<'_>, values: &Range<usize>, mask: &Range<usize>) {
    let attributes = sigstruct.attributes();
    let is_debug = attributes.has(DEBUG);
    sheet.claims.debug.push(sheet.claim(is_debug, values, Source::Sigstruct));
    if is_debug {
        let message = "ATTRIBUTES has DEBUG: the host reads and writes the enclave's memory";
        sheet.add(sheet.finding(&debug::ENABLED, values, message).help("sign a release build without DEBUG"));
    } else if attributes.is_left_to_host(DEBUG) {
        let message = "DEBUG is 0 but not under ATTRIBUTEMASK: the host may start this in debug mode";
        let help = "sign with DEBUG under the mask (Intel's signing tool: `DisableDebug` 1)";
        sheet.add(sheet.finding(&debug::LEFT_TO_HOST, mask, message).help(help));
    }
    for attribute in [PROVISION_KEY, EINITTOKEN_KEY] {
        let (place, message) = if attributes.has(attribute) {
            (values, format!("{} is set", attribute.name))
        } else if attributes.is_left_to_host(attribute) {
            (mask, format!("{} is not under ATTRIBUTEMASK: the host may set it", attribute.name))
        } else {
            continue;
        };
        sheet.add(sheet.finding(&signature::PRIVILEGED, place, message).arg("attribute", attribute.name));
        // What the host may switch on, the enclave may have.
        sheet.claims.privileges.push(sheet.claim(attribute.name, place, Source::Sigstruct));
    }
    for attribute in ALL {
        let is_left = attributes.is_left_to_host(attribute);
        if is_left || attributes.has(attribute) {
            let place = if is_left { mask } else { values };
            sheet.claims.features.push(sheet.claim((attribute.name, is_left), place, Source::Sigstruct));
        }
    }
    if let Some(fault) = attributes.illegal() {
        sheet.add(sheet.finding(&signature::ILLEGAL, values, fault));
    }
    let left = ALL
        .into_iter()
        .filter(|attribute| FEATURES.contains(&attribute.name) && attributes.is_left_to_host(*attribute));
    let left: alloc::vec::Vec<_> = left.map(|attribute| attribute.name).collect();
    if !left.is_empty() {
        let message = format!("the mask of XFRM leaves {} to the host", left.join(", "));
        sheet.add(sheet.finding(&signature::FEATURES, mask, message).arg("features", left.join(", ")));
    }
    let has_ids = [Sigstruct::FAMILY_ID, Sigstruct::EXTENDED_PRODUCT_ID]
        .into_iter()
        .any(|part| sigstruct.bytes(part).iter().any(|byte| *byte != 0));
    if attributes.has(KSS) != has_ids {
        let message = if has_ids {
            "ISVFAMILYID or ISVEXTPRODID is given, and KSS is off: the processor refuses them"
        } else {
            "KSS is on, and neither ISVFAMILYID nor ISVEXTPRODID is given"
        };
        sheet.add(sheet.finding(&identity::KSS_IDS, values, message));
    }
}

fn check_identity(sheet: &mut Sheet<'_>, sigstruct: &Sigstruct<'_>, place: impl Fn(Part) -> Range<usize>) {
    let (product, version) = (sigstruct.product_id(), sigstruct.security_version());
    let (product_place, version_place) = (place(Sigstruct::PRODUCT_ID), place(Sigstruct::SECURITY_VERSION));
    let (modulus_place, hash_place) = (place(Sigstruct::MODULUS), place(Sigstruct::ENCLAVE_HASH));
    if version == 0 {
        let message = "ISVSVN is 0: no version is below it";
        sheet.add(sheet.finding(&identity::VERSION_UNSET, &version_place, message).help("start at 1"));
    }
    if product == u16::MAX {
        let message = "ISVPRODID is 65535, which Open Enclave reserves";
        sheet.add(sheet.finding(&identity::VERSION_UNSET, &product_place, message));
    }
    let mrsigner = hexadecimal(&sigstruct.mrsigner());
    if let Some(published) = signer::published(&mrsigner) {
        let message = format!("the private key of this signer is published ({published})");
        let finding = sheet.finding(&identity::PUBLISHED_SIGNER, &modulus_place, message);
        sheet.add(finding.arg("mrsigner", mrsigner.clone()).help("sign with a key of your own"));
    }
    sheet.claims.mrsigner.push(sheet.claim(mrsigner, &modulus_place, Source::Sigstruct));
    sheet.claims.mrenclave.push(sheet.claim(hexadecimal(&sigstruct.mrenclave()), &hash_place, Source::Sigstruct));
    sheet.claims.product_id.push(sheet.claim(product.into(), &product_place, Source::Sigstruct));
    sheet.claims.security_version.push(sheet.claim(version.into(), &version_place, Source::Sigstruct));
}
