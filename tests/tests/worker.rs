//! The worker on its real runtime gives the core's bytes for every case, and problem documents for what isn't one.
//!
//! Runs where `ADMIT_WRANGLER` names the program and `ADMIT_WRANGLER_CONFIG` its configuration, as `cargo xtask test`
//! does after building both; `ADMIT_WORKER=1` alone takes the ones of the repository.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use admit_core::{RULES, evaluate};
use admit_tests::folder;

/// How long the runtime may take to start; about a second where nothing else runs.
const START: Duration = Duration::from_secs(60);

#[test]
fn the_worker_answers_as_the_core_does() {
    let Some(worker) = Worker::start() else {
        println!("skipped: set ADMIT_WORKER=1 after building the worker, or run `cargo xtask test`");
        return;
    };
    for folder in folder::all() {
        let reply = worker.post(folder.case.to_json());
        assert_eq!(reply.status, 200, "{}: {}", folder.name, reply.body);
        assert_eq!(reply.body, evaluate(&folder.case).to_json(), "{}", folder.name);
        assert_eq!(reply.media_type, "application/json", "{}", folder.name);
    }
    problems(&worker);
    catalog(&worker);
}

/// What can't be read is a problem document (RFC 9457) that says where.
fn problems(worker: &Worker) {
    let good = folder::all().into_iter().next().expect("a case").case.to_json();
    for (what, body) in [
        ("nothing", String::new()),
        ("no JSON", "<ClusterManifest/>".to_string()),
        ("half a case", good[..good.len() / 2].to_string()),
        ("an unknown key", good.replacen("\"policy\"", "\"polcy\"", 1)),
        ("another version", good.replacen("\"admit\": 1", "\"admit\": 99", 1)),
    ] {
        let reply = worker.post(body);
        assert_eq!(reply.status, 400, "{what}: {}", reply.body);
        assert_eq!(reply.media_type, "application/problem+json", "{what}");
        let problem: serde_json::Value = serde_json::from_str(&reply.body).expect("a problem is JSON");
        assert_eq!(problem["status"], 400, "{what}: {problem}");
        for key in ["type", "title", "detail"] {
            assert!(problem[key].as_str().is_some_and(|text| !text.is_empty()), "{what}: {problem} has no {key}");
        }
    }
    let reply = worker.get("/v1/nothing");
    assert_eq!((reply.status, reply.media_type.as_str()), (404, "application/problem+json"));
    let reply = worker.get("/v1/evaluate");
    assert_eq!((reply.status, reply.media_type.as_str()), (405, "application/problem+json"));
}

fn catalog(worker: &Worker) {
    let rules: Vec<serde_json::Value> = serde_json::from_str(&worker.get("/v1/rules").body).expect("a list of rules");
    let ids: Vec<_> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert!(ids.iter().eq(RULES.iter().map(|rule| &rule.id)), "{ids:?}");
    let schema: serde_json::Value = serde_json::from_str(&worker.get("/v1/schema").body).expect("a schema");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    // One origin has both: the page is served beside the API.
    let page = worker.get("/");
    assert_eq!((page.status, page.media_type.as_str()), (200, "text/html"), "{}", page.body);
}

struct Reply {
    status: u16,
    /// Without parameters.
    media_type: String,
    body: String,
}

/// A runtime of its own, with a state of its own; ended and removed when dropped.
struct Worker {
    runtime: Child,
    state: PathBuf,
    origin: String,
    agent: ureq::Agent,
}

impl Worker {
    fn start() -> Option<Self> {
        let repository = admit_tests::repository();
        let (program, config) = match (env::var_os("ADMIT_WRANGLER"), env::var_os("ADMIT_WRANGLER_CONFIG")) {
            (Some(program), Some(config)) => (PathBuf::from(program), PathBuf::from(config)),
            _ if env::var_os("ADMIT_WORKER").is_some_and(|on| on == "1") => {
                (repository.join("node_modules/.bin/wrangler"), repository.join("worker/wrangler.toml"))
            }
            _ => return None,
        };
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let state = env::temp_dir().join(format!("admit-worker-{}", std::process::id()));
        let mut command = Command::new(program);
        command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--log-level", "warn"]);
        command.args(["--show-interactive-dev-session", "false"]);
        command.arg("--config").arg(config).arg("--persist-to").arg(&state);
        command.env("CI", "1").env("WRANGLER_SEND_METRICS", "false").env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
        let runtime = command.current_dir(repository).stdin(Stdio::null()).spawn().expect("wrangler starts");
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        let mut worker = Self { runtime, state, origin: format!("http://127.0.0.1:{port}"), agent };
        let start = Instant::now();
        while !worker.is_up() {
            let ended = worker.runtime.try_wait().expect("the runtime's state");
            assert!(ended.is_none(), "wrangler ended by itself: {ended:?}");
            assert!(start.elapsed() < START, "the runtime is not up after {START:?}");
            sleep(Duration::from_millis(100));
        }
        Some(worker)
    }

    fn is_up(&self) -> bool {
        self.agent.get(format!("{}/healthz", self.origin)).call().is_ok_and(|response| response.status() == 200)
    }

    fn get(&self, path: &str) -> Reply {
        reply(self.agent.get(format!("{}{path}", self.origin)).call())
    }

    fn post(&self, body: String) -> Reply {
        let request = self.agent.post(format!("{}/v1/evaluate", self.origin));
        reply(request.header("content-type", "application/json").send(body))
    }
}

fn reply(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Reply {
    let mut response = response.unwrap_or_else(|error| panic!("no answer: {error}"));
    let media_type = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_string();
    let body = response.body_mut().read_to_string().expect("a body of text");
    Reply { status: response.status().as_u16(), media_type, body }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // `kill` of the standard library would leave the runtime's own children behind.
        let id = self.runtime.id().to_string();
        let _ = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status();
        let start = Instant::now();
        while matches!(self.runtime.try_wait(), Ok(None)) {
            if start.elapsed() > Duration::from_secs(10) {
                let _ = self.runtime.kill();
                let _ = self.runtime.wait();
            }
            sleep(Duration::from_millis(50));
        }
        let _ = fs::remove_dir_all(&self.state);
    }
}
