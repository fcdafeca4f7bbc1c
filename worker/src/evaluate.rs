//! The evaluation route: a case in, its report out.

use admit_core::{Case, Error, Format, Problem, Report, decode};
use http::header::{ACCEPT, CONTENT_TYPE, ETAG, HeaderValue, VARY};
use http::{HeaderMap, HeaderName, Response, StatusCode};

use crate::reply::{self, Lifetime};
use crate::{BODY_BYTES, digest, negotiate};

/// What a case is sent as.
pub const JSON: &str = "application/json";
/// What many cases are sent as, one a line.
pub const LINES: &str = "application/x-ndjson";
/// Which media types a resource takes by POST (Linked Data Platform 1.0, section 7.1).
const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");
/// What the answer took, in counts: the clock of an edge worker stands still.
const COST: HeaderName = HeaderName::from_static("admit-cost");

/// Evaluates the case in the body. A report is a 200 whatever its verdict, also where one of the case's documents
/// could not be read: the report says which, and shows the rest. Only a case that is no case is a 400.
pub fn evaluate(headers: &HeaderMap, body: &[u8]) -> (Response<Vec<u8>>, Option<Report>) {
    let format = match accepted(headers, body) {
        Ok(format) => format,
        Err(refused) => return (*refused, None),
    };
    let case = decode(body).map_err(|error| error.in_document("case"));
    match case.and_then(|json| Case::from_json(&json)) {
        Ok(case) => {
            let report = admit_core::evaluate(&case);
            let etag = etag(&report, format, &[body]);
            (answer(StatusCode::OK, &report, &case, format, &etag), Some(report))
        }
        Err(error) => (reply::document(&Problem::unreadable_case(vec![error])), None),
    }
}

/// Checks the content type, the format asked for, and the length, in this order.
pub fn accepted(headers: &HeaderMap, body: &[u8]) -> Result<Format, Box<Response<Vec<u8>>>> {
    typed(headers, JSON)?;
    let Some(format) = negotiate::format(headers) else {
        let types = Format::ALL.map(Format::media_type).join(", ");
        return Err(Box::new(reply::problem(
            StatusCode::NOT_ACCEPTABLE,
            format!("expected one of {types} in `Accept`"),
        )));
    };
    if body.len() > BODY_BYTES { Err(Box::new(too_large(BODY_BYTES))) } else { Ok(format) }
}

/// Checks the content type; its parameters are ignored, since the bytes tell their encoding.
pub fn typed(headers: &HeaderMap, expected: &'static str) -> Result<(), Box<Response<Vec<u8>>>> {
    let found = match headers.get(CONTENT_TYPE) {
        None => "none".to_string(),
        Some(value) => {
            let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
            if essence.eq_ignore_ascii_case(expected) {
                return Ok(());
            }
            format!("`{}`", essence.escape_debug())
        }
    };
    let detail = format!("expected the content type `{expected}`, found {found}");
    let mut response = reply::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
    // RFC 9110, section 15.5.16, lets the response name what would have been accepted.
    response.headers_mut().insert(ACCEPT_POST, HeaderValue::from_static(expected));
    response.headers_mut().insert(ACCEPT, HeaderValue::from_static(expected));
    Err(Box::new(response))
}

/// The refusal of a body that is too long.
pub fn too_large(most: usize) -> Response<Vec<u8>> {
    reply::problem(StatusCode::PAYLOAD_TOO_LARGE, format!("expected at most {most} bytes, found more"))
}

/// A report in a format, with its tag and what it took.
pub fn answer(
    status: StatusCode,
    report: &Report,
    case: &Case,
    format: Format,
    etag: &HeaderValue,
) -> Response<Vec<u8>> {
    let text = format.render(report, case, &str::to_string);
    let mut response = reply::with_body(status, format.media_type(), Lifetime::None, text);
    let headers = response.headers_mut();
    headers.insert(ETAG, etag.clone());
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(COST, cost(report));
    response
}

/// A strong tag (RFC 9110, section 8.8.3): the same engine, format and question give the same bytes.
pub fn etag(report: &Report, format: Format, question: &[&[u8]]) -> HeaderValue {
    let engine = [report.engine.as_bytes(), format.name().as_bytes()];
    let digest = digest::sha256(&[&engine, question].concat());
    quoted(digest.get(..32).unwrap_or_default())
}

/// A tag as it stands in a header.
pub fn quoted(tag: &str) -> HeaderValue {
    HeaderValue::try_from(format!("\"{tag}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn cost(report: &Report) -> HeaderValue {
    let cost = &report.cost;
    let text = format!(
        "bytes={}, certificates={}, signatures={}, rules={}",
        cost.bytes, cost.certificates, cost.signatures, cost.rules
    );
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// The problem of a named policy, or of a question to one, that can't be read.
pub fn unreadable(status: StatusCode, what: &'static str, errors: Vec<Error>) -> Response<Vec<u8>> {
    let mut problem = Problem::unreadable_case(errors);
    (problem.uri, problem.title) = match what {
        "policy" => ("/problems/unreadable-policy".into(), "the policy can't be read".into()),
        _ => ("/problems/unreadable-question".into(), "the question can't be read".into()),
    };
    problem.status = status.as_u16();
    reply::document(&problem)
}
