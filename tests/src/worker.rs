//! A worker on its real runtime, for tests: started once, asked over HTTP, ended when dropped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

mod http;
pub mod load;
pub mod pool;
mod runtime;
pub mod server;

pub use http::{Answer, Sender, raw};
pub use runtime::Runtime;

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
    /// The folder of a configuration of its own.
    config: Option<PathBuf>,
}

impl Worker {
    /// Starts the worker that `ADMIT_WRANGLER` and `ADMIT_WRANGLER_CONFIG` name, or with `ADMIT_WORKER=1` that of the
    /// repository; nothing if neither is set. What it logs goes to [`Worker::log`].
    ///
    /// # Panics
    ///
    /// If it doesn't start.
    pub fn start() -> Option<Self> {
        let (program, config) = Self::configured()?;
        Some(Self::run(&program, &config, ""))
    }

    /// The program and the configuration that [`Worker::start`] takes.
    pub fn configured() -> Option<(PathBuf, PathBuf)> {
        let repository = crate::repository();
        match (env::var_os("ADMIT_WRANGLER"), env::var_os("ADMIT_WRANGLER_CONFIG")) {
            (Some(program), Some(config)) => Some((PathBuf::from(program), PathBuf::from(config))),
            _ if env::var_os("ADMIT_WORKER").is_some_and(|on| on == "1") => {
                Some((repository.join("node_modules/.bin/wrangler"), repository.join("worker/wrangler.toml")))
            }
            _ => None,
        }
    }

    /// Starts a worker of another configuration; `tag` tells its folder from others of this process.
    ///
    /// # Panics
    ///
    /// If it doesn't start.
    pub fn run(program: &Path, config: &Path, tag: &str) -> Self {
        let (port, inspector) = (free_port(), free_port());
        let state = env::temp_dir().join(format!("admit-worker-{}{tag}", std::process::id()));
        fs::create_dir_all(&state).expect("a temporary folder");
        let log = fs::File::create(state.join("log")).expect("a file for the log");
        let mut command = Command::new(program);
        command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--log-level", "log"]);
        // Two runtimes at once would both take the usual one.
        command.args(["--inspector-port", &inspector.to_string()]);
        command.args(["--show-interactive-dev-session", "false"]);
        command.arg("--config").arg(config).arg("--persist-to").arg(state.join("data"));
        for (name, value) in SECRETS {
            command.arg("--var").arg(format!("{name}:{value}"));
        }
        command.env("CI", "1").env("WRANGLER_SEND_METRICS", "false").env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
        command.stdout(log.try_clone().expect("the log")).stderr(log);
        let runtime = command.current_dir(crate::repository()).stdin(Stdio::null()).spawn().expect("wrangler starts");
        let mut worker =
            Self { runtime, state, address: format!("127.0.0.1:{port}"), asked: AtomicU32::new(0), config: None };
        let start = Instant::now();
        while worker.try_get("/healthz").is_none_or(|answer| answer.status != 200) {
            let ended = worker.runtime.try_wait().expect("the runtime's state");
            assert!(ended.is_none(), "wrangler ended by itself: {ended:?}\n{}", worker.log());
            assert!(start.elapsed() < START, "the runtime is not up after {START:?}\n{}", worker.log());
            sleep(Duration::from_millis(100));
        }
        worker
    }

    /// Starts the worker of a configuration with other rate limits: `limit` requests a minute.
    ///
    /// # Panics
    ///
    /// If it doesn't start, or the configuration can't be read.
    pub fn unlimited(program: &Path, config: &Path, limit: u32) -> Self {
        let folder = config.parent().and_then(|folder| folder.canonicalize().ok()).expect("the configuration's folder");
        let shown = folder.display();
        let text = fs::read_to_string(config).expect("the configuration");
        let text = text.replace("main = \"", &format!("main = \"{shown}/"));
        let text = text.replace("directory = \"", &format!("directory = \"{shown}/"));
        let text = text
            .replace("limit = 600,", &format!("limit = {limit},"))
            .replace("limit = 6000,", &format!("limit = {limit},"));
        let place = env::temp_dir().join(format!("admit-worker-{}-unlimited", std::process::id()));
        fs::create_dir_all(&place).expect("a temporary folder");
        fs::write(place.join("wrangler.toml"), text).expect("a configuration");
        let mut worker = Self::run(program, &place.join("wrangler.toml"), "-unlimited-state");
        // It is watched, and must stay where it is.
        worker.config = Some(place);
        worker
    }

    /// The processes of the runtime that run workers.
    pub fn processes(&self) -> Vec<u32> {
        let mut found = Vec::new();
        let mut open = vec![self.runtime.id()];
        while let Some(id) = open.pop() {
            let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
            if name.trim() == "workerd" {
                found.push(id);
            }
            let tasks = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
            for task in tasks {
                let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
                open.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
            }
        }
        found
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

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
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
        if let Some(config) = &self.config {
            let _ = fs::remove_dir_all(config);
        }
    }
}
