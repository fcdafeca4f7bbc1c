//! Bodies that end early, come slowly, or are longer or shorter than they say.

use std::time::Duration;

use admit_tests::worker::{Answer, Worker, raw};

use super::super::sessions::Guarded;

/// A request whose body isn't what its head says.
struct Broken {
    /// The lines of the head that speak of the body.
    framing: &'static str,
    body: &'static str,
    /// Whether the proxy of `wrangler dev` makes a good one of it, so that the worker can't tell: it ends what was cut off,
    /// and drops a length beside chunks (as RFC 9112, section 6.3, lets it).
    hidden: bool,
}

const fn broken(framing: &'static str, body: &'static str) -> Broken {
    Broken { framing, body, hidden: false }
}

const CHUNKED: &str = "transfer-encoding: chunked";

const TWICE: &str = "content-length: 4\r\ntransfer-encoding: chunked";

const BROKEN: [Broken; 10] = [
    broken("content-length: 1000", "{\"code\":"),
    Broken { hidden: true, ..broken(CHUNKED, "5\r\n{\"cod\r\n") },
    Broken { hidden: true, ..broken(CHUNKED, "ff\r\n{\"cod") },
    Broken { hidden: true, ..broken(CHUNKED, "5\r\n{\"cod\r\nzz\r\n") },
    broken("content-length: -1", "x"),
    broken("content-length: 5\r\ncontent-length: 6", "xxxxxx"),
    broken("content-length: 5, 5", "xxxxx"),
    Broken { hidden: true, ..broken(TWICE, "0\r\n\r\nGET / HTTP/1.1\r\n\r\n") },
    Broken { hidden: true, ..broken(TWICE, "4\r\nabcd\r\n0\r\n\r\n") },
    broken("transfer-encoding: gzip, chunked", "4\r\nabcd\r\n0\r\n\r\n"),
];

fn head(worker: &Worker, guarded: &Guarded, framing: &str) -> String {
    format!(
        "POST /v1/guard/session/{}/x HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
         cf-connecting-ip: 203.0.113.9\r\n{framing}\r\n\r\n",
        guarded.id,
        worker.address,
        guarded.token("alice")
    )
}

/// Sends a broken body and closes the connection for writing.
fn send(worker: &Worker, guarded: &Guarded, broken: &Broken) -> Option<Answer> {
    let request = head(worker, guarded, broken.framing) + broken.body;
    raw(&worker.address, &[request.as_bytes()], Duration::ZERO, true).ok()
}

/// On the runtime itself every one of them is refused, and nothing of it reaches the pool.
pub(crate) fn on_the_runtime(worker: &Worker) {
    let guarded = Guarded::new(worker, "broken-bodies");
    for one in &BROKEN {
        let answer = send(worker, &guarded, one);
        let refused = answer.as_ref().is_none_or(|answer| answer.status >= 400);
        assert!(refused, "{} {}: {answer:?}", one.framing, one.body);
        assert_eq!(guarded.pool.reached(), 0, "{} {}", one.framing, one.body);
    }
    // The same ones, whole.
    for (framing, body) in [("content-length: 8", "{\"code\":"), (CHUNKED, "5\r\n{\"cod\r\n0\r\n\r\n")] {
        let request = head(worker, &guarded, framing) + body;
        let answer = raw(&worker.address, &[request.as_bytes()], Duration::ZERO, false).expect("an answer");
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    assert_eq!(guarded.pool.reached(), 2);
}

/// Tries them through the proxy of `wrangler dev` and says how many there were.
pub(super) fn tried(worker: &Worker, guarded: &Guarded) -> usize {
    for one in &BROKEN {
        let answer = send(worker, guarded, one);
        if !one.hidden {
            let refused = answer.as_ref().is_none_or(|answer| answer.status >= 400);
            assert!(refused, "{} {}: {answer:?}", one.framing, one.body);
            assert_eq!(guarded.pool.reached(), 0, "{} {}", one.framing, one.body);
        }
        // What the proxy completes is the caller's own request in the caller's own session.
        let seen = std::mem::take(&mut *guarded.pool.state.seen.lock().expect("the requests"));
        assert!(seen.len() <= 1, "{seen:?}");
        let own = |target: &str| target.starts_with("/x?identifier=") && !target.contains('&');
        assert!(seen.iter().all(|one| one.method == "POST" && own(&one.target)), "{seen:?}");
    }
    assert!(guarded.pool.identifiers().len() <= 1, "{:?}", guarded.pool.identifiers());
    // A smuggled identifier doesn't get in because the body comes slowly.
    let body = "{\"identifier\":\"v\"}";
    let slow = head(worker, guarded, &format!("content-type: application/json\r\ncontent-length: {}", body.len()));
    let (one, two) = body.split_at(5);
    let pieces = [slow.as_bytes(), one.as_bytes(), two.as_bytes()];
    let answer = raw(&worker.address, &pieces, Duration::from_millis(400), false).expect("an answer");
    assert_eq!((answer.status, guarded.pool.reached()), (400, 0), "{answer:?}");
    BROKEN.len() + 1
}
