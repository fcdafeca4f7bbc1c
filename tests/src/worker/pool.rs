//! A session pool and its token authority, as `sessions.md` (sections 2 to 4) says they behave: what the worker's guard
//! stands before.
//!
//! The pool wants the authority's token and an identifier of the documented form in the query; the first request with an
//! unseen identifier makes a session; the identifier comes back in headers and bodies; `/.management/stopSession` ends a
//! session; above its limit it answers 404.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use super::server::{Request, Response, serve};

/// Sessions that the pool has at most.
const MOST: usize = 64;

/// What the tests look at and turn.
#[derive(Debug, Default)]
pub struct State {
    /// Requests by identifier.
    pub sessions: Mutex<BTreeMap<String, u32>>,
    /// Every request that reached the pool.
    pub seen: Mutex<Vec<Request>>,
    /// How often the authority was asked.
    pub asked: AtomicU32,
    /// What the authority answers instead: a status, and a body.
    pub fails: Mutex<Option<(u16, String)>>,
    /// Seconds for which its tokens are good.
    pub life: AtomicU32,
}

/// The pool, running.
pub struct Pool {
    /// The pool management endpoint.
    pub endpoint: String,
    /// The token endpoint.
    pub authority: String,
    /// What happened.
    pub state: Arc<State>,
}

impl Pool {
    /// Starts both.
    pub fn start() -> Self {
        let state = Arc::new(State::default());
        state.life.store(3600, Ordering::SeqCst);
        let of_authority = state.clone();
        let authority = serve(move |request| token(&of_authority, request));
        let of_pool = state.clone();
        let endpoint = serve(move |request| session(&of_pool, request));
        Self { endpoint: format!("http://{endpoint}"), authority: format!("http://{authority}/token"), state }
    }

    /// The identifiers that have a session.
    ///
    /// # Panics
    ///
    /// If another thread has failed.
    pub fn identifiers(&self) -> Vec<String> {
        self.state.sessions.lock().expect("the sessions").keys().cloned().collect()
    }

    /// How many requests have reached the pool.
    ///
    /// # Panics
    ///
    /// If another thread has failed.
    pub fn reached(&self) -> usize {
        self.state.seen.lock().expect("the requests").len()
    }
}

fn token(state: &State, request: &Request) -> Response {
    let number = state.asked.fetch_add(1, Ordering::SeqCst) + 1;
    // Long enough for others to come in the meantime.
    std::thread::sleep(Duration::from_millis(200));
    if let Some((status, body)) = state.fails.lock().expect("the failure").clone() {
        return (status, Vec::new(), body);
    }
    let good = request.method == "POST"
        && ["grant_type=client_credentials", "client_id=pool-client", "client_secret=client-secret-of-the-tests"]
            .iter()
            .all(|part| request.body.split('&').any(|pair| pair == *part))
        && request.body.contains("scope=https%3A%2F%2Fdynamicsessions.io%2F.default");
    if !good {
        return (400, Vec::new(), json!({ "error": "invalid_request" }).to_string());
    }
    let life = state.life.load(Ordering::SeqCst);
    let body = json!({ "token_type": "Bearer", "expires_in": life, "access_token": format!("pool-token-{number}") });
    (200, vec![("content-type".into(), "application/json".into())], body.to_string())
}

fn session(state: &State, request: &Request) -> Response {
    state.seen.lock().expect("the requests").push(request.clone());
    let error = |status: u16, code: &str| {
        let body = json!({ "error": { "code": code, "message": code } }).to_string();
        (status, vec![("x-ms-error-code".to_string(), code.to_string())], body)
    };
    let number = request.header("authorization").strip_prefix("Bearer pool-token-").map(str::parse::<u32>);
    if !matches!(number, Some(Ok(_))) {
        return error(401, "Unauthorized");
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let identifiers: Vec<&str> = query.split('&').filter_map(|pair| pair.strip_prefix("identifier=")).collect();
    let [identifier] = identifiers.as_slice() else { return error(400, "SessionRequestValidationFailed") };
    let documented = (4..=128).contains(&identifier.len()) && identifier.bytes().all(|b| b.is_ascii_alphanumeric());
    if !documented {
        return error(400, "SessionRequestValidationFailed");
    }
    let mut sessions = state.sessions.lock().expect("the sessions");
    match path {
        "/.management/stopSession" => {
            sessions.remove(*identifier);
            return (200, Vec::new(), format!("Session {identifier} in session pool tests stopped."));
        }
        "/moved" => return (302, vec![("location".into(), format!("/x?identifier={identifier}"))], String::new()),
        "/unauthorized" => return error(401, "Unauthorized"),
        "/nothing" => return (204, Vec::new(), String::new()),
        _ => {}
    }
    if !sessions.contains_key(*identifier) && sessions.len() >= MOST {
        return error(404, "SessionPoolFull");
    }
    let count = sessions.entry(identifier.to_string()).or_default();
    *count += 1;
    let headers = [
        ("content-type", "application/json".to_string()),
        ("operation-location", format!("/executions/1?api-version=2024-10-02-preview&identifier={identifier}")),
        ("x-ms-session-guid", "0f0f0f0f-pod".to_string()),
        ("x-echo", format!("session {}", identifier.to_uppercase())),
        ("set-cookie", format!("session={identifier}")),
        ("x-of-the-app", "kept".to_string()),
    ];
    let body = json!({ "count": *count, "path": path, "method": request.method, "sent": request.body });
    (200, headers.map(|(name, value)| (name.to_string(), value)).to_vec(), body.to_string())
}
