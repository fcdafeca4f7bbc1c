//! The worker under load: evaluations by many at once, while policies are written.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{OPERATOR, Sender, Worker};

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Evaluations that were answered as they should be.
    pub evaluations: u64,
    /// Requests that were not, with the first of them.
    pub failures: Vec<String>,
    /// Policies that were written.
    pub writes: u64,
    /// Writes that the audit doesn't have.
    pub lost: u64,
    /// Memory of the runtime's processes, in KiB, once a second.
    pub memory: Vec<u64>,
    /// Seconds of processor time that the runtime took.
    pub processor: f64,
    /// How long it lasted.
    pub seconds: f64,
}

impl Load {
    /// Evaluations for each second of processor time: what one core does.
    pub fn per_core(&self) -> f64 {
        self.evaluations as f64 / self.processor.max(0.01)
    }

    /// Whether the memory of the last third of the run stays within a quarter of what the second third took.
    pub fn settles(&self) -> bool {
        let third = self.memory.len() / 3;
        let most = |part: &[u64]| part.iter().max().copied().unwrap_or_default();
        let (middle, last) = (most(&self.memory[third..third * 2]), most(&self.memory[third * 2..]));
        last <= middle + middle / 4
    }
}

/// Evaluates `case` over and over on `senders` connections, and writes policies on two more, for as long as told. The
/// worker's rate limits must be out of the way.
///
/// # Panics
///
/// If the worker ends.
pub fn run(worker: &Worker, case: &str, expected: &str, senders: usize, writers: usize, time: Duration) -> Load {
    let start = Instant::now();
    let before = processor(&worker.processes());
    let (over, evaluations) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut load = Load::default();
    std::thread::scope(|scope| {
        let evaluating: Vec<_> =
            (0..senders).map(|_| scope.spawn(|| evaluate(worker, case, expected, &over, &evaluations))).collect();
        let writing: Vec<_> = (0..writers)
            .map(|number| {
                scope.spawn({
                    let over = &over;
                    move || write(worker, number, over)
                })
            })
            .collect();
        while start.elapsed() < time {
            std::thread::sleep(Duration::from_secs(1).min(time - start.elapsed().min(time)));
            load.memory.push(memory(&worker.processes()));
        }
        over.store(true, Ordering::SeqCst);
        for one in evaluating {
            load.failures.extend(one.join().expect("a sender"));
        }
        for one in writing {
            let (writes, lost, failures) = one.join().expect("a writer");
            load.writes += writes;
            load.lost += lost;
            load.failures.extend(failures);
        }
    });
    load.evaluations = evaluations.load(Ordering::SeqCst);
    load.processor = processor(&worker.processes()) - before;
    load.seconds = start.elapsed().as_secs_f64();
    load
}

fn evaluate(worker: &Worker, case: &str, expected: &str, over: &AtomicBool, done: &AtomicU64) -> Vec<String> {
    let mut sender = Sender::new(&worker.address);
    let mut failures = Vec::new();
    while !over.load(Ordering::SeqCst) {
        match sender.send("POST", "/v1/evaluate", &[("content-type", "application/json")], case.as_bytes()) {
            Ok(answer) if answer.status == 200 && answer.body == expected => {
                done.fetch_add(1, Ordering::SeqCst);
            }
            other => failures.push(format!("{other:?}")),
        }
    }
    failures
}

/// Writes one policy again and again, each time under the condition of the last; counts what the audit lacks.
fn write(worker: &Worker, number: usize, over: &AtomicBool) -> (u64, u64, Vec<String>) {
    let path = format!("/v1/policies/load-{number}");
    let mut sender = Sender::new(&worker.address);
    let (mut writes, mut failures, mut tag) = (0_u64, Vec::new(), String::new());
    while !over.load(Ordering::SeqCst) {
        let body = json!({ "admit": 1, "kind": "session", "title": format!("{number} {writes}"), "policy": {} });
        let body = body.to_string();
        let condition = if tag.is_empty() { ("if-none-match", "*") } else { ("if-match", tag.as_str()) };
        let headers = [("authorization", OPERATOR), ("content-type", "application/json"), condition];
        match sender.send("PUT", &path, &headers, body.as_bytes()) {
            Ok(answer) if [200, 201].contains(&answer.status) => {
                writes += 1;
                let version = answer.json()["version"].as_u64();
                if version != Some(writes) {
                    failures.push(format!("write {writes} became version {version:?}"));
                }
                tag = answer.header("etag").to_string();
                // It is read back at once.
                let read = sender.send("GET", &path, &[("authorization", OPERATOR)], b"");
                if !read.as_ref().is_ok_and(|read| read.body == body) {
                    failures.push(format!("{read:?}"));
                }
            }
            other => failures.push(format!("{other:?}")),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let audit = sender.send("GET", &format!("{path}/audit"), &[("authorization", OPERATOR)], b"");
    let latest = audit.ok().and_then(|audit| audit.json().get(0).and_then(|entry: &Value| entry["entry"].as_u64()));
    (writes, writes.saturating_sub(latest.unwrap_or(0)), failures)
}

/// Resident memory of processes, in KiB.
fn memory(processes: &[u32]) -> u64 {
    let of = |id: &u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    processes.iter().filter_map(of).sum()
}

/// Processor time of processes, in seconds.
fn processor(processes: &[u32]) -> f64 {
    let of = |id: &u32| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may hold anything; fields 14 and 15 are times in hundredths of a second.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some((fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?) as f64 / 100.0)
    };
    processes.iter().filter_map(of).sum()
}
