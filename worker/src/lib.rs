//! The HTTP host of Admit: a case in, a report out. It decides nothing.
//!
//! [`api`] answers requests and knows nothing of the runtime; the lines below tie it to Cloudflare's. What is sent is
//! never logged. There is no clock: the instant is in the case.

pub mod api;
mod evaluate;
mod reply;

#[cfg(target_arch = "wasm32")]
use worker::{Body, Context, Env, HttpRequest, HttpResponse, Response, Result};

/// Answers a request, or leaves it to the playground's static files.
#[cfg(target_arch = "wasm32")]
#[worker::event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _context: Context) -> Result<HttpResponse> {
    use http_body_util::BodyExt as _;

    if !api::serves(request.uri().path()) {
        return env.assets("ASSETS")?.fetch_request(request).await;
    }
    let (head, mut body) = request.into_parts();
    let mut bytes = Vec::new();
    // What is above the limit never enters memory, but is read to its end: the local runtime stops for good when an
    // answer leaves the rest of a body unread. The platform bounds what can be sent.
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data()
            && bytes.len() <= api::BODY_BYTES
        {
            bytes.extend_from_slice(&data);
        }
    }
    let (head, bytes) = api::respond(&http::Request::from_parts(head, bytes)).into_parts();
    // The runtime refuses a 204 that has a body, be it an empty one.
    let body = match bytes.is_empty() {
        true => Body::empty(),
        false => HttpResponse::try_from(Response::from_bytes(bytes)?)?.into_body(),
    };
    Ok(HttpResponse::from_parts(head, body))
}
