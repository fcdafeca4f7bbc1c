//! The command lines of the article: the role assignment and the token.
//!
//! What it checks: the exact role, a scope no wider than the pool, the exact resource of the token.
//! Why it matters: a wider role or scope gives away more than sessions; another resource gives a token that is refused.
//! Reference: Use dynamic sessions in Azure Container Apps, Authentication and authorization.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, article};
use crate::quote::quote;
use crate::session::request::Command;
use crate::{Document, Finding, Rule, Severity};

pub(crate) static ROLE: Rule = Rule {
    id: "role-not-executor",
    aliases: &[],
    title: "the role is not the session executor's",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Compares `--role` with `Azure ContainerApps Session Executor` and its id, \
          0fb8eba5-a2bb-4abe-b1c1-49dfad359bb0."
    ),
    why: crate::page!("Other roles do not let the identity call the pool's API, or let it do much more."),
    bad: crate::page!("--role Contributor"),
    good: crate::page!("--role \"Azure ContainerApps Session Executor\""),
    citation: article("Authentication and authorization"),
};

pub(crate) static SCOPE: Rule = Rule {
    id: "role-scope-too-wide",
    aliases: &[],
    title: "the role is given beyond the pool",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Reads `--scope`: the resource id of one session pool. `--resource-group` and nothing at all are wider."
    ),
    why: crate::page!("The identity can enter the sessions of every pool in the scope, those made later included."),
    bad: crate::page!("--scope /subscriptions/00000000-0000-0000-0000-000000000000"),
    good: crate::page!("--scope /subscriptions/.../resourceGroups/g/providers/Microsoft.App/sessionPools/p"),
    citation: article("Authentication and authorization"),
};

pub(crate) static RESOURCE: Rule = Rule {
    id: "token-resource",
    aliases: &[],
    title: "the token is asked for another resource",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `--resource`, or `--scope` with `/.default`, with `https://dynamicsessions.io`."),
    why: crate::page!("The token's audience will be another, and the pool's API refuses it with 401."),
    bad: crate::page!("az account get-access-token --resource https://management.azure.com"),
    good: crate::page!("az account get-access-token --resource https://dynamicsessions.io"),
    citation: article("Authentication and authorization"),
};

/// The role that the article names.
pub(in crate::session) const EXECUTOR_NAME: &str = "Azure ContainerApps Session Executor";
/// What a token is asked for with `--resource`.
pub(in crate::session) const RESOURCE_OF_TOKEN: &str = "https://dynamicsessions.io";
/// What a token is asked for with `--scope`.
pub(in crate::session) const SCOPE_OF_TOKEN: &str = "https://dynamicsessions.io/.default";
const EXECUTOR: [&str; 2] = [EXECUTOR_NAME, "0fb8eba5-a2bb-4abe-b1c1-49dfad359bb0"];

/// Findings about `az` commands.
pub(in crate::session) fn check(commands: &[Command], document: &Document<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for command in commands {
        let whole = document.span(command.range.clone());
        match command.name.as_str() {
            "az role assignment create" => {
                let role = command.option(&["--role"]);
                if !role.as_ref().is_some_and(|(role, _)| EXECUTOR.iter().any(|known| known.eq_ignore_ascii_case(role)))
                {
                    let found = role.as_ref().map_or_else(|| "none".into(), |(role, _)| quote(role));
                    let span = role.map_or(whole.clone(), |(_, range)| document.span(range));
                    findings.push(
                        Finding::new(&ROLE, format!("expected `Azure ContainerApps Session Executor`, found {found}"))
                            .at(span),
                    );
                }
                let scope = command.option(&["--scope"]);
                let placeholder = scope.as_ref().is_some_and(|(scope, _)| scope.starts_with('<'));
                if !placeholder && !scope.as_ref().is_some_and(|(scope, _)| is_pool(scope)) {
                    let found = scope.as_ref().map_or_else(|| "none".into(), |(scope, _)| quote(scope));
                    let span = scope.map_or(whole, |(_, range)| document.span(range));
                    findings.push(
                        Finding::new(&SCOPE, format!("expected the resource id of a session pool, found {found}"))
                            .at(span),
                    );
                }
            }
            "az account get-access-token" => {
                let resource = command.option(&["--resource"]).map(|(text, range)| (text, range, RESOURCE_OF_TOKEN));
                let asked = resource
                    .or_else(|| command.option(&["--scope"]).map(|(text, range)| (text, range, SCOPE_OF_TOKEN)));
                match asked {
                    Some((text, _, expected)) if text == expected => {}
                    Some((text, range, expected)) => {
                        let message = format!("expected `{expected}`, found {}", quote(text));
                        findings.push(Finding::new(&RESOURCE, message).at(document.span(range)));
                    }
                    None => findings.push(
                        Finding::new(&RESOURCE, "expected `--resource https://dynamicsessions.io`, found no resource: the token will be Azure Resource Manager's")
                            .at(whole),
                    ),
                }
            }
            _ => {}
        }
    }
    findings
}

/// Whether a scope is the resource id of one session pool.
fn is_pool(scope: &str) -> bool {
    let parts: Vec<&str> = scope.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        [subscriptions, _, groups, _, providers, namespace, pools, name] => {
            subscriptions.eq_ignore_ascii_case("subscriptions")
                && groups.eq_ignore_ascii_case("resourceGroups")
                && providers.eq_ignore_ascii_case("providers")
                && namespace.eq_ignore_ascii_case("Microsoft.App")
                && pools.eq_ignore_ascii_case("sessionPools")
                && !name.is_empty()
        }
        _ => false,
    }
}
