//! Secrets of a pool, and secrets that sessions can read.
//!
//! What it checks: `secrets`, references to them, and what environment variables hold.
//! Why it matters: code in a session can read everything in its container.
//! Reference: the article's section on security; session-pool.md.

pub(crate) mod command;
mod look;

use look::{form_of_secret, is_named_as_secret};

use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::{article, specification, templates};
use crate::arm::setting::{Setting, Value};
use crate::pool::context::{Context, Pool};
use crate::quote::quote;
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static ENVIRONMENT: Rule = Rule {
    id: "pool-secret-in-environment",
    aliases: &[],
    title: "an environment variable of sessions holds a secret",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for values with the form of a secret, and for values of variables that are named as secrets."
    ),
    why: crate::page!(
        "Code in a session can read every environment variable, and all sessions of the pool share them."
    ),
    bad: crate::page!("{ \"name\": \"DB_PASSWORD\", \"value\": \"...\" }"),
    good: crate::page!("a container that needs no secret"),
    citation: article("Security: sensitive data only where the session's users are trusted"),
};

pub(crate) static REFERENCE: Rule = Rule {
    id: "pool-secret-given-to-sessions",
    aliases: &[],
    title: "sessions are given a secret of the pool",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for environment variables with `secretRef`."),
    why: crate::page!("Code in a session can read it, and all sessions of the pool share it."),
    bad: crate::page!("{ \"name\": \"KEY\", \"secretRef\": \"key\" }"),
    good: crate::page!("a container that needs no secret"),
    citation: article("Security: sensitive data only where the session's users are trusted"),
};

pub(crate) static TEMPLATE: Rule = Rule {
    id: "pool-secret-in-template",
    aliases: &[],
    title: "a secret is written in a template",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for literal values of `secrets` in templates, defaults of parameters and variables included."
    ),
    why: crate::page!(
        "Templates are kept, deployed and shown in the history of deployments; whoever reads one has the secret."
    ),
    bad: crate::page!("\"value\": \"hunter2\""),
    good: crate::page!("\"value\": \"[parameters('password')]\" with a parameter of type `secureString`"),
    citation: templates("security recommendations for parameters"),
};

pub(crate) static PARAMETER: Rule = Rule {
    id: "pool-secret-parameter-not-secure",
    aliases: &[],
    title: "a secret comes from a parameter that is not secure",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks at the type of parameters that give the value of a secret."),
    why: crate::page!("Values of other parameters are shown in the history of deployments."),
    bad: crate::page!("\"type\": \"string\""),
    good: crate::page!("\"type\": \"secureString\""),
    citation: templates("security recommendations for parameters"),
};

pub(crate) static BODY: Rule = Rule {
    id: "pool-secret-in-body",
    aliases: &[],
    title: "a request holds a secret",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for literal values of secrets and tokens in the body of a request."),
    why: crate::page!(
        "The file with the body is as secret as what it holds, and credentials that are written down are seldom rotated."
    ),
    bad: crate::page!("\"value\": \"...\" in a file of the repository"),
    good: crate::page!("an identity that pulls the image, and no secret"),
    citation: article("Security: regularly rotate session credentials"),
};

pub(crate) static MISSING: Rule = Rule {
    id: "pool-secret-missing",
    aliases: &[],
    title: "a reference to a secret that the pool does not have",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks up every `secretRef` and `passwordSecretRef` among `secrets`."),
    why: crate::page!("The request is refused."),
    bad: crate::page!("\"passwordSecretRef\": \"password\" without such a secret"),
    good: crate::page!("\"passwordSecretRef\": \"password\" with \"secrets\": [ { \"name\": \"password\", ... } ]"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static BOTH: Rule = Rule {
    id: "pool-variable-value-and-secret",
    aliases: &[],
    title: "a variable with both a value and a secret",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for variables with `value` and `secretRef`."),
    why: crate::page!("A variable takes one of the two; which counts is not documented."),
    bad: crate::page!("{ \"name\": \"KEY\", \"value\": \"a\", \"secretRef\": \"key\" }"),
    good: crate::page!("{ \"name\": \"KEY\", \"secretRef\": \"key\" }"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

/// The secrets that the configuration declares.
pub(in crate::pool) fn declared<'s>(pool: &Pool<'s>) -> impl Iterator<Item = &'s Setting> + use<'s> {
    pool.properties.get("secrets").map(Setting::items).unwrap_or_default().iter()
}

/// Secrets, and what refers to them.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    let values = declared(pool).filter_map(|secret| secret.get("value").map(|value| (secret, value)));
    for (secret, value) in values {
        let name =
            secret.get("name").filter(|name| !name.secure).and_then(Setting::text).unwrap_or_default().to_string();
        held(&name, value, secret.get("name").unwrap_or(secret), pool, cx);
    }
    if let Some(of) = pool.properties.get("sessionAuthConfiguration")
        && let Some(token) = of.get("jwtToken")
    {
        held("jwtToken", token, of, pool, cx);
    }
    let password = pool.properties.at("customContainerTemplate.registryCredentials.passwordSecretRef");
    if let Some(password) = password {
        refers(password, "registryCredentials.passwordSecretRef", pool, cx);
    }
    let containers = pool.properties.at("customContainerTemplate.containers");
    let containers: Vec<&Setting> = containers.map(Setting::items).unwrap_or_default().iter().collect();
    containers.iter().for_each(|container| command::check(container, cx));
    for variable in containers.iter().filter_map(|container| container.get("env")).flat_map(Setting::items) {
        environment(variable, pool, cx);
    }
}

/// A secret's value. Findings stand at the name, so that hosts that show the line don't show the value.
fn held(name: &str, value: &Setting, at: &Setting, pool: &Pool<'_>, cx: &mut Context<'_>) {
    if value.missing().is_some() {
        // What isn't known isn't written either; an open parameter could still be of the wrong type.
        let open = value.names().iter().any(|name| name.starts_with("parameter "));
        if open && !value.secure && pool.template {
            let message =
                format!("expected a parameter of type `secureString` for secret {}, found another type", quote(name));
            cx.add(cx.finding(&PARAMETER, message, at).arg("secret", quote(name)));
        }
        return;
    }
    let Some(text) = value.text().filter(|text| !text.is_empty() && !is_placeholder(text)) else { return };
    let length = text.chars().count();
    let (rule, message) = if pool.template {
        (
            &TEMPLATE,
            format!("expected a secure parameter for secret {}, found its value, {length} characters", quote(name)),
        )
    } else {
        (&BODY, format!("expected no secret in the body, found the value of {}, {length} characters", quote(name)))
    };
    cx.add(cx.finding(rule, message, at).arg("secret", quote(name)).help("rotate it if others have seen this"));
}

fn refers(reference: &Setting, path: &str, pool: &Pool<'_>, cx: &mut Context<'_>) {
    // PATCH may name a secret that the pool has already.
    let secrets = pool.properties.get("secrets");
    if pool.patch && secrets.is_none() {
        return;
    }
    let open = secrets.filter(|secrets| {
        !secrets.items().iter().all(|item| item.get("name").is_some_and(|name| name.text().is_some()))
    });
    match (reference.text(), open) {
        (Some(text), None) => {
            let named = |secret: &Setting| secret.get("name").and_then(Setting::text) == Some(text);
            if !declared(pool).any(named) {
                let message = format!("expected a secret of the pool for `{path}`, found {}", reference.quoted());
                cx.add(cx.finding(&MISSING, message, reference).arg("secret", reference.quoted()));
            }
        }
        (Some(_), Some(secrets)) => cx.doubt(&MISSING, "properties.secrets", secrets),
        (None, _) => cx.doubt(&MISSING, path, reference),
    }
}

fn environment(variable: &Setting, pool: &Pool<'_>, cx: &mut Context<'_>) {
    if variable.missing().is_some() {
        return cx.doubt(&ENVIRONMENT, "customContainerTemplate.containers.env", variable);
    }
    let name = variable.get("name").filter(|name| !name.secure).and_then(Setting::text).unwrap_or_default();
    let (value, reference) = (variable.get("value"), variable.get("secretRef"));
    if let (Some(_), Some(reference)) = (value, reference) {
        let message = format!("expected a value or a secret for variable {}, found both", quote(name));
        cx.add(cx.finding(&BOTH, message, reference).arg("variable", quote(name)));
    }
    if let Some(reference) = reference {
        refers(reference, "env.secretRef", pool, cx);
        let message = format!("expected no secret in sessions, found variable {} with one", quote(name));
        cx.add(cx.finding(&REFERENCE, message, reference).arg("variable", quote(name)));
    }
    let Some(value) = value else { return };
    let reason = match &value.value {
        _ if value.secure => Some("comes from a secure parameter"),
        Value::Text(text) if is_placeholder(text) || text.is_empty() => None,
        Value::Text(text) => form_of_secret(text).or_else(|| {
            let is_flag = ["true", "false", "0", "1"].iter().any(|flag| flag.eq_ignore_ascii_case(text));
            (!is_flag && is_named_as_secret(name)).then_some("is named as one")
        }),
        Value::Unknown(_) => return cx.doubt(&ENVIRONMENT, &format!("env.{name}"), value),
        _ => None,
    };
    if let Some(reason) = reason {
        let message = format!("expected no secret in sessions, found variable {}, which {reason}", quote(name));
        let at = variable.get("name").unwrap_or(variable);
        cx.add(cx.finding(&ENVIRONMENT, message, at).arg("variable", quote(name)));
    }
}

/// Text in angle brackets: nothing was filled in.
fn is_placeholder(text: &str) -> bool {
    text.starts_with('<') && text.ends_with('>')
}
