//! Where another runtime, platform or connection, or the public article, would have it otherwise.
//!
//! What it checks: the same certificates by the same rules under the other profile, and the article's statements that
//! the source refines, as far as they bear on the case.
//! Why it matters: somebody who read the article, or who runs another version, expects another answer.
//! Reference: the release notes of 7.0 CU4, 7.1 CU1, 7.2 CU4 and 11.0; CryptoUtility.Linux.cpp:1657-2024; the article.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{article, source};
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::fabric::judge::Judgement;
use crate::fabric::matrix::{Judged, row};
use crate::fabric::presentation::{Decided, FindType, Installed, Yield};
use crate::fabric::settings::{SECURITY, Settings};
use crate::fabric::subject::is_named;
use crate::fabric::thumbprint::FaultKind;
use crate::fabric::{Connection, Declared, Platform, Role, Runtime};
use crate::{Finding, Kind, Rule, Severity, Time, Verdict};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

pub(crate) static RUNTIME: Rule = Rule {
    id: "differs-by-runtime",
    title: "another version of the runtime decides otherwise",
    severity: Severity::Info,
    kinds: KINDS,
    aliases: &[],
    what: crate::page!("Decides the same case with the other runtime profile: `6.5`, the public source, or `current`."),
    why: crate::page!(
        "Node-to-node revocation settings moved in 7.0 CU4, expired self-signed certificates can be accepted from 7.1, \
          certificates are chosen by NotBefore from 7.2 CU4, CNG keys are used from 11.0. A cluster that is upgraded \
          changes its answer."
    ),
    bad: crate::page!("a key of a CNG provider: usable with `current`, `NTE_BAD_PROV_TYPE` with `6.5`"),
    good: crate::page!("a key of a CAPI1 provider, which both use"),
    citation: source("release_notes/Service-Fabric-70CU4-releasenotes.md:44, Service-Fabric-72CU4.md:31-37"),
};

pub(crate) static PLATFORM: Rule = Rule {
    id: "differs-by-platform",
    title: "the other platform decides otherwise",
    severity: Severity::Info,
    kinds: KINDS,
    aliases: &[],
    what: crate::page!("Decides the same case on Linux, or on Windows."),
    why: crate::page!(
        "Windows looks at a certificate after the handshake, Linux lets OpenSSL do it: a pin does not forgive an untrusted \
          root there, alternative names replace the common name, and revocation is not checked by default."
    ),
    bad: crate::page!("a name pinned to an issuer of a private PKI: accepted on Windows, refused on Linux"),
    good: crate::page!("the root in the trust store of every node, which both accept"),
    citation: source("src/prod/src/Common/CryptoUtility.Linux.cpp:1657-2024"),
};

pub(crate) static CONNECTION: Rule = Rule {
    id: "differs-by-connection",
    title: "the other gateway decides otherwise",
    severity: Severity::Info,
    kinds: &[Kind::Peer],
    aliases: &[],
    what: crate::page!("Decides the same case on the HTTP gateway (19080), or on the gateway (19000)."),
    why: crate::page!(
        "Both have the same rules. On Linux the HTTP gateway accepts a listed thumbprint whatever OpenSSL says, an expired \
          or revoked certificate included."
    ),
    bad: crate::page!("an expired certificate whose thumbprint is listed, on Linux"),
    good: crate::page!("the same certificate before it expires"),
    citation: source("src/prod/src/Common/CryptoUtility.Linux.cpp:1828-1918"),
};

pub(crate) static ARTICLE: Rule = Rule {
    id: "differs-from-article",
    title: "the public article reads otherwise",
    severity: Severity::Info,
    kinds: KINDS,
    aliases: &[],
    what: crate::page!(
        "Looks for what the article states and the source refines or contradicts, where the case shows it."
    ),
    why: crate::page!(
        "The report follows the runtime. Who goes by the article expects another result or another code."
    ),
    bad: crate::page!("groups of four digits, which the article's \"all whitespace is ignored\" seems to allow"),
    good: crate::page!("digits without blanks, which both read alike"),
    citation: article("the statements as they are numbered in the cases"),
};

/// The matrix under another profile.
pub(in crate::fabric) struct Other {
    pub(in crate::fabric) rule: &'static Rule,
    /// "on Linux", "with runtime 6.5".
    pub(in crate::fabric) label: &'static str,
    pub(in crate::fabric) judged: Judged,
}

/// "on Linux".
pub(in crate::fabric) const fn on(platform: Platform) -> &'static str {
    match platform {
        Platform::Windows => "on Windows",
        Platform::Linux => "on Linux",
    }
}

/// "with runtime 6.5".
pub(in crate::fabric) const fn with(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::V6_5 => "with runtime 6.5",
        Runtime::Current => "with the current runtime",
    }
}

/// One note for each certificate and each other profile that decides otherwise. What can't be decided is not compared.
pub(in crate::fabric) fn differing(leaves: &[&Facts], judged: &Judged, others: &[Other]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for other in others {
        for facts in leaves {
            let mut notes: Vec<(String, Vec<&str>)> = Vec::new();
            for (_, connection, there) in row(&other.judged, facts.number) {
                let mut own = row(judged, facts.number).iter();
                let here = own.find(|(_, known, _)| known == connection || other.rule.id == CONNECTION.id);
                let Some((.., here)) = here.filter(|(.., here)| differs(here, there)) else { continue };
                let note = phrase(there);
                match notes.iter_mut().find(|(known, _)| *known == note) {
                    Some((_, connections)) => connections.push(connection.noun()),
                    None => notes.push((note, Vec::from([connection.noun()]))),
                }
                debug_assert!(here.verdict != Verdict::Indeterminate);
            }
            for (note, connections) in notes {
                let message = format!(
                    "certificate {}, {}: {} it is {note}",
                    facts.number,
                    connections.join(" and "),
                    other.label
                );
                findings.push(
                    Finding::new(other.rule, message)
                        .at(facts.span.clone())
                        .arg("certificate", format!("{}", facts.number))
                        .arg("profile", other.label),
                );
            }
        }
    }
    findings
}

fn differs(here: &Judgement, there: &Judgement) -> bool {
    let is_open = |judged: &Judgement| judged.verdict == Verdict::Indeterminate;
    !is_open(here) && !is_open(there) && (here.verdict != there.verdict || here.role != there.role)
}

fn phrase(judged: &Judgement) -> String {
    let because = &judged.because;
    match judged.verdict {
        Verdict::Admitted => format!("admitted as {} by {because}", judged.role.map_or("peer", Role::noun)),
        Verdict::Refused => match judged.code {
            Some(code) => format!("refused ({code}): {because}"),
            None => format!("refused: {because}"),
        },
        Verdict::Indeterminate => String::from("not decided"),
    }
}

/// A note about a statement of the article.
pub(in crate::fabric) fn stated(statement: u32, message: impl Into<String>) -> Finding {
    Finding::new(&ARTICLE, message)
        .arg("statement", statement.to_string())
        .help(format!("statement {statement} of the article; the report follows the runtime"))
}

/// Where the article reads otherwise about peers.
pub(in crate::fabric) fn of_article(
    platform: Platform,
    settings: &Settings<'_>,
    leaves: &[&Facts],
    judged: &Judged,
    at: Time,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for facts in leaves {
        for (_, connection, judged) in row(judged, facts.number) {
            for (statement, what) in about(platform, settings, facts, *connection, judged, at) {
                let message = format!("certificate {}: {what}", facts.number);
                let finding = stated(statement, message).at(facts.span.clone());
                if !findings.iter().any(|known| known.message == finding.message) {
                    findings.push(finding);
                }
            }
        }
    }
    for setting in &settings.thumbprints {
        let grouped = setting
            .list
            .items
            .iter()
            .find(|item| item.thumbprint.as_ref().is_err_and(|fault| fault.kind == FaultKind::Group));
        if let Some(item) = grouped {
            let message = format!(
                "the article ignores all white space in `{}`, the runtime reads bytes between blanks",
                setting.declared.thumbprints()
            );
            findings.push(stated(10, message).at(setting.parameter.value.span(item.range.clone())));
        }
    }
    findings
}

fn about(
    platform: Platform,
    settings: &Settings<'_>,
    facts: &Facts,
    connection: Connection,
    judged: &Judgement,
    at: Time,
) -> Vec<(u32, &'static str)> {
    let mut notes = Vec::new();
    let is_declared = || {
        let sections = Declared::judging(connection).iter().map(|declared| declared.names_section());
        sections.flat_map(|section| settings.section_parameters(section)).any(|one| is_named(facts, one.name.text()))
    };
    let admitted = judged.verdict == Verdict::Admitted;
    let refused = judged.verdict == Verdict::Refused;
    let untrusted = judged.chain & error::UNTRUSTED_ROOT != 0;
    let offline = judged.chain & error::OFFLINE_REVOCATION != 0;
    let expired = facts.not_after <= at;
    let by_name = judged.rule.is_some_and(|rule| rule.contains("Names"));
    if admitted && expired && connection == Connection::HttpGateway && platform == Platform::Linux {
        notes.push((12, "the article refuses it as expired; the HTTP gateway of Linux accepts a listed thumbprint"));
    }
    if refused && untrusted && platform == Platform::Linux && judged.code == Some("OperationFailed") {
        notes.push((19, "the article forgives an untrusted root where the issuer is pinned; Linux does not"));
    }
    if admitted && by_name && offline {
        notes.push((
            18,
            "the article refuses a name whose revocation can't be checked; here unreachable lists are ignored",
        ));
    }
    if refused && untrusted && judged.code == Some("CertificateNotMatched") && is_declared() {
        notes.push((
            42,
            "the article gives 0x800b0109 (CERT_E_UNTRUSTEDROOT) for it; this runtime gives CertificateNotMatched",
        ));
    }
    if refused && judged.code == Some("CERT_E_WRONG_USAGE") && is_declared() {
        notes.push((
            21,
            "the article tries the server role after the client role; without serverAuth that pass fails on usage",
        ));
    }
    let flag = settings.text(SECURITY, "CrlCheckingFlag").and_then(crate::fabric::setting::number);
    if refused && flag == Some(0) && judged.chain != 0 {
        notes
            .push((30, "the article reads `CrlCheckingFlag` 0 as ignoring trust errors; it turns off revocation only"));
    }
    notes
}

/// What each declaration would yield under another profile.
pub(in crate::fabric) struct Elsewhere<'m> {
    pub(in crate::fabric) rule: &'static Rule,
    pub(in crate::fabric) label: &'static str,
    pub(in crate::fabric) yields: Vec<Yield<'m>>,
}

/// One note for each declaration and each other profile that presents another certificate.
pub(in crate::fabric) fn presenting(
    decided: &[Decided<'_>],
    store: &[Installed],
    others: &[Elsewhere<'_>],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for other in others {
        for (one, there) in decided.iter().zip(&other.yields) {
            let is_open = !one.credentials.unknown.is_empty() || !there.credentials.unknown.is_empty();
            let number = |presented: Option<&Installed>| presented.map(|installed| installed.number);
            let (here, away) = (number(one.presented(store)), number(there.presented(store)));
            if is_open || here == away {
                continue;
            }
            let what = match away {
                Some(number) => format!("certificate {number} would be presented"),
                None => match there.credentials.codes.first() {
                    Some(code) => format!("nothing would be presented ({code})"),
                    None => String::from("nothing would be presented"),
                },
            };
            let element = one.certificate.role.element();
            let finding = Finding::new(other.rule, format!("`{element}`: {} {what}", other.label));
            findings.push(finding.at(one.certificate.span()).arg("role", element).arg("profile", other.label));
        }
    }
    findings
}

/// Where the article reads otherwise about what is presented.
pub(in crate::fabric) fn of_article_presenting(
    decided: &[Decided<'_>],
    store: &[Installed],
    runtime: Runtime,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in decided {
        let Some(presented) = one.presented(store) else { continue };
        let element = one.certificate.role.element();
        let value = one.certificate.find_value.as_ref().map_or("", |value| value.text());
        let mut note = |statement, message: String| {
            findings.push(stated(statement, message).at(one.certificate.span()).arg("role", element));
        };
        let loaded = || one.credentials.loaded.iter().filter_map(|&place| store.get(place));
        let furthest = loaded().max_by_key(|installed| installed.not_after);
        if let Some(furthest) = furthest.filter(|furthest| furthest.not_after > presented.not_after) {
            note(
                28,
                format!(
                    "`{element}`: the article presents the one that expires last, certificate {}; this runtime presents {}",
                    furthest.number, presented.number
                ),
            );
        }
        let by_name = FindType::read(one.certificate.find_type.as_ref().map_or("", |kind| kind.text()))
            == Some(FindType::SubjectName);
        let has_case = |name: &str| name != value && name.to_lowercase() == value.to_lowercase();
        if by_name && presented.common_names().any(has_case) && !presented.common_names().any(|name| name == value) {
            note(29, format!("`{element}`: the article compares names with case; Linux finds it all the same"));
        }
        if by_name && value.trim().get(..3).is_some_and(|head| head.eq_ignore_ascii_case("CN=")) {
            note(43, format!("`{element}`: the article finds nothing by `CN=`; a whole subject of that form is found"));
        }
        if runtime == Runtime::Current && presented.key.is_cng() {
            note(45, format!("`{element}`: the article knows CAPI1 providers only; CNG keys are used from 11.0"));
        }
    }
    findings
}
