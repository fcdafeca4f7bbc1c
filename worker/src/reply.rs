//! Responses with the headers that every one of them has.

use admit_core::Problem;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, RETRY_AFTER, STRICT_TRANSPORT_SECURITY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// Not at all: it was made from what somebody pasted, or says how things are now.
    None,
    /// As long as the release: asked again after five minutes.
    Release,
}

/// A good answer.
pub fn ok(media_type: &'static str, lifetime: Lifetime, body: String) -> Response<Vec<u8>> {
    with_body(StatusCode::OK, media_type, lifetime, body)
}

/// A failure that means no more than its status.
pub fn problem(status: StatusCode, detail: String) -> Response<Vec<u8>> {
    document(&Problem::blank(status.as_u16(), status.canonical_reason().unwrap_or("Error"), detail))
}

/// A problem document, with the status that it names.
pub fn document(problem: &Problem) -> Response<Vec<u8>> {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    with_body(status, Problem::MEDIA_TYPE, Lifetime::None, problem.to_json())
}

/// The refusal of a request whose sender has asked too often.
pub fn too_many(seconds: u32) -> Response<Vec<u8>> {
    let detail = format!("too many requests: ask again in {seconds} seconds");
    let mut response = problem(StatusCode::TOO_MANY_REQUESTS, detail);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The refusal of a request that doesn't show who sends it.
pub fn unauthorized(detail: impl Into<String>) -> Response<Vec<u8>> {
    let mut response = problem(StatusCode::UNAUTHORIZED, detail.into());
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// The answer to OPTIONS.
pub fn empty(allow: &'static str) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    secure(response.headers_mut(), Lifetime::None);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
    response
}

/// The answer to HEAD: the headers alone.
pub fn without_body(response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    response.map(|_| Vec::new())
}

/// Lets pages of any origin ask and read; no cookie or other credential is ever looked at.
pub fn cross_origin<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type, x-request-id"));
    let exposed = HeaderValue::from_static("admit-cost, etag, retry-after, x-request-id");
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

/// An answer with a body.
pub fn with_body(status: StatusCode, media_type: &'static str, lifetime: Lifetime, body: String) -> Response<Vec<u8>> {
    let mut response = Response::new(body.into_bytes());
    *response.status_mut() = status;
    secure(response.headers_mut(), lifetime);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// Makes somebody else's answer harmless in a browser.
pub fn inert(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
}

fn secure(headers: &mut HeaderMap, lifetime: Lifetime) {
    let cache = match lifetime {
        Lifetime::None => "no-store",
        Lifetime::Release => "public, max-age=300",
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static("camera=(), geolocation=(), microphone=()"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    let policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
}
