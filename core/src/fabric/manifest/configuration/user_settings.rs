//! `fabricSettings`: what the configuration sets itself. It overrides what the product would write.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::builder::{Builder, Entry};
use super::reader::{Reader, lists};
use super::rules;
use super::text::Text;
use crate::arm::setting::{Setting, Value};
use crate::fabric::Declared;
use crate::fabric::manifest::{Manifest, Reach};
use crate::quote::quote;
use crate::{ErrorKind, Finding, Limits};

const SECTION: &[&str] = &["name", "parameters"];
const PARAMETER: &[&str] = &["name", "value", "isEncrypted"];

/// The section that says that a configuration is for one machine, and is rewritten before it is used.
const SETUP: &str = "Setup";

/// Reads `fabricSettings` into a manifest.
pub(super) fn read<'d>(reader: &mut Reader<'_, 'd>, of: &Setting, manifest: &mut Manifest<'d>) {
    let builder = Builder { document: reader.document };
    let Some((_, sections)) = reader.array(of, "fabricSettings", &Reach::Everything) else { return };
    let mut budget = Limits::JSON_NODES;
    for section in sections {
        if !reader.as_object(section, "an entry of `fabricSettings`", SECTION, &Reach::Everything) {
            continue;
        }
        let known = section.get("name").is_some_and(|name| name.missing().is_none());
        let Some(name) = reader.text(section, "name", &Reach::Everything) else {
            if !known && section.get("name").is_none() {
                let expected = "`name` of a section of settings";
                reader.error(ErrorKind::Missing, expected, "none", section.range.clone(), None);
            }
            continue;
        };
        // What other sections hold decides nothing here.
        let matters = is_security(&name.text);
        let ignored = lists(&[]);
        let reach = if matters { Reach::Everything } else { ignored };
        let Some((_, parameters)) = reader.array(section, "parameters", &reach) else { continue };
        let mut entries: Vec<Entry<'d>> = Vec::new();
        let mut seen: BTreeMap<alloc::string::String, Text> = BTreeMap::new();
        for parameter in parameters {
            budget = budget.saturating_sub(1);
            if budget == 0 || !reader.as_object(parameter, "an entry of `parameters`", PARAMETER, &reach) {
                continue;
            }
            let Some(own) = reader.text(parameter, "name", &reach) else { continue };
            if let Some(first) = seen.get(&own.text.to_lowercase()) {
                let message = format!(
                    "`DuplicateParameterNotAllowed`: parameter {} of section {} is set twice",
                    quote(&own.text),
                    quote(&name.text)
                );
                let finding = Finding::new(&rules::DUPLICATE_PARAMETER, message)
                    .at(reader.document.span(own.range.clone()))
                    .arg("code", "DuplicateParameterNotAllowed")
                    .related(reader.document.span(first.range.clone()), "the first")
                    .help("keep one of the two");
                reader.find(finding);
                continue;
            }
            seen.insert(own.text.to_lowercase(), own.clone());
            let encrypted = reader.boolean(parameter, "isEncrypted", &reach);
            let decides = if matters { about(&name.text, &own.text) } else { lists(&[]) };
            let Some(value) = value(reader, parameter, &decides) else { continue };
            let document = reader.document;
            let entry = builder.entry(own.value(document), value.value(document), &parameter.range);
            entries.push(Entry { encrypted, generated: false, ..entry });
        }
        if name.text.eq_ignore_ascii_case(SETUP) {
            development(reader, &entries);
        }
        builder.add(manifest, &name, entries);
    }
}

/// The value of a parameter. A number is taken as it is written, as the product's reader does.
fn value(reader: &mut Reader<'_, '_>, parameter: &Setting, reach: &Reach) -> Option<Text> {
    if let Some(found) = parameter.get("value")
        && let Value::Number(number) = &found.value
    {
        return Some(Text::generated(number.as_str(), found.range.clone()));
    }
    if parameter.get("value").is_none() {
        return Some(Text::generated("", parameter.range.end..parameter.range.end));
    }
    reader.text(parameter, "value", reach)
}

/// A configuration of a development cluster is replaced by another before anything is made of it (DevJsonModel.cs).
fn development(reader: &mut Reader<'_, '_>, entries: &[Entry<'_>]) {
    let is_development = |entry: &&Entry<'_>| {
        entry.name.text().eq_ignore_ascii_case("IsDevCluster") && !entry.value.text().eq_ignore_ascii_case("false")
    };
    if let Some(entry) = entries.iter().find(is_development) {
        let help = "paste the manifest of the cluster instead";
        let expected = "a cluster that is not for development, whose settings the product replaces";
        reader.error(ErrorKind::Unsupported, expected, "`IsDevCluster`", entry.range.clone(), Some(help));
    }
}

/// Whether a section decides who is admitted.
fn is_security(section: &str) -> bool {
    let first = section.split('/').next().unwrap_or_default();
    first.eq_ignore_ascii_case("Security") || first.eq_ignore_ascii_case("Federation")
}

/// What a setting decides about.
fn about(section: &str, name: &str) -> Reach {
    let own: Vec<Declared> = Declared::ALL
        .into_iter()
        .filter(|declared| {
            section.eq_ignore_ascii_case(declared.names_section())
                || section.eq_ignore_ascii_case("Security") && name.eq_ignore_ascii_case(declared.thumbprints())
        })
        .collect();
    if own.is_empty() { Reach::Everything } else { lists(&own) }
}
