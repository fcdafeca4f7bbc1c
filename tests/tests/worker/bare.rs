//! What only shows on the runtime itself, without the proxy of `wrangler dev`, or with other bindings and rates than those
//! that are shipped. Each has a runtime of its own.

use admit_tests::generator::today::Today;
use admit_tests::worker::{Answer, PROXY, READER, Runtime, Worker};
use serde_json::{Value, json};

use super::attacks::bodies;
use super::peers::put;
use super::policies::policy;
use super::problem;
use super::sessions::Guarded;

fn start(runtime: &Runtime<'_>) -> Option<Worker> {
    let worker = runtime.start();
    if worker.is_none() {
        println!("skipped: set ADMIT_WORKER=1 after building the worker, or run `cargo xtask test`");
    }
    worker
}

#[test]
fn a_body_that_is_cut_off_reaches_nobody() {
    let Some(worker) = start(&Runtime::default()) else { return };
    bodies::on_the_runtime(&worker);
}

/// Asks until it is refused; gives how many passed before.
#[track_caller]
fn passed(most: usize, ask: impl Fn(usize) -> Answer) -> usize {
    for number in 0..most {
        let answer = ask(number);
        if answer.status == 429 {
            problem(&answer, 429);
            assert_eq!(answer.header("retry-after"), "60", "{answer:?}");
            return number;
        }
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    panic!("none of {most} was refused");
}

#[test]
fn everyone_has_a_rate_of_their_own() {
    let limits = [("LIMIT_KEY", 8), ("LIMIT_ADDRESS", 5)];
    let Some(worker) = start(&Runtime { limits: &limits, ..Runtime::default() }) else { return };
    let peer = Today::new("admin.client.test", 1);
    let mut body = policy(&peer.certificate.thumbprint());
    body["guard"] = json!({ "peer": { "sources": ["client-cert"], "proxy": "edge" } });
    put(&worker, "rates", &body);
    let guarded = Guarded::new(&worker, "rates-of-sessions");
    // An address of its own for each request, so that what counts is the key.
    let address = |number: usize| format!("198.51.100.{number}");

    let read = |number: usize| {
        let headers = [("authorization", READER), ("cf-connecting-ip", &*address(number))];
        worker.ask("GET", "/v1/schema", &headers, "")
    };
    assert_eq!(passed(20, read), 8, "a reader");
    let bob = [("authorization", "Bearer other-operator-secret-x")];
    assert_eq!(worker.ask("GET", "/v1/schema", &bob, "").status, 200, "an operator");

    let rfc = format!(":{}:", peer.base64());
    let enter = |number: usize| {
        let own = address(100 + number);
        let headers = [("admit-proxy-secret", PROXY), ("client-cert", rfc.as_str()), ("cf-connecting-ip", &own)];
        worker.ask("GET", "/v1/guard/peer/rates", &headers, "")
    };
    assert_eq!(passed(20, enter), 8, "a proxy");

    let session = |subject: &str, number: usize| {
        let token = format!("Bearer {}", guarded.token(subject));
        guarded.ask(&worker, "GET", "/x", &[("authorization", &token), ("cf-connecting-ip", &address(number))], "")
    };
    assert_eq!(passed(20, |number| session("alice", 150 + number)), 8, "a principal");
    assert_eq!(session("bob", 180).status, 200, "another principal");

    let anyone = |from: &str| worker.ask("GET", "/v1/schema", &[("cf-connecting-ip", from)], "");
    assert_eq!(passed(20, |_| anyone("192.0.2.200")), 5, "an address");
    assert_eq!(anyone("192.0.2.201").status, 200, "another address");
    // A wrong token doesn't count as another's.
    let wrong = [("authorization", "Bearer wrong-secret-of-the-tests-x"), ("cf-connecting-ip", "192.0.2.200")];
    problem(&worker.ask("GET", "/v1/schema", &wrong, ""), 429);
}

#[test]
fn health_names_what_is_missing() {
    let all = ["ASSETS", "CREDENTIALS", "LIMIT_ADDRESS", "LIMIT_KEY", "METER", "POLICIES", "PRINCIPALS", "STORE"];
    for without in
        [["ASSETS", "LIMIT_KEY", "PRINCIPALS", "STORE"], ["CREDENTIALS", "LIMIT_ADDRESS", "METER", "POLICIES"]]
    {
        let Some(worker) = start(&Runtime { without: &without, ..Runtime::default() }) else { return };
        let answer = worker.get("/healthz");
        assert_eq!(answer.status, 503, "{answer:?}");
        let health = answer.json();
        assert_eq!(health["status"], "degraded", "{health}");
        for binding in all {
            let expected = if without.contains(&binding) { "missing" } else { "ok" };
            assert_eq!(health["bindings"][binding], expected, "{binding}: {health}");
        }
        // What needs none of them goes on.
        let case = json!({ "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z", "policy": {},
                           "subject": { "identifiers": "abcd" } });
        let verdict: Value = worker.post("/v1/evaluate", &[], &case.to_string()).json();
        assert_eq!(verdict["verdict"], "refused", "{verdict}");
    }
}
