//! The guard for sessions, on the runtime: a reverse proxy before a pool management endpoint.

use admit_core::session::{Caller, Expected, caller};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use worker::js_sys::Uint8Array;
use worker::{Body, Fetch, Headers, HttpResponse, Request, RequestInit, RequestRedirect, Result};

use super::policies::missing;
use super::{Answer, Turn, credential_object, keys, now, object, store};
use crate::evaluate::too_large;
use crate::guard::headers::{inward, outward};
use crate::guard::principal::{self, Enter, Entered};
use crate::guard::target;
use crate::keyring::bearer;
use crate::policy::SessionGuard;
use crate::reply::{self, problem, too_many, unauthorized};
use crate::{BODY_BYTES, PolicyId};

/// The header in which a caller names a conversation.
const CONVERSATION: &str = "admit-conversation";
/// Characters of the shortest key that identifiers are derived from: 256 bits in base64.
const KEY: usize = 43;
/// Methods that are passed on.
const METHODS: [Method; 6] = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

impl Turn<'_> {
    /// Passes a request on as the caller's own session, or refuses it.
    pub(crate) async fn session(&mut self, id: &PolicyId, rest: &str, body: Vec<u8>) -> Result<Answer> {
        let Some((policy, _)) = store::load(self.env, id).await? else { return Ok(missing()) };
        let Some(guard) = &policy.guard.session else { return Ok(missing()) };
        let caller = match self.caller(guard).await {
            Ok(caller) => caller,
            Err(refused) => return Ok(refused),
        };
        let name = principal::name(id, &caller);
        if let Some(seconds) = self.over_key("LIMIT_KEY", format!("principal:{name}")).await? {
            return Ok(too_many(seconds).into());
        }
        if !METHODS.contains(self.method) || self.headers.contains_key("upgrade") {
            return Ok(problem(StatusCode::METHOD_NOT_ALLOWED, "this method is not passed on".into()).into());
        }
        if body.len() > BODY_BYTES {
            return Ok(too_large(BODY_BYTES).into());
        }
        let tried = target::check(rest, self.query).err();
        let tried = tried.or_else(|| target::body_names_one(&body).then_some("identifier"));
        if let Some(tried) = tried {
            return Ok(self.attempt(
                StatusCode::BAD_REQUEST,
                tried,
                match tried {
                    "identifier" => "the identifier is derived from the token and is never taken from a request",
                    "management" => "paths below `/.management/` are not passed on",
                    _ => "the path or query can be read as another than it seems to be",
                },
            ));
        }
        let conversation = match self.conversation() {
            Ok(conversation) => conversation,
            Err(()) => {
                let detail = "expected one conversation of 1 to 128 letters, digits, `-`, `_` and `.`";
                return Ok(problem(StatusCode::BAD_REQUEST, detail.into()).into());
            }
        };
        let key = self.env.secret("SESSION_KEY").map(|key| key.to_string()).unwrap_or_default();
        if key.len() < KEY {
            let detail = "the secret that identifiers are derived from is not set";
            return Ok(problem(StatusCode::SERVICE_UNAVAILABLE, detail.into()).into());
        }
        let enter = Enter { owner: principal::owner(&caller), at: now(), rotation: guard.rotation, idle: guard.idle };
        let entered: Entered = object::ask(self.env, "PRINCIPALS", &name, &enter).await?;
        let Some(epoch) = entered.epoch else {
            let detail = "the session belongs to somebody else";
            return Ok(self.attempt(StatusCode::FORBIDDEN, "second-owner", detail));
        };
        let identifier = principal::identifier(key.as_bytes(), id, &caller, conversation, epoch);
        let Some(token) = credential_object::credential(self.env, guard).await? else {
            let detail = "the token authority gave no credential for the pool";
            return Ok(problem(StatusCode::BAD_GATEWAY, detail.into()).into());
        };
        self.forward(guard, rest, &identifier, &token, &body).await
    }

    /// Who calls, by the token.
    async fn caller(&mut self, guard: &SessionGuard) -> std::result::Result<Caller, Answer> {
        let Some(token) = bearer(self.headers) else {
            return Err(unauthorized("expected one access token in `Authorization: Bearer`, found none").into());
        };
        let verified = |jwks: &str| {
            let expected = Expected { issuer: &guard.issuer, audience: &guard.audience, jwks, skew: guard.skew };
            caller(token, &expected, now())
        };
        let caller = match guard.keys_at() {
            None => verified(&guard.jwks.to_string()),
            Some(address) => {
                let none = || problem(StatusCode::BAD_GATEWAY, "the issuer gave no keys".into());
                let held = keys::at(address, false).await.ok_or_else(none)?;
                match verified(&held) {
                    // The issuer may have a key since the last time that it was asked.
                    Err(rule) if rule.id == "token-signature" => {
                        let newer = keys::at(address, true).await.filter(|newer| *newer != held);
                        newer.map_or(Err(rule), |newer| verified(&newer))
                    }
                    caller => caller,
                }
            }
        };
        caller.map_err(|rule| {
            self.entry.add_rule(rule.id);
            self.entry.attempt = Some(rule.id);
            // A caller learns what is wrong with its token, and nothing of what would be right.
            unauthorized(rule.title).into()
        })
    }

    fn attempt(&mut self, status: StatusCode, tried: &'static str, detail: &str) -> Answer {
        self.entry.attempt = Some(tried);
        problem(status, detail.into()).into()
    }

    fn conversation(&self) -> std::result::Result<Option<&str>, ()> {
        let mut values = self.headers.get_all(CONVERSATION).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => value.to_str().ok().and_then(principal::conversation).map(Some).ok_or(()),
            _ => Err(()),
        }
    }

    async fn forward(
        &mut self,
        guard: &SessionGuard,
        rest: &str,
        identifier: &str,
        token: &str,
        body: &[u8],
    ) -> Result<Answer> {
        // The identifier comes first: nothing that follows can cut it off.
        let query = self.query.filter(|query| !query.is_empty()).map_or_else(String::new, |query| format!("&{query}"));
        let endpoint = guard.endpoint.trim_end_matches('/');
        let address = format!("{endpoint}{rest}?identifier={identifier}{query}");
        let headers = Headers::new();
        for (name, value) in &inward(self.headers) {
            headers.set(name.as_str(), value.to_str().unwrap_or_default())?;
        }
        headers.set("authorization", &format!("Bearer {token}"))?;
        let mut init = RequestInit::new();
        init.with_headers(headers).with_redirect(RequestRedirect::Manual);
        init.with_method(self.method.as_str().to_string().into());
        if !body.is_empty() && ![Method::GET, Method::HEAD].contains(self.method) {
            init.with_body(Some(Uint8Array::from(body).into()));
        }
        let unreachable = || problem(StatusCode::BAD_GATEWAY, "the pool can't be reached".into()).into();
        let Ok(response) = Fetch::Request(Request::new_with_init(&address, &init)?).send().await else {
            return Ok(unreachable());
        };
        let (head, body) = HttpResponse::try_from(response)?.into_parts();
        if head.status == StatusCode::UNAUTHORIZED {
            // The credential is not the caller's, and neither is its failure.
            credential_object::forget(guard);
            super::body::read(body, 0).await;
            let detail = "the pool does not take the worker's credential";
            return Ok(problem(StatusCode::BAD_GATEWAY, detail.into()).into());
        }
        if head.status.is_redirection() && head.status != StatusCode::NOT_MODIFIED {
            super::body::read(body, 0).await;
            let detail = "the pool points to another address, which is not followed";
            return Ok(problem(StatusCode::BAD_GATEWAY, detail.into()).into());
        }
        Ok(Answer::Streamed(passed(head.status, &outward(&head.headers, identifier), body)))
    }
}

/// The pool's answer, as the caller gets it.
fn passed(status: StatusCode, headers: &HeaderMap, body: Body) -> http::Response<Body> {
    let no_body = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
    let mut response = http::Response::new(if no_body { Body::empty() } else { body });
    *response.status_mut() = status;
    response.headers_mut().extend(headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    reply::inert(response.headers_mut());
    response.headers_mut().insert(http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
