//! The API, below any runtime.

use admit_core::{Case, Problem, Report};
use admit_worker::api::{Asked, finish, respond};
use admit_worker::file::File;
use admit_worker::{BODY_BYTES, Route};
use http::{Method, Request, Response, StatusCode};

const CASE: &str = r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
  "policy": { "manifest": "<Section Name=\"Security\"/>" }, "subject": { "certificates": "" } }"#;

fn send(method: Method, path: &str, content_type: Option<&str>, body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(format!("https://admit.test{path}"));
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    let request = request.body(body.into()).expect("a request");
    let route = Route::of(request.uri().path()).expect("a path of the API");
    let asked = Asked { method: request.method(), route: &route, headers: request.headers(), body: request.body() };
    let (response, _) = respond(&asked).expect("an answer without state");
    finish(request.method(), &route, response)
}

fn post(body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    send(Method::POST, "/v1/evaluate", Some("application/json"), body)
}

fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

fn problem(response: &Response<Vec<u8>>) -> Problem {
    assert_eq!(header(response, "content-type"), "application/problem+json");
    assert_eq!(header(response, "cache-control"), "no-store");
    let problem: Problem = serde_json::from_slice(response.body()).expect("a problem document");
    assert_eq!(response.status().as_u16(), problem.status);
    problem
}

#[test]
fn a_case_gets_the_report_of_the_core() {
    let expected = admit_core::evaluate(&Case::from_json(CASE).expect("a case")).to_json();
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let response = send(Method::POST, "/v1/evaluate?x=1", Some(content_type), CASE);
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "content-type"), "application/json");
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert_eq!(header(&response, "access-control-allow-origin"), "*");
        assert_eq!(String::from_utf8_lossy(response.body()), expected);
        assert!(serde_json::from_slice::<Report>(response.body()).is_ok());
    }
}

#[test]
fn utf_16_with_a_byte_order_mark_is_a_case_too() {
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(CASE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(post(utf16).body(), post(CASE).body());
}

#[test]
fn an_unreadable_case_is_a_problem_with_a_place() {
    let response = post(CASE.replace("policy", "polcy"));
    let found = problem(&response);
    assert_eq!((response.status(), found.uri.as_ref()), (StatusCode::BAD_REQUEST, Problem::UNREADABLE_CASE));
    assert_eq!((found.errors[0].span.line, found.errors[0].span.column), (2, 3));
    assert_eq!(header(&response, "access-control-allow-origin"), "*");

    let found = problem(&post(b"{\n \xff".as_slice()));
    assert!(found.detail.ends_with(", found the byte 0xFF"), "{}", found.detail);
    assert_eq!((found.errors[0].span.document.as_ref(), found.errors[0].span.line), ("case", 2));
}

#[test]
fn every_truncation_is_a_problem() {
    for end in 0..CASE.len() {
        assert_eq!(post(&CASE.as_bytes()[..end]).status(), StatusCode::BAD_REQUEST, "{end}");
    }
}

#[test]
fn other_content_types_are_refused() {
    for (content_type, found) in [(None, "none"), (Some("text/plain"), "`text/plain`"), (Some("a\u{9}"), "`a`")] {
        let response = send(Method::POST, "/v1/evaluate", content_type, CASE);
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(header(&response, "accept-post"), "application/json");
        assert!(problem(&response).detail.ends_with(&format!("found {found}")), "{:?}", problem(&response));
    }
}

#[test]
fn a_body_above_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let mut body = CASE.as_bytes().to_vec();
    body.resize(BODY_BYTES, b' ');
    assert_eq!(post(body.clone()).status(), StatusCode::OK);
    body.push(b' ');
    let response = post(body);
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(problem(&response).detail.contains(&BODY_BYTES.to_string()));
}

#[test]
fn a_file_of_the_release_has_a_tag_and_is_not_sent_twice() {
    let (route, get) = (Route::Schema, Method::GET);
    let file = File::of(&route).expect("a file");
    let answer = |known: Option<&str>| {
        let mut headers = http::HeaderMap::new();
        headers.extend(known.map(|known| (http::header::IF_NONE_MATCH, known.parse().expect("a header"))));
        file.answer(&Asked { method: &get, route: &route, headers: &headers, body: b"" }, "{}\n".into())
    };
    let whole = answer(None);
    assert_eq!((whole.status(), whole.body().as_slice()), (StatusCode::OK, b"{}\n".as_slice()));
    assert_eq!(header(&whole, "content-type"), "application/schema+json");
    let tag = header(&whole, "etag");
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() == 34, "{tag}");
    for known in [tag.to_string(), format!("\"x\", W/{tag}"), "*".to_string()] {
        let again = answer(Some(&known));
        assert_eq!((again.status(), again.body().len(), header(&again, "etag")), (StatusCode::NOT_MODIFIED, 0, tag));
    }
    assert_eq!(answer(Some("\"x\"")).status(), StatusCode::OK);
}

#[test]
fn every_file_of_the_release_is_inert_and_closed_to_other_origins() {
    for path in ["/v1/rules", "/v1/schema", "/openapi.json", "/api"] {
        let route = Route::of(path).expect("a path of the API");
        let file = File::of(&route).expect("a file");
        let (get, headers) = (Method::GET, http::HeaderMap::new());
        let asked = Asked { method: &get, route: &route, headers: &headers, body: b"" };
        assert!(respond(&asked).is_none(), "{path}");
        let whole = file.answer(&asked, "text".into());
        let head = finish(&Method::HEAD, &route, file.answer(&asked, "text".into()));
        assert_eq!((head.headers(), head.body().len()), (whole.headers(), 0), "{path}");
        assert_eq!(header(&whole, "access-control-allow-origin"), "", "{path}");
        assert_eq!(header(&whole, "x-content-type-options"), "nosniff", "{path}");
        assert!(header(&whole, "content-security-policy").starts_with("default-src 'none';"), "{path}");
        assert!(!header(&whole, "content-security-policy").contains("script-src"), "{path}");
        assert!(!header(&whole, "cache-control").is_empty(), "{path}");
    }
}

#[test]
fn other_methods_are_told_which_there_are() {
    for (method, path, allow) in [
        (Method::GET, "/v1/evaluate", "POST, OPTIONS"),
        (Method::PUT, "/v1/evaluate", "POST, OPTIONS"),
        (Method::POST, "/v1/rules", "GET, HEAD, OPTIONS"),
        (Method::DELETE, "/healthz", "GET, HEAD, OPTIONS"),
    ] {
        let response = send(method, path, None, "");
        assert_eq!((response.status(), header(&response, "allow")), (StatusCode::METHOD_NOT_ALLOWED, allow));
        problem(&response);
    }
    let head = send(Method::HEAD, "/v1/evaluate", None, "");
    assert_eq!((head.status(), head.body().is_empty()), (StatusCode::METHOD_NOT_ALLOWED, true));
}

#[test]
fn only_evaluation_is_open_to_other_origins() {
    let preflight = send(Method::OPTIONS, "/v1/evaluate", None, "");
    assert_eq!((preflight.status(), preflight.body().is_empty()), (StatusCode::NO_CONTENT, true));
    assert_eq!(header(&preflight, "access-control-allow-methods"), "POST");
    assert_eq!(header(&preflight, "access-control-allow-headers"), "content-type, x-request-id");
    for path in ["/v1/rules", "/v1/schema"] {
        assert_eq!(header(&send(Method::OPTIONS, path, None, ""), "access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn unknown_paths_are_problems_that_repeat_nothing() {
    for path in ["/v1", "/v1/", "/v1/evaluate/", "/v1/rule"] {
        let response = send(Method::GET, path, None, "");
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert!(!problem(&response).detail.contains(path));
    }
}

#[test]
fn what_needs_the_platform_is_left_to_it() {
    for path in ["/healthz", "/metrics", "/v1/rules", "/v1/policies", "/v1/guard/peer/edge"] {
        let route = Route::of(path).expect("a path of the API");
        let (method, headers) = (Method::GET, http::HeaderMap::new());
        assert!(respond(&Asked { method: &method, route: &route, headers: &headers, body: b"" }).is_none(), "{path}");
    }
}

#[test]
fn every_answer_is_inert() {
    for (method, path) in
        [(Method::POST, "/v1/evaluate"), (Method::OPTIONS, "/v1/evaluate"), (Method::GET, "/v1/nothing")]
    {
        let response = send(method, path, Some("application/json"), CASE);
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert!(header(&response, "content-security-policy").starts_with("default-src 'none';"), "{path}");
        assert!(!header(&response, "cache-control").is_empty(), "{path}");
    }
}
