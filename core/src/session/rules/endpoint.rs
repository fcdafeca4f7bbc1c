//! Where a request goes (the article: session access; use secure transmission protocols).
//!
//! What it checks: the scheme, the host and the parts of the pool management endpoint.
//! Why it matters: the request carries a token that enters every session of the pool.
//! Reference: Use dynamic sessions in Azure Container Apps; RFC 3986, section 3.2.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{KINDS, article, page, specification};
use crate::quote::quote;
use crate::session::request::{Endpoint, Family, Read, Resemblance, Url, resemblance};
use crate::session::token::is_guid;
use crate::{Document, Finding, Rule, Severity};

pub(crate) static NOT_HTTPS: Rule = Rule {
    id: "request-not-https",
    aliases: &[],
    title: "the request is not sent by HTTPS",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the scheme of the URL."),
    why: crate::page!("The token and the identifier travel in the clear."),
    bad: crate::page!("http://eastus.dynamicsessions.io/..."),
    good: crate::page!("https://eastus.dynamicsessions.io/..."),
    citation: article("Security: use secure transmission protocols"),
};

pub(crate) static UNCHECKED: Rule = Rule {
    id: "request-certificate-unchecked",
    aliases: &[],
    title: "the client does not check whom it talks to",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `-k` and `--insecure` of `curl`."),
    why: crate::page!("Whoever stands between reads the token and the identifier, and HTTPS does not help."),
    bad: crate::page!("curl -k https://..."),
    good: crate::page!("curl https://..."),
    citation: article("Security: use secure transmission protocols"),
};

pub(crate) static TRUSTS: Rule = Rule {
    id: "request-redirect-trusted",
    aliases: &[],
    title: "the client sends the token to whatever host a redirect names",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `--location-trusted` of `curl`, unless `--no-location-trusted` follows."),
    why: crate::page!(
        "With `-L` curl keeps the header `Authorization` for the first host. With this option it goes to every host \
          that an answer names, and a custom container answers what the code in it likes."
    ),
    bad: crate::page!("curl --location-trusted -H \"Authorization: Bearer $TOKEN\" https://..."),
    good: crate::page!("curl --location -H \"Authorization: Bearer $TOKEN\" https://..."),
    citation: crate::Citation::new("curl.1", "--location-trusted"),
};

pub(crate) static HOST_DIFFERS: Rule = Rule {
    id: "request-host-differs",
    aliases: &[],
    title: "the header `Host` names another host than the URL",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the header `Host` with the host of the URL."),
    why: crate::page!("Proxies and gateways route by the header, so that token and identifier go elsewhere."),
    bad: crate::page!("Host: evil.example"),
    good: crate::page!("no header `Host` of one's own"),
    citation: crate::Citation::new("RFC 9112", "section 3.2.2"),
};

pub(crate) static LOOK_ALIKE: Rule = Rule {
    id: "request-host-looks-alike",
    aliases: &[],
    title: "the host looks like the service's and is not",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for the service's names in hosts that do not end in exactly `.dynamicsessions.io` or \
          `.azurecontainerapps.io`, misspelt names included."
    ),
    why: crate::page!("Whoever owns that host receives the token."),
    bad: crate::page!("https://eastus.dynamicsessions.io.evil.example/"),
    good: crate::page!("https://eastus.dynamicsessions.io/"),
    citation: article("Session access"),
};

pub(crate) static FOREIGN: Rule = Rule {
    id: "request-host-unknown",
    aliases: &[],
    title: "the host is no pool management endpoint",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for a host that ends in `.dynamicsessions.io` or `.azurecontainerapps.io`."),
    why: crate::page!(
        "What is not sent to the pool is not a request to a session; an application's own URL must not carry \
          identifiers."
    ),
    bad: crate::page!("https://app.example/run?identifier=..."),
    good: crate::page!("the value of the pool's poolManagementEndpoint"),
    citation: article("Session access"),
};

pub(crate) static USERINFO: Rule = Rule {
    id: "request-userinfo",
    aliases: &[],
    title: "the URL has a user name in front of the host",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `@` before the host."),
    why: crate::page!("What stands before it only looks like the host, and what is sent there is a password."),
    bad: crate::page!("https://eastus.dynamicsessions.io@evil.example/"),
    good: crate::page!("https://eastus.dynamicsessions.io/"),
    citation: crate::Citation::new("RFC 3986", "section 7.6"),
};

pub(crate) static PORT: Rule = Rule {
    id: "request-port",
    aliases: &[],
    title: "the URL names another port than 443",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the port."),
    why: crate::page!("The service listens on 443 only; the container's own port is never part of the URL."),
    bad: crate::page!("https://pool.environment.region.azurecontainerapps.io:8080/"),
    good: crate::page!("https://pool.environment.region.azurecontainerapps.io/"),
    citation: article("Forwarding requests to a session's container"),
};

pub(crate) static ADDRESS: Rule = Rule {
    id: "request-host-is-an-address",
    aliases: &[],
    title: "the host is an IP address",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for IPv4 and IPv6 addresses."),
    why: crate::page!(
        "No certificate of the service holds one, and the address the container listens on, 0.0.0.0, is not \
          reachable from outside."
    ),
    bad: crate::page!("http://0.0.0.0:8080/api/uploadfile"),
    good: crate::page!("https://pool.environment.region.azurecontainerapps.io/api/uploadfile"),
    citation: article("Forwarding requests to a session's container"),
};

pub(crate) static DOT: Rule = Rule {
    id: "request-host-trailing-dot",
    aliases: &[],
    title: "the host ends in a dot",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks at the last character of the host."),
    why: crate::page!("Allow-lists and caches that compare text take it for another host."),
    bad: crate::page!("https://eastus.dynamicsessions.io./"),
    good: crate::page!("https://eastus.dynamicsessions.io/"),
    citation: crate::Citation::new("RFC 3986", "section 3.2.2"),
};

pub(crate) static FORM: Rule = Rule {
    id: "request-endpoint-form",
    aliases: &[],
    title: "the path is not that of a pool",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads `/subscriptions/{id}/resourceGroups/{name}/sessionPools/{name}` behind a regional host."),
    why: crate::page!(
        "The service answers 404. The management endpoint has no `/providers/Microsoft.App`, unlike the resource's \
          id."
    ),
    bad: crate::page!(
        "https://eastus.dynamicsessions.io/subscriptions/.../resourceGroups/g/providers/Microsoft.App/sessionPools/p"
    ),
    good: crate::page!("https://eastus.dynamicsessions.io/subscriptions/.../resourceGroups/g/sessionPools/p"),
    citation: page("session-pool.md, pool management endpoint"),
};

pub(crate) static POOL_NAME: Rule = Rule {
    id: "request-pool-name",
    aliases: &[],
    title: "the pool's name can't be one",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Holds the name against 3 to 63 lower-case letters and digits that start with a letter; hyphens are a \
          finding of their own."
    ),
    why: crate::page!("No pool has such a name, so the endpoint was not copied from one."),
    bad: crate::page!("https://My_Pool..."),
    good: crate::page!("mypool"),
    citation: specification("Microsoft.App sessionPools 2026-01-01, sessionPoolName"),
};

pub(crate) static POOL_HYPHEN: Rule = Rule {
    id: "request-pool-name-hyphen",
    aliases: &[],
    title: "the pool's name has a hyphen",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for hyphens in a name that is otherwise well formed."),
    why: crate::page!(
        "The specification's pattern has none, the documentation's samples do; which is enforced is undocumented."
    ),
    bad: crate::page!("my-session-pool"),
    good: crate::page!("mysessionpool"),
    citation: specification("Microsoft.App sessionPools 2026-01-01, sessionPoolName"),
};

/// Findings about where the request goes.
pub(in crate::session) fn check(
    read: &Read,
    url: &Url<'_>,
    endpoint: &Endpoint<'_>,
    document: &Document<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let host = document.span(read.place(url.host_range.clone()));
    let mut add = |rule, message: String| findings.push(Finding::new(rule, message).at(host.clone()));
    if !url.scheme.eq_ignore_ascii_case("https") {
        add(&NOT_HTTPS, format!("expected `https`, found {}", quote(url.scheme)));
    }
    if let Some(header) = read.header("host").filter(|header| {
        let named = header.value.split(':').next().unwrap_or_default();
        !named.eq_ignore_ascii_case(url.host)
    }) {
        add(
            &HOST_DIFFERS,
            format!("expected the host of the URL, found {} in the header `Host`", quote(&header.value)),
        );
    }
    if url.userinfo.is_some() {
        add(&USERINFO, format!("expected the host behind `://`, found a user name; the host is {}", quote(url.host)));
    }
    if let Some(port) = url.port.filter(|port| !port.is_empty() && *port != "443") {
        add(&PORT, format!("expected port 443, found {}", quote(port)));
    }
    let address = url.host.starts_with('[')
        || (url.host.contains('.') && url.host.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    if address {
        add(&ADDRESS, format!("expected the name of a pool's endpoint, found the address {}", quote(url.host)));
    } else if endpoint.family == Family::Unknown {
        match resemblance(url.host) {
            Resemblance::LooksAlike => add(
                &LOOK_ALIKE,
                format!(
                    "expected `<region>.dynamicsessions.io` or `<pool>.<environment>.<region>.azurecontainerapps.io`, found {}",
                    quote(url.host)
                ),
            ),
            Resemblance::Foreign => {
                add(&FOREIGN, format!("expected a pool's management endpoint, found {}", quote(url.host)))
            }
        }
    }
    if let Some(option) = &read.unchecked {
        let message = "expected the server's certificate to be checked, found an option that switches it off";
        findings.push(Finding::new(&UNCHECKED, message).at(document.span(option.clone())));
    }
    if let Some(option) = &read.trusted {
        let message = "expected the token to stay with one host, found an option that sends it where a redirect points";
        findings.push(Finding::new(&TRUSTS, message).at(document.span(option.clone())));
    }
    let mut add = |rule, message: String| findings.push(Finding::new(rule, message).at(host.clone()));
    if url.host.ends_with('.') {
        add(&DOT, format!("expected no dot at the end, found {}", quote(url.host)));
    }
    if endpoint.family == Family::CodeInterpreter {
        let guid = endpoint.subscription.is_some_and(is_guid);
        let group = endpoint.resource_group.is_some_and(|group| (1..=90).contains(&group.len()));
        if endpoint.rest.is_none() || !guid || !group {
            let found = quote(url.path);
            let finding = Finding::new(
                &FORM,
                format!("expected `/subscriptions/<guid>/resourceGroups/<name>/sessionPools/<name>`, found {found}"),
            );
            findings.push(
                finding
                    .at(document.span(read.place(url.path_range.clone())))
                    .help("copy `properties.poolManagementEndpoint` of the pool"),
            );
        }
    }
    if let Some(pool) = endpoint.pool {
        let bare = pool.replace('-', "");
        let fits = (3..=63).contains(&pool.len())
            && bare.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && pool.starts_with(|first: char| first.is_ascii_lowercase());
        let message = |expected| format!("expected {expected}, found {}", quote(pool));
        if !fits {
            findings.push(
                Finding::new(&POOL_NAME, message("3 to 63 lower-case letters and digits, a letter first"))
                    .at(host.clone()),
            );
        } else if bare.len() != pool.len() {
            findings.push(Finding::new(&POOL_HYPHEN, message("letters and digits only")).at(host.clone()));
        }
    }
    findings
}
