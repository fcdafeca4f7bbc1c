//! The shape of a session pool: keys, types, enumerations, bounds, versions.
//!
//! What it checks: every key and value against the schema of the API version.
//! Why it matters: Azure Resource Manager tends to drop what it doesn't know, so a security setting with a misspelt key
//! is not in effect and nothing says so.
//! Reference: Azure/azure-rest-api-specs, SessionPools.json of each version.

use super::{page, specification};
use crate::arm::setting::Setting;
use crate::nearest::nearest;
use crate::pool::context::Context;
use crate::pool::version::{self, UNDESCRIBED, Version};
use crate::quote::quote;
use crate::{Citation, Kind, Rule, Severity};
pub(crate) mod text;

use alloc::format;

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static DROPPED: Rule = Rule {
    id: "pool-security-setting-dropped",
    aliases: &[],
    title: "a security setting stands where nothing reads it",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for keys that a security setting is meant by, but that the version does not have at that place."
    ),
    why: crate::page!(
        "Unknown keys tend to be dropped silently: the pool runs with the default, and the file says otherwise."
    ),
    bad: crate::page!("\"sessionNetworkConfiguraton\": { \"status\": \"EgressDisabled\" }"),
    good: crate::page!("\"sessionNetworkConfiguration\": { \"status\": \"EgressDisabled\" }"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static UNKNOWN: Rule = Rule {
    id: "pool-property-unknown",
    aliases: &[],
    title: "the version has no such property",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Holds every key against the schema of the API version and names the nearest known key."),
    why: crate::page!("Unknown keys tend to be dropped silently, so the setting is not in effect."),
    bad: crate::page!("\"scaleConfig\": { \"maxConcurrentSessions\": 10 }"),
    good: crate::page!("\"scaleConfiguration\": { \"maxConcurrentSessions\": 10 }"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static MISPLACED: Rule = Rule {
    id: "pool-property-misplaced",
    aliases: &[],
    title: "a property stands in the wrong object",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for keys that belong to another object of the pool."),
    why: crate::page!("At the wrong place it is an unknown key, and those tend to be dropped silently."),
    bad: crate::page!("\"dynamicPoolConfiguration\": { \"readySessionInstances\": 5 }"),
    good: crate::page!("\"scaleConfiguration\": { \"readySessionInstances\": 5 }"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static VERSION: Rule = Rule {
    id: "pool-property-of-other-version",
    aliases: &[],
    title: "a property of another API version",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares each property with the versions that have it."),
    why: crate::page!("A version that does not have it tends to drop it silently."),
    bad: crate::page!("version 2026-01-01 with \"executionType\": \"Timed\""),
    good: crate::page!("version 2026-01-01 with \"lifecycleConfiguration\": { \"lifecycleType\": \"Timed\" }"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static CASE: Rule = Rule {
    id: "pool-property-case",
    aliases: &[],
    title: "a key in another case than the specification's",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the case of keys with that of the specification."),
    why: crate::page!(
        "Azure Resource Manager generally matches keys in any case, but tools that read the file may not."
    ),
    bad: crate::page!("\"coolDownPeriodInSeconds\": 300"),
    good: crate::page!("\"cooldownPeriodInSeconds\": 300"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static TYPE: Rule = Rule {
    id: "pool-value-type",
    aliases: &[],
    title: "a value of another type",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the type of each value with the schema."),
    why: crate::page!("The service refuses the request, or converts the value in a way that is not documented."),
    bad: crate::page!("\"maxConcurrentSessions\": \"ten\""),
    good: crate::page!("\"maxConcurrentSessions\": 10"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static VALUE: Rule = Rule {
    id: "pool-value-unknown",
    aliases: &[],
    title: "a value that is not in the version's list",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares each enumeration with the values of the API version."),
    why: crate::page!(
        "The enumerations are declared extensible, so no tool complains; what the service makes of another value is not documented."
    ),
    bad: crate::page!("\"lifecycle\": \"All\""),
    good: crate::page!("\"lifecycle\": \"None\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static VALUE_CASE: Rule = Rule {
    id: "pool-value-case",
    aliases: &[],
    title: "a value in another case than the specification's",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the case of enumeration values with that of the specification."),
    why: crate::page!("Whether the service matches values in any case is not documented."),
    bad: crate::page!("\"status\": \"egressDisabled\""),
    good: crate::page!("\"status\": \"EgressDisabled\""),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static BOUNDS: Rule = Rule {
    id: "pool-value-out-of-bounds",
    aliases: &[],
    title: "a number outside of the published bounds",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares numbers with the bounds of the documentation and the specification."),
    why: crate::page!("The service refuses it."),
    bad: crate::page!("\"cooldownPeriodInSeconds\": 60"),
    good: crate::page!("\"cooldownPeriodInSeconds\": 300"),
    citation: page("session-pool.md, settings of a session pool"),
};

pub(crate) static READ_ONLY: Rule = Rule {
    id: "pool-property-read-only",
    aliases: &[],
    title: "a property that only the service writes",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for read-only properties in a request."),
    why: crate::page!(
        "They are ignored: the text was probably copied from a response, which leaves out secrets and may leave out identities."
    ),
    bad: crate::page!("\"provisioningState\": \"Succeeded\""),
    good: crate::page!("the request without it"),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

pub(crate) static PATCH: Rule = Rule {
    id: "pool-patch-cannot-change",
    aliases: &[],
    title: "PATCH does not change this",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the body of a PATCH with what the operation takes."),
    why: crate::page!(
        "PATCH takes scale, secrets, life, containers and network; anything else stays as it was, though the body says otherwise."
    ),
    bad: crate::page!("PATCH with \"managedIdentitySettings\""),
    good: crate::page!("PUT with \"managedIdentitySettings\""),
    citation: specification(
        "resource-manager/Microsoft.App/ContainerApps/preview/2025-10-02-preview/SessionPools.json, SessionPoolUpdatableProperties",
    ),
};

pub(crate) static API_VERSION: Rule = Rule {
    id: "pool-api-version-undescribed",
    aliases: &[],
    title: "an API version that is not known here",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the API version with those whose shape is known."),
    why: crate::page!(
        "Which properties such a version has can't be told, so the verdict stays open unless something is wrong in every version."
    ),
    bad: crate::page!("\"apiVersion\": \"2025-01-02\""),
    good: crate::page!("\"apiVersion\": \"2025-01-01\""),
    citation: Citation::new("Microsoft.App/sessionPools template reference", "API versions"),
};

pub(crate) static LEGACY: Rule = Rule {
    id: "pool-shape-deprecated",
    aliases: &[],
    title: "the life cycle in the shape of before 2025",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for `executionType` in versions that still have it."),
    why: crate::page!("Versions from 2025-01-01 on have `lifecycleConfiguration` instead, and drop the old keys."),
    bad: crate::page!("\"executionType\": \"Timed\", \"cooldownPeriodInSeconds\": 600"),
    good: crate::page!(
        "\"lifecycleConfiguration\": { \"lifecycleType\": \"Timed\", \"cooldownPeriodInSeconds\": 600 }"
    ),
    citation: specification("resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json"),
};

/// The version to judge by, if the name of one is known here.
pub(in crate::pool) fn check_version(name: &str, setting: Option<&Setting>, cx: &mut Context<'_>) -> Option<Version> {
    if let Some(version) = Version::named(name) {
        return Some(version);
    }
    let quoted = quote(name);
    let message = if name.eq_ignore_ascii_case(UNDESCRIBED) {
        format!("expected a version whose properties are known here, found {quoted}, which is newer")
    } else {
        format!("expected a version of Microsoft.App/sessionPools, found {quoted}")
    };
    let at = setting.map_or(0..0, |setting| setting.range.clone());
    let finding = cx.finding_at(&API_VERSION, message, &at).arg("version", quoted.clone());
    let near = nearest(name, version::names()).filter(|_| !name.eq_ignore_ascii_case(UNDESCRIBED));
    cx.add(match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    });
    cx.need(&DROPPED, format!("the properties of version {quoted}"));
    None
}
