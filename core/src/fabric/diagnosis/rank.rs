//! The causes that a report has, in order of how well they explain what was seen.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::cause::{Cause, Fit};
use super::code::{self, CREDENTIALS, DENIED, DEPLOYER, NOT_MATCHED, SERVER_FAILED};
use super::recognise::Recognised;
use super::symptom::{Side, Symptom};
use crate::fabric::{Cell, Connection};
use crate::{Answer, Finding, Limits, Report, Severity, Verdict};

/// What a rule's findings lead to: the side that fails, and the codes that show.
struct Leads {
    rule: &'static str,
    side: Side,
    codes: &'static [&'static str],
}

const fn leads(rule: &'static str, side: Side, codes: &'static [&'static str]) -> Leads {
    Leads { rule, side, codes }
}

const REFUSED: &[&str] = &[NOT_MATCHED, SERVER_FAILED, DENIED];
const EXPIRED: &[&str] = &["CERT_E_EXPIRED", SERVER_FAILED, DENIED];
const NOT_FOUND: &[&str] = &["FABRIC_E_CERTIFICATE_NOT_FOUND"];
const THUMBPRINT: &[&str] = &["FABRIC_E_INVALID_X509_THUMBPRINT", "InvalidArgument"];
const FIND_VALUE: &[&str] =
    &["FABRIC_E_INVALID_X509_THUMBPRINT", "FABRIC_E_CERTIFICATE_NOT_FOUND", "FABRIC_E_INVALID_SUBJECT_NAME", DEPLOYER];
const KEY: &[&str] = &["SEC_E_UNKNOWN_CREDENTIALS", "SEC_E_NO_CREDENTIALS"];

/// The article's troubleshooting list, and what else leads to a code of section 8.
static RULES: &[Leads] = &[
    // Settings that can't be read: nothing opens.
    leads("thumbprint-abbreviated", Side::Opening, THUMBPRINT),
    leads("thumbprint-malformed", Side::Opening, THUMBPRINT),
    leads("thumbprint-list-empty", Side::Opening, THUMBPRINT),
    leads("issuer-list-malformed", Side::Opening, THUMBPRINT),
    leads("issuer-settings-conflict", Side::Opening, &["FABRIC_E_INVALID_X509_NAME_LIST"]),
    leads(
        "credential-type-not-x509",
        Side::Opening,
        &["FABRIC_E_INVALID_CREDENTIAL_TYPE", "FABRIC_E_INVALID_PROTECTION_LEVEL"],
    ),
    leads("credential-type-missing", Side::Opening, &[DEPLOYER]),
    // What the node can't load.
    leads("find-value-malformed", Side::Loading, FIND_VALUE),
    leads("find-value-character", Side::Loading, FIND_VALUE),
    leads("certificate-not-in-store", Side::Loading, NOT_FOUND),
    leads("find-value-cn-prefix", Side::Loading, NOT_FOUND),
    leads("find-value-wildcard", Side::Loading, NOT_FOUND),
    leads("node-certificate-missing", Side::Loading, NOT_FOUND),
    leads("only-expired-certificates", Side::Loading, &[CREDENTIALS]),
    leads("private-key-missing", Side::Loading, KEY),
    leads("private-key-unreadable", Side::Loading, KEY),
    leads("private-key-provider", Side::Loading, &["NTE_BAD_PROV_TYPE"]),
    leads("find-type-unknown", Side::Loading, &["FABRIC_E_INVALID_X509_FIND_TYPE"]),
    leads("find-type-case", Side::Loading, &["FABRIC_E_INVALID_X509_FIND_TYPE"]),
    leads("store-name-empty", Side::Loading, &["FABRIC_E_INVALID_X509_STORE_NAME"]),
    leads("secondary-on-default-client", Side::Loading, &["FABRIC_E_INVALID_CONFIGURATION"]),
    leads("secondary-not-looked-at", Side::Loading, NOT_FOUND),
    // What the other side doesn't accept.
    leads("issuer-not-listed", Side::Accepting, &[NOT_MATCHED, "CERT_E_UNTRUSTEDROOT", SERVER_FAILED, DENIED]),
    leads("thumbprint-not-listed", Side::Accepting, REFUSED),
    leads("thumbprint-length", Side::Accepting, REFUSED),
    leads("common-name-lost", Side::Accepting, REFUSED),
    leads("presented-not-accepted", Side::Accepting, &[NOT_MATCHED, "CERT_E_UNTRUSTEDROOT", SERVER_FAILED, DENIED]),
    leads("certificate-expired", Side::Accepting, EXPIRED),
    leads("certificate-not-yet-valid", Side::Accepting, EXPIRED),
    leads("security-section-missing", Side::Accepting, REFUSED),
    leads(CHAIN_REFUSES, Side::Accepting, ANY_REFUSAL),
    leads(NOT_ACCEPTED, Side::Accepting, ANY_REFUSAL),
];

/// The rules that say of any refused certificate why, connection by connection.
const NOT_ACCEPTED: &str = "certificate-not-accepted";
const CHAIN_REFUSES: &str = "chain-not-good-enough";
const ANY_REFUSAL: &[&str] = &[
    NOT_MATCHED,
    SERVER_FAILED,
    DENIED,
    "CERT_E_EXPIRED",
    "CERT_E_UNTRUSTEDROOT",
    "CERT_E_CHAINING",
    "CERT_E_WRONG_USAGE",
    "CRYPT_E_REVOKED",
    "CRYPT_E_NO_REVOCATION_CHECK",
    "CRYPT_E_REVOCATION_OFFLINE",
    "SEC_E_CERT_UNKNOWN",
    "E_FAIL",
];

/// A cause with how well it fits; the highest comes first.
struct Ranked {
    score: u32,
    cause: Cause,
}

/// The causes of what was seen, the likeliest first; at most [`Limits::CAUSES`].
pub(super) fn causes(report: &Report, seen: &[Recognised], symptom: Option<Symptom>) -> Vec<Cause> {
    let ranking = Ranking { report, seen, symptom };
    let mut ranked = ranking.refusals();
    let taken: Vec<(Cow<'static, str>, String)> =
        ranked.iter().filter_map(|ranked| Some((ranked.cause.rule.clone()?, ranked.cause.because.clone()))).collect();
    let others = report
        .findings
        .iter()
        .filter(|finding| !taken.iter().any(|(rule, because)| *rule == finding.rule && *because == finding.message));
    ranked.extend(others.filter_map(|finding| ranking.finding(finding)));
    crate::order::sort_by_key(&mut ranked, |ranked| core::cmp::Reverse(ranked.score));
    ranked.into_iter().take(Limits::CAUSES).map(|ranked| ranked.cause).collect()
}

struct Ranking<'r> {
    report: &'r Report,
    seen: &'r [Recognised],
    symptom: Option<Symptom>,
}

impl Ranking<'_> {
    /// How well codes and a side fit what was seen: nothing, where they don't at all. `exact` is the code that the
    /// product gives, `wrapping` those that show it.
    fn score(&self, exact: &[&str], wrapping: &[&str], side: Side) -> Option<(u32, Fit)> {
        let is =
            |names: &[&str]| self.seen.iter().any(|seen| names.iter().any(|name| code::same(name, &seen.seen.name)));
        let symptom = u32::from(self.symptom.is_some_and(|symptom| symptom.shows(side)));
        let (exact, wrapping) = (u32::from(is(exact)), u32::from(is(wrapping)));
        // A code that says otherwise outweighs a symptom, which may have any cause.
        if exact == 0 && wrapping == 0 && (symptom == 0 || !self.seen.is_empty()) {
            return None;
        }
        let score = exact.saturating_mul(100).saturating_add(wrapping.saturating_mul(40));
        let score = score.saturating_add(symptom.saturating_mul(20));
        Some((score, if exact > 0 { Fit::Explains } else { Fit::MayExplain }))
    }

    /// The refusals of the answer.
    fn refusals(&self) -> Vec<Ranked> {
        match &self.report.answer {
            Answer::Peer(answer) => self.cells(&answer.cells),
            Answer::Presentation(answer) => {
                let refused = answer.presentations.iter().filter(|one| one.verdict != Verdict::Admitted);
                refused.filter_map(|one| self.presentation(one)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn cells(&self, cells: &[Cell]) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = Vec::new();
        for cell in cells {
            let Some(found) = self.cell(cell) else { continue };
            let twin = ranked.iter_mut().find(|known| {
                known.cause.certificate == found.cause.certificate
                    && known.cause.code == found.cause.code
                    && known.cause.because == found.cause.because
            });
            match twin {
                Some(twin) => {
                    twin.cause.connections.push(cell.connection);
                    twin.score = twin.score.max(found.score);
                    twin.cause.fit = twin.cause.fit.min(found.cause.fit);
                }
                None => ranked.push(found),
            }
        }
        ranked
    }

    fn cell(&self, cell: &Cell) -> Option<Ranked> {
        let wrapping: &[&str] = match cell.connection {
            Connection::Node => &[SERVER_FAILED, DENIED],
            Connection::Gateway => &[DENIED],
            Connection::HttpGateway => &[CREDENTIALS, DENIED],
            Connection::Server => &[SERVER_FAILED],
        };
        let code = match (cell.verdict, cell.code.as_deref()) {
            (Verdict::Refused, Some(code)) => code,
            (Verdict::Indeterminate, _) => return self.open(cell, wrapping),
            _ => return None,
        };
        let side = side_of(code);
        let (score, fit) = self.score(&[code], wrapping, side)?;
        // The finding about this certificate says it with a help, where there is one.
        let number = format!("{}", cell.certificate);
        let finding = self.report.findings.iter().find(|finding| {
            let leads = RULES.iter().find(|leads| leads.rule == finding.rule);
            finding.args.get("certificate").is_none_or(|own| *own == number)
                && (![NOT_ACCEPTED, CHAIN_REFUSES].contains(&finding.rule.as_ref())
                    || finding.message.ends_with(&cell.because))
                && leads
                    .is_some_and(|leads| leads.side == side && leads.codes.iter().any(|known| code::same(known, code)))
        });
        let because = match finding {
            Some(finding) => finding.message.clone(),
            None => format!("certificate {number}: {}", cell.because),
        };
        Some(Ranked {
            score,
            cause: Cause {
                fit,
                because,
                rule: finding.map(|finding| finding.rule.clone()),
                certificate: Some(cell.certificate),
                connections: Vec::from([cell.connection]),
                code: Some(Cow::Owned(code.to_string())),
                span: finding.and_then(|finding| finding.span.clone()).or_else(|| cell.span.clone()),
                help: finding.and_then(|finding| finding.help.clone()),
            },
        })
    }

    /// A cell that facts are missing for: it may be what was seen.
    fn open(&self, cell: &Cell, wrapping: &[&str]) -> Option<Ranked> {
        let chain = |name: &str| name.starts_with("CERT_E") || name.starts_with("CRYPT_E");
        let (score, _) = self.score(&[], wrapping, Side::Accepting).or_else(|| {
            let is_chain = self.seen.iter().any(|seen| chain(&seen.seen.name) || seen.seen.name == NOT_MATCHED);
            is_chain.then_some((0, Fit::MayExplain))
        })?;
        let number = cell.certificate;
        let because = format!("certificate {number} may be refused, which depends on {}", self.report.missing());
        Some(Ranked {
            score: score.min(10),
            cause: Cause {
                fit: Fit::MayExplain,
                because,
                rule: None,
                certificate: Some(cell.certificate),
                connections: Vec::from([cell.connection]),
                code: None,
                span: cell.span.clone(),
                help: Some(String::from("add what is missing to the case")),
            },
        })
    }

    fn presentation(&self, one: &crate::fabric::presentation::Presentation) -> Option<Ranked> {
        let codes: Vec<&str> = one.codes.iter().map(AsRef::as_ref).collect();
        let first = codes.first()?;
        let side = side_of(first);
        let wrapping: &[&str] = if side == Side::Accepting { &[SERVER_FAILED, DENIED] } else { &[] };
        let (score, fit) = self.score(&codes, wrapping, side)?;
        // The code that was seen, of those that may show.
        let shown = codes.iter().find(|code| self.seen.iter().any(|seen| code::same(code, &seen.seen.name)));
        let finding = self.report.findings.iter().find(|finding| {
            let leads = RULES.iter().find(|leads| leads.rule == finding.rule);
            finding.severity != Severity::Info
                && finding.args.get("role").is_none_or(|role| *role == one.role)
                && leads.is_some_and(|leads| {
                    leads.codes.iter().any(|known| codes.iter().any(|code| code::same(known, code)))
                })
        });
        let because =
            finding.map_or_else(|| format!("{}: {}", one.role, one.because), |finding| finding.message.clone());
        Some(Ranked {
            score,
            cause: Cause {
                fit,
                because,
                rule: finding.map(|finding| finding.rule.clone()),
                certificate: one.presented,
                connections: Vec::new(),
                code: Some(Cow::Owned(shown.unwrap_or(first).to_string())),
                span: finding.and_then(|finding| finding.span.clone()).or_else(|| Some(one.span.clone())),
                help: finding.and_then(|finding| finding.help.clone()),
            },
        })
    }

    /// A finding that no refusal stands for.
    fn finding(&self, finding: &Finding) -> Option<Ranked> {
        // What a cell is refused by has that cell's code, and no other.
        if finding.severity == Severity::Info || [NOT_ACCEPTED, CHAIN_REFUSES].contains(&finding.rule.as_ref()) {
            return None;
        }
        let leads = RULES.iter().find(|leads| leads.rule == finding.rule);
        let deployed = finding.args.get("code").map(String::as_str);
        let (codes, side) = match (leads, deployed) {
            (Some(leads), _) => (leads.codes.to_vec(), leads.side),
            (None, Some(code)) => (Vec::from([code]), Side::Opening),
            (None, None) => return None,
        };
        let (exact, wrapping): (Vec<&str>, Vec<&str>) =
            codes.iter().copied().partition(|code| ![SERVER_FAILED, DENIED].contains(code));
        let (score, fit) = self.score(&exact, &wrapping, side)?;
        Some(Ranked {
            // What refuses comes before what is found beside it.
            score: score.saturating_sub(5),
            cause: Cause {
                fit,
                because: finding.message.clone(),
                rule: Some(finding.rule.clone()),
                certificate: finding.args.get("certificate").and_then(|number| number.parse().ok()),
                connections: Vec::new(),
                code: exact.first().map(|code| Cow::Owned(code.to_string())),
                span: finding.span.clone(),
                help: finding.help.clone(),
            },
        })
    }
}

/// Which part of authentication fails with a code.
fn side_of(code: &str) -> Side {
    let opening = ["FABRIC_E_INVALID_X509_THUMBPRINT", "FABRIC_E_INVALID_X509_NAME_LIST", "InvalidArgument"];
    let loading = ["FABRIC_E_CERTIFICATE_NOT_FOUND", "FABRIC_E_INVALID_CREDENTIALS", "FABRIC_E_INVALID_CONFIGURATION"];
    match code {
        _ if opening.contains(&code) || code.starts_with("FABRIC_E_INVALID_C") && code != CREDENTIALS => Side::Opening,
        _ if loading.contains(&code) || code.starts_with("SEC_E") || code.starts_with("NTE_") => Side::Loading,
        _ if code.starts_with("FABRIC_E_INVALID") => Side::Loading,
        _ => Side::Accepting,
    }
}
