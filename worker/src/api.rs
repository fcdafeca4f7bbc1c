//! From a request to a response: the routes.
//!
//! | route | answer |
//! |---|---|
//! | `POST /v1/evaluate` | a case in, its report out: 200 whatever the verdict, 400 where the case can't be read |
//! | `GET /v1/rules` | the catalog of rules |
//! | `GET /v1/schema` | the JSON Schema of a case |
//! | `GET /healthz` | whether the worker runs |
//!
//! `HEAD` is answered wherever `GET` is, `OPTIONS` everywhere. Failures are problem documents (RFC 9457). Only
//! `/v1/evaluate` may be read by pages of other origins: it takes and gives nothing that belongs to the caller's browser.

use admit_core::RULES;
use http::{Method, Request, Response, StatusCode};

use crate::evaluate::evaluate;
use crate::reply::{Lifetime, cross_origin, empty, ok, problem, without_body};

/// Bytes of a request's body. An isolate has 128 MB, and holds the case about six times while it is read and judged:
/// as bytes, text, documents, and in the report.
pub const BODY_BYTES: usize = 16 * 1024 * 1024;

/// The JSON Schema of a case, generated from the types of the core.
const SCHEMA: &str = include_str!("../../docs/case.schema.json");

/// Whether a path belongs to the API rather than to the static files.
pub fn serves(path: &str) -> bool {
    path == "/healthz" || path == "/v1" || path.starts_with("/v1/")
}

/// Answers a request whose path the API [`serves`]. A body longer than [`BODY_BYTES`] may come cut off anywhere beyond.
pub fn respond(request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    match request.uri().path() {
        "/v1/evaluate" => cross_origin(match *request.method() {
            Method::POST => evaluate(request),
            Method::OPTIONS => empty("POST, OPTIONS"),
            _ => method_not_allowed(request, "POST, OPTIONS"),
        }),
        "/v1/rules" => get(request, || ok("application/json", Lifetime::Release, rules())),
        "/v1/schema" => get(request, || ok("application/schema+json", Lifetime::Release, SCHEMA.into())),
        "/healthz" => get(request, || ok("application/json", Lifetime::None, "{ \"status\": \"ok\" }\n".into())),
        path => {
            let detail = format!("nothing is served at `{}`", path.escape_debug());
            problem(StatusCode::NOT_FOUND, detail)
        }
    }
}

fn get(request: &Request<Vec<u8>>, answer: impl FnOnce() -> Response<Vec<u8>>) -> Response<Vec<u8>> {
    match *request.method() {
        Method::GET => answer(),
        Method::HEAD => without_body(answer()),
        Method::OPTIONS => empty("GET, HEAD, OPTIONS"),
        _ => method_not_allowed(request, "GET, HEAD, OPTIONS"),
    }
}

fn method_not_allowed(request: &Request<Vec<u8>>, allow: &'static str) -> Response<Vec<u8>> {
    let detail = format!("expected one of {allow}, found {}", request.method());
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, detail);
    response.headers_mut().insert(http::header::ALLOW, http::HeaderValue::from_static(allow));
    if request.method() == Method::HEAD { without_body(response) } else { response }
}

/// The catalog as JSON, indented by two blanks, ends with a newline; the same bytes as `admit rules --json`.
fn rules() -> String {
    // Maps have string keys and no value's serializer fails, so this is never empty.
    let mut json = serde_json::to_string_pretty(RULES).unwrap_or_default();
    json.push('\n');
    json
}
