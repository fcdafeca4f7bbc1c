//! The keys of an issuer that are fetched from their address: kept, followed, bounded.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use admit_tests::generator::today::Issuer;
use admit_tests::worker::server::{Response, serve};
use admit_tests::worker::{OPERATOR, Worker};
use serde_json::json;

use super::sessions::{Guarded, claims};
use super::{Part, problem};

pub(crate) const PARTS: &[Part] =
    &[("keys: fetched once, followed when they change", followed), ("keys: an address that gives none", none)];

/// Longer than the worker waits between two requests for the same keys.
const AGAIN: Duration = Duration::from_millis(5_200);

/// Serves keys; what is served can be changed, and is counted.
struct Keys {
    address: String,
    served: Arc<Mutex<Response>>,
    asked: Arc<AtomicU32>,
}

impl Keys {
    fn serve(response: Response) -> Self {
        let (served, asked) = (Arc::new(Mutex::new(response)), Arc::new(AtomicU32::new(0)));
        let (serving, counting) = (served.clone(), asked.clone());
        let address = serve(move |_| {
            counting.fetch_add(1, Ordering::SeqCst);
            serving.lock().expect("what is served").clone()
        });
        Self { address: format!("http://{address}/keys"), served, asked }
    }

    fn of(issuer: &Issuer) -> Response {
        (200, Vec::new(), issuer.jwks().to_string())
    }

    fn change(&self, response: Response) {
        *self.served.lock().expect("what is served") = response;
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

fn followed(worker: &Worker) {
    let guarded = Guarded::new(worker, "keys");
    let (old, new) = (Issuer::new("tests"), Issuer::new("next"));
    let keys = Keys::serve(Keys::of(&old));
    guarded.configure(worker, super::sessions::ISSUER, &old, json!({ "jwks": keys.address }));
    let with = |issuer: &Issuer| {
        let token = format!("Bearer {}", issuer.token(&claims("alice")));
        guarded.ask(worker, "GET", "/x", &[("authorization", &token)], "").status
    };
    assert_eq!((with(&old), with(&old), keys.asked()), (200, 200, 1));
    // Tokens of unknown keys don't make the worker ask for each.
    for _ in 0..5 {
        assert_eq!(with(&new), 401);
    }
    assert!(keys.asked() <= 2, "asked {} times", keys.asked());
    // The issuer changes its key; a token of the new one is followed.
    keys.change(Keys::of(&new));
    std::thread::sleep(AGAIN);
    assert_eq!((with(&new), with(&old)), (200, 401));
    // It answers no more: its keys stay in force.
    keys.change((500, Vec::new(), String::new()));
    std::thread::sleep(AGAIN);
    assert_eq!((with(&old), with(&new)), (401, 200));
    assert!(keys.asked() <= 5, "asked {} times", keys.asked());
}

fn none(worker: &Worker) {
    let guarded = Guarded::new(worker, "no-keys");
    let token = format!("Bearer {}", guarded.token("alice"));
    let elsewhere = Keys::serve(Keys::of(&guarded.issuer));
    for response in [
        (500, Vec::new(), guarded.issuer.jwks().to_string()),
        (302, vec![("location".into(), elsewhere.address.clone())], String::new()),
        (200, Vec::new(), "{ \"keys\": [] }".into()),
        (200, Vec::new(), "keys".into()),
        (
            200,
            Vec::new(),
            format!("{{ \"keys\": {}, \"x\": \"{}\" }}", guarded.issuer.jwks()["keys"], "x".repeat(300_000)),
        ),
    ] {
        let keys = Keys::serve(response);
        guarded.configure(worker, super::sessions::ISSUER, &guarded.issuer, json!({ "jwks": keys.address }));
        problem(&guarded.ask(worker, "GET", "/x", &[("authorization", &token)], ""), 502);
        assert_eq!(keys.asked(), 1);
    }
    assert_eq!((guarded.pool.reached(), elsewhere.asked()), (0, 0));
    // An address that isn't safe is refused when the policy is written.
    let session = |jwks: &str| {
        json!({ "endpoint": "https://pool.test", "issuer": "i", "audience": "a", "authority": "https://a.test/token",
                "client": "pool-client", "jwks": jwks })
    };
    for jwks in ["http://keys.test/", "https://user@keys.test/", "", "keys.json"] {
        let body = json!({ "admit": 1, "kind": "session", "policy": {}, "guard": { "session": session(jwks) } });
        let headers = [("authorization", OPERATOR), ("content-type", "application/json"), ("if-none-match", "*")];
        let answer = worker.ask("PUT", "/v1/policies/unsafe-keys", &headers, &body.to_string());
        assert!([400, 422].contains(&answer.status), "{jwks}: {answer:?}");
    }
}
