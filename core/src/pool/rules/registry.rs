//! How images are pulled.
//!
//! What it checks: `registryCredentials`.
//! Why it matters: a password has to be kept and rotated; an identity has none.
//! Reference: the article's practice of rotating credentials; SessionPools.json.

use super::{article, specification};
use crate::pool::context::{Context, Pool};
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static PASSWORD: Rule = Rule {
    id: "pool-registry-password",
    aliases: &[],
    title: "images are pulled with a password",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `passwordSecretRef` and `username` of the registry."),
    why: crate::page!(
        "A password has to be kept secret and rotated; an identity with the life cycle `None` does the same without one."
    ),
    bad: crate::page!("\"username\": \"registry\", \"passwordSecretRef\": \"password\""),
    good: crate::page!("\"identity\": \"<resource id>\""),
    citation: article("Security: regularly rotate session credentials"),
};

pub(crate) static BOTH: Rule = Rule {
    id: "pool-registry-password-and-identity",
    aliases: &[],
    title: "a registry with both a password and an identity",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for registry credentials with `identity` and `passwordSecretRef`."),
    why: crate::page!("The registry takes one of the two; which counts is not documented."),
    bad: crate::page!("\"identity\": \"...\", \"passwordSecretRef\": \"password\""),
    good: crate::page!("\"identity\": \"...\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

/// Registry credentials.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    let Some(credentials) = pool.properties.at("customContainerTemplate.registryCredentials") else { return };
    if credentials.missing().is_some() {
        return cx.doubt(&BOTH, "properties.customContainerTemplate.registryCredentials", credentials);
    }
    let Some(password) = credentials.get("passwordSecretRef") else { return };
    cx.add(cx.finding(&PASSWORD, "expected an `identity` for the registry, found a password", password));
    if let Some(identity) = credentials.get("identity") {
        let message = "expected a password or an identity for the registry, found both";
        let finding = cx.finding(&BOTH, message, identity);
        cx.add(finding.related(cx.span(&password.range), "the password"));
    }
}
