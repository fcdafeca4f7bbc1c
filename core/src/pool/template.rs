//! Finding the session pools of what was pasted: a template, a resource, a request's body, an example of the
//! specification.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use crate::arm::resources::{Resource, collect, member, resource};
use crate::arm::scope::{Fault, Scope};
use crate::arm::setting::Setting;
use crate::json::{Json, Node};
use crate::{Document, Error, ErrorKind};

/// What the configuration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// An Azure Resource Manager template.
    Template,
    /// One resource of a template.
    Resource,
    /// The body of a request to the management API.
    Body,
    /// An example of the specification, with a request's body in it.
    Example,
}

/// What was found in a document.
pub(super) struct Found {
    pub(super) form: Form,
    pub(super) resources: Vec<Resource>,
}

/// Finds the resources of a document.
///
/// # Errors
///
/// The document is JSON, but nothing that a session pool stands in.
pub(super) fn find<'d>(
    document: &'d Document<'d>,
    json: &'d Json,
    given: Vec<(String, Setting)>,
) -> Result<(Found, Scope<'d>), Error> {
    let root = &json.root;
    let has = |key: &str| member(root, key).is_some();
    let unfit = |expected: &'static str, found: String, at: Range<usize>| {
        Err(Error::new(ErrorKind::Unsupported, expected, found, document.span(at)))
    };
    if root.members().is_empty() {
        return unfit("an object with the configuration of a session pool", root.noun().to_string(), root.range());
    }
    if has("resources") {
        let mut scope = Scope::new(document, Some(root), given);
        let mut resources = Vec::new();
        if let Some(of) = member(root, "resources") {
            collect(document, &of.value, &mut scope, &wanted, &mut resources);
        }
        return Ok((Found { form: Form::Template, resources }, scope));
    }
    if has("type") && (has("apiVersion") || has("name")) {
        let mut scope = Scope::new(document, Some(root), given);
        // A resource alone has no parameters of its own.
        let setting = scope.resolve(root);
        scope.faults.retain(|fault| !matches!(fault, Fault::Missing { .. }));
        let resources = Vec::from([resource(setting)]);
        return Ok((Found { form: Form::Resource, resources }, scope));
    }
    let mut scope = Scope::new(document, None, given);
    let mut body = |node: &Node, form, api_version| {
        let kind = POOL.to_string();
        let resource = Resource { kind, setting: scope.resolve(node), condition: None, api_version };
        Found { form, resources: Vec::from([resource]) }
    };
    if let Some(parameters) = member(root, "parameters").map(|member| &member.value).filter(|_| has("responses")) {
        let Some(envelope) = member(parameters, "sessionPoolEnvelope") else {
            let found = "an example of another operation".to_string();
            return unfit("an example with the parameter `sessionPoolEnvelope`", found, parameters.range());
        };
        let version = member(parameters, "api-version").and_then(|version| version.value.text());
        let found = body(&envelope.value, Form::Example, version.map(str::to_string));
        return Ok((found, scope));
    }
    if has("properties") || has("location") || has("identity") || has("tags") {
        let found = body(root, Form::Body, None);
        return Ok((found, scope));
    }
    let keys: Vec<String> = root.members().iter().take(5).map(|member| crate::quote::quote(&member.key)).collect();
    let found = format!("an object with {}", keys.join(", "));
    unfit("a template with `resources`, or a session pool with `properties`", found, root.range())
}

/// The type of a session pool, in lower case.
pub(super) const POOL: &str = "microsoft.app/sessionpools";

/// Whether something is said about resources of this type.
fn wanted(kind: &str) -> bool {
    kind.is_empty()
        || kind.ends_with("/sessionpools")
        || kind == "sessionpools"
        || kind == super::rules::monitoring::ENVIRONMENT
}
