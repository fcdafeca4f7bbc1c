//! Cluster configurations in JSON: the settings and node types that the product makes of them.
//!
//! Two forms are read, and told apart by their content: `ClusterConfig.json` of a standalone cluster, and the resource
//! `Microsoft.ServiceFabric/clusters` in a template of Azure Resource Manager, alone or as the body of a request. Both
//! become the manifest that the deployer would be given, every value with the places of the JSON that it comes from.
//!
//! Reference: `StandAloneFabricSettingsGenerator.cs:434-780`, `FabricSettingsGeneratorBase.cs:231-388`, `904-980`. The
//! resource provider of Azure is not public: what it writes is taken to be what the shared generator writes, and the
//! report says so.

mod arm;
mod builder;
mod certificates;
mod generate;
mod reader;
pub(crate) mod rules;
mod standalone;
mod text;
mod user_settings;
mod validate;

use alloc::format;
use alloc::string::String;

use super::Reading;
use crate::json::{self, Json, Node, OddityKind};
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits};
use reader::Reader;

/// Which form a configuration has. It decides which members there are and what is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `ClusterConfig.json`.
    Standalone,
    /// A resource of Azure Resource Manager.
    Arm,
}

/// How the assumption begins that a cluster is deployed whose condition is not known.
pub(in crate::fabric) const CONDITION: &str = "the condition of the cluster holds";

/// What is expected of a JSON document.
const EXPECTED: &str = "a standalone cluster's configuration with `properties.security`, or a resource \
                        `Microsoft.ServiceFabric/clusters`";

/// Whether the text is JSON rather than XML: an object or an array, by its first signs.
pub(super) fn recognise(text: &str) -> bool {
    let mut body = text.trim_start_matches(|found: char| found.is_whitespace() || found == '\u{feff}');
    // Templates may have comments, and people write one above everything; the reader of JSON says what to do with it.
    while let Some(comment) = body.strip_prefix('/') {
        let end = if comment.starts_with('*') { "*/" } else { "\n" };
        body = comment.split_once(end).map_or("", |(_, rest)| rest).trim_start();
    }
    let inside = |inside: &str| inside.trim_start().chars().next();
    match (body.strip_prefix('{').map(inside), body.strip_prefix('[').map(inside)) {
        (Some(next), _) => matches!(next, None | Some('"' | '}' | '/')),
        (_, Some(next)) => matches!(next, None | Some('"' | ']' | '{' | '[')),
        _ => false,
    }
}

/// Reads a configuration, with the values of a template's parameters if they are given.
pub(super) fn read<'d>(document: &'d Document<'d>, parameters: Option<&Document<'_>>) -> Reading<'d> {
    let mut reading = Reading::default();
    let length = document.text().len();
    if length > Limits::DOCUMENT_BYTES {
        let expected = format!("at most {} bytes (limit `DOCUMENT_BYTES`)", Limits::DOCUMENT_BYTES);
        let found = format!("{length} bytes");
        reading.errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(0..0)));
        return reading;
    }
    let json = match json::read(document) {
        Ok(json) => json,
        Err(error) => {
            reading.errors.push(error);
            return reading;
        }
    };
    reading.errors.extend(duplicates(document, &json));
    let mut reader = Reader::new(document, &mut reading);
    let root = &json.root;
    match form(root) {
        Some(Form::Standalone) => standalone::read(&mut reader, root),
        Some(Form::Arm) => arm::read(&mut reader, &json, parameters),
        None => {
            let keys: alloc::vec::Vec<String> =
                root.members().iter().take(5).map(|member| quote(&member.key)).collect();
            let found = match keys.as_slice() {
                [] => String::from(root.noun()),
                keys => format!("an object with {}", keys.join(", ")),
            };
            let help =
                "paste the whole document, or at least the object `security` or `properties` with braces around it";
            reader.error(ErrorKind::Unsupported, EXPECTED, found, root.range(), Some(help));
        }
    }
    reading
}

/// Keys that stand twice: the product's reader joins some and replaces others, so neither is taken for what counts.
fn duplicates(document: &Document<'_>, json: &Json) -> impl Iterator<Item = Error> {
    let twice = json.oddities.iter().filter(|oddity| oddity.kind == OddityKind::DuplicateKey);
    twice.take(Limits::XML_ERRORS).map(|oddity| {
        let found = quote(document.slice(oddity.range()).trim_matches('"'));
        Error::new(ErrorKind::Syntax, "a key that stands once", found, document.span(oddity.range()))
            .help("keep one of the two")
    })
}

/// The form of a document, by what it has.
fn form(root: &Node) -> Option<Form> {
    let has = |node: &Node, keys: &[&str]| {
        node.members().iter().any(|member| keys.iter().any(|key| member.key.eq_ignore_ascii_case(key)))
    };
    let properties = root.members().iter().rev().find(|member| member.key.eq_ignore_ascii_case("properties"));
    let properties = properties.map(|member| &member.value);
    if has(root, &["resources", "type"]) {
        return Some(Form::Arm);
    }
    if has(root, &["clusterConfigurationVersion", "nodes", "security", "certificateInformation"]) {
        return Some(Form::Standalone);
    }
    let inside = properties.unwrap_or(root);
    if has(inside, &["security"]) {
        return Some(Form::Standalone);
    }
    has(inside, arm::MEMBERS).then_some(Form::Arm)
}
