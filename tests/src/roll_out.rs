//! A roll-out of any size, for how its cost grows.

use std::fs;

use admit_core::Case;
use serde_json::json;

/// The certificates of the roll-out: five, two of which nodes present.
const CERTIFICATES: [&str; 5] = ["node-1", "node-1-next", "node-2", "operator", "viewer"];

/// One certificate replaced by another in three roll-outs, in so many upgrade domains of so many nodes each.
///
/// # Panics
///
/// If the material can't be read.
pub fn case(domains: usize, nodes: usize) -> Case {
    let material = |name: &str| {
        fs::read_to_string(crate::root().join("material").join(name).with_extension("pem")).expect("material")
    };
    let certificates: String = CERTIFICATES.into_iter().map(material).collect();
    let example = |file: &str| {
        let path = crate::root().join("cases/rollout/replaced-in-three").join(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let header: serde_json::Value = serde_json::from_str(&example(Case::FOLDER_FILE)).expect("a case");
    let domains: Vec<_> =
        (0..domains).map(|place| json!({ "name": format!("UD{place}"), "nodes": nodes, "seeds": 1 })).collect();
    let case = json!({
        "admit": 1, "kind": "rollout", "at": "2026-11-22T00:00:00Z",
        "policy": {
            "before": example("policy.before.xml"), "after": example("policy.after.xml"),
            "steps": header["policy"]["steps"],
        },
        "subject": { "certificates": certificates, "domains": domains },
    });
    Case::from_json(&case.to_string()).unwrap_or_else(|error| panic!("{error}"))
}
