//! Claims of clients.

use admit_core::fabric::Claims;
use serde_json::Value;

use super::super::data;
use super::{Ran, compare};

/// The clauses of clients, those of admins among them, and the clauses of admins.
fn read(input: &Value) -> Result<Option<(Claims, Claims)>, String> {
    let client = Claims::read(data::string(input, "ClientClaims")?);
    let admin = Claims::read(data::string(input, "AdminClientClaims")?);
    Ok(client.ok().zip(admin.ok()).map(|(client, admin)| (client.with(&admin), admin)))
}

/// The claims that a vector presents: `t1=v1&&t2=v2`, `t1=v1,t2=v2`, or an object.
fn presented(input: &Value) -> Result<Vec<(String, String)>, String> {
    match &input["presented"] {
        Value::String(text) => {
            let items = text.split([',', '&']).map(str::trim).filter(|item| !item.is_empty());
            let pairs = items.map(|item| item.split_once('=').ok_or_else(|| format!("the claim {item}")));
            pairs.map(|pair| pair.map(|(kind, value)| (kind.to_owned(), value.to_owned()))).collect()
        }
        Value::Object(fields) => Ok(fields
            .iter()
            .map(|(kind, value)| (kind.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect()),
        other => Err(format!("the claims {other}")),
    }
}

pub(super) fn parse(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let read = read(input)?;
    if let Some(error) = expected["error"].as_str() {
        return Ok(compare(Some(error), read.is_none().then_some("InvalidArgument")));
    }
    let counts = read.map(|(client, admin)| (client.len() as u64, admin.len() as u64));
    let wanted = expected["client_clause_count"].as_u64().zip(expected["admin_clause_count"].as_u64());
    Ok(compare(wanted, counts))
}

pub(super) fn matches(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let (client, admin) = read(input)?.ok_or("claims that can't be read")?;
    let presented = presented(input)?;
    let offered: Vec<(&str, &str)> = presented.iter().map(|(kind, value)| (kind.as_str(), value.as_str())).collect();
    let found = (Some(client.accept(&offered)), Some(admin.accept(&offered)));
    let wanted = (expected["client"].as_bool(), expected["admin"].as_bool());
    // Where the test says nothing about admins, nothing is expected of them.
    Ok(compare(wanted, (found.0, if wanted.1.is_none() { None } else { found.1 })))
}

pub(super) fn role(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let (client, admin) = read(input)?.ok_or("claims that can't be read")?;
    let presented = presented(input)?;
    let offered: Vec<(&str, &str)> = presented.iter().map(|(kind, value)| (kind.as_str(), value.as_str())).collect();
    let role = match (admin.accept(&offered), client.accept(&offered)) {
        (true, _) => "Admin",
        (false, true) => "User",
        (false, false) => "refused",
    };
    Ok(compare(expected.as_str(), Some(role)))
}
