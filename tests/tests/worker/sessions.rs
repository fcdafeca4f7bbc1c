//! `/v1/guard/session/{policy}/...`: the guard for sessions, before a pool and an authority that run beside it.

use std::sync::atomic::Ordering;

use admit_tests::generator::today::{Issuer, now};
use admit_tests::worker::pool::Pool;
use admit_tests::worker::{Answer, Worker};
use serde_json::{Value, json};

use super::peers::put;
use super::{Part, problem};

pub(crate) const PARTS: &[Part] = &[
    ("sessions: each caller has its own", own),
    ("sessions: tokens", tokens),
    ("sessions: nothing is smuggled", smuggled),
    ("sessions: one credential for all", credential),
    ("sessions: the authority fails", authority_fails),
    ("sessions: life, rotation, a second owner", life),
    ("sessions: what the pool answers", answers),
];

pub(crate) const ISSUER: &str = "https://login.test/tenant/v2.0";
pub(crate) const AUDIENCE: &str = "api://guard.test";

/// A guard before a pool of its own.
pub(crate) struct Guarded {
    pub(crate) pool: Pool,
    pub(crate) issuer: Issuer,
    pub(crate) id: &'static str,
}

impl Guarded {
    pub(crate) fn new(worker: &Worker, id: &'static str) -> Self {
        let guarded = Self { pool: Pool::start(), issuer: Issuer::new("tests"), id };
        guarded.configure(worker, ISSUER, &guarded.issuer, json!({}));
        guarded
    }

    pub(crate) fn configure(&self, worker: &Worker, name: &str, issuer: &Issuer, more: Value) {
        let mut session = json!({
            "endpoint": self.pool.endpoint, "issuer": name, "audience": AUDIENCE, "jwks": issuer.jwks(),
            "authority": self.pool.authority, "client": "pool-client",
        });
        for (key, value) in more.as_object().expect("an object") {
            session[key] = value.clone();
        }
        put(worker, self.id, &json!({ "admit": 1, "kind": "session", "policy": {}, "guard": { "session": session } }));
    }

    /// A token of somebody.
    pub(crate) fn token(&self, subject: &str) -> String {
        self.issuer.token(&claims(subject))
    }

    pub(crate) fn ask(
        &self,
        worker: &Worker,
        method: &str,
        rest: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        worker.ask(method, &format!("/v1/guard/session/{}{rest}", self.id), headers, body)
    }

    fn get(&self, worker: &Worker, subject: &str, rest: &str) -> Answer {
        let token = format!("Bearer {}", self.token(subject));
        self.ask(worker, "GET", rest, &[("authorization", &token)], "")
    }
}

pub(crate) fn claims(subject: &str) -> Value {
    let at = now().unix();
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "tid": "tenant", "iat": at, "nbf": at, "exp": at + 600 })
}

fn own(worker: &Worker) {
    let guarded = Guarded::new(worker, "own");
    let count = |subject: &str, headers: &[(&str, &str)]| {
        let token = format!("Bearer {}", guarded.token(subject));
        let answer =
            guarded.ask(worker, "POST", "/api/run?a=1&b", &[&[("authorization", &*token)], headers].concat(), "x");
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["count"].as_u64().expect("a count")
    };
    assert_eq!((count("alice", &[]), count("alice", &[]), count("bob", &[])), (1, 2, 1));
    let conversation = [("admit-conversation", "c-1")];
    assert_eq!((count("alice", &conversation), count("bob", &conversation), count("alice", &conversation)), (1, 1, 2));
    let identifiers = guarded.pool.identifiers();
    assert_eq!(identifiers.len(), 4);
    for identifier in &identifiers {
        assert!(identifier.len() == 64 && identifier.bytes().all(|byte| byte.is_ascii_hexdigit()), "{identifier}");
        assert!(!identifier.contains("alice"));
    }
    let seen = guarded.pool.state.seen.lock().expect("the requests").clone();
    let first = seen.first().expect("a request");
    assert_eq!((first.method.as_str(), first.body.as_str()), ("POST", "x"));
    assert!(first.target.starts_with("/api/run?identifier=") && first.target.ends_with("&a=1&b"), "{}", first.target);
    assert_eq!(first.header("authorization"), "Bearer pool-token-1");
    // Another policy before the same pool is another application.
    let other = Guarded { pool: Pool::start(), issuer: Issuer::new("tests"), id: "own-2" };
    other.configure(worker, ISSUER, &other.issuer, json!({ "endpoint": guarded.pool.endpoint }));
    assert_eq!(other.get(worker, "alice", "/api/run").json()["count"], 1);
}

fn tokens(worker: &Worker) {
    let guarded = Guarded::new(worker, "tokens");
    let stranger = Issuer::new("stranger");
    let at = now().unix();
    let with = |key: &str, value: Value| {
        let mut all = claims("alice");
        all[key] = value;
        guarded.issuer.token(&all)
    };
    let without = |key: &str| {
        let mut all = claims("alice");
        all.as_object_mut().expect("an object").remove(key);
        guarded.issuer.token(&all)
    };
    let good = guarded.token("alice");
    let (signed, _) = good.rsplit_once('.').expect("three parts");
    let header = |header: Value| guarded.issuer.token_with(&header, &claims("alice"));
    for (what, token, rule) in [
        ("expired", with("exp", json!(at - 120)), "token-expired"),
        ("not yet valid", with("nbf", json!(at + 300)), "token-not-yet-valid"),
        ("another audience", with("aud", json!("api://other.test")), "token-audience"),
        ("another issuer", with("iss", json!("https://evil.test/")), "token-issuer"),
        ("no end", without("exp"), "token-times-disordered"),
        ("no subject", without("sub"), "token-claims-missing"),
        ("an empty subject", with("sub", json!("")), "token-claims-missing"),
        ("a tenant that is no text", with("tid", json!(7)), "token-claims-missing"),
        ("no signature", format!("{signed}."), "token-signature"),
        ("another's key", stranger.token(&claims("alice")), "token-signature"),
        (
            "alg none",
            format!(
                "{}.",
                guarded
                    .issuer
                    .token_with(&json!({ "alg": "none" }), &claims("alice"))
                    .rsplit_once('.')
                    .expect("parts")
                    .0
            ),
            "token-algorithm",
        ),
        ("HS256", header(json!({ "alg": "HS256", "typ": "JWT", "kid": guarded.issuer.kid })), "token-algorithm"),
        (
            "a key of its own",
            header(json!({ "alg": "RS256", "kid": guarded.issuer.kid, "jwk": stranger.jwks()["keys"][0] })),
            "token-header-incomplete",
        ),
        (
            "critical",
            header(json!({ "alg": "RS256", "kid": guarded.issuer.kid, "crit": ["exp"] })),
            "token-header-incomplete",
        ),
        ("no kid", header(json!({ "alg": "RS256", "typ": "JWT" })), "token-header-incomplete"),
        ("another kid", header(json!({ "alg": "RS256", "typ": "JWT", "kid": "other" })), "token-signature"),
        ("no token", "abc".to_string(), "token-misshapen"),
    ] {
        let series = format!("admit_attempts_total{{route=\"/v1/guard/session/{{policy}}\",tried=\"{rule}\"}}");
        let before = super::operations::counted(worker, &series);
        let answer = guarded.ask(worker, "GET", "/x", &[("authorization", &format!("Bearer {token}"))], "");
        problem(&answer, 401);
        assert_eq!(super::operations::counted(worker, &series), before + 1, "{what}");
    }
    problem(&guarded.ask(worker, "GET", "/x", &[], ""), 401);
    problem(&guarded.ask(worker, "GET", &format!("/x?access_token={good}"), &[], ""), 401);
    assert_eq!(guarded.pool.reached(), 0);
    assert_eq!(guarded.pool.state.asked.load(Ordering::SeqCst), 0);
    assert_eq!(guarded.get(worker, "alice", "/x").status, 200);
    // One of several audiences will do.
    let several = guarded.issuer.token(&{
        let mut all = claims("alice");
        all["aud"] = json!(["api://other.test", AUDIENCE]);
        all
    });
    assert_eq!(guarded.ask(worker, "GET", "/x", &[("authorization", &format!("Bearer {several}"))], "").status, 200);
}

fn smuggled(worker: &Worker) {
    let guarded = Guarded::new(worker, "smuggled");
    let token = format!("Bearer {}", guarded.token("alice"));
    let auth = ("authorization", token.as_str());
    for rest in [
        "/x?identifier=victim",
        "/x?a=1&Identifier=victim",
        "/x?%69dentifier=victim",
        "/x?a=1%26identifier=victim",
        "/x?a=1;identifier=victim",
        "/x/identifier/victim",
        "/.management/stopSession",
        "/a/%2emanagement/stopSession",
        "/a/%252e%252e/b",
        "/a%5c..%5cb",
        "//evil.test/",
    ] {
        problem(&guarded.ask(worker, "GET", rest, &[auth], ""), 400);
    }
    let json_body = [auth, ("content-type", "application/json")];
    problem(
        &guarded.ask(worker, "POST", "/code/execute", &json_body, "{\"properties\":{\"identifier\":\"victim\"}}"),
        400,
    );
    for conversation in ["a b", "a,b", ""] {
        problem(&guarded.ask(worker, "GET", "/x", &[auth, ("admit-conversation", conversation)], ""), 400);
    }
    let twice = [auth, ("admit-conversation", "a"), ("admit-conversation", "b")];
    problem(&guarded.ask(worker, "GET", "/x", &twice, ""), 400);
    assert_eq!(guarded.pool.reached(), 0);
    // Headers of the caller's own invention don't reach the pool.
    let headers = [auth, ("x-execution-identifier", "victim"), ("cookie", "a=b"), ("x-forwarded-host", "evil.test")];
    assert_eq!(guarded.ask(worker, "GET", "/x", &headers, "").status, 200);
    let seen = guarded.pool.state.seen.lock().expect("the requests").last().cloned().expect("a request");
    for name in ["x-execution-identifier", "cookie", "x-forwarded-host"] {
        assert_eq!(seen.header(name), "", "{seen:?}");
    }
}

fn credential(worker: &Worker) {
    let guarded = Guarded::new(worker, "credential");
    let asked = || guarded.pool.state.asked.load(Ordering::SeqCst);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..8)
            .map(|number| {
                let guarded = &guarded;
                scope.spawn(move || guarded.get(worker, &format!("user-{number}"), "/x").status)
            })
            .collect();
        asking.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert_eq!(statuses, [200; 8]);
    assert_eq!(asked(), 1, "concurrent requests wait for one answer");
    guarded.get(worker, "user-1", "/x");
    assert_eq!(asked(), 1, "it is kept");
    // One that lives for two seconds is replaced before it ends.
    let short = Guarded { pool: Pool::start(), issuer: Issuer::new("tests"), id: "credential-2" };
    short.pool.state.life.store(2, Ordering::SeqCst);
    short.configure(worker, ISSUER, &short.issuer, json!({}));
    short.get(worker, "alice", "/x");
    std::thread::sleep(std::time::Duration::from_millis(2_200));
    short.get(worker, "alice", "/x");
    assert_eq!(short.pool.state.asked.load(Ordering::SeqCst), 2);
    let used: Vec<String> = {
        let seen = short.pool.state.seen.lock().expect("the requests");
        seen.iter().map(|request| request.header("authorization").to_string()).collect()
    };
    assert_eq!(used, ["Bearer pool-token-1", "Bearer pool-token-2"]);
}

fn authority_fails(worker: &Worker) {
    let guarded = Guarded::new(worker, "authority");
    let fail = |status: u16, body: &str| {
        *guarded.pool.state.fails.lock().expect("the failure") = Some((status, body.to_string()));
        // A failure stands for a second.
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        guarded.get(worker, "alice", "/x")
    };
    for (status, body) in [
        (500, "authority-secret-detail"),
        (200, "no JSON"),
        (200, "{\"access_token\":\"a\\r\\nx: y\",\"token_type\":\"Bearer\",\"expires_in\":60}"),
        (200, "{\"access_token\":\"a\",\"token_type\":\"mac\",\"expires_in\":60}"),
        (302, ""),
    ] {
        let answer = fail(status, body);
        problem(&answer, 502);
        assert!(!answer.body.contains("authority-secret-detail"), "{answer:?}");
    }
    assert_eq!(guarded.pool.reached(), 0);
    *guarded.pool.state.fails.lock().expect("the failure") = None;
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(guarded.get(worker, "alice", "/x").status, 200);
}

fn life(worker: &Worker) {
    let guarded = Guarded::new(worker, "life");
    guarded.configure(worker, ISSUER, &guarded.issuer, json!({ "idle": 2, "rotation": 60 }));
    let count = |subject: &str| guarded.get(worker, subject, "/x").json()["count"].as_u64();
    assert_eq!((count("alice"), count("alice")), (Some(1), Some(2)));
    std::thread::sleep(std::time::Duration::from_millis(3_100));
    assert_eq!(count("alice"), Some(1), "after a pause the identifier is another");
    guarded.configure(worker, ISSUER, &guarded.issuer, json!({ "idle": 60, "rotation": 2 }));
    std::thread::sleep(std::time::Duration::from_millis(3_100));
    assert_eq!(count("alice"), Some(1), "rotated while busy");
    assert_eq!(guarded.pool.identifiers().len(), 3);
    // The policy moves to another issuer, where somebody has the same name.
    let other = Issuer::new("other");
    guarded.configure(worker, "https://other.test/", &other, json!({}));
    let mut all = claims("alice");
    all["iss"] = json!("https://other.test/");
    let token = format!("Bearer {}", other.token(&all));
    let answer = guarded.ask(worker, "GET", "/x", &[("authorization", &token)], "");
    assert!(problem(&answer, 403).contains("somebody else"));
    all["sub"] = json!("somebody-new");
    let token = format!("Bearer {}", other.token(&all));
    assert_eq!(guarded.ask(worker, "GET", "/x", &[("authorization", &token)], "").status, 200);
}

fn answers(worker: &Worker) {
    let guarded = Guarded::new(worker, "answers");
    let answer = guarded.get(worker, "alice", "/files?api-version=2024-10-02-preview");
    assert_eq!((answer.status, answer.header("x-of-the-app")), (200, "kept"));
    for name in ["operation-location", "x-ms-session-guid", "x-echo", "set-cookie"] {
        assert_eq!(answer.header(name), "", "{answer:?}");
    }
    let identifier = guarded.pool.identifiers().remove(0);
    let headers = format!("{:?}", answer.headers).to_lowercase();
    assert!(!headers.contains(&identifier) && !headers.contains("pool-token"), "{headers}");
    assert_eq!(answer.header("cache-control"), "no-store");
    let moved = guarded.get(worker, "alice", "/moved");
    problem(&moved, 502);
    assert_eq!(moved.header("location"), "");
    problem(&guarded.get(worker, "alice", "/unauthorized"), 502);
    assert_eq!(guarded.get(worker, "alice", "/nothing").status, 204);
    let token = format!("Bearer {}", guarded.token("alice"));
    problem(&guarded.ask(worker, "TRACE", "/x", &[("authorization", &token)], ""), 405);
    // A pool that is full says so itself.
    let full = (0..80).map(|number| guarded.get(worker, &format!("user-{number}"), "/x").status);
    assert!(full.into_iter().any(|status| status == 404));
    // Nobody listens there.
    guarded.configure(worker, ISSUER, &guarded.issuer, json!({ "endpoint": "http://127.0.0.1:9" }));
    problem(&guarded.get(worker, "alice", "/x"), 502);
}
