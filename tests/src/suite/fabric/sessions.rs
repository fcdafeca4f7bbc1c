//! Two ends of a connection, and nodes that join: a session holds where both ends accept each other.

use admit_core::Verdict;
use serde_json::{Value, json};

use super::super::data;
use super::manifest::Question;
use super::names::same_code;
use super::stated::{ISSUER, described, named, self_signed};
use super::verify::admitted;
use super::{Ran, compare};

const NAMES: &str = "Security/ClusterX509Names";

/// What a vector says of the session.
fn connects(expected: &Value) -> Result<bool, String> {
    let said = ["connected", "message_delivered", "join"].iter().find_map(|name| expected[*name].as_bool());
    said.ok_or_else(|| format!("expected whether it connects, found {expected}"))
}

pub(super) fn session(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let expected = connects(expected)?;
    if let Some(text) = input["client_cert"].as_str() {
        let facts = described(text);
        let own = facts["thumbprint"].as_str().unwrap_or_default().to_owned();
        return Ok(admitted(expected, &Question::on("gateway").security("ClientCertThumbprints", &own).ask(&facts)?));
    }
    let facts = self_signed("sender.test.com");
    let question = match data::string(input, "rules")? {
        "CN only, no issuers" => Question::on("gateway").parameter("Security/ClientX509Names", "sender.test.com", ""),
        "plain thumbprint on both sides" => {
            Question::on("gateway").security("ClientCertThumbprints", facts["thumbprint"].as_str().unwrap_or_default())
        }
        other => return Err(format!("the rules {other}")),
    };
    Ok(admitted(expected, &question.ask(&facts)?))
}

pub(super) fn windows(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let expected = connects(expected)?;
    if input["server"].is_object() {
        // Each end judges the other by the names and issuers that it was given.
        let mut holds = true;
        for (own, other) in [("server", "client"), ("client", "server")] {
            let common_name = data::string(&input[other], "find")?.trim_start_matches("CN=");
            let mut facts = named(common_name);
            facts["issuer"]["thumbprint"] = input["actual_issuer"].clone();
            let name = data::string(&input[own], "acceptNames")?;
            let question = Question::on("gateway").parameter(
                "Security/ClientX509Names",
                name,
                data::string(&input[own], "issuers")?,
            );
            holds &= question.ask(&facts)?.verdict == Verdict::Admitted;
        }
        return Ok(compare(expected, holds));
    }
    if let Some(text) = input["sender"].as_str() {
        let facts = described(text);
        let own = facts["thumbprint"].as_str().unwrap_or_default().to_owned();
        return Ok(admitted(expected, &Question::on("gateway").security("ClientCertThumbprints", &own).ask(&facts)?));
    }
    let mut facts = described(data::string(input, "client_cert")?);
    if let Some(rule) = input["server_rule"].as_str() {
        // "9f1b740d..." is what the rule has in full.
        let own: String = rule.split('?').next().unwrap_or_default().replace(' ', "");
        facts["thumbprint"] = json!(own);
        let flag = data::string(input, "CrlCheckingFlag")?;
        let question =
            Question::on("gateway").security("ClientCertThumbprints", rule).security("CrlCheckingFlag", flag);
        return Ok(admitted(expected, &question.ask(&facts)?));
    }
    let client = Question::on("gateway").parameter("Security/ClientX509Names", "WinFabric-Test-User@microsoft.com", "");
    let server = data::string(input, "server_cert")?;
    let on_server = Question::on("server").parameter("Security/ServerX509Names", "WinFabric-Test-SAN1-Alice", "");
    let both = (client.ask(&facts)?.verdict, on_server.ask(&described(server))?.verdict);
    Ok(compare(expected, both == (Verdict::Admitted, Verdict::Admitted)))
}

pub(super) fn linux(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let expected = connects(expected)?;
    if let Some(rules) = input["rules"].as_object() {
        let rule = data::string(&input["rules"], "client")?;
        let mut facts = named("client.example");
        facts["thumbprint"] = json!(rule.split('?').next().unwrap_or_default());
        let question = Question::on("gateway").linux().security("ClientCertThumbprints", rule);
        let own = question.ask(&facts)?.verdict == Verdict::Admitted;
        return Ok(compare((expected, true), (own, rules.contains_key("server"))));
    }
    if let Some(text) = input["certs"].as_str() {
        let facts = described(text);
        let own = facts["thumbprint"].as_str().unwrap_or_default().to_owned();
        let question = match data::string(input, "rules")? {
            "CN only" => {
                Question::on("gateway").linux().parameter("Security/ClientX509Names", "WinFabric-Test-SAN1-Alice", "")
            }
            "plain thumbprint" => Question::on("gateway").linux().security("ClientCertThumbprints", &own),
            other => return Err(format!("the rules {other}")),
        };
        return Ok(admitted(expected, &question.ask(&facts)?));
    }
    let mut facts = named("*.eastus.cloudapp.azure.com");
    let mut question = Question::on("gateway").linux();
    match &input["accept"] {
        Value::Object(names) => {
            for (name, issuer) in names {
                let issuer = issuer.as_str().unwrap_or_default();
                facts["issuer"]["thumbprint"] = json!(issuer);
                question = question.parameter("Security/ClientX509Names", name, issuer);
            }
        }
        _ => {
            for name in ["server.eastus.cloudapp.azure.com", "client.eastus.cloudapp.azure.com"] {
                question = question.parameter("Security/ClientX509Names", name, "");
            }
        }
    }
    if input["crl"] == "unreachable" {
        facts["chain_errors"] = json!(["REVOCATION_STATUS_UNKNOWN", "OFFLINE_REVOCATION"]);
    }
    for (name, value) in input.as_object().into_iter().flatten() {
        if name.starts_with("Ignore") || name == "CrlCheckingFlag" {
            let text = value.as_str().map_or_else(|| value.to_string(), String::from);
            question = question.security(name, &text);
        }
    }
    Ok(admitted(expected, &question.ask(&facts)?))
}

pub(super) fn crl_offline(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let ignores = input["IgnoreCrlOfflineError(both)"].as_bool().ok_or("expected `IgnoreCrlOfflineError(both)`")?;
    let flag = data::string(input, "CrlCheckingFlag")?;
    let mut holds = true;
    for (key, connection, section, setting) in [
        ("senderCN", "gateway", "Security/ClientX509Names", "IgnoreCrlOfflineError"),
        ("receiverCN", "server", "Security/ServerX509Names", "IgnoreSvrCrlOfflineError"),
    ] {
        let name = data::string(input, key)?;
        let mut facts = named(name);
        facts["chain_errors"] = json!(["OFFLINE_REVOCATION"]);
        let question = Question::on(connection)
            .parameter(section, name, "")
            .security("CrlCheckingFlag", flag)
            .security(setting, &ignores.to_string());
        holds &= question.ask(&facts)?.verdict == Verdict::Admitted;
    }
    Ok(compare(connects(expected)?, holds))
}

pub(super) fn peer_trust(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let enabled = input["ImplicitPeerTrustEnabled"].as_bool().ok_or("expected `ImplicitPeerTrustEnabled`")?;
    let connection = if input["peer_mode"] == json!(true) { "node" } else { "gateway" };
    let facts = named("node.example");
    let question = Question::on(connection)
        .security("ImplicitPeerTrustEnabled", &enabled.to_string())
        .presenting("ClusterCertificate", facts["thumbprint"].as_str().unwrap_or_default());
    // The same with both on is accepted, or the refusal would say nothing.
    let control = Question::on("node")
        .presenting("ClusterCertificate", facts["thumbprint"].as_str().unwrap_or_default())
        .ask(&facts)?;
    if control.verdict != Verdict::Admitted {
        return Ok(admitted(true, &control));
    }
    Ok(admitted(connects(expected)?, &question.ask(&facts)?))
}

/// Settings of section `Security` that a vector lists beside what it describes.
fn with_settings(mut question: Question, input: &Value) -> Question {
    for (name, value) in input.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), String::from);
        // A thumbprint may have a remark after it.
        let text = if name.ends_with("Thumbprints") { text.split(' ').next().unwrap_or_default() } else { &text };
        if ["Cluster", "Client", "Server", "Admin", "Allow", "Crl"].iter().any(|start| name.starts_with(start))
            && !name.contains("(node)")
        {
            question = question.security(name, text);
        } else if let Some(own) = name.strip_prefix("Federation.") {
            question = question.parameter("Federation", own, text);
        }
    }
    question
}

pub(super) fn cluster_join(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut facts = named(data::string(input, "node_cert")?);
    if let Some(listed) = input["ClusterCertThumbprints"].as_str().and_then(|text| text.split(' ').next()) {
        facts["thumbprint"] = json!(listed);
    }
    if let Some(issuer) = input["actual_issuer"].as_str() {
        facts["issuer"]["thumbprint"] = json!(issuer);
    }
    Ok(admitted(connects(expected)?, &with_settings(Question::on("node"), input).ask(&facts)?))
}

pub(super) fn cluster_join_san(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut facts = named(data::string(input, "node_cert_subject")?.trim_start_matches("CN="));
    facts["dns_names"] = json!([input["node_cert_SAN_dns"]]);
    let mut question = Question::on("node");
    for name in data::strings(input, "accept")? {
        question = question.parameter(NAMES, name, "");
    }
    Ok(admitted(connects(expected)?, &question.ask(&facts)?))
}

pub(super) fn client_connect(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut facts = named(data::string(input, "client_cert")?);
    facts["issuer"]["thumbprint"] = json!(ISSUER);
    let cell = with_settings(Question::on("gateway"), input).ask(&facts)?;
    Ok(admitted(expected["connect"] == "ok", &cell))
}

pub(super) fn node_open(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    if input["find"].is_string() {
        return super::presentation::node_open(input, expected);
    }
    if input["node_cert"].is_string() {
        let mut facts = named("WinFabric-Test-SAN9-Revoked");
        facts["chain_errors"] = json!(["REVOKED"]);
        let question = Question::on("node").security("ClusterAllowedCommonNames", "WinFabric-Test-SAN9-Revoked");
        return Ok(admitted(connects(expected)?, &with_settings(question, input).ask(&facts)?));
    }
    let facts = named("node.example");
    let listed = facts["thumbprint"].as_str().unwrap_or_default().to_owned();
    let question = Question::on("node").security("ClusterCertThumbprints", &listed);
    let cell = with_settings(question, input).ask(&facts)?;
    let code = data::string(expected, "error")?;
    Ok(compare((true, Verdict::Refused), (same_code(cell.code.as_deref(), code), cell.verdict)))
}
