//! From a request to a response, wherever no state is needed: below any runtime.
//!
//! The routes are those of [`Route`]; `runtime.rs` answers the ones that need the platform. `HEAD` is answered wherever
//! `GET` is, `OPTIONS` everywhere. Failures are problem documents (RFC 9457).

use admit_core::{RULES, Report};
use http::header::{ALLOW, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::evaluate::{self, quoted};
use crate::reply::{Lifetime, cross_origin, empty, ok, problem, without_body};
use crate::{Route, digest, openapi};

/// The JSON Schema of a case, generated from the types of the core.
const SCHEMA: &str = include_str!("../../docs/case.schema.json");

/// What is asked, with its body read. A body longer than [`BODY_BYTES`](crate::BODY_BYTES) may come cut off anywhere
/// beyond.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'a Method,
    /// Where.
    pub route: &'a Route,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

/// An answer, and the report in it, for logs and counters.
pub type Answered = (Response<Vec<u8>>, Option<Report>);

/// What can be said without looking at the body: of OPTIONS, of a method that the route doesn't take, of a path where
/// nothing is.
pub fn settled(method: &Method, route: &Route) -> Option<Response<Vec<u8>>> {
    if *route == Route::Nothing {
        return Some(problem(StatusCode::NOT_FOUND, "nothing is served at this path".into()));
    }
    let allow = route.methods()?;
    if *method == Method::OPTIONS {
        return Some(empty(allow));
    }
    if allow.split(", ").any(|allowed| allowed == method.as_str()) {
        return None;
    }
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, format!("expected one of {allow}"));
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
    Some(response)
}

/// Answers the routes that need nothing but the request; nothing for the others.
pub fn respond(asked: &Asked<'_>) -> Option<Answered> {
    if let Some(response) = settled(asked.method, asked.route) {
        return Some((response, None));
    }
    Some(match asked.route {
        Route::Evaluate => evaluate::evaluate(asked.headers, asked.body),
        Route::Rules => (release(asked, "application/json", rules()), None),
        Route::Openapi => (release(asked, "application/json", openapi::document().into()), None),
        Route::Page => (openapi::page(asked), None),
        Route::Schema => (release(asked, "application/schema+json", SCHEMA.into()), None),
        _ => return None,
    })
}

/// What every answer goes through last: other origins' pages may read evaluations, and HEAD has no body.
pub fn finish(method: &Method, route: &Route, response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let response = if route.is_open() { cross_origin(response) } else { response };
    if *method == Method::HEAD { without_body(response) } else { response }
}

/// Something that stays the same for a release: with a tag, so that it is not sent twice.
pub fn release(asked: &Asked<'_>, media_type: &'static str, body: String) -> Response<Vec<u8>> {
    let digest = digest::sha256(&[body.as_bytes()]);
    let tag = quoted(digest.get(..32).unwrap_or_default());
    let known = asked.headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).map(str::trim);
    let bare = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_string();
    let is_known = known.into_iter().any(|one| one == "*" || bare(one).as_bytes() == tag.as_bytes());
    let mut response = ok(media_type, Lifetime::Release, body);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response = without_body(response);
    }
    response.headers_mut().insert(ETAG, tag);
    response
}

/// The catalog as JSON, indented by two blanks, ends with a newline; the same bytes as `admit rules --json`.
fn rules() -> String {
    // Maps have string keys and no value's serializer fails, so this is never empty.
    let mut json = serde_json::to_string_pretty(RULES).unwrap_or_default();
    json.push('\n');
    json
}
