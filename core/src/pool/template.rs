//! Finding the session pools of what was pasted: a template, a resource, a request's body, an example of the
//! specification.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::scope::{Fault, Scope};
use super::setting::{Setting, Value};
use crate::json::{Json, Member, Node};
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

/// A resource as it was found.
pub(super) struct Resource {
    /// Its type in lower case: `microsoft.app/sessionpools`.
    pub(super) kind: String,
    /// With expressions resolved.
    pub(super) setting: Setting,
    /// Its condition, if it has one that is not known to be true.
    pub(super) condition: Option<Setting>,
    /// The method and version that an example names.
    pub(super) api_version: Option<String>,
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
            collect(document, &of.value, &mut scope, &mut resources);
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

/// The member with this key in any case.
fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Member> {
    node.members().iter().rev().find(|member| member.key.eq_ignore_ascii_case(key))
}

fn resource(setting: Setting) -> Resource {
    let kind = setting.get("type").and_then(Setting::text).unwrap_or_default().to_ascii_lowercase();
    let condition = setting.get("condition").filter(|condition| condition.boolean() != Some(true)).cloned();
    Resource { kind, setting, condition, api_version: None }
}

/// Collects the resources of a template: a list, or an object with symbolic names. JSON's depth bounds the recursion.
fn collect<'d>(document: &'d Document<'d>, of: &'d Node, scope: &mut Scope<'d>, into: &mut Vec<Resource>) {
    let members = of.members().iter().map(|member| &member.value);
    for node in of.items().iter().chain(members) {
        if member(node, "existing").and_then(|member| member.value.boolean()) == Some(true) {
            continue;
        }
        // A type that isn't known stays empty.
        let kind = member(node, "type").map(|kind| scope.resolve(&kind.value));
        let kind = kind.as_ref().and_then(Setting::text).unwrap_or_default().to_ascii_lowercase();
        let properties = member(node, "properties").map(|member| &member.value);
        let template = properties.and_then(|of| member(of, "template")).map(|member| &member.value);
        if kind == "microsoft.resources/deployments" {
            if let (Some(properties), Some(template)) = (properties, template) {
                deployment(document, node, properties, template, scope, into);
            } else {
                into.push(resource(scope.resolve(node)));
            }
            continue;
        }
        if let Some(inner) = member(node, "resources") {
            collect(document, &inner.value, scope, into);
        }
        if wanted(&kind) {
            into.extend(scope.resources(node).into_iter().map(resource));
        }
    }
}

/// Whether something is said about resources of this type.
fn wanted(kind: &str) -> bool {
    kind.is_empty()
        || kind.ends_with("/sessionpools")
        || kind == "sessionpools"
        || kind == super::rules::monitoring::ENVIRONMENT
}

/// A deployment inside of a template, which is what a Bicep module becomes.
fn deployment<'d>(
    document: &'d Document<'d>,
    node: &'d Node,
    properties: &'d Node,
    template: &'d Node,
    scope: &mut Scope<'d>,
    into: &mut Vec<Resource>,
) {
    let Some(resources) = member(template, "resources") else { return };
    let options = member(properties, "expressionEvaluationOptions").and_then(|of| member(&of.value, "scope"));
    let inner = options.and_then(|of| of.value.text()).is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
    let before = into.len();
    if inner {
        let given = member(properties, "parameters").map(|of| given(&scope.resolve(&of.value))).unwrap_or_default();
        let mut inner = Scope::new(document, Some(template), given);
        collect(document, &resources.value, &mut inner, into);
        scope.absorb(inner);
    } else {
        collect(document, &resources.value, scope, into);
    }
    let condition = member(node, "condition").map(|of| scope.resolve(&of.value));
    if let Some(condition) = condition.filter(|condition| condition.boolean() != Some(true)) {
        for found in into.iter_mut().skip(before) {
            if found.condition.as_ref().is_none_or(|own| own.boolean() != Some(false)) {
                found.condition = Some(condition.clone());
            }
        }
    }
}

/// The values of parameters: `{ "name": { "value": ... } }`, or a parameter file around it, or values alone.
pub(super) fn given(setting: &Setting) -> Vec<(String, Setting)> {
    let around = setting.entry("parameters").map(|entry| &entry.value);
    let values = around.filter(|of| matches!(of.value, Value::Map(_))).unwrap_or(setting);
    let value = |entry: &super::setting::Entry| {
        let value = match entry.value.entry("value") {
            Some(value) => value.value.clone(),
            None if entry.value.entry("reference").is_some() => {
                let mut secret = Setting::unknown(format!("parameter {}", crate::quote::quote(&entry.key)), 0..0);
                secret.secure = true;
                secret
            }
            None => entry.value.clone(),
        };
        (entry.key.clone(), value)
    };
    values.entries().iter().map(value).collect()
}
