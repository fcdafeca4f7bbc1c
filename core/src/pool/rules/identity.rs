//! Identities that code in a session can use.
//!
//! What it checks: `managedIdentitySettings`, together with egress and the identities assigned to the pool.
//! Why it matters: with the life cycle `Main` anything in a session can get tokens of the identity.
//! Reference: session-pool.md, managed identity; SessionPools.json, ManagedIdentitySetting.

use alloc::format;
use alloc::string::ToString as _;

use super::{article, specification};
use crate::arm::setting::Setting;
use crate::pool::answer::Egress;
use crate::pool::context::{Context, Pool, fixed};
use crate::pool::rules::network;
use crate::quote::quote;
use crate::{Citation, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static MAIN_WITH_EGRESS: Rule = Rule {
    id: "pool-identity-reachable-with-egress",
    aliases: &[],
    title: "code in a session can take tokens of an identity to the internet",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for an identity with the life cycle `Main` in a pool with egress."),
    why: crate::page!(
        "Critical: untrusted code can get a token of the identity and send it anywhere. Of the combined faults of a pool this is the worst."
    ),
    bad: crate::page!("\"lifecycle\": \"Main\" with \"status\": \"EgressEnabled\""),
    good: crate::page!("\"lifecycle\": \"None\" with \"status\": \"EgressDisabled\""),
    citation: article("Use managed identity: code in a session can create tokens"),
};

pub(crate) static MAIN: Rule = Rule {
    id: "pool-identity-reachable",
    aliases: &[],
    title: "code in a session can use an identity",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for identities with the life cycle `Main`. `az containerapp sessionpool create --mi-system-assigned` writes it."
    ),
    why: crate::page!(
        "Anything that runs in a session can get tokens of the identity; with `None` the identity only pulls images."
    ),
    bad: crate::page!("\"lifecycle\": \"Main\""),
    good: crate::page!("\"lifecycle\": \"None\""),
    citation: article("Use managed identity: access to resources is disabled by default"),
};

pub(crate) static UNASSIGNED: Rule = Rule {
    id: "pool-identity-not-assigned",
    aliases: &[],
    title: "an identity that is not assigned to the pool",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `managedIdentitySettings` with the identities of the resource."),
    why: crate::page!("The settings take effect for identities of the resource only."),
    bad: crate::page!("\"identity\": \"system\" without \"identity\": { \"type\": \"SystemAssigned\" }"),
    good: crate::page!("\"identity\": \"system\" with \"identity\": { \"type\": \"SystemAssigned\" }"),
    citation: specification(
        "resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json, ManagedIdentitySetting",
    ),
};

pub(crate) static UNWRITTEN: Rule = Rule {
    id: "pool-identity-lifecycle-unwritten",
    aliases: &[],
    title: "whether code can use the identity is not written",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for identities without a `lifecycle`, and for assigned ones without settings."),
    why: crate::page!(
        "The default is `None`. The command line writes `Main` when it assigns an identity, and a GET may leave the settings out: absence in a response is no proof of `None`."
    ),
    bad: crate::page!("{ \"identity\": \"system\" }"),
    good: crate::page!("{ \"identity\": \"system\", \"lifecycle\": \"None\" }"),
    citation: specification(
        "resource-manager/Microsoft.App/ContainerApps/stable/2026-01-01/SessionPools.json, ManagedIdentitySetting",
    ),
};

pub(crate) static CUSTOM_ONLY: Rule = Rule {
    id: "pool-identity-custom-only",
    aliases: &[],
    title: "identity settings of a pool without custom containers",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares `managedIdentitySettings` with the container type."),
    why: crate::page!(
        "Only pools of custom containers have them, by the Terraform provider; what the service does with others is not documented."
    ),
    bad: crate::page!("\"containerType\": \"PythonLTS\" with \"managedIdentitySettings\""),
    good: crate::page!("\"containerType\": \"CustomContainer\" with \"managedIdentitySettings\""),
    citation: Citation::new("hashicorp/terraform-provider-azurerm", "container_app_session_pool"),
};

/// The items of `managedIdentitySettings`.
pub(in crate::pool) fn settings<'s>(pool: &Pool<'s>) -> impl Iterator<Item = &'s Setting> + use<'s> {
    pool.properties.get("managedIdentitySettings").map(Setting::items).unwrap_or_default().iter()
}

/// Identities of sessions.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    if let Some(of) = pool.properties.get("managedIdentitySettings") {
        if of.missing().is_some() {
            cx.doubt(&MAIN, "properties.managedIdentitySettings", of);
        }
        if pool.custom == Some(false) && !of.items().is_empty() {
            cx.add(cx.finding(
                &CUSTOM_ONLY,
                "expected these settings with custom containers only, found them without",
                of,
            ));
        }
    }
    for item in settings(pool) {
        lifecycle(item, pool, cx);
        assigned(item, pool, cx);
    }
    let kind = pool.resource.get("identity").and_then(|identity| identity.get("type"));
    let has = kind.and_then(Setting::text).is_some_and(|kind| !kind.eq_ignore_ascii_case("None"));
    if let Some(kind) = kind.filter(|_| has && !pool.patch && pool.properties.get("managedIdentitySettings").is_none())
    {
        let message = "expected `managedIdentitySettings` for the identities of the pool, found none";
        cx.add(cx.finding(&UNWRITTEN, message, kind));
        cx.assumptions.insert("an identity without settings has the life cycle `None`, as specified".into());
    }
}

fn lifecycle(item: &Setting, pool: &Pool<'_>, cx: &mut Context<'_>) {
    if item.missing().is_some() {
        return cx.doubt(&MAIN, "properties.managedIdentitySettings", item);
    }
    let Some(lifecycle) = item.get("lifecycle") else {
        cx.add(cx.finding(&UNWRITTEN, "expected a `lifecycle` for the identity, found none", item));
        cx.assumptions.insert("an identity without settings has the life cycle `None`, as specified".into());
        return;
    };
    if lifecycle.missing().is_some() {
        return cx.doubt(&MAIN, "properties.managedIdentitySettings.lifecycle", lifecycle);
    }
    if !lifecycle.text().is_some_and(|text| text.eq_ignore_ascii_case("Main")) {
        return;
    }
    let name = item.get("identity").filter(|name| !name.secure).and_then(Setting::text).unwrap_or("an identity");
    let edits = cx.replace(lifecycle, "\"None\"");
    let finding: Finding = match (network::egress(pool), network::status(pool)) {
        (Egress::Enabled, Some(status)) => {
            let message = format!(
                "critical: expected `None`, found `Main` for {} in a pool with egress: untrusted code can take tokens out",
                quote(name)
            );
            let finding = cx.finding(&MAIN_WITH_EGRESS, message, lifecycle);
            finding.related(cx.span(&status.range), "sessions reach the internet".to_string())
        }
        (egress, _) => {
            let message =
                format!("expected `None`, found `Main` for {}: what runs in a session can get its tokens", quote(name));
            let finding = cx.finding(&MAIN, message, lifecycle);
            if matches!(egress, Egress::Unknown) {
                finding.help("with egress this is critical; whether it is on isn't known")
            } else {
                finding
            }
        }
    };
    cx.add(fixed(finding.arg("identity", quote(name)), "Write None", edits));
}

/// Whether the identity is one of the resource's.
fn assigned(item: &Setting, pool: &Pool<'_>, cx: &mut Context<'_>) {
    // PATCH leaves identities as they are, so they need not be in its body.
    let Some(name) = item.get("identity").filter(|_| !pool.patch && item.missing().is_none()) else { return };
    let of = pool.resource.get("identity");
    let kind = of.and_then(|of| of.get("type"));
    let Some(text) = name.text() else {
        // The same unknown in both places is the same identity.
        let symbol = name.missing().and_then(|unknown| unknown.symbol.as_ref()).map(|symbol| format!("[{symbol}]"));
        let written = cx.document.slice(name.range.clone());
        let keys = of.and_then(|of| of.get("userAssignedIdentities")).map(Setting::entries).unwrap_or_default();
        let same = keys.iter().any(|entry| {
            symbol.as_ref() == Some(&entry.key)
                || stripped(cx.document.slice(entry.key_range.clone())) == stripped(written)
        });
        if !same && name.missing().is_some() {
            cx.doubt(&UNASSIGNED, "properties.managedIdentitySettings.identity", name);
        }
        return;
    };
    if let Some(unknown) = [of, kind].into_iter().flatten().find(|setting| setting.missing().is_some()) {
        return cx.doubt(&UNASSIGNED, "identity", unknown);
    }
    let kind = kind.and_then(Setting::text).unwrap_or_default().to_ascii_lowercase();
    let system = text.eq_ignore_ascii_case("system");
    let found = if system {
        kind.contains("systemassigned")
    } else {
        let assigned = of.and_then(|of| of.get("userAssignedIdentities"));
        if let Some(assigned) = assigned.filter(|assigned| assigned.missing().is_some()) {
            return cx.doubt(&UNASSIGNED, "identity.userAssignedIdentities", assigned);
        }
        let keys = assigned.map(Setting::entries).unwrap_or_default();
        if let Some(open) = keys.iter().find(|entry| entry.key.starts_with('[')) {
            let fact = format!("the value of {}, which `identity.userAssignedIdentities` needs", quote(&open.key));
            return cx.need(&UNASSIGNED, fact);
        }
        kind.contains("userassigned") && keys.iter().any(|entry| entry.key.eq_ignore_ascii_case(text))
    };
    if !found {
        let shown = if name.secure { "an identity".to_string() } else { quote(text) };
        let message = format!("expected an identity that is assigned to the pool, found {shown}, which is not");
        cx.add(cx.finding(&UNASSIGNED, message, name).arg("identity", shown));
    }
}

/// An expression without quotes and blanks, to compare what is written.
fn stripped(text: &str) -> alloc::string::String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '"').collect()
}
