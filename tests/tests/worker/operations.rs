//! What an operator needs: health, counters, logs, limits, request ids.

use admit_tests::worker::{READER, Worker};
use serde_json::Value;

use super::{Part, problem};

pub(crate) const PARTS: &[Part] = &[
    ("operations: health names the bindings", health),
    ("operations: counters add up", counters),
    ("operations: request ids", ids),
    ("operations: the log holds nothing that was sent", log),
    ("operations: limits", limits),
];

fn health(worker: &Worker) {
    let health = worker.get("/healthz").json();
    assert_eq!(health["status"], "ok", "{health}");
    for binding in ["ASSETS", "LIMIT_ADDRESS", "LIMIT_KEY", "METER", "POLICIES", "STORE"] {
        assert_eq!(health["bindings"][binding], "ok", "{health}");
    }
}

/// The value of a series.
pub(crate) fn counted(worker: &Worker, series: &str) -> u64 {
    let text = worker.ask("GET", "/metrics", &[("authorization", READER)], "").body;
    let line = text.lines().find_map(|line| line.strip_prefix(series));
    line.map_or(0, |value| value.trim().parse().unwrap_or_else(|_| panic!("{series}: {value}")))
}

fn counters(worker: &Worker) {
    problem(&worker.get("/metrics"), 401);
    let case = "{ \"admit\": 1, \"kind\": \"peer\", \"at\": \"2026-11-22T00:00:00Z\", \"policy\": { \"manifest\": \
                \"<Section Name='Security'><Parameter Name='ClusterCertThumbprints' Value='x'/></Section>\" }, \
                \"subject\": { \"certificates\": \"\" } }";
    assert_eq!(worker.post("/v1/evaluate", &[], case).status, 200);
    let series = "admit_requests_total{route=\"/v1/schema\",status=\"405\"}";
    let before = counted(worker, series);
    for _ in 0..3 {
        worker.ask("PATCH", "/v1/schema", &[], "");
    }
    assert_eq!(counted(worker, series), before + 3);
    let answer = worker.ask("GET", "/metrics", &[("authorization", READER)], "");
    assert_eq!(answer.media_type(), "text/plain");
    for name in ["admit_requests_total", "admit_verdicts_total", "admit_cost_total", "admit_rules_total"] {
        assert!(answer.body.contains(&format!("# TYPE {name} counter\n{name}{{")), "{name}: {}", answer.body);
    }
}

fn ids(worker: &Worker) {
    let uuid = "01234567-89ab-cdef-0123-456789abcdef";
    let given =
        |id: &str| worker.ask("GET", "/v1/schema", &[("x-request-id", id)], "").header("x-request-id").to_string();
    assert_eq!(given(uuid), uuid);
    assert_eq!(given("any text"), "any text");
    let drawn = (worker.get("/v1/schema"), worker.get("/v1/schema"));
    assert_eq!(drawn.0.header("x-request-id").len(), 36);
    assert_ne!(drawn.0.header("x-request-id"), drawn.1.header("x-request-id"));
}

fn log(worker: &Worker) {
    let secret = "pasted-secret-71c4";
    let case = format!(
        "{{ \"admit\": 1, \"kind\": \"peer\", \"at\": \"2026-11-22T00:00:00Z\", \"title\": \"{secret}\",
          \"policy\": {{ \"manifest\": \"<Section Name='Security'><Parameter Name='ClusterCertThumbprints' Value='{secret}'/></Section>\" }},
          \"subject\": {{ \"certificates\": \"{secret}\" }} }}"
    );
    let uuid = "aaaaaaaa-89ab-cdef-0123-456789abcdef";
    assert_eq!(worker.post("/v1/evaluate", &[("x-request-id", uuid), ("x-other", secret)], &case).status, 200);
    worker.post(&format!("/v1/evaluate?{secret}"), &[("x-request-id", secret)], secret);
    worker.get(&format!("/v1/{secret}"));
    worker.get(&format!("/v1/policies/{secret}"));
    worker.ask("PUT", "/v1/evaluate", &[("authorization", &format!("Bearer {secret}"))], secret);
    let found = (0..50).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let log = worker.log();
        let line = log.lines().find(|line| line.contains(uuid))?;
        serde_json::from_str::<Value>(&line[line.find('{')?..]).ok()
    });
    let entry = found.expect("a line of the log");
    assert_eq!(entry["route"], "/v1/evaluate");
    assert_eq!((entry["status"].as_u64(), entry["received"].as_u64()), (Some(200), Some(case.len() as u64)));
    assert!(entry["rules"].as_array().is_some_and(|rules| !rules.is_empty()), "{entry}");
    // wrangler itself notes the addresses asked; the worker's own lines hold none.
    let log = worker.log();
    let own: Vec<&str> = log.lines().filter(|line| line.contains("\"route\":")).collect();
    assert!(own.len() > 5, "{log}");
    assert!(own.iter().all(|line| !line.contains(secret)), "{own:?}");
}

/// More than the configuration allows in a minute are refused; a token has its own count.
fn limits(worker: &Worker) {
    let from = ("cf-connecting-ip", "198.51.100.7");
    let schema = |headers: &[(&str, &str)]| worker.ask("HEAD", "/v1/schema", &[&[from], headers].concat(), "");
    let limited = (0..1000).find_map(|_| Some(schema(&[])).filter(|answer| answer.status != 200));
    let limited = limited.expect("a refusal among 1000 requests");
    assert_eq!((limited.status, limited.header("retry-after")), (429, "60"));
    problem(&worker.ask("GET", "/v1/schema", &[from], ""), 429);
    assert_eq!(worker.get("/v1/schema").status, 200);
    assert_eq!(schema(&[("authorization", READER)]).status, 200);
    assert_eq!(schema(&[("authorization", "Bearer wrong-secret-of-the-tests-x")]).status, 429);
}
