//! The decision about one certificate: the tables of both platforms.

use admit_core::Verdict;
use admit_core::fabric::Cell;
use serde_json::{Value, json};

use super::super::data;
use super::manifest::Question;
use super::stated::{ISSUER, OTHER, described, named};
use super::{Ran, compare};

/// Vectors of the tests describe the certificate; derived ones name the chain's errors and the rule.
pub(super) fn windows(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let expected = expected.as_str().ok_or("expected a code")?;
    if input["rules"].is_string() {
        let errors = input["chain_errors"].clone();
        return every_usage(input, &errors, expected, Question::on("gateway"));
    }
    let mut facts = described(data::string(input, "cert")?);
    let own = facts["thumbprint"].as_str().unwrap_or_default().to_owned();
    // The usage is not stated, and only the client pass gives this code.
    if expected.starts_with("CERT_E_UNTRUSTEDROOT") {
        facts["extended_key_usage"] = json!(["clientAuth"]);
    }
    let mut question = Question::on("gateway");
    if let Some(flag) = input["CrlCheckingFlag"].as_str() {
        question = question.security("CrlCheckingFlag", flag);
    }
    if let Some(ignore) = input["ignoreCrlOffline"].as_bool() {
        question = question.security("IgnoreCrlOfflineError", &ignore.to_string());
    }
    let thumbprints = input["thumbprints"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let thumbprints: Vec<String> = thumbprints.map(|text| text.replace("<tp>", &own)).collect();
    if !thumbprints.is_empty() {
        question = question.security("ClientCertThumbprints", &thumbprints.join(","));
    }
    for (name, issuers) in input["names"].as_object().ok_or("expected `names`")? {
        let common_name = facts["common_names"][0].as_str().unwrap_or_default();
        let name = name.replace("<its CN>", common_name);
        let issuers = issuers.as_str().unwrap_or_default().replace("<own thumbprint>", &own);
        if data::string(input, "cert")? == "same self-signed cert" {
            facts["extended_key_usage"] = json!([]);
        }
        question = question.parameter("Security/ClientX509Names", &name, &issuers);
    }
    Ok(Ran::Answer(agrees(expected, &question.ask(&facts)?)))
}

/// OpenSSL's errors stand for the bits that have the same effect.
pub(super) fn linux(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let bit = |name: &str| match name {
        "DEPTH_ZERO_SELF_SIGNED_CERT" => Ok("UNTRUSTED_ROOT"),
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE" | "UNABLE_TO_GET_ISSUER_CERT" => Ok("PARTIAL_CHAIN"),
        "CERT_HAS_EXPIRED" | "CERT_NOT_YET_VALID" => Ok("NOT_TIME_VALID"),
        "INVALID_PURPOSE" => Ok("NOT_VALID_FOR_USAGE"),
        "UNABLE_TO_GET_CRL" => Ok("OFFLINE_REVOCATION"),
        other => Err(format!("the error {other}")),
    };
    let errors: Vec<&str> = data::strings(input, "openssl_errors")?.into_iter().map(bit).collect::<Result<_, _>>()?;
    let expected = expected.as_str().ok_or("expected a code")?;
    every_usage(input, &json!(errors), expected, Question::on("gateway").linux())
}

fn every_usage(input: &Value, errors: &Value, expected: &str, question: Question) -> Result<Ran, String> {
    let (client, server) = ("clientAuth", "serverAuth");
    let usages: Vec<Vec<&str>> = match data::string(input, "eku")? {
        "any" => vec![vec![], vec![client], vec![server], vec![server, client]],
        "none" => vec![vec![]],
        "client" => vec![vec![client]],
        "server" => vec![vec![server]],
        "client+server" => vec![vec![server, client]],
        other => return Err(format!("the usage {other}")),
    };
    let rules = data::string(input, "rules")?;
    let ignores = input["ignore_crl_offline"].as_bool() == Some(true) || rules.contains("ignore=true");
    let question = question.security("IgnoreCrlOfflineError", &ignores.to_string());
    let mut facts = named("node.contoso.com");
    facts["chain_errors"] = errors.clone();
    let question = with_rules(question, rules, &mut facts)?;
    for usage in usages {
        facts["extended_key_usage"] = json!(usage);
        if let Err(what) = agrees(expected, &question.ask(&facts)?) {
            return Ok(Ran::Answer(Err(format!("{what} (usage {usage:?})"))));
        }
    }
    Ok(Ran::Answer(Ok(())))
}

/// The rules from their description; the certificate gets the names that it speaks of.
fn with_rules(question: Question, rules: &str, facts: &mut Value) -> Result<Question, String> {
    const NAMES: &str = "Security/ClientX509Names";
    let own = facts["thumbprint"].as_str().unwrap_or_default().to_owned();
    if let Some(text) = rules.strip_prefix("declared ") {
        let (declared, presented) = text.split_once(", ").ok_or("expected names")?;
        let host = presented.rsplit(' ').next().unwrap_or_default();
        facts["dns_names"] = json!([host]);
        facts["common_names"] = if presented.contains("CN/SAN") { json!([host]) } else { json!(["other.example"]) };
        return Ok(question.parameter(NAMES, declared, ""));
    }
    Ok(match rules {
        "thumbprint match" => question.security("ClientCertThumbprints", &own),
        "no thumbprints, no names" => question,
        "CN match" | "CN match, not pinned" | "CN match, ignore=true" => {
            question.parameter(NAMES, "node.contoso.com", "")
        }
        "CN match, issuer pin match" => question.parameter(NAMES, "node.contoso.com", ISSUER),
        "CN match, issuer pin mismatch" => question.parameter(NAMES, "node.contoso.com", OTHER),
        "CN does not match" => question.parameter(NAMES, "other.contoso.com", ""),
        "CN does not match, SAN does" | "CN differs, SAN matches" => {
            facts["dns_names"] = json!(["other.contoso.com"]);
            question.parameter(NAMES, "other.contoso.com", "")
        }
        sorted if sorted.starts_with("names sorted: a.x pinned") => {
            facts["common_names"] = json!(["b.x"]);
            question.parameter(NAMES, "a.x", ISSUER).parameter(NAMES, "b.x", "")
        }
        sorted if sorted.starts_with("names sorted: a.x not pinned") => {
            facts["common_names"] = json!(["a.x"]);
            question.parameter(NAMES, "a.x", "").parameter(NAMES, "b.x", ISSUER)
        }
        other => return Err(format!("the rules {other}")),
    })
}

/// Whether a cell has one of the codes that a vector names, or is admitted where it names success.
fn agrees(expected: &str, cell: &Cell) -> Result<(), String> {
    let is_success = ["OK", "SEC_E_OK"].contains(&expected.split(' ').next().unwrap_or_default());
    let words = |code: &str| {
        let code = code.to_owned();
        expected.split([' ', '(', ')', ',']).any(|word| word == code) || expected == code
    };
    let found = match (cell.verdict, cell.code.as_deref()) {
        (Verdict::Admitted, _) => is_success,
        (Verdict::Refused, Some(code)) => !is_success && words(code),
        _ => false,
    };
    let shown = (cell.verdict, cell.code.as_deref(), &cell.because);
    if found { Ok(()) } else { Err(format!("expected {expected}, found {shown:?}")) }
}

/// Whether a cell is admitted exactly where a vector says so.
pub(super) fn admitted(expected: bool, cell: &Cell) -> Ran {
    let verdict = if expected { Verdict::Admitted } else { Verdict::Refused };
    if cell.verdict == verdict {
        return Ran::Answer(Ok(()));
    }
    compare(format!("{verdict:?}"), format!("{:?}: {}", cell.verdict, cell.because))
}
