//! The keys of an issuer that publishes them at an address (OpenID Connect Discovery 1.0, `jwks_uri`).
//!
//! Each isolate keeps them for itself: they are public, and a key that is new to one isolate is fetched by the next that
//! meets it. An address that doesn't answer leaves the keys in force that it gave last, for a day.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::{Either, select};
use http_body_util::BodyExt as _;
use worker::{Delay, Fetch, Headers, HttpResponse, Request, RequestInit, RequestRedirect, Result};

/// Milliseconds for which keys are used without asking again.
const KEPT: u64 = 3_600_000;
/// Milliseconds for which they are used while the address doesn't answer.
const STALE: u64 = 86_400_000;
/// Milliseconds between two requests for the same keys, whatever tokens come: forged ones would ask for each.
const AGAIN: u64 = 5_000;
/// Milliseconds that an answer may take.
const WAIT: u64 = 5_000;
/// Bytes of an answer. Entra's keys are 12 KB.
const MOST: usize = 256 * 1024;
/// Addresses whose keys are kept.
const ADDRESSES: usize = 16;

/// What an address gave, and when it was asked, in milliseconds of the platform's clock.
#[derive(Debug, Clone, Default)]
struct Held {
    text: Option<String>,
    given: u64,
    asked: u64,
}

thread_local! {
    static HELD: RefCell<BTreeMap<String, Held>> = const { RefCell::new(BTreeMap::new()) };
}

/// The keys at an address, as the JSON Web Key Set that they came in; nothing where there are none to be had. With `unknown`
/// none of those that are held fits.
pub(crate) async fn at(address: &str, unknown: bool) -> Option<String> {
    let now = worker::Date::now().as_millis();
    let held = HELD.with_borrow(|all| all.get(address).cloned()).unwrap_or_default();
    let is_fresh = held.text.is_some() && now < held.given.saturating_add(KEPT) && !unknown;
    if is_fresh || now < held.asked.saturating_add(AGAIN) {
        return usable(held, now);
    }
    // Noted before it is known what comes: whoever comes in the meantime doesn't ask too, if there is anything to use.
    note(address, Held { asked: if held.text.is_some() { now } else { held.asked }, ..held.clone() });
    match fetched(address).await.ok().flatten() {
        Some(text) => {
            let now = worker::Date::now().as_millis();
            note(address, Held { text: Some(text.clone()), given: now, asked: now });
            Some(text)
        }
        None => {
            note(address, Held { asked: worker::Date::now().as_millis(), ..held.clone() });
            usable(held, now)
        }
    }
}

fn usable(held: Held, now: u64) -> Option<String> {
    held.text.filter(|_| now < held.given.saturating_add(STALE))
}

fn note(address: &str, held: Held) {
    HELD.with_borrow_mut(|all| {
        while all.len() >= ADDRESSES && !all.contains_key(address) {
            all.pop_first();
        }
        all.insert(address.to_string(), held);
    });
}

async fn fetched(address: &str) -> Result<Option<String>> {
    let headers = Headers::new();
    headers.set("accept", "application/json")?;
    let mut init = RequestInit::new();
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    let asked = async {
        let response = Fetch::Request(Request::new_with_init(address, &init)?).send().await?;
        let (head, mut body) = HttpResponse::try_from(response)?.into_parts();
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            if let Ok(data) = frame?.into_data() {
                bytes.extend_from_slice(&data);
            }
            if bytes.len() > MOST {
                return Ok(None);
            }
        }
        Ok(String::from_utf8(bytes)
            .ok()
            .filter(|text| head.status == http::StatusCode::OK && crate::policy::has_keys(text)))
    };
    match select(Box::pin(asked), Delay::from(Duration::from_millis(WAIT))).await {
        Either::Left((fetched, _)) => fetched,
        Either::Right(_) => Ok(None),
    }
}
