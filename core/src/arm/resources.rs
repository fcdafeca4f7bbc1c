//! The resources of a template, nested deployments included, and the values that parameters are given.

use alloc::string::String;
use alloc::vec::Vec;

use super::scope::Scope;
use super::setting::{Entry, Setting, Value};
use crate::Document;
use crate::json::{Member, Node};

/// A resource as it was found.
pub(crate) struct Resource {
    /// Its type in lower case: `microsoft.app/sessionpools`.
    pub(crate) kind: String,
    /// With expressions resolved.
    pub(crate) setting: Setting,
    /// Its condition, if it has one that is not known to be true.
    pub(crate) condition: Option<Setting>,
    /// The method and version that an example names.
    pub(crate) api_version: Option<String>,
}

/// The member with this key in any case.
pub(crate) fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Member> {
    node.members().iter().rev().find(|member| member.key.eq_ignore_ascii_case(key))
}

pub(crate) fn resource(setting: Setting) -> Resource {
    let kind = setting.get("type").and_then(Setting::text).unwrap_or_default().to_ascii_lowercase();
    let condition = setting.get("condition").filter(|condition| condition.boolean() != Some(true)).cloned();
    Resource { kind, setting, condition, api_version: None }
}

/// Collects the resources of a template whose type, in lower case, is wanted; one that isn't known is empty. They stand in
/// a list, or in an object with symbolic names. JSON's depth bounds the recursion.
pub(crate) fn collect<'d>(
    document: &'d Document<'d>,
    of: &'d Node,
    scope: &mut Scope<'d>,
    wanted: &dyn Fn(&str) -> bool,
    into: &mut Vec<Resource>,
) {
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
                deployment(document, node, (properties, template), scope, wanted, into);
            } else {
                into.push(resource(scope.resolve(node)));
            }
            continue;
        }
        if let Some(inner) = member(node, "resources") {
            collect(document, &inner.value, scope, wanted, into);
        }
        if wanted(&kind) {
            into.extend(scope.resources(node).into_iter().map(resource));
        }
    }
}

/// A deployment inside of a template, which is what a Bicep module becomes.
fn deployment<'d>(
    document: &'d Document<'d>,
    node: &'d Node,
    (properties, template): (&'d Node, &'d Node),
    scope: &mut Scope<'d>,
    wanted: &dyn Fn(&str) -> bool,
    into: &mut Vec<Resource>,
) {
    let Some(resources) = member(template, "resources") else { return };
    let options = member(properties, "expressionEvaluationOptions").and_then(|of| member(&of.value, "scope"));
    let inner = options.and_then(|of| of.value.text()).is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
    let before = into.len();
    if inner {
        let given = member(properties, "parameters").map(|of| given(&scope.resolve(&of.value))).unwrap_or_default();
        let mut inner = Scope::new(document, Some(template), given);
        collect(document, &resources.value, &mut inner, wanted, into);
        scope.absorb(inner);
    } else {
        collect(document, &resources.value, scope, wanted, into);
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
pub(crate) fn given(setting: &Setting) -> Vec<(String, Setting)> {
    let around = setting.entry("parameters").map(|entry| &entry.value);
    let values = around.filter(|of| matches!(of.value, Value::Map(_))).unwrap_or(setting);
    let value = |entry: &Entry| {
        let value = match entry.value.entry("value") {
            Some(value) => value.value.clone(),
            None if entry.value.entry("reference").is_some() => {
                let mut secret =
                    Setting::unknown(alloc::format!("parameter {}", crate::quote::quote(&entry.key)), 0..0);
                secret.secure = true;
                secret
            }
            None => entry.value.clone(),
        };
        (entry.key.clone(), value)
    };
    values.entries().iter().map(value).collect()
}
