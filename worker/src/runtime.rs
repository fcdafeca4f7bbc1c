//! The worker on its runtime: what needs state, a clock or other services.
//!
//! Every request takes the same way: its route, whether its method fits, its body (read to the end whatever is answered),
//! who asks and how often, its answer, one line of the log, its counts.

mod access;
mod ask;
mod body;
mod credential_object;
mod gate;
mod keys;
mod meter_object;
mod object;
mod peer;
mod policies;
mod policy_object;
mod principal_object;
mod session;
mod store;

use body::Received;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use worker::{Body, Context, Env, HttpRequest, HttpResponse, Request, Response, Result};

use crate::api::{self, Asked};
use crate::file::File;
use crate::guard::certificate::Platform;
use crate::log::{Entry, RequestId};
use crate::meter::Counts;
use crate::reply::{problem, too_many};
use crate::{BODY_BYTES, POLICY_BYTES, Route, framing};

/// What belongs to one request while it is answered.
pub(crate) struct Turn<'a> {
    pub(crate) env: &'a Env,
    pub(crate) route: &'a Route,
    pub(crate) method: &'a Method,
    pub(crate) headers: &'a HeaderMap,
    /// The scheme and authority that were asked: `https://admit.example`.
    pub(crate) origin: &'a str,
    pub(crate) query: Option<&'a str>,
    /// What the platform says of the connection's certificate.
    pub(crate) platform: Platform,
    pub(crate) id: RequestId,
    pub(crate) entry: Entry,
    pub(crate) counts: Counts,
}

/// An answer whose body is known, or one that is streamed.
pub(crate) enum Answer {
    Whole(http::Response<Vec<u8>>),
    Streamed(http::Response<Body>),
}

impl From<http::Response<Vec<u8>>> for Answer {
    fn from(response: http::Response<Vec<u8>>) -> Self {
        Self::Whole(response)
    }
}

/// Answers a request, or leaves it to the playground's static files.
#[worker::event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<HttpResponse> {
    #[cfg(feature = "trap")]
    trap(&request).await;
    let platform = peer::platform(request.inner());
    let request = HttpRequest::try_from(request)?;
    let Some(route) = Route::of(request.uri().path()) else {
        return env.assets("ASSETS")?.fetch_request(request).await;
    };
    let (head, body) = request.into_parts();
    let given = head.headers.get("x-request-id").cloned();
    let id = given.as_ref().and_then(|id| RequestId::read(id.to_str().ok()?)).unwrap_or_else(random);
    let origin = format!(
        "{}://{}",
        head.uri.scheme_str().unwrap_or("https"),
        head.uri.authority().map(http::uri::Authority::as_str).unwrap_or_default()
    );
    let mut turn = Turn {
        env: &env,
        route: &route,
        method: &head.method,
        headers: &head.headers,
        origin: &origin,
        query: head.uri.query(),
        platform,
        id,
        entry: Entry::new(id, route.label(), &head.method),
        counts: Counts::default(),
    };
    let answer = match turn.answer(body).await {
        Ok(answer) => answer,
        // What the platform says of a failure may quote what was sent.
        Err(_) => problem(StatusCode::SERVICE_UNAVAILABLE, "a service of the platform failed".into()).into(),
    };
    let streamed = matches!(answer, Answer::Streamed(_));
    let mut response = turn.seal(answer)?;
    // A caller's own identifier comes back as it was sent (AuthZEN 1.0, section 10.1.3).
    let id = given.filter(|id| id.len() <= 128).or_else(|| HeaderValue::try_from(id.to_string()).ok());
    response.headers_mut().extend(id.map(|id| (http::HeaderName::from_static("x-request-id"), id)));
    turn.entry.status = response.status().as_u16();
    turn.counts.request(&turn.entry);
    // What is streamed is logged at its end; of a session that is passed on there is nothing to add.
    if !streamed || route != Route::Batch {
        worker::console_log!("{}", turn.entry.to_json());
    }
    meter_object::count(&env, &context, turn.counts);
    Ok(response)
}

impl Turn<'_> {
    async fn answer(&mut self, body: Body) -> Result<Answer> {
        if *self.route == Route::Batch && api::settled(self.method, self.route).is_none() {
            return self.batch(body).await;
        }
        let most = if matches!(self.route, Route::Policy(_)) { POLICY_BYTES } else { BODY_BYTES };
        let received = body::read(body, most).await;
        self.entry.received = received.as_ref().map_or(0, |received| received.length);
        if let Some(response) = api::settled(self.method, self.route) {
            return Ok(response.into());
        }
        if let Some(seconds) = self.over().await? {
            return Ok(too_many(seconds).into());
        }
        let bytes = match self.whole(received) {
            Ok(bytes) => bytes,
            Err(detail) => return Ok(problem(StatusCode::BAD_REQUEST, detail.into()).into()),
        };
        let asked = Asked { method: self.method, route: self.route, headers: self.headers, body: &bytes };
        if let Some((response, report)) = api::respond(&asked) {
            self.note(report.as_ref());
            return Ok(response.into());
        }
        if let Some(file) = File::of(self.route) {
            return self.file(file, &asked).await;
        }
        match self.route {
            Route::Health => self.health().await,
            Route::Metrics => self.metrics().await,
            Route::Policies => self.policies().await,
            Route::Policy(id) => match *self.method {
                Method::PUT => self.put(id, &bytes).await,
                Method::DELETE => self.delete(id).await,
                _ => self.get(id).await,
            },
            Route::Version(id, version) => self.version(id, *version).await,
            Route::Audit(id) => self.audit(id).await,
            Route::Rollback(id) => self.rollback(id, &bytes).await,
            Route::GuardPeer(id) => self.peer(id).await,
            Route::GuardSession(id, rest) => self.session(id, rest, bytes).await,
            Route::GuardEnclave(id) => self.enclave(id, &bytes).await,
            Route::Access => self.access(&bytes).await,
            Route::Accesses => self.accesses(&bytes).await,
            Route::AccessConfiguration => self.access_configuration(),
            Route::Ask(id) => self.ask(id, &bytes).await,
            _ => Ok(problem(StatusCode::NOT_FOUND, "nothing is served at this path".into()).into()),
        }
    }

    /// A file of the release.
    async fn file(&self, file: File, asked: &Asked<'_>) -> Result<Answer> {
        // The static files look at the path alone.
        let found = self.env.assets("ASSETS")?.fetch(format!("https://assets{}", file.path), None).await?;
        let whole = found.status() == StatusCode::OK;
        let text = body::read(found.into_body(), BODY_BYTES).await.filter(|_| whole);
        let text = text.and_then(|text| String::from_utf8(text.bytes).ok());
        Ok(text.map(|text| file.answer(asked, text)).ok_or("a file of the release is missing")?.into())
    }

    /// The bytes of a body that came whole.
    fn whole(&self, received: Option<Received>) -> std::result::Result<Vec<u8>, &'static str> {
        // A gateway sends the original request's headers without its body, which nobody here looks at.
        if matches!(self.route, Route::GuardPeer(_)) {
            return Ok(Vec::new());
        }
        let received = received.ok_or(framing::CUT)?;
        framing::check(self.headers, received.length)?;
        Ok(received.bytes)
    }

    /// Notes a report for the log and the counters.
    pub(crate) fn note(&mut self, report: Option<&admit_core::Report>) {
        if let Some(report) = report {
            self.entry.add(report);
            self.counts.report(report);
        }
    }

    fn seal(&mut self, answer: Answer) -> Result<HttpResponse> {
        let response = match answer {
            Answer::Whole(response) => response,
            Answer::Streamed(response) => return Ok(response),
        };
        let (head, bytes) = api::finish(self.method, self.route, response).into_parts();
        self.entry.sent = bytes.len() as u64;
        // The runtime refuses a 204 or 304 that has a body, be it an empty one.
        let body = match bytes.is_empty() {
            true => Body::empty(),
            false => HttpResponse::try_from(Response::from_bytes(bytes)?)?.into_body(),
        };
        Ok(HttpResponse::from_parts(head, body))
    }
}

/// Panics where the test asks for it: in the middle of a request that has waited for something, while a counter is held.
#[cfg(feature = "trap")]
async fn trap(request: &Request) {
    if request.path() == "/v1/trap" {
        worker::Delay::from(std::time::Duration::from_millis(20)).await;
        meter_object::trap();
    }
}

/// A fresh identifier, drawn by the platform.
fn random() -> RequestId {
    RequestId::read(&gate::random_uuid()).unwrap_or(RequestId::new(0))
}

/// The platform's clock.
pub(crate) fn now() -> admit_core::Time {
    admit_core::Time::from_unix(i64::try_from(worker::Date::now().as_millis() / 1000).unwrap_or(i64::MAX))
}
