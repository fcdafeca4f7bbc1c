//! The worker on `workerd` itself, without the proxy of `wrangler dev`: for what that proxy hides, and for bindings and
//! rates that the shipped configuration doesn't have.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::json;

use super::{SECRETS, START, Worker};

/// Tells the folders of the runtimes of one process apart.
static STARTED: AtomicU32 = AtomicU32::new(0);

/// What a worker is given.
#[derive(Debug, Clone, Default)]
pub struct Runtime<'a> {
    /// Requests a minute by the binding that counts them; a million where nothing is said.
    pub limits: &'a [(&'a str, u32)],
    /// Bindings that it doesn't get.
    pub without: &'a [&'a str],
}

impl Runtime<'_> {
    /// Starts the worker of [`Worker::configured`]; nothing if none is.
    ///
    /// # Panics
    ///
    /// If it doesn't start.
    pub fn start(&self) -> Option<Worker> {
        let (_, config) = Worker::configured()?;
        Some(self.start_of(&config))
    }

    /// Starts the worker of another configuration.
    ///
    /// # Panics
    ///
    /// If it doesn't start.
    pub fn start_of(&self, config: &Path) -> Worker {
        let worker = config.parent().and_then(|folder| folder.canonicalize().ok()).expect("the worker's folder");
        let count = STARTED.fetch_add(1, Ordering::SeqCst);
        let state = env::temp_dir().join(format!("admit-runtime-{}-{count}", std::process::id()));
        fs::create_dir_all(&state).expect("a temporary folder");
        let log = fs::File::create(state.join("log")).expect("a file for the log");
        let limits: serde_json::Map<_, _> =
            self.limits.iter().map(|(name, limit)| (name.to_string(), json!(limit))).collect();
        let vars: serde_json::Map<_, _> =
            SECRETS.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
        let given = json!({
            "worker": worker.display().to_string(), "vars": vars, "limits": limits, "without": self.without,
            "state": state.join("data").display().to_string(),
        });
        let mut command = Command::new("node");
        command.arg(crate::root().join("worker/runtime.mjs")).arg(given.to_string()).stdin(Stdio::null());
        command.stdout(log.try_clone().expect("the log")).stderr(log);
        let child = command.current_dir(crate::repository()).spawn().expect("node starts");
        let asked = AtomicU32::new(0);
        let mut started = Worker { runtime: child, state, address: String::new(), asked, config: None };
        started.address = listening(&mut started);
        started
    }
}

/// The address that the program prints when it is up.
fn listening(worker: &mut Worker) -> String {
    let start = Instant::now();
    loop {
        let log = worker.log();
        let line = log.lines().find_map(|line| line.strip_prefix("listening on http://"));
        if let Some(address) = line.filter(|_| log.ends_with('\n')) {
            return address.trim_end_matches('/').to_string();
        }
        let ended = worker.runtime.try_wait().expect("the runtime's state");
        assert!(ended.is_none(), "the runtime ended by itself: {ended:?}\n{log}");
        assert!(start.elapsed() < START, "the runtime is not up after {START:?}\n{log}");
        sleep(Duration::from_millis(50));
    }
}
