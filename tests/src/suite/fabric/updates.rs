//! Updates that the deployer refuses, and the steps that it makes of the others.

use admit_core::fabric::rollout::{
    ClusterCertificates, FlowStep, Installation, NameWithIssuers, Recovery, SecurityType, UpdateRefusal,
    any_on_machine, each_on_machine, flow_steps, installation, is_certificate_change, is_replaced_during,
    issuer_stores, issuers, on_every_node, recovery, security_type, values,
};
use serde_json::{Value, json};

use super::super::data;
use super::{Ran, compare};

fn named(refusal: Option<UpdateRefusal>) -> Value {
    refusal.map_or(Value::Null, |refusal| json!(refusal.name()))
}

/// The strings of a list; `null` is nothing.
fn list(value: &Value) -> Result<Vec<&str>, String> {
    let items = value.as_array().ok_or_else(|| format!("expected a list, found {value}"))?;
    Ok(items.iter().filter_map(Value::as_str).collect())
}

/// Names with the issuers of their comma lists.
fn names(value: &Value) -> Result<Vec<NameWithIssuers>, String> {
    let names = value.as_object().ok_or_else(|| format!("expected names, found {value}"))?;
    Ok(names.iter().map(|(name, issuers)| NameWithIssuers::new(name, issuers.as_str().unwrap_or_default())).collect())
}

pub(super) fn thumbprints(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let [current, target] = ["current", "target"].map(|side| list(&input[side]));
    let refusal = values(&ClusterCertificates::by_thumbprint(current?), &ClusterCertificates::by_thumbprint(target?));
    Ok(compare(expected["error"].clone(), named(refusal)))
}

pub(super) fn common_names(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let side = |side: &str| -> Result<ClusterCertificates, String> {
        Ok(ClusterCertificates::by_name(list(&input[side])?.into_iter().map(|name| NameWithIssuers::new(name, ""))))
    };
    Ok(compare(expected["error"].clone(), named(values(&side("current")?, &side("target")?))))
}

pub(super) fn issuer_thumbprints(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let side = |side: &str| names(&input[side]).map(ClusterCertificates::by_name);
    let refusal = issuers(&side("current")?, &side("target")?, |_, _| false);
    Ok(compare(expected["error"].clone(), named(refusal)))
}

pub(super) fn stores(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let side = |side: &str| -> Result<Vec<(String, String)>, String> {
        let stores = input[side].as_object().ok_or("expected issuer stores")?;
        Ok(stores.iter().map(|(name, list)| (name.clone(), list.as_str().unwrap_or_default().to_owned())).collect())
    };
    Ok(compare(expected["error"].clone(), named(issuer_stores(&side("current")?, &side("target")?))))
}

/// What the first letter of a certificate's name says of it: v, x or u.
fn state(name: &str) -> Installation {
    match name.chars().next() {
        Some('v') => Installation::Valid,
        Some('x') => Installation::Invalid,
        _ => Installation::Missing,
    }
}

pub(super) fn installed(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let [current, target] = ["current", "target"].map(|side| list(&input[side]));
    let (current, target) = (ClusterCertificates::by_thumbprint(current?), ClusterCertificates::by_thumbprint(target?));
    Ok(compare(expected["error"].clone(), named(installation(&current, &target, state))))
}

pub(super) fn install_check(area: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let states = match data::string(input, "state")? {
        "all installed and valid" | "installed" => vec![Installation::Valid, Installation::Valid],
        "all installed but expired" => vec![Installation::Invalid, Installation::Invalid],
        "none installed" => vec![Installation::Missing, Installation::Missing],
        "some installed, some not" => vec![Installation::Valid, Installation::Missing],
        other => return Err(format!("the state {other}")),
    };
    let refusal = match area {
        "install_check_each_on_one_node" => each_on_machine(states.into_iter()),
        "install_check_any_on_one_node" => any_on_machine(states.into_iter()),
        _ => on_every_node(states.into_iter()),
    };
    Ok(compare(expected["error"].clone(), named(refusal)))
}

pub(super) fn type_change(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let side = |side: &str| match data::string(input, side)? {
        "unsecured" => Ok(SecurityType::Unsecured),
        text if text.starts_with("Windows") => Ok(SecurityType::Windows),
        text if text.starts_with("X509") => Ok(SecurityType::Certificates),
        other => Err(format!("the type {other}")),
    };
    Ok(compare(expected["error"].clone(), named(security_type(side("current")?, side("target")?))))
}

fn declared(value: &Value) -> Result<ClusterCertificates, String> {
    match value.get("thumbprints") {
        Some(thumbprints) => Ok(ClusterCertificates::by_thumbprint(list(thumbprints)?)),
        None => names(&value["commonNames"]).map(ClusterCertificates::by_name),
    }
}

/// A step as the vectors write it: what is empty is left out.
fn written(step: &FlowStep) -> Value {
    let mut written = serde_json::Map::new();
    let mut thumbprints = |key: &str, certificates: &ClusterCertificates| {
        if !certificates.thumbprints.is_empty() {
            written.insert(key.to_owned(), json!(certificates.thumbprints));
        }
    };
    thumbprints("thumbprintWhitelist", &step.accepted);
    thumbprints("thumbprintLoad", &step.presented);
    thumbprints("thumbprintFss", &step.file_store);
    if !step.accepted.names.is_empty() {
        let names = step.accepted.names.iter().map(|name| (name.name.clone(), json!(name.issuers.join(","))));
        written.insert("cnWhitelist".to_owned(), Value::Object(names.collect()));
    }
    for (key, certificates) in [("cnLoad", &step.presented), ("cnFss", &step.file_store)] {
        if !certificates.names.is_empty() {
            let names: Vec<_> = certificates.names.iter().map(|name| name.name.clone()).collect();
            written.insert(key.to_owned(), json!(names));
        }
    }
    Value::Object(written)
}

/// Steps with their names in an order of their own: the vectors give names as keys of an object, which have none.
fn unordered(steps: &Value) -> Value {
    let mut steps = steps.clone();
    for step in steps.as_array_mut().into_iter().flatten() {
        for key in ["cnLoad", "cnFss"] {
            if let Some(names) = step.get_mut(key).and_then(Value::as_array_mut) {
                names.sort_by_key(ToString::to_string);
            }
        }
    }
    steps
}

pub(super) fn flow(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let steps = flow_steps(&declared(&input["current"])?, &declared(&input["target"])?);
    let steps = steps.map_err(|_| "no steps for this change".to_owned())?;
    let found: Vec<Value> = steps.iter().map(written).collect();
    Ok(compare(unordered(&expected["steps"]), unordered(&Value::Array(found))))
}

pub(super) fn names_together(area: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let current = ClusterCertificates::by_name(names(&input["current"])?);
    let found = if area == "added_cns_and_issuers" {
        current.added_names(&ClusterCertificates::by_name(names(&input["target"])?))
    } else {
        current.merged_names(&names(&input["added"])?)
    };
    let found = found.into_iter().map(|name| {
        let issuers = if name.issuers.is_empty() { Value::Null } else { json!(name.issuers.join(",")) };
        (name.name, issuers)
    });
    Ok(compare(expected.clone(), Value::Object(found.collect())))
}

pub(super) fn unique(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let own = ["Thumbprint", "ThumbprintSecondary"].map(|key| data::string(input, key));
    let [first, second] = own;
    let certificates = ClusterCertificates::by_thumbprint([first?, second?]);
    let steps = flow_steps(&ClusterCertificates::by_thumbprint(["other"]), &certificates);
    // What is accepted at the end is each thumbprint once.
    let count = steps.ok().and_then(|steps| Some(steps.last()?.presented.thumbprints.len()));
    Ok(compare(expected["count"].clone(), json!(count)))
}

/// A value that stands alone is written twice.
fn pair(list: &[String]) -> Vec<String> {
    let second = list.get(1).or_else(|| list.first());
    list.first().into_iter().chain(second).cloned().collect()
}

pub(super) fn manifests(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let by_name = expected["manifests"][0].get("find").is_some();
    let side = |side: &str| -> Result<ClusterCertificates, String> {
        let list = list(&input[side])?;
        Ok(if by_name {
            ClusterCertificates::by_name(list.into_iter().map(|name| NameWithIssuers::new(name, "")))
        } else {
            ClusterCertificates::by_thumbprint(list)
        })
    };
    let steps = flow_steps(&side("current")?, &side("target")?).map_err(|_| "no steps for this change".to_owned())?;
    let values = |own: &ClusterCertificates| -> Vec<String> {
        if by_name { own.names.iter().map(|name| name.name.clone()).collect() } else { own.thumbprints.clone() }
    };
    let wanted = expected["manifests"].as_array().ok_or("expected manifests")?;
    if wanted.len() != steps.len() {
        return Ok(compare(wanted.len(), steps.len()));
    }
    for (wanted, step) in wanted.iter().zip(&steps) {
        let (presented, accepted, file) =
            (values(&step.presented), values(&step.accepted), pair(&values(&step.file_store)));
        let secondary = presented.get(1).map_or(Value::Null, |value| json!(value));
        let kind = if by_name { "FindBySubjectName" } else { "FindByThumbprint" };
        let (found, lists, store) = if by_name {
            let lists = wanted["names"].as_str().unwrap_or_default().split(' ').next().unwrap_or_default().to_owned();
            (json!([kind, presented[0], secondary]) == wanted["find"], lists, wanted["fss"].clone())
        } else {
            let own = &wanted["NodeType.ClusterCertificate"];
            let same = own["X509FindType"] == kind
                && own["X509FindValue"] == presented[0]
                && own["X509FindValueSecondary"] == secondary;
            let lists = wanted["ClusterCertThumbprints==ClientCertThumbprints==AdminClientCertThumbprints"].as_str();
            (same, lists.unwrap_or_default().to_owned(), wanted["FileStoreService(Primary,Secondary)"].clone())
        };
        let lists_fit = if lists == "contains both" { accepted.len() == 2 } else { lists == accepted.join(",") };
        if !found || !lists_fit || store != json!(file) {
            return Ok(compare(wanted.clone(), written(step)));
        }
    }
    Ok(Ran::Answer(Ok(())))
}

pub(super) fn classification(_: &str, _: &Value, expected: &Value) -> Result<Ran, String> {
    let one = ClusterCertificates::by_name([NameWithIssuers::new("one", "")]);
    match data::string(expected, "upgrade")? {
        // The configurations themselves are not published; the first changes nothing but issuer stores.
        "simple, single step" => Ok(compare(false, is_certificate_change(&one, &one.clone()))),
        _ => Ok(Ran::Unfit("the configurations of the vector are not given")),
    }
}

pub(super) fn rollback(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let failed = match (input["first_step_succeeds"].as_bool(), input["last_successful_step_index"].as_i64()) {
        (Some(first), _) => u32::from(first) + 1,
        (_, Some(index)) => u32::try_from(index + 2).map_err(|error| error.to_string())?,
        _ => return Err(format!("expected the step that failed, found {input}")),
    };
    let succeeds = input["rollback_succeeds"].as_bool().ok_or("expected whether the rollback succeeds")?;
    let is_pending = match recovery(failed) {
        Recovery::Dropped => false,
        Recovery::BackTo(_) => !succeeds,
    };
    let wanted = match (expected.get("pending"), expected.as_str()) {
        (Some(pending), _) => !pending.is_null(),
        (_, Some(text)) => text.contains("stays pending"),
        _ => return Err(format!("expected what is pending, found {expected}")),
    };
    Ok(compare(wanted, is_pending))
}

pub(super) fn interrupt(_: &str, input: &Value, expected: &Value) -> Result<Ran, String> {
    let event = data::string(input, "event")?;
    let step = event.chars().rev().find_map(|digit| digit.to_digit(10)).ok_or("expected a step")?;
    let replaces = data::string(expected, "result")?.contains("replaces");
    Ok(compare(replaces, is_replaced_during(step)))
}
