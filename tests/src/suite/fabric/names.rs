//! Declared names and issuers.

use std::collections::BTreeSet;

use admit_core::Verdict;
use admit_core::fabric::{Cell, DeclaredName, IssuerIdentity, NameMap, ThumbprintList};
use serde_json::{Value, json};

use super::super::data;
use super::manifest::Question;
use super::stated::{full, named};
use super::{Ran, compare};

fn declared(name: &str, issuers: &str) -> Result<DeclaredName, String> {
    let list = ThumbprintList::read(issuers);
    let issuers = list.thumbprints().ok_or_else(|| format!("issuers, found {issuers}"))?;
    let issuers: BTreeSet<_> = issuers.into_iter().map(|one| IssuerIdentity::Thumbprint(one.bytes.clone())).collect();
    Ok(DeclaredName { name: name.to_owned(), issuers: issuers.into(), spans: Vec::new(), settings: Vec::new() })
}

/// A code of the report and one of a vector name the same error.
pub(super) fn same_code(found: Option<&str>, expected: &str) -> bool {
    let plain = |code: &str| code.trim_start_matches("FABRIC_E_").replace('_', "").to_lowercase();
    found.is_some_and(|found| plain(found) == plain(expected))
}

/// Whether the lists of names and issuers of two settings are the same.
pub(super) fn settings_equal(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let map = |side: &Value| -> Result<NameMap, String> {
        let mut map = NameMap::default();
        for name in data::string(side, "remoteNames")?.split(',').filter(|name| !name.is_empty()) {
            map.merge(declared(name, side["issuers"].as_str().unwrap_or_default())?);
        }
        Ok(map)
    };
    Ok(compare(expected.as_bool(), Some(map(&input["a"])? == map(&input["b"])?)))
}

/// A name and an issuer against declared ones, decided by a case.
pub(super) fn matches(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut question = Question::on("server");
    for (name, issuers) in input["map"].as_object().ok_or("expected `map`")? {
        question = question.parameter("Security/ServerX509Names", name, issuers.as_str().unwrap_or_default());
    }
    let mut facts = named(data::string(input, "name")?);
    let issuer = data::string(input, "issuer_thumbprint")?;
    if issuer.len() == 40 {
        facts["issuer"]["thumbprint"] = json!(issuer);
    } else {
        facts["issuer"] = Value::Null;
        facts["issuer_missing"] = json!(true);
    }
    let cell = question.ask(&facts)?;
    Ok(compare(expected["match"].as_bool(), Some(cell.verdict == Verdict::Admitted)))
}

/// A name added from several sources.
pub(super) fn add(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut map = NameMap::default();
    for pair in data::list(input, "add_in_order")? {
        let name = pair[0].as_str().ok_or("expected a name")?;
        map.merge(declared(name, pair[1].as_str().unwrap_or_default())?);
    }
    let issuers = declared("", &data::strings(expected, "issuers")?.join(","))?.issuers;
    let found = map.iter().next().map(|declared| declared.issuers.clone());
    let size = expected["size"].as_u64().and_then(|size| usize::try_from(size).ok());
    Ok(compare((size, Some(issuers)), (Some(map.len()), found)))
}

/// Identities of one issuer: its key and its thumbprint.
pub(super) fn identity(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let identities = |name: &str| -> Result<Vec<IssuerIdentity>, String> {
        let one = |kind: &str| match kind {
            "pubkey" => Ok(IssuerIdentity::Key(vec![7; 20])),
            "thumbprint" => Ok(IssuerIdentity::Thumbprint(vec![7; 20])),
            other => Err(format!("the identity {other}")),
        };
        data::strings(input, name)?.into_iter().map(one).collect()
    };
    let issuers: BTreeSet<_> = identities("pinned_issuer_identities_of_same_issuer")?.into_iter().collect();
    let pins = u64::try_from(issuers.len()).ok();
    let name =
        DeclaredName { name: "name".to_owned(), issuers: issuers.into(), spans: Vec::new(), settings: Vec::new() };
    let found = name.accepts(&identities("presented_issuer_identities")?);
    Ok(compare((expected["match"].as_bool(), expected["pin_count"].as_u64()), (Some(found), pins)))
}

/// Names whose pins are the keys of what stores hold.
pub(super) fn issuer_store(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut map = NameMap::default();
    for name in input["names"].as_object().ok_or("expected `names`")?.keys() {
        map.merge(declared(name, "")?);
    }
    let own = IssuerIdentity::Key(vec![7; 20]);
    let thumbprint = IssuerIdentity::Thumbprint(vec![9; 20]);
    // The vector says how many were found: one, more, or none.
    let found = match (&expected["pin_count"], input["present"].is_string()) {
        (Value::Number(count), _) if count.as_u64() == Some(0) => Vec::new(),
        (Value::String(_), _) => vec![own.clone(), IssuerIdentity::Key(vec![8; 20])],
        _ => vec![own.clone()],
    };
    map.pin_all(found.into_iter().collect());
    let name = map.iter().next().ok_or("expected a name")?;
    let presented = if input["present"].is_string() { vec![own, thumbprint.clone()] } else { vec![thumbprint.clone()] };
    let alone = expected["thumbprint_only_match"].as_bool();
    let found = (Some(name.accepts(&presented)), alone.map(|_| name.accepts(&[thumbprint])));
    Ok(compare((expected["match"].as_bool(), alone), found))
}

/// A section with an issuer list that can't be read.
pub(super) fn section(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let section = input["section"].as_str().unwrap_or("Security/ClientX509Names");
    let parameters = input["params"].as_object().ok_or("expected `params`")?;
    let ask = |name: &str| -> Result<Cell, String> {
        let mut question = Question::on("gateway");
        for (name, issuers) in parameters {
            question = question.parameter(section, name, issuers.as_str().unwrap_or_default());
        }
        question.ask(&named(name))
    };
    if let Some(code) = expected["parse_error"].as_str() {
        let cell = ask("aaa")?;
        return Ok(compare(true, same_code(cell.code.as_deref(), code)));
    }
    let admitted: Vec<&str> = parameters
        .keys()
        .map(String::as_str)
        .filter(|name| ask(name).is_ok_and(|cell| cell.verdict == Verdict::Admitted))
        .collect();
    Ok(compare(data::strings(expected, "admin_names")?, admitted))
}

/// Settings that exclude each other, and the deprecated lists.
pub(super) fn from_configuration(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let mut question = Question::on("gateway");
    for (name, value) in input.as_object().ok_or("expected settings")? {
        match value {
            Value::Object(parameters) => {
                for (own, issuers) in parameters {
                    let text = issuers.as_str().unwrap_or_default();
                    let text =
                        if name.ends_with("X509Names") && !text.is_empty() { full(text) } else { text.to_owned() };
                    question = question.parameter(name, own, &text);
                }
            }
            Value::String(_) if name == "platform" || name.contains("StoreName") => {
                return Ok(Ran::Unfit("which store a certificate is presented from, which is not about acceptance"));
            }
            Value::String(text) if name.ends_with("CertIssuers") => question = question.security(name, &full(text)),
            Value::String(text) => question = question.security(name, text),
            other => return Err(format!("the setting {other}")),
        }
    }
    if let Some(code) = expected["error"].as_str() {
        let cell = question.ask(&named("x"))?;
        return Ok(compare((true, Verdict::Refused), (same_code(cell.code.as_deref(), code), cell.verdict)));
    }
    let Some(names) = expected["names"].as_object() else {
        // What the store holds is not known, and so is whether the issuer is pinned.
        let cell = question.ask(&named("x"))?;
        return Ok(compare(Verdict::Indeterminate, cell.verdict));
    };
    for (name, issuers) in names {
        let mut facts = named(name);
        facts["issuer"]["thumbprint"] = json!(full(issuers[0].as_str().ok_or("expected an issuer")?));
        let pinned = question.ask(&facts)?.verdict;
        let other = question.ask(&named(name))?.verdict;
        let trimmed = facts["common_names"][0].as_str().map(str::trim) == Some(name.as_str());
        if (pinned, other) != (Verdict::Admitted, Verdict::Refused) {
            return Ok(compare((Verdict::Admitted, Verdict::Refused), (pinned, other)));
        }
        if !trimmed {
            facts["common_names"] = json!([name.trim()]);
            let found = question.ask(&facts)?.verdict;
            if found != Verdict::Refused {
                return Ok(compare(Verdict::Refused, found));
            }
        }
    }
    Ok(Ran::Answer(Ok(())))
}

/// Whether two names of the public interface are equal: ignoring case, with the same issuers.
pub(super) fn equal(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let declared = |side: &str| -> Result<DeclaredName, String> {
        let name = input[side][0].as_str().ok_or("a name")?.to_owned();
        let list = ThumbprintList::read(input[side][1].as_str().unwrap_or_default());
        let issuers = list.thumbprints().ok_or("issuers")?;
        let issuers: BTreeSet<_> =
            issuers.into_iter().map(|one| IssuerIdentity::Thumbprint(one.bytes.clone())).collect();
        Ok(DeclaredName { name, issuers: issuers.into(), spans: Vec::new(), settings: Vec::new() })
    };
    let (one, other) = (declared("a")?, declared("b")?);
    let mut map = NameMap::default();
    map.merge(one);
    let found = map.get(&other.name).is_some_and(|known| known.issuers == other.issuers);
    Ok(compare(expected.as_bool(), Some(found)))
}
