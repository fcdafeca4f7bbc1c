//! The description of the API names what is served, and nothing else.

use admit_worker::Route;
use serde_json::{Map, Value};

const DESCRIPTION: &str = include_str!("../../docs/openapi.json");

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

/// Every route is described with its methods, and nothing else is.
#[test]
fn what_is_described_is_what_is_served() {
    let api: Value = serde_json::from_str(DESCRIPTION).expect("JSON");
    assert_eq!(api["openapi"], "3.1.0");
    assert_eq!(api["info"]["version"], env!("CARGO_PKG_VERSION"));
    for (path, item) in members(api.get("paths")) {
        let filled = path.replace("{id}", "edge").replace("{policy}", "edge").replace("{version}", "1");
        let route = Route::of(&filled).expect(path);
        assert_eq!(route.label(), path);
        let described: Vec<String> =
            members(Some(item)).map(|(name, _)| name.to_uppercase()).filter(|name| name != "PARAMETERS").collect();
        if let Some(methods) = route.methods() {
            let mut taken: Vec<_> = methods.split(", ").filter(|one| !["HEAD", "OPTIONS"].contains(one)).collect();
            taken.sort_unstable();
            let mut described: Vec<_> = described.iter().map(String::as_str).collect();
            described.sort_unstable();
            assert_eq!(taken, described, "{path}");
        }
    }
    let labels = ["/v1/evaluate", "/v1/policies/{id}/rollback", "/v1/guard/session/{policy}", "/metrics"];
    assert!(labels.iter().all(|label| api["paths"].get(label).is_some()));
}

/// Every reference leads somewhere.
#[test]
fn references_lead_somewhere() {
    let api: Value = serde_json::from_str(DESCRIPTION).expect("JSON");
    let mut open = vec![&api];
    let mut found = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref")
                    && let Some(pointer) = to.strip_prefix('#')
                {
                    assert!(api.pointer(pointer).is_some(), "{to}");
                    found += 1;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(found > 50, "{found}");
}
