//! The worker on its real runtime: its contract, endpoint by endpoint, refusal by refusal.
//!
//! Runs where `ADMIT_WRANGLER` names the program and `ADMIT_WRANGLER_CONFIG` its configuration, as `cargo xtask test`
//! does after building both; `ADMIT_WORKER=1` alone takes the ones of the repository. The runtime is started once.

use admit_tests::worker::Worker;

#[path = "worker/attacks.rs"]
mod attacks;
#[path = "worker/bare.rs"]
mod bare;
#[path = "worker/decisions.rs"]
mod decisions;
#[path = "worker/evaluation.rs"]
mod evaluation;
#[path = "worker/gateway.rs"]
mod gateway;
#[path = "worker/keys.rs"]
mod keys;
#[path = "worker/operations.rs"]
mod operations;
#[path = "worker/peers.rs"]
mod peers;
#[path = "worker/policies.rs"]
mod policies;
#[path = "worker/sessions.rs"]
mod sessions;
#[path = "worker/trouble.rs"]
mod trouble;

/// A part of the contract.
type Part = (&'static str, fn(&Worker));

#[test]
fn the_worker_keeps_its_contract() {
    let Some(worker) = Worker::start() else {
        println!("skipped: set ADMIT_WORKER=1 after building the worker, or run `cargo xtask test`");
        return;
    };
    let wanted = std::env::var("ADMIT_WORKER_PART").ok();
    let parts: Vec<Part> = [
        evaluation::PARTS,
        policies::PARTS,
        peers::PARTS,
        sessions::PARTS,
        keys::PARTS,
        decisions::PARTS,
        gateway::PARTS,
        attacks::PARTS,
        operations::PARTS,
    ]
    .concat();
    for (name, part) in parts {
        if wanted.as_ref().is_none_or(|wanted| name.contains(wanted.as_str())) {
            let start = std::time::Instant::now();
            part(&worker);
            println!("{name}: {:.2} s", start.elapsed().as_secs_f64());
        }
    }
}

/// Asserts that an answer is a problem document of a status, and gives its detail.
#[track_caller]
fn problem(answer: &admit_tests::worker::Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.media_type(), "application/problem+json", "{answer:?}");
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{problem}");
    for key in ["type", "title", "detail"] {
        assert!(problem[key].as_str().is_some_and(|text| !text.is_empty()), "{problem} has no {key}");
    }
    problem["detail"].as_str().unwrap_or_default().to_string()
}
