//! Parameters of section `Security`, whoever they are about.
//!
//! What it checks: that every parameter exists, is not deprecated, and has a value of its kind.
//! Why it matters: a misspelt parameter leaves the default in place, and a value that looks right can mean another thing.
//! Reference: WindowsFabricSettings.cs:142-198,512-526; Config.h:57-120; Parse.cpp:188-383.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::source;
use crate::fabric::decimal::Decimal;
use crate::fabric::manifest::Parameter;
use crate::fabric::parameter::{KnownParameter, PARAMETERS, ValueKind, known};
use crate::fabric::setting::{after_number, double, integer, number};
use crate::fabric::settings::{SECURITY, Settings};
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Edit, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];
const VALIDATOR: &str =
    "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:512-526";

pub(crate) static UNKNOWN: Rule = Rule {
    id: "parameter-unknown",
    aliases: &[],
    title: "a security parameter is not known",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Compares the parameters of section `Security` with the ones that are known here, and shows the nearest."
    ),
    why: crate::page!(
        "The deployer refuses parameters that it does not know. One that a later version knows is none of these."
    ),
    bad: crate::page!("<Parameter Name=\"ClusterCertThumbprint\" Value=\"...\" />"),
    good: crate::page!("<Parameter Name=\"ClusterCertThumbprints\" Value=\"...\" />"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:142-185",
    ),
};

pub(crate) static DEPRECATED: Rule = Rule {
    id: "parameter-deprecated",
    aliases: &[],
    title: "a security parameter is deprecated",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for parameters that are marked as deprecated."),
    why: crate::page!(
        "The deployer warns. Most are still honoured; lists of common names have sections of their own now, in which \
          each name can be pinned to its issuers."
    ),
    bad: crate::page!("<Parameter Name=\"ClusterAllowedCommonNames\" Value=\"node.example\" />"),
    good: crate::page!(
        "<Section Name=\"Security/ClusterX509Names\"> with <Parameter Name=\"node.example\" Value=\"\" />"
    ),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:191-198",
    ),
};

pub(crate) static NOT_A_NUMBER: Rule = Rule {
    id: "value-not-a-number",
    aliases: &[],
    title: "a value is not a number",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Reads numbers as the runtime does: decimal or `0x`, not negative; and time spans: not negative."
    ),
    why: crate::page!("The deployer refuses the manifest; a runtime that met such a value would end its process."),
    bad: crate::page!("<Parameter Name=\"CrlCheckingFlag\" Value=\"-1\" />"),
    good: crate::page!("<Parameter Name=\"CrlCheckingFlag\" Value=\"0x40000000\" />"),
    citation: source(VALIDATOR),
};

pub(crate) static HAS_UNIT: Rule = Rule {
    id: "value-timespan-has-unit",
    aliases: &[],
    title: "a time span has more than a number",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for text behind the number of a time span, or instead of it."),
    why: crate::page!(
        "Time spans are numbers of seconds. The runtime stops at the first character that it does not know: `60 minutes` \
          is 60 seconds, and `PT30M` is none. The deployer refuses both."
    ),
    bad: crate::page!("<Parameter Name=\"CrlDisablePeriod\" Value=\"60 minutes\" />"),
    good: crate::page!("<Parameter Name=\"CrlDisablePeriod\" Value=\"3600\" />"),
    citation: source("src/prod/src/Common/Parse.cpp:258-372"),
};

/// Findings about the parameters of section `Security`.
pub(in crate::fabric) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for parameter in settings.section_parameters(SECURITY) {
        let name = parameter.name.text();
        match known(SECURITY, name) {
            None => findings.push(unknown(parameter)),
            Some(known) => {
                if known.deprecated {
                    let message = format!("`{}` is deprecated", known.name);
                    let help = match known.name.contains("CommonNames") || known.name.contains("Issuers") {
                        true => "declare the names in the section `Security/...X509Names`, each with its issuers",
                        false => "remove it: it has no effect",
                    };
                    findings.push(
                        Finding::new(&DEPRECATED, message).at(parameter.name.whole()).arg("name", name).help(help),
                    );
                }
                findings.extend(value(known, parameter));
            }
        }
    }
    findings
}

fn unknown(parameter: &Parameter<'_>) -> Finding {
    let name = parameter.name.text();
    let names = PARAMETERS.iter().filter(|known| known.section == SECURITY && !known.internal).map(|known| known.name);
    let finding =
        Finding::new(&UNKNOWN, format!("{} is not a parameter of section `Security` that is known", quote(name)))
            .at(parameter.name.whole())
            .arg("name", name);
    match nearest(name.trim(), names) {
        Some(near) => finding
            .help(format!("did you mean `{near}`?"))
            .fix(format!("Write {near}"), Vec::from([Edit { span: parameter.name.whole(), text: near.to_string() }])),
        None => finding.help("check its name in the documentation of the cluster's settings"),
    }
}

fn value(known: &KnownParameter, parameter: &Parameter<'_>) -> Option<Finding> {
    let text = parameter.value.text();
    if text.is_empty() {
        return None;
    }
    let found = |rule, message: String| {
        Finding::new(rule, message).at(parameter.value.whole()).arg("name", known.name).arg("found", text)
    };
    match known.kind {
        ValueKind::Number if number(text).is_none() => {
            let message = format!("expected a number as `{}`, found {}", known.name, quote(text));
            Some(found(&NOT_A_NUMBER, message).help("write a decimal number, or `0x` and a hexadecimal one"))
        }
        ValueKind::TimeSpan if double(text).is_negative() => {
            let message =
                format!("expected a number of seconds as `{}`, found the negative {}", known.name, quote(text));
            Some(found(&NOT_A_NUMBER, message).help("write seconds that are not negative"))
        }
        ValueKind::Number | ValueKind::TimeSpan if known.least().is_some() && known.ends_the_process(text) => {
            let least = known.least().unwrap_or_default();
            let mut message = format!("expected at least {least} as `{}`, found {}", known.name, quote(text));
            if let (ValueKind::Number, Some(read)) =
                (known.kind, number(text).filter(|_| integer(text) > Some(i64::from(least))))
            {
                message = format!("{message}, which is cut to 32 bits: {read}");
            }
            Some(found(&NOT_A_NUMBER, message).help("write a larger number, or leave the parameter out"))
        }
        ValueKind::TimeSpan => {
            let rest = after_number(text);
            if rest.is_empty() {
                return None;
            }
            let message = format!(
                "expected a number of seconds as `{}`, found {}, which is read as {} seconds",
                known.name,
                quote(text),
                double(text)
            );
            let finding = found(&HAS_UNIT, message).help("write the number of seconds alone");
            let Some(seconds) = in_seconds(double(text), rest) else { return Some(finding) };
            let edit = parameter.value.edit(0..text.len(), &format!("{seconds}"));
            Some(finding.fix(format!("Write {seconds}"), Vec::from([edit])))
        }
        _ => None,
    }
}

/// The seconds of a number with a unit that people write.
fn in_seconds(number: Decimal, unit: &str) -> Option<Decimal> {
    let seconds = match unit.to_ascii_lowercase().trim_end_matches('s') {
        "" | "sec" | "second" => 1,
        "m" | "min" | "minute" => 60,
        "h" | "hr" | "hour" => 3_600,
        "d" | "day" => 86_400,
        _ => return None,
    };
    Some(number.times(seconds))
}
