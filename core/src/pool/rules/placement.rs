//! What has to be there, what must not be, and identifiers.
//!
//! What it checks: required and forbidden properties by the kind of pool, the types of resources, the pool's name.
//! Why it matters: the service or the command line refuses such a pool.
//! Reference: SessionPools.json; containerapp_sessionpool_decorator.py.

use alloc::format;

use super::{command_line, specification};
use crate::arm::setting::{Setting, Value};
use crate::pool::context::{Context, Pool, fixed};
use crate::quote::quote;
use crate::{Edit, Kind, Rule, Severity};
use alloc::vec::Vec;

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static REQUIRED: Rule = Rule {
    id: "pool-property-missing",
    aliases: &[],
    title: "a required property is missing",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for the properties that the specification or the command line requires."),
    why: crate::page!("The request is refused."),
    bad: crate::page!("a PUT without \"location\""),
    good: crate::page!("\"location\": \"westus2\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static FORBIDDEN: Rule = Rule {
    id: "pool-property-forbidden",
    aliases: &[],
    title: "a property that this kind of pool does not take",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares environment and container template with the container type."),
    why: crate::page!("The command line refuses it: only pools of custom containers live in an environment."),
    bad: crate::page!("\"containerType\": \"PythonLTS\" with \"environmentId\""),
    good: crate::page!("\"containerType\": \"CustomContainer\" with \"environmentId\""),
    citation: command_line("containerapp_sessionpool_decorator.py"),
};

pub(crate) static ENVIRONMENT: Rule = Rule {
    id: "pool-environment-type",
    aliases: &[],
    title: "the environment is not a managed environment",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the type in `environmentId`."),
    why: crate::page!(
        "A session pool lives in a resource of type Microsoft.App/managedEnvironments. Official samples name another type, which does not exist."
    ),
    bad: crate::page!(".../providers/Microsoft.ContainerApps/environments/one"),
    good: crate::page!(".../providers/Microsoft.App/managedEnvironments/one"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static TYPE: Rule = Rule {
    id: "pool-resource-type",
    aliases: &[],
    title: "the resource has another provider than Microsoft.App",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the type of resources that end in `sessionPools`."),
    why: crate::page!(
        "The provider Microsoft.ContainerApps does not have session pools; a page of the documentation names it."
    ),
    bad: crate::page!("\"type\": \"Microsoft.ContainerApps/sessionPools\""),
    good: crate::page!("\"type\": \"Microsoft.App/sessionPools\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static NAME: Rule = Rule {
    id: "pool-name-pattern",
    aliases: &[],
    title: "the name does not fit the published pattern",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Holds the name against `^[a-z][a-z0-9]*$`."),
    why: crate::page!(
        "The specification takes small letters and digits only, while samples of the documentation have hyphens; which of them the service enforces is not documented."
    ),
    bad: crate::page!("\"name\": \"my-session-pool\""),
    good: crate::page!("\"name\": \"mysessionpool\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static MANUAL: Rule = Rule {
    id: "pool-management-manual",
    aliases: &[],
    title: "manual pool management",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Reads `poolManagementType`."),
    why: crate::page!("The specification has the value, but only dynamic pools can be used."),
    bad: crate::page!("\"poolManagementType\": \"Manual\""),
    good: crate::page!("\"poolManagementType\": \"Dynamic\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

/// The type of what a pool lives in.
const ENVIRONMENT_TYPE: &str = "Microsoft.App/managedEnvironments";

/// Properties by the kind of pool.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    required(pool, cx);
    forbidden(pool, cx);
    if let Some(id) = pool.properties.get("environmentId").filter(|id| id.range != pool.properties.range) {
        environment(id, cx);
    }
    if let Some(name) = pool.resource.get("name").and_then(|name| Some((name, name.text()?))) {
        let (name, text) = name;
        let fits = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if !fits {
            let message =
                format!("expected small letters and digits by the specification's pattern, found {}", name.quoted());
            cx.add(cx.finding(&NAME, message, name));
        }
    }
    let manual = pool.properties.get("poolManagementType");
    if let Some(manual) = manual.filter(|of| of.text().is_some_and(|text| text.eq_ignore_ascii_case("Manual"))) {
        let edits = cx.replace(manual, "\"Dynamic\"");
        let finding = cx.finding(&MANUAL, "expected `Dynamic`, found `Manual`, which can't be used", manual);
        cx.add(fixed(finding, "Write Dynamic", edits));
    }
}

fn required(pool: &Pool<'_>, cx: &mut Context<'_>) {
    let missing = |path: &str, why: &str, of: &Setting, cx: &mut Context<'_>| {
        let at = of.range.start..of.range.start.saturating_add(1);
        cx.add(cx.finding_at(&REQUIRED, format!("expected `{path}`{why}, found none"), &at).arg("property", path));
    };
    for item in super::identity::settings(pool) {
        if item.missing().is_none() && item.get("identity").is_none() {
            missing("managedIdentitySettings.identity", "", item, cx);
        }
    }
    let identity = pool.resource.get("identity");
    let kind = identity.and_then(|identity| identity.get("type"));
    let user = kind.and_then(Setting::text).is_some_and(|kind| kind.to_ascii_lowercase().contains("userassigned"));
    if let Some(identity) = identity.filter(|_| user) {
        let assigned = identity.get("userAssignedIdentities");
        if assigned.is_none_or(|assigned| assigned.value == Value::Map(Vec::new())) {
            missing("identity.userAssignedIdentities", " with `UserAssigned`", identity, cx);
        }
    }
    if pool.patch {
        return;
    }
    if pool.resource.get("location").is_none() {
        missing("location", "", pool.resource, cx);
    }
    if pool.resource.get("properties").is_none() {
        missing("properties", "", pool.resource, cx);
    }
    if pool.custom == Some(true) {
        if pool.properties.get("environmentId").is_none() {
            missing("properties.environmentId", " for a pool of custom containers", pool.properties, cx);
        }
        let containers = pool.properties.at("customContainerTemplate.containers");
        let draft = pool.properties.get("customContainerConfiguration");
        if containers.is_none_or(|of| of.missing().is_none() && of.items().is_empty()) && draft.is_none() {
            missing(
                "properties.customContainerTemplate.containers",
                " for a pool of custom containers",
                pool.properties,
                cx,
            );
        }
    }
}

fn forbidden(pool: &Pool<'_>, cx: &mut Context<'_>) {
    if pool.patch {
        return;
    }
    for key in ["environmentId", "customContainerTemplate"] {
        let Some(entry) = pool.properties.entry(key).filter(|entry| entry.value.value != Value::Null) else { continue };
        match pool.custom {
            Some(false) => {
                let message = format!("expected no `{key}` in a pool that isn't of custom containers, found it");
                cx.add(cx.finding_at(&FORBIDDEN, message, &entry.key_range));
            }
            Some(true) => {}
            None => {
                if let Some(kind) = pool.properties.get("containerType") {
                    cx.doubt(&FORBIDDEN, "properties.containerType", kind);
                }
            }
        }
    }
}

fn environment(id: &Setting, cx: &mut Context<'_>) {
    // An identifier that is computed still tells its type where it is an argument.
    let named = match id.missing() {
        Some(unknown) => match &unknown.resource {
            Some(kind) => Some(kind.as_str()),
            None => return cx.doubt(&ENVIRONMENT, "properties.environmentId", id),
        },
        None => id.text().and_then(|id| {
            let provided = id.rsplit_once("/providers/")?.1;
            let (kind, name) = provided.rsplit_once('/')?;
            (!name.is_empty()).then_some(kind)
        }),
    };
    match named {
        Some(kind) if kind.eq_ignore_ascii_case(ENVIRONMENT_TYPE) => {}
        Some(kind) => {
            let message = format!("expected a resource of type `{ENVIRONMENT_TYPE}`, found {}", quote(kind));
            let finding = cx.finding(&ENVIRONMENT, message, id).arg("type", quote(kind));
            let at = id.literal.as_ref().and_then(|literal| {
                let from = cx.document.slice(literal.clone()).rfind(kind)?;
                let start = literal.start.saturating_add(from);
                Some(start..start.saturating_add(kind.len()))
            });
            let edits = at.map(|at| Vec::from([Edit { span: cx.span(&at), text: ENVIRONMENT_TYPE.into() }]));
            cx.add(fixed(finding, format!("Write {ENVIRONMENT_TYPE}"), edits));
        }
        None => {
            let message = "expected the identifier of a managed environment, found another text";
            cx.add(cx.finding(&ENVIRONMENT, message, id));
        }
    }
}

/// The type of a resource that ends in `sessionPools`.
pub(in crate::pool) fn check_type(resource: &Setting, kind: &str, cx: &mut Context<'_>) {
    if kind == crate::pool::template::POOL {
        return;
    }
    if let Some(setting) = resource.get("type") {
        let message = format!("expected `Microsoft.App/sessionPools`, found {}", setting.quoted());
        let edits = cx.replace(setting, "\"Microsoft.App/sessionPools\"");
        cx.add(fixed(cx.finding(&TYPE, message, setting), "Write Microsoft.App/sessionPools", edits));
    }
}
