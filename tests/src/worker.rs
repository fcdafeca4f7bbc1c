//! A worker on its real runtime, for tests: started once, asked over HTTP, ended when dropped.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

mod http;
pub mod pool;
pub mod server;

pub use http::{Answer, Sender, raw};

/// How long the runtime may take to start; about a second where nothing else runs.
const START: Duration = Duration::from_secs(60);

/// Secrets of the tests, as `wrangler.toml` describes them.
pub const SECRETS: [(&str, &str); 5] = [
    ("OPERATORS", "alice:operator-secret-of-the-tests bob:other-operator-secret-x"),
    ("READERS", "carol:reader-secret-of-the-tests"),
    ("PROXIES", "edge:proxy-secret-of-the-tests-1 nginx:proxy-secret-of-the-tests-2"),
    ("CLIENTS", "pool-client:client-secret-of-the-tests"),
    ("SESSION_KEY", "session-key-of-the-tests-0123456789abcdef0123"),
];
/// The token of the operator `alice`.
pub const OPERATOR: &str = "Bearer operator-secret-of-the-tests";
/// The token of the reader `carol`.
pub const READER: &str = "Bearer reader-secret-of-the-tests";
/// The secret of the proxy `edge`.
pub const PROXY: &str = "proxy-secret-of-the-tests-1";
/// The secret of the proxy `nginx`.
pub const NGINX: &str = "proxy-secret-of-the-tests-2";

/// A runtime of its own, with a state of its own; ended and removed when dropped.
pub struct Worker {
    runtime: Child,
    state: PathBuf,
    /// Where it listens: `127.0.0.1:40123`.
    pub address: String,
    asked: AtomicU32,
}

impl Worker {
    /// Starts the worker that `ADMIT_WRANGLER` and `ADMIT_WRANGLER_CONFIG` name, or with `ADMIT_WORKER=1` that of the
    /// repository; nothing if neither is set. What it logs goes to [`Worker::log`].
    ///
    /// # Panics
    ///
    /// If it doesn't start.
    pub fn start() -> Option<Self> {
        let repository = crate::repository();
        let (program, config) = match (env::var_os("ADMIT_WRANGLER"), env::var_os("ADMIT_WRANGLER_CONFIG")) {
            (Some(program), Some(config)) => (PathBuf::from(program), PathBuf::from(config)),
            _ if env::var_os("ADMIT_WORKER").is_some_and(|on| on == "1") => {
                (repository.join("node_modules/.bin/wrangler"), repository.join("worker/wrangler.toml"))
            }
            _ => return None,
        };
        Some(Self::run(&program, &config, ""))
    }

    /// Starts a worker of another configuration; `tag` tells its folder from others of this process.
    ///
    /// # Panics
    ///
    /// If it doesn't start.
    pub fn run(program: &std::path::Path, config: &std::path::Path, tag: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let state = env::temp_dir().join(format!("admit-worker-{}{tag}", std::process::id()));
        fs::create_dir_all(&state).expect("a temporary folder");
        let log = fs::File::create(state.join("log")).expect("a file for the log");
        let mut command = Command::new(program);
        command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--log-level", "log"]);
        command.args(["--show-interactive-dev-session", "false"]);
        command.arg("--config").arg(config).arg("--persist-to").arg(state.join("data"));
        for (name, value) in SECRETS {
            command.arg("--var").arg(format!("{name}:{value}"));
        }
        command.env("CI", "1").env("WRANGLER_SEND_METRICS", "false").env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
        command.stdout(log.try_clone().expect("the log")).stderr(log);
        let runtime = command.current_dir(crate::repository()).stdin(Stdio::null()).spawn().expect("wrangler starts");
        let mut worker = Self { runtime, state, address: format!("127.0.0.1:{port}"), asked: AtomicU32::new(0) };
        let start = Instant::now();
        while worker.try_get("/healthz").is_none_or(|answer| answer.status != 200) {
            let ended = worker.runtime.try_wait().expect("the runtime's state");
            assert!(ended.is_none(), "wrangler ended by itself: {ended:?}\n{}", worker.log());
            assert!(start.elapsed() < START, "the runtime is not up after {START:?}\n{}", worker.log());
            sleep(Duration::from_millis(100));
        }
        worker
    }

    /// A request without headers.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// A JSON body.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.ask("POST", path, &all, body)
    }

    /// Any request.
    ///
    /// # Panics
    ///
    /// If there is no answer.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        // The local runtime takes the caller's word for its address, which the platform never does. The rate limit of one
        // address is a test of its own, and shouldn't end the others.
        let address = format!("192.0.2.{}", self.asked.fetch_add(1, Ordering::Relaxed) / 300 % 256);
        let mut all = headers.to_vec();
        if !headers.iter().any(|(name, _)| *name == "cf-connecting-ip") {
            all.push(("cf-connecting-ip", &address));
        }
        Sender::new(&self.address)
            .send(method, path, &all, body.as_bytes())
            .unwrap_or_else(|error| panic!("{method} {path}: {error}\n{}", self.log()))
    }

    /// What the worker has logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.state.join("log")).unwrap_or_default()
    }

    fn try_get(&self, path: &str) -> Option<Answer> {
        Sender::new(&self.address).send("GET", path, &[], &[]).ok()
    }
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
