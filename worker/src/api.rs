//! From a request to a response, wherever no state is needed: below any runtime.
//!
//! The routes are those of [`Route`]; `runtime.rs` answers the ones that need the platform. `HEAD` is answered wherever
//! `GET` is, `OPTIONS` everywhere. Failures are problem documents (RFC 9457).

use admit_core::Report;
use http::header::ALLOW;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::reply::{cross_origin, empty, problem, without_body};
use crate::{Route, evaluate};

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
    (*asked.route == Route::Evaluate).then(|| evaluate::evaluate(asked.headers, asked.body))
}

/// What every answer goes through last: other origins' pages may read evaluations, and HEAD has no body.
pub fn finish(method: &Method, route: &Route, response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let response = if route.is_open() { cross_origin(response) } else { response };
    if *method == Method::HEAD { without_body(response) } else { response }
}
