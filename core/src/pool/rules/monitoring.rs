//! Whether anybody can see what sessions do.
//!
//! What it checks: where the environment of a pool of custom containers sends its logs; API keys of MCP servers.
//! Why it matters: misuse of an identifier shows in logs, or nowhere.
//! Reference: the article's practices of monitoring and of rotating credentials; monitoring of session pools.

use super::article;
use crate::arm::setting::Setting;
use crate::pool::context::{Context, Pool};
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static NOWHERE: Rule = Rule {
    id: "pool-logs-not-collected",
    aliases: &[],
    title: "the environment of the pool keeps no logs",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Reads `appLogsConfiguration.destination` of managed environments in the template."),
    why: crate::page!(
        "Sessions of custom containers write to the environment's logs; without a destination nobody sees misuse."
    ),
    bad: crate::page!("\"appLogsConfiguration\": { \"destination\": \"none\" }"),
    good: crate::page!("\"appLogsConfiguration\": { \"destination\": \"log-analytics\", ... }"),
    citation: article("Security: monitor session activity; Logging"),
};

pub(crate) static UNSEEN: Rule = Rule {
    id: "pool-logs-not-shown",
    aliases: &[],
    title: "where the logs go is not part of the configuration",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for the environment of a pool of custom containers in the configuration."),
    why: crate::page!(
        "Logs of sessions (AppEnvSessionConsoleLogs, AppEnvSessionLifecycleLogs, AppEnvSessionPoolEvents) are set up in the environment; look there."
    ),
    bad: crate::page!("a pool alone"),
    good: crate::page!("a template with the environment too"),
    citation: article("Security: monitor session activity; Logging"),
};

pub(crate) static INTERPRETER: Rule = Rule {
    id: "pool-interpreter-without-logs",
    aliases: &[],
    title: "code interpreters write no logs of their own",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Reads the container type."),
    why: crate::page!(
        "Sessions of code interpreters do not write to the environment's tables: what they do has to be logged by the application that calls them."
    ),
    bad: crate::page!("\"containerType\": \"PythonLTS\", no logs in the application"),
    good: crate::page!("\"containerType\": \"PythonLTS\", each request logged without its identifier"),
    citation: article("Logging: containers of sessions"),
};

pub(crate) static KEY: Rule = Rule {
    id: "pool-mcp-key",
    aliases: &[],
    title: "an MCP server with an API key",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Reads `mcpServerSettings`."),
    why: crate::page!(
        "Whoever has the key can use the server. Rotate it; a key that was replaced may work for up to five more minutes."
    ),
    bad: crate::page!("\"isMcpServerEnabled\": true and a key that is never replaced"),
    good: crate::page!("a key that is rotated on a schedule"),
    citation: article("Security: regularly rotate session credentials"),
};

/// The type of a managed environment, in lower case.
pub(in crate::pool) const ENVIRONMENT: &str = "microsoft.app/managedenvironments";

/// Logs and keys. `environments` are those of the same configuration.
pub(in crate::pool) fn check(pool: &Pool<'_>, environments: &[&Setting], cx: &mut Context<'_>) {
    let mcp = pool.properties.get("mcpServerSettings").filter(|mcp| mcp.missing().is_none());
    let is = |key: &str| mcp.and_then(|mcp| mcp.get(key)).and_then(Setting::boolean) == Some(true);
    if let Some(mcp) = mcp.filter(|_| is("isMcpServerEnabled") && !is("isMcpServerApiKeyDisabled")) {
        cx.add(cx.finding(&KEY, "expected keys that are rotated, found an MCP server with an API key", mcp));
    }
    let Some(kind) = pool.properties.get("containerType").filter(|_| !pool.patch) else { return };
    match pool.custom {
        Some(false) => {
            cx.add(cx.finding(
                &INTERPRETER,
                "expected the application to log requests: the sessions write no logs",
                kind,
            ));
        }
        Some(true) if environments.is_empty() => {
            let message = "expected the environment's logs to be collected; the configuration doesn't show it";
            cx.add(cx.finding(&UNSEEN, message, kind));
        }
        Some(true) => {
            for environment in environments {
                destination(environment, cx);
            }
        }
        None => {}
    }
}

fn destination(environment: &Setting, cx: &mut Context<'_>) {
    let logs = environment.at("properties.appLogsConfiguration.destination");
    let finding = match logs {
        Some(setting) if setting.missing().is_some() => {
            return cx.doubt(&NOWHERE, "properties.appLogsConfiguration.destination", setting);
        }
        Some(setting) if setting.text().is_some_and(|text| text.eq_ignore_ascii_case("none") || text.is_empty()) => {
            cx.finding(&NOWHERE, "expected a destination of logs, found none", setting)
        }
        Some(_) => return,
        None => {
            let at = environment.range.start;
            let at = at..at.saturating_add(1);
            cx.finding_at(&NOWHERE, "expected `appLogsConfiguration.destination`, found no destination of logs", &at)
        }
    };
    cx.add(finding);
}
