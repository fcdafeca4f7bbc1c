//! What a release gives as it is: files beside the page's, which the worker answers with its own headers.

use http::Response;
use http::header::{CONTENT_SECURITY_POLICY, ETAG, HeaderValue, IF_NONE_MATCH};

use crate::api::Asked;
use crate::evaluate::quoted;
use crate::reply::{Lifetime, ok, without_body};
use crate::{Route, digest};

/// A file of the release. `cargo xtask build` makes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// Where it lies among the static files: an absolute path.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
}

impl File {
    /// The file that a route gives.
    pub fn of(route: &Route) -> Option<Self> {
        let (path, media_type) = match route {
            Route::Rules => ("/rules.json", "application/json"),
            Route::Schema => ("/api/schema.json", "application/schema+json"),
            Route::Openapi => ("/api/openapi.json", "application/json"),
            // Static files are found without their `.html`.
            Route::Page => ("/api/page", "text/html; charset=utf-8"),
            _ => return None,
        };
        Some(Self { path, media_type })
    }

    /// The answer, once its text is there.
    pub fn answer(&self, asked: &Asked<'_>, text: String) -> Response<Vec<u8>> {
        let mut response = release(asked, self.media_type, text);
        if *asked.route == Route::Page {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
        }
        response
    }
}

/// The page for people has one style sheet, and no script.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
        *response.status_mut() = http::StatusCode::NOT_MODIFIED;
        response = without_body(response);
    }
    response.headers_mut().insert(ETAG, tag);
    response
}
