//! `/v1/policies`.

use std::time::{Duration, Instant};

use admit_core::{Case, evaluate};
use admit_tests::worker::{Answer, OPERATOR, READER, Worker};
use serde_json::{Value, json};

use super::{Part, problem};

pub(crate) const PARTS: &[Part] = &[
    ("policies: tokens", tokens),
    ("policies: written, read, asked", written),
    ("policies: conditions", conditions),
    ("policies: versions, rollback, audit", versions),
    ("policies: what doesn't read is refused with places", unreadable),
    ("policies: the list", list),
    ("policies: writers at the same time", race),
];

const AUTH: (&str, &str) = ("authorization", OPERATOR);
const READ: (&str, &str) = ("authorization", READER);

/// A policy that names one thumbprint.
pub(crate) fn policy(thumbprint: &str) -> Value {
    let manifest = format!(
        "<ClusterManifest xmlns=\"http://schemas.microsoft.com/2011/01/fabric\"><FabricSettings>\
         <Section Name=\"Security\"><Parameter Name=\"ClusterCredentialType\" Value=\"X509\"/>\
         <Parameter Name=\"ServerAuthCredentialType\" Value=\"X509\"/>\
         <Parameter Name=\"ClientRoleEnabled\" Value=\"true\"/>\
         <Parameter Name=\"AdminClientCertThumbprints\" Value=\"{thumbprint}\"/></Section>\
         </FabricSettings></ClusterManifest>"
    );
    json!({ "admit": 1, "kind": "peer", "policy": { "manifest": manifest } })
}

fn put(worker: &Worker, id: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    worker.ask("PUT", &format!("/v1/policies/{id}"), &all, &body.to_string())
}

fn tokens(worker: &Worker) {
    let body = policy("aa");
    for headers in [
        &[] as &[_],
        &[("authorization", "Bearer wrong-secret-of-the-tests-x")],
        &[("authorization", "Bearer ")],
        &[("authorization", "Basic operator-secret-of-the-tests")],
        &[("authorization", OPERATOR), ("authorization", OPERATOR)],
        &[("authorization", "Bearer alice:operator-secret-of-the-tests")],
    ] {
        let answer = put(worker, "tokens", headers, &body);
        problem(&answer, 401);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    problem(&put(worker, "tokens", &[READ], &body), 403);
    problem(&worker.get("/v1/policies"), 401);
    problem(&worker.get("/v1/policies/tokens"), 401);
    problem(&worker.get("/v1/policies/tokens/audit"), 401);
    problem(&worker.ask("GET", "/v1/policies/tokens/audit", &[READ], ""), 403);
    problem(&worker.ask("DELETE", "/v1/policies/tokens", &[READ], ""), 403);
    problem(&worker.post("/v1/policies/tokens/rollback", &[READ], "{}"), 403);
    problem(&worker.post("/v1/policies/tokens/evaluate", &[], "{}"), 401);
    // Nothing was written by any of these.
    problem(&worker.ask("GET", "/v1/policies/tokens", &[READ], ""), 404);
    problem(&worker.ask("DELETE", "/v1/policies/tokens", &[AUTH], ""), 404);
    problem(&worker.post("/v1/policies/tokens/evaluate", &[READ], "{}"), 404);
}

fn written(worker: &Worker) {
    let body = policy("aa");
    let answer = put(worker, "written", &[AUTH], &body);
    assert_eq!((answer.status, answer.json()["version"].as_u64()), (201, Some(1)), "{answer:?}");
    assert_eq!(answer.header("location"), "/v1/policies/written");
    let got = worker.ask("GET", "/v1/policies/written", &[READ], "");
    assert_eq!((got.status, got.body.as_str()), (200, body.to_string().as_str()));
    assert_eq!((got.header("etag"), got.header("admit-version")), (answer.header("etag"), "1"));
    let known = worker.ask("GET", "/v1/policies/written", &[READ, ("if-none-match", got.header("etag"))], "");
    assert_eq!((known.status, known.body.as_str()), (304, ""));

    let at = "2026-11-22T00:00:00Z";
    let question = json!({ "at": at, "subject": { "certificates": "" } });
    let asked = worker.post("/v1/policies/written/evaluate", &[READ], &question.to_string());
    let mut whole = body.clone();
    (whole["at"], whole["subject"]) = (json!(at), json!({ "certificates": "" }));
    let whole = evaluate(&Case::from_json(&whole.to_string()).expect("a case"));
    assert_eq!((asked.status, asked.body), (200, whole.to_json()));
    // Without an instant the platform's clock is asked.
    let now = worker.post("/v1/policies/written/evaluate", &[READ], "{ \"subject\": { \"certificates\": \"\" } }");
    let at = now.json()["at"].as_str().unwrap_or_default().to_string();
    assert!(now.status == 200 && at.starts_with("20") && at != "2026-11-22T00:00:00Z", "{at}");
    let markdown =
        worker.post("/v1/policies/written/evaluate", &[READ, ("accept", "text/markdown")], &question.to_string());
    assert!(markdown.body.starts_with("## "), "{markdown:?}");
    let answer = worker.post("/v1/policies/written/evaluate", &[READ], "{ \"subjct\": {} }");
    assert!(problem(&answer, 400).starts_with("question:1:3: expected a known key"), "{answer:?}");
    assert_eq!(answer.json()["type"], "/problems/unreadable-question");
}

fn conditions(worker: &Worker) {
    let (one, two) = (policy("aa"), policy("bb"));
    problem(&put(worker, "conditions", &[AUTH, ("if-match", "*")], &one), 412);
    let first = put(worker, "conditions", &[AUTH, ("if-none-match", "*")], &one);
    assert_eq!(first.status, 201);
    problem(&put(worker, "conditions", &[AUTH], &two), 428);
    problem(&put(worker, "conditions", &[AUTH, ("if-none-match", "*")], &two), 412);
    problem(&put(worker, "conditions", &[AUTH, ("if-match", "\"other\"")], &two), 412);
    problem(&put(worker, "conditions", &[AUTH, ("if-match", &format!("W/{}", first.header("etag")))], &two), 412);
    let second = put(worker, "conditions", &[AUTH, ("if-match", first.header("etag"))], &two);
    assert_eq!((second.status, second.json()["version"].as_u64()), (200, Some(2)));
    problem(&put(worker, "conditions", &[AUTH, ("if-match", first.header("etag"))], &one), 412);
    problem(&worker.ask("DELETE", "/v1/policies/conditions", &[AUTH], ""), 428);
    problem(&worker.ask("DELETE", "/v1/policies/conditions", &[AUTH, ("if-match", first.header("etag"))], ""), 412);
    let current = second.header("etag");
    let deleted = worker.ask("DELETE", "/v1/policies/conditions", &[AUTH, ("if-match", current)], "");
    assert_eq!((deleted.status, deleted.body.as_str()), (204, ""));
    problem(&worker.ask("GET", "/v1/policies/conditions", &[READ], ""), 404);
    problem(&worker.post("/v1/policies/conditions/evaluate", &[READ], "{ \"subject\": {} }"), 404);
    // A new one goes on counting.
    assert_eq!(put(worker, "conditions", &[AUTH], &one).json()["version"], 3);
}

fn versions(worker: &Worker) {
    let (one, two) = (policy("aa"), policy("bb"));
    let request = "01234567-89ab-cdef-0123-456789abcdef";
    let first = put(worker, "versions", &[AUTH, ("x-request-id", request)], &one);
    let other = ("authorization", "Bearer other-operator-secret-x");
    let second = put(worker, "versions", &[other, ("if-match", first.header("etag"))], &two);
    let path = "/v1/policies/versions";
    for (version, body) in [(1, &one), (2, &two)] {
        let got = worker.ask("GET", &format!("{path}/versions/{version}"), &[READ], "");
        assert_eq!((got.status, got.body), (200, body.to_string()));
    }
    problem(&worker.ask("GET", &format!("{path}/versions/3"), &[READ], ""), 404);
    let back = |tag: &str, body: &str| worker.post(&format!("{path}/rollback"), &[AUTH, ("if-match", tag)], body);
    problem(&back(first.header("etag"), "{\"version\": 1}"), 412);
    problem(&back(second.header("etag"), "{\"version\": 9}"), 404);
    problem(&back(second.header("etag"), "{\"versoin\": 1}"), 400);
    problem(&worker.post(&format!("{path}/rollback"), &[AUTH], "{\"version\": 1}"), 428);
    let third = back(second.header("etag"), "{\"version\": 1}");
    assert_eq!((third.status, third.json()["version"].as_u64()), (200, Some(3)));
    // It holds for the next request.
    assert_eq!(worker.ask("GET", path, &[READ], "").body, one.to_string());
    let audit = worker.ask("GET", &format!("{path}/audit"), &[AUTH], "").json();
    let said: Vec<_> = audit
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| {
            (entry["action"].as_str(), entry["operator"].as_str(), entry["version"].as_u64(), entry["from"].as_u64())
        })
        .collect();
    let expected = [
        (Some("rollback"), Some("alice"), Some(3), Some(1)),
        (Some("put"), Some("bob"), Some(2), None),
        (Some("put"), Some("alice"), Some(1), None),
    ];
    assert_eq!(said, expected);
    assert_eq!(audit[2]["request"], request);
    assert_eq!(audit[0]["sha256"], audit[2]["sha256"]);
}

fn unreadable(worker: &Worker) {
    let send =
        |body: &str| worker.ask("PUT", "/v1/policies/unreadable", &[AUTH, ("content-type", "application/json")], body);
    let answer = send("{ \"admit\": 1,\n \"kind\": \"peer\", \"polcy\": {} }");
    assert!(problem(&answer, 400).starts_with("policy:2:18: expected a known key"), "{answer:?}");
    assert_eq!(answer.json()["type"], "/problems/unreadable-policy");
    problem(&send(""), 400);
    problem(&send("\u{0}"), 400);
    let mut broken = policy("aa");
    broken["policy"]["manifest"] = json!("<ClusterManifest>\n  <FabricSettings>");
    let answer = send(&broken.to_string());
    problem(&answer, 422);
    assert_eq!(answer.json()["errors"][0]["span"]["document"], "policy.manifest");
    let mut guarded = policy("aa");
    guarded["guard"] = json!({ "peer": { "sources": ["xfcc"] } });
    assert!(problem(&send(&guarded.to_string()), 422).contains("guard.peer.proxy"));
    guarded["guard"] = json!({ "peer": { "sources": ["telepathy"] } });
    assert!(problem(&send(&guarded.to_string()), 400).starts_with("policy:1:"));
    let long = format!("{}{}", policy("aa"), " ".repeat(1024 * 1024));
    assert!(problem(&send(&long), 413).contains("1048576"));
    problem(&worker.ask("PUT", "/v1/policies/unreadable", &[AUTH], &policy("aa").to_string()), 415);
    problem(&worker.ask("PUT", "/v1/policies/Unreadable", &[AUTH], "{}"), 404);
    problem(&worker.ask("GET", "/v1/policies/unreadable", &[READ], ""), 404);
}

/// The list is KV's: it is told a second after a write.
fn list(worker: &Worker) {
    let tag = put(worker, "listed", &[AUTH], &policy("aa")).header("etag").to_string();
    let listed = || {
        let page = worker.ask("GET", "/v1/policies", &[READ], "").json();
        page["policies"].as_array().expect("a list").iter().find(|policy| policy["id"] == "listed").cloned()
    };
    let policy = until(&listed);
    assert_eq!((policy["version"].as_u64(), policy["kind"].as_str()), (Some(1), Some("peer")));
    assert_eq!(format!("\"{}\"", policy["etag"].as_str().unwrap_or_default()), tag);
    assert_eq!(worker.ask("DELETE", "/v1/policies/listed", &[AUTH, ("if-match", "*")], "").status, 204);
    until(|| listed().is_none().then_some(()));
}

fn until<T>(mut ready: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = ready() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "the list was not told");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Of writers that have all seen the same version, one wins each time, and none is lost unsaid.
fn race(worker: &Worker) {
    put(worker, "race", &[AUTH], &policy("00"));
    let won: Vec<Vec<u64>> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                scope.spawn(move || {
                    let mut won = Vec::new();
                    for round in 0..6 {
                        let tag = worker.ask("GET", "/v1/policies/race", &[READ], "").header("etag").to_string();
                        let answer =
                            put(worker, "race", &[AUTH, ("if-match", &tag)], &policy(&format!("{writer}{round}")));
                        match answer.status {
                            200 => won.push(answer.json()["version"].as_u64().expect("a version")),
                            412 => {}
                            _ => panic!("{answer:?}"),
                        }
                    }
                    won
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().expect("a writer")).collect()
    });
    let mut versions: Vec<u64> = won.into_iter().flatten().collect();
    versions.sort_unstable();
    let expected: Vec<u64> = (2..).take(versions.len()).collect();
    assert!(versions.len() >= 6, "{versions:?}");
    assert_eq!(versions, expected, "a version was given twice or lost");
    let audit = worker.ask("GET", "/v1/policies/race/audit", &[AUTH], "").json();
    assert_eq!(audit.as_array().map(Vec::len), Some(versions.len() + 1));
}
