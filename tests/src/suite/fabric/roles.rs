//! Which role a client gets.

use admit_core::Verdict;
use admit_core::fabric::{Cell, Role};
use serde_json::{Value, json};

use super::super::data;
use super::manifest::Question;
use super::stated::{full, named, self_signed, thumbprint};
use super::{Ran, compare};

/// The common name of the node's own client in most of these vectors.
const OSCAR: &str = "WinFabric-Test-SAN3-Oscar";

/// What a cell grants, in the words of the vectors.
fn granted(cell: &Cell) -> &'static str {
    match (cell.verdict, cell.role) {
        (Verdict::Refused, _) => "denied",
        (Verdict::Admitted, Some(Role::Admin)) => "Admin",
        (Verdict::Admitted, Some(Role::User)) => "User",
        (Verdict::Admitted, Some(Role::Unrestricted)) => "All",
        _ => "undecided",
    }
}

/// What a vector says is granted.
fn said(expected: &Value) -> Result<&str, String> {
    let text = |name: &str| expected[name].as_str();
    if let Some(role) = text("role").or(expected.as_str()) {
        return Ok(role.split(' ').next().unwrap_or_default());
    }
    if text("connect").is_some_and(|connect| connect.starts_with("ok")) {
        return Ok("any");
    }
    match (text("read").or(text("connect")).or(text("client_error")), text("write")) {
        (Some("ConnectionDenied" | "ServerAuthenticationFailed"), _) => Ok("denied"),
        (Some("ok"), Some("ok")) => Ok("Admin"),
        (Some("ok"), Some("AccessDenied")) => Ok("User"),
        _ => Err(format!("what is granted: {expected}")),
    }
}

fn answer(expected: &Value, cell: &Cell) -> Result<Ran, String> {
    let (said, found) = (said(expected)?, granted(cell));
    let agrees = said == found || (said == "any" && cell.verdict == Verdict::Admitted);
    Ok(compare((said, true), (if agrees { said } else { found }, agrees)))
}

pub(super) fn role(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let enabled = input["client_role_enabled"].as_bool().ok_or("expected `client_role_enabled`")?;
    let facts = named("client.example");
    let own = thumbprint("client.example");
    let base = || {
        Question::on("gateway")
            .security("ClientRoleEnabled", &enabled.to_string())
            .security("ClientCertThumbprints", &own)
    };
    let questions = match data::string(input, "admin_rule")? {
        "none" => vec![base()],
        "matches by thumbprint or common name" => vec![
            base().security("AdminClientCertThumbprints", &own),
            base().parameter("Security/AdminClientX509Names", "client.example", ""),
        ],
        other => return Err(format!("the admin rule {other}")),
    };
    for question in questions {
        let ran = answer(expected, &question.ask(&facts)?)?;
        if !matches!(ran, Ran::Answer(Ok(()))) {
            return Ok(ran);
        }
    }
    Ok(Ran::Answer(Ok(())))
}

pub(super) fn cluster(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    if let Some(rule) = input["client_rule"].as_object() {
        let listed = rule.values().next().and_then(Value::as_str).ok_or("expected a rule")?;
        let question = Question::on("server").security("ServerCertThumbprints", listed);
        return answer(expected, &question.ask(&named(data::string(input, "server_cert")?))?);
    }
    if input["certs"].is_string() {
        // Self-signed certificates; the node's own client is not told apart here, or it would be an admin.
        let client = data::string(input, "client")?;
        let question = Question::on("gateway")
            .security("ClientRoleEnabled", "true")
            .security("ClientCertThumbprints", &thumbprint("DefaultClient"))
            .security("AdminClientCertThumbprints", &thumbprint("AdminClient"));
        return answer(expected, &question.ask(&self_signed(client))?);
    }
    let client = data::string(input, "client_cert")?;
    let client = client.split(' ').next().unwrap_or_default();
    let mut facts = named(client);
    if client.len() == 40 {
        facts = named("by.thumbprint.example");
        facts["thumbprint"] = json!(client);
    }
    let mut question = Question::on("gateway");
    let own = if let Some(config) = input["config"].as_object() {
        for (name, value) in config {
            let text = value.as_str().map_or_else(|| value.to_string(), String::from);
            if !name.contains(['(', '/', '.']) && name != "applied" {
                question = question.security(name, &text);
            }
        }
        OSCAR
    } else {
        question = question.security("ClientAuthAllowedCommonNames", "matches.nothing");
        question = question.security("AllowDefaultClient", &input["AllowDefaultClient"].to_string());
        data::string(input, "ClientCertificate(node)")?
    };
    // The node finds its own client by subject; which certificate that is, a case says by its thumbprint.
    let question = question.presenting("ClientCertificate", &thumbprint(own));
    answer(expected, &question.ask(&facts)?)
}

pub(super) fn merge(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut question = Question::on("gateway").security("ClientRoleEnabled", "true");
    for section in ["ClientX509Names", "AdminClientX509Names"] {
        for (name, issuer) in input[section].as_object().ok_or("expected names")? {
            let issuer = issuer.as_str().unwrap_or_default();
            let issuer = if issuer.is_empty() { String::new() } else { full(issuer) };
            question = question.parameter(&format!("Security/{section}"), name, &issuer);
        }
    }
    let mut facts = named(data::string(&input["cert"], "CN")?);
    let issuer = data::string(&input["cert"], "issuer")?.split(' ').next().unwrap_or_default();
    facts["issuer"]["thumbprint"] = json!(full(issuer));
    answer(expected, &question.ask(&facts)?)
}
