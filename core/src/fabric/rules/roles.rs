//! Client roles, and booleans that are not what they look like.
//!
//! What it checks: whether client roles are in effect, and that booleans say `true` or `false`.
//! Why it matters: without client roles every accepted client has every right.
//! Reference: SecurityConfig.h:207,353; SecuritySettings.cpp:963-970; Config.h:57-120.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::source;
use crate::fabric::Declared;
use crate::fabric::parameter::{PARAMETERS, ValueKind};
use crate::fabric::setting::is_doubtful_boolean;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Edit, Finding, Kind, Rule, Severity, Span};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

pub(crate) static CLIENT_ROLES_OFF: Rule = Rule {
    id: "client-roles-off",
    aliases: &[],
    title: "client roles are not in effect",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks at `ClientRoleEnabled` where clients are declared."),
    why: crate::page!(
        "The default is false, and then every accepted client has every right: a certificate in \
          `ClientCertThumbprints` is as strong as one in `AdminClientCertThumbprints`."
    ),
    bad: crate::page!("<Section Name=\"Security\"> without ClientRoleEnabled"),
    good: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"true\" />"),
    citation: source("src/prod/src/ServiceModel/transport/SecuritySettings.cpp:963-970"),
};

pub(crate) static BOOLEAN: Rule = Rule {
    id: "boolean-not-true-or-false",
    aliases: &[],
    title: "a boolean is neither `true` nor `false`",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Reads the boolean parameters of sections `Security` and `Federation`."),
    why: crate::page!(
        "Only `true`, in any case, is true. Everything else, `1`, `yes` and ` true` included, is false without an error."
    ),
    bad: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"1\" />"),
    good: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"true\" />"),
    citation: source("src/prod/src/Common/Config.h:57-120"),
};

/// Findings about roles and booleans.
pub(in crate::fabric) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for known in PARAMETERS.iter().filter(|known| known.kind == ValueKind::Bool && !known.deprecated) {
        let name = known.name;
        let Some(parameter) = settings.manifest().parameter(known.section, name) else { continue };
        let text = parameter.value.text();
        if is_doubtful_boolean(text) {
            let span = parameter.value.whole();
            let finding = Finding::new(
                &BOOLEAN,
                format!("expected `true` or `false` in `{name}`, found {}, which is read as false", quote(text)),
            )
            .at(span.clone())
            .arg("setting", name)
            .arg("found", text)
            .help("write `true` or `false`");
            let meant = matches!(text.trim().to_ascii_lowercase().as_str(), "1" | "yes" | "on" | "true" | "y" | "t");
            findings.push(if meant {
                finding.fix("Write `true`", Vec::from([Edit { span, text: String::from("true") }]))
            } else {
                finding
            });
        }
    }
    let clients = [Declared::Client, Declared::AdminClient];
    let declared = clients.into_iter().find_map(|declared| {
        let list = settings.thumbprints_of(declared).map(|setting| setting.parameter);
        list.or_else(|| settings.common_names(declared).first().copied())
    });
    if let Some(parameter) = declared
        && !settings.roles_in_effect()
    {
        let finding = Finding::new(
            &CLIENT_ROLES_OFF,
            "client roles are not in effect, so every accepted client has every right, `user` and `admin` alike",
        )
        .at(settings.security("ClientRoleEnabled").unwrap_or(parameter).span())
        .help("set `ClientRoleEnabled` to true");
        findings.push(match settings.security("ClientRoleEnabled") {
            Some(written) => {
                let span = written.value.whole();
                finding.fix("Set ClientRoleEnabled to true", Vec::from([Edit { span, text: String::from("true") }]))
            }
            None => {
                let before = parameter.span();
                let span = Span { end: before.start, ..before };
                let text = String::from("<Parameter Name=\"ClientRoleEnabled\" Value=\"true\" />");
                let is_list = parameter.name.is(Declared::Client.thumbprints())
                    || parameter.name.is(Declared::AdminClient.thumbprints());
                // Only next to a parameter of section `Security` itself is the place known to be right.
                match is_list {
                    true => finding.fix("Turn client roles on", Vec::from([Edit { span, text }])),
                    false => finding,
                }
            }
        });
    }
    findings
}
