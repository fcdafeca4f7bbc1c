//! What a real browser does with the built page, one test a scenario. The scenarios are `browser/scenarios.mjs`.
//!
//! Runs where `ADMIT_DIST` names the built page, as `cargo xtask test` does after building it.

use std::env;
use std::process::Command;

fn scenario(name: &str) {
    if env::var_os("ADMIT_DIST").is_none() {
        println!("skipped: set ADMIT_DIST to the built page, or run `cargo xtask test`");
        return;
    }
    let script = admit_tests::root().join("browser/run.mjs");
    let output = Command::new("node").arg(script).arg(name).output().expect("node runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}:\n{out}\n{err}");
    // A script that ends early by itself must not pass.
    assert!(out.ends_with(&format!("passed: {name}\n")), "{name} didn't finish:\n{out}\n{err}");
}

#[test]
fn peer() {
    scenario("peer");
}

#[test]
fn chain() {
    scenario("chain");
}

#[test]
fn session() {
    scenario("session");
}

#[test]
fn enclave() {
    scenario("enclave");
}

#[test]
fn run_command() {
    scenario("run-command");
}

#[test]
fn rollout() {
    scenario("rollout");
}

#[test]
fn gallery() {
    scenario("gallery");
}

#[test]
fn matrix() {
    scenario("matrix");
}

#[test]
fn narrow() {
    scenario("narrow");
}

#[test]
fn themes() {
    scenario("themes");
}

#[test]
fn no_requests() {
    scenario("no-requests");
}

#[test]
fn editor() {
    scenario("editor");
}

#[test]
fn share() {
    scenario("share");
}

#[test]
fn what_if() {
    scenario("what-if");
}

#[test]
fn rules() {
    scenario("rules");
}

#[test]
fn run_all() {
    scenario("run-all");
}

#[test]
fn offline() {
    scenario("offline");
}

#[test]
fn silence() {
    scenario("silence");
}

#[test]
fn language() {
    scenario("language");
}

#[test]
fn history() {
    scenario("history");
}

#[test]
fn embed() {
    scenario("embed");
}

#[test]
fn frame() {
    scenario("frame");
}

#[test]
fn exported() {
    scenario("exported");
}

#[test]
fn screenshots() {
    scenario("screenshots");
}

#[test]
fn anywhere() {
    scenario("anywhere");
}

#[test]
fn people() {
    scenario("people");
}

#[test]
fn first_visit() {
    scenario("first-visit");
}

#[test]
fn rest_of_the_page() {
    scenario("rest-of-the-page");
}

#[test]
fn tampered() {
    scenario("tampered");
}

#[test]
fn long_text() {
    scenario("long-text");
}

#[test]
fn print() {
    scenario("print");
}

#[test]
fn folder() {
    scenario("folder");
}
