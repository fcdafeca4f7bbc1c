//! The attributes of the elements that are read.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::fabric::manifest::xml::source::{Source, is_blank};
use crate::fabric::manifest::xml::tag::Tag;
use crate::fabric::manifest::{CertificateRole, NodeCertificate, Parameter, Value};
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Document, ErrorKind};

/// The attributes of `Parameter`.
const PARAMETER: &[&str] = &["Name", "Value", "IsEncrypted"];
/// The attributes of the elements of `Certificates`.
const CERTIFICATE: &[&str] = &["X509FindType", "X509FindValue", "X509FindValueSecondary", "X509StoreName", "Name"];

/// The value of the one attribute of a `Section` or `NodeType` that is read. None, and an error, if it is absent.
pub(super) fn name<'d>(tag: &Tag<'d>, source: &mut Source<'d>) -> Option<Value<'d>> {
    let near = check(tag, &["Name"], source);
    required(tag, "Name", &near, source)
}

/// The value of an attribute that the schema requires. None if it is absent, and an error, unless one has been said that
/// explains it: about the tag, or about a name that is nearly this one.
fn required<'d>(tag: &Tag<'d>, name: &str, near: &[&str], source: &mut Source<'d>) -> Option<Value<'d>> {
    let attribute = tag.attribute(name);
    if attribute.is_none() && !tag.is_faulty && !near.contains(&name) {
        let names: Vec<String> = tag.attributes.iter().take(8).map(|found| quote(found.name)).collect();
        let found = match names.as_slice() {
            [] => String::from("none"),
            names => format!("only {}", names.join(", ")),
        };
        let expected = format!("an attribute `{name}` of {}", quote(&format!("<{}>", tag.name)));
        source.error(ErrorKind::Missing, expected, found, tag.place.clone());
    }
    attribute.map(|attribute| attribute.value.clone())
}

/// Reports attributes whose names are nearly those of `known`: XML would pass them over. Others are passed over, because
/// later versions of the schema have more. The names that are meant.
fn check(tag: &Tag<'_>, known: &[&'static str], source: &mut Source<'_>) -> Vec<&'static str> {
    let mut near = Vec::new();
    for attribute in &tag.attributes {
        let name = attribute.name;
        if known.contains(&name) || name.contains(':') || name == "xmlns" {
            continue;
        }
        let meant = nearest(name, known.iter().copied());
        if let Some(meant) = meant.and_then(|meant| known.iter().copied().find(|&known| known == meant)) {
            let help = format!("write `{meant}`: names of attributes are told apart by case");
            let place = attribute.place.clone();
            source.error_with_help(ErrorKind::UnknownKey, format!("`{meant}`"), quote(name), place, help);
            near.push(meant);
        }
    }
    near
}

/// Reads a `Parameter`. None, and an error, if its name or its value is absent.
pub(super) fn parameter<'d>(tag: &Tag<'d>, source: &mut Source<'d>) -> Option<Parameter<'d>> {
    let near = check(tag, PARAMETER, source);
    let name = required(tag, "Name", &near, source);
    let value = required(tag, "Value", &near, source);
    let encrypted = tag.attribute("IsEncrypted").is_some_and(|attribute| boolean(&attribute.value, source));
    let (name, value, tag) = (name?, value?, tag.place.clone());
    Some(Parameter { name, value, encrypted, generated: false, extension: None, tag })
}

/// A truth value as XML Schema writes it; an error, and false, if it is none.
fn boolean(value: &Value<'_>, source: &mut Source<'_>) -> bool {
    match value.text().trim_matches(is_blank) {
        "true" | "1" => true,
        "false" | "0" => false,
        other => {
            let expected = "`true` or `false` for `IsEncrypted`";
            source.error(ErrorKind::Value, expected, quote(other), value.place(0..value.text().len()));
            false
        }
    }
}

/// Reads one of the elements of `Certificates`.
pub(super) fn certificate<'d>(
    role: CertificateRole,
    tag: &Tag<'d>,
    document: &'d Document<'d>,
    source: &mut Source<'d>,
) -> NodeCertificate<'d> {
    let near = check(tag, CERTIFICATE, source);
    let value = |name| tag.attribute(name).map(|attribute| attribute.value.clone());
    NodeCertificate {
        role,
        find_type: value("X509FindType"),
        find_value: required(tag, "X509FindValue", &near, source),
        find_value_secondary: value("X509FindValueSecondary"),
        store_name: value("X509StoreName"),
        name: value("Name"),
        document,
        tag: tag.place.clone(),
    }
}
