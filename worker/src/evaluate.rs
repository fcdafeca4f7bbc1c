//! The evaluation route: a case in, its report out.

use admit_core::{Case, Problem, decode};
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{HeaderName, Request, Response, StatusCode};

use crate::api::BODY_BYTES;
use crate::reply::{self, Lifetime};

/// What a case is sent as.
const MEDIA_TYPE: &str = "application/json";
/// Which media types a resource takes by POST (Linked Data Platform 1.0, section 7.1).
const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");

/// Evaluates the case in the body. A report is a 200 whatever its verdict, also where one of the case's documents
/// could not be read: the report says which, and shows the rest. Only a case that is no case is a 400.
pub(crate) fn evaluate(request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    if let Err(found) = media_type(request) {
        let detail = format!("expected the content type `{MEDIA_TYPE}`, found {found}");
        let mut response = reply::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
        // RFC 9110, section 15.5.16, lets the response name what would have been accepted.
        response.headers_mut().insert(ACCEPT_POST, HeaderValue::from_static(MEDIA_TYPE));
        response.headers_mut().insert(ACCEPT, HeaderValue::from_static(MEDIA_TYPE));
        return response;
    }
    if request.body().len() > BODY_BYTES {
        let detail = format!("expected a case of at most {BODY_BYTES} bytes, found more");
        return reply::problem(StatusCode::PAYLOAD_TOO_LARGE, detail);
    }
    let case = decode(request.body()).map_err(|error| error.in_document("case"));
    match case.and_then(|json| Case::from_json(&json)) {
        Ok(case) => reply::ok(MEDIA_TYPE, Lifetime::None, admit_core::evaluate(&case).to_json()),
        Err(error) => reply::document(&Problem::unreadable_case(vec![error])),
    }
}

/// Checks the content type; its parameters are ignored, since the bytes tell their encoding.
fn media_type(request: &Request<Vec<u8>>) -> Result<(), String> {
    let Some(value) = request.headers().get(CONTENT_TYPE) else {
        return Err("none".into());
    };
    let text = value.to_str().unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(MEDIA_TYPE) { Ok(()) } else { Err(format!("`{}`", essence.escape_debug())) }
}
