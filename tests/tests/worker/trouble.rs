//! Trouble: a panic in one request, and a short load. Each has a runtime of its own.

use std::path::PathBuf;
use std::time::Duration;

use admit_core::evaluate;
use admit_tests::folder;
use admit_tests::worker::load;
use admit_tests::worker::{OPERATOR, Worker};

/// A build of the worker that panics when asked to: its instance holds a counter that every request takes.
#[test]
fn a_panic_fails_one_request_and_not_the_next() {
    let (Some((program, _)), Some(config)) = (Worker::configured(), std::env::var_os("ADMIT_TRAP_CONFIG")) else {
        println!("skipped: run `cargo xtask test`, which builds the worker that panics");
        return;
    };
    let worker = Worker::run(&program, &PathBuf::from(config), "-trap");
    let headers = [("authorization", OPERATOR), ("content-type", "application/json"), ("if-none-match", "*")];
    let policy = "{ \"admit\": 1, \"kind\": \"session\", \"policy\": {} }";
    assert_eq!(worker.ask("PUT", "/v1/policies/kept", &headers, policy).status, 201);
    for round in 0..3 {
        let trapped = worker.ask("POST", "/v1/trap", &[], "");
        assert!(trapped.status >= 500, "round {round}: {trapped:?}");
        assert_eq!(worker.get("/v1/rules").status, 200, "round {round}");
        // Objects of the old instance are made again, from what they have stored.
        let kept = worker.ask("GET", "/v1/policies/kept", &[("authorization", OPERATOR)], "");
        assert_eq!((kept.status, kept.body.as_str()), (200, policy), "round {round}");
        assert_eq!(worker.get("/healthz").status, 200, "round {round}");
        assert_eq!(worker.ask("GET", "/metrics", &[("authorization", OPERATOR)], "").status, 200, "round {round}");
    }
}

/// A few seconds of what `cargo xtask load` does for a minute.
#[test]
fn a_short_load_loses_nothing() {
    let Some((program, config)) = Worker::configured() else {
        println!("skipped: set ADMIT_WORKER=1 after building the worker, or run `cargo xtask test`");
        return;
    };
    let worker = Worker::unlimited(&program, &config, 10_000_000);
    let case = folder::all().into_iter().find(|folder| folder.name.contains("article-1")).expect("a case").case;
    let load = load::run(&worker, &case.to_json(), &evaluate(&case).to_json(), 4, 2, Duration::from_secs(4));
    assert!(load.failures.is_empty(), "{} failed, first: {:?}", load.failures.len(), load.failures.first());
    assert_eq!(load.lost, 0);
    assert!(load.evaluations > 20 && load.writes > 5, "{load:?}");
}
