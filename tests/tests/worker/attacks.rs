//! Two hundred ways around the guards, none of which leads in.
//!
//! Each is a request that somebody could send who has everything but the right: the listed certificate without its key, a
//! proxy's name without its secret, a token of another, of yesterday, or altered. A way in is a 200 from the guard for
//! certificates, or anything at all that reaches the pool behind the guard for sessions.

use std::time::Duration;

use admit_tests::worker::{Answer, Worker, raw};

use super::Part;

#[path = "attacks/bodies.rs"]
pub(crate) mod bodies;
#[path = "attacks/peers.rs"]
mod peers;
#[path = "attacks/sessions.rs"]
mod sessions;
#[path = "attacks/tokens.rs"]
mod tokens;

pub(crate) const PARTS: &[Part] = &[("attacks: two hundred ways, none of them in", two_hundred)];

type Headers = Vec<(String, String)>;

fn two_hundred(worker: &Worker) {
    let peers = peers::tried(worker);
    let sessions = sessions::tried(worker);
    println!("ways tried: {peers} at the guard for certificates, {sessions} at the guard for sessions");
    assert!(peers + sessions >= 200, "{peers} + {sessions}");
}

fn headers(list: &[(&str, &str)]) -> Headers {
    list.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// Sends a request whose headers may be anything, byte for byte.
fn send(worker: &Worker, method: &str, path: &str, headers: &Headers, body: &[u8]) -> Option<Answer> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", worker.address);
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // An address of its own: that somebody tries often is not what keeps it out here.
    head.push_str("cf-connecting-ip: 203.0.113.9\r\n");
    if !body.is_empty() {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    raw(&worker.address, &[&[head.as_bytes(), b"\r\n", body].concat()], Duration::ZERO, false).ok()
}
