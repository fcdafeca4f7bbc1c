//! The object that has one client's credential for a session pool, and gets a new one before it expires.
//!
//! While it is getting one no other request reaches it, so concurrent requests wait for one answer of the authority
//! instead of each asking for itself. The credential is held in memory and never stored.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, select};
use serde::{Deserialize, Serialize};
use worker::{
    Delay, DurableObject, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response, Result, State,
    durable_object,
};

use super::{gate, object};
use crate::policy::SessionGuard;

/// Milliseconds that the authority may take.
const WAIT: u64 = 10_000;
/// Milliseconds for which a failure stands: whoever waited for the same answer gets it too.
const FAILED: u64 = 1_000;
/// Seconds before its end at which a credential is replaced: what the public libraries do.
const EARLY: u64 = 300;

/// What the worker asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Wanted {
    authority: String,
    client: String,
    scope: String,
}

/// What it gets: a token, and until when it is used, in milliseconds of the platform's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    token: Option<String>,
    until: u64,
}

/// The authority's answer (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    token_type: String,
    #[serde(default)]
    expires_in: Option<u64>,
}

thread_local! {
    static HELD: RefCell<BTreeMap<String, Held>> = const { RefCell::new(BTreeMap::new()) };
}

/// The credential of a guard's client, or nothing where the authority gives none.
pub(crate) async fn credential(env: &Env, guard: &SessionGuard) -> Result<Option<String>> {
    let wanted =
        Wanted { authority: guard.authority.clone(), client: guard.client.clone(), scope: guard.scope.clone() };
    let name = name(&wanted);
    let now = worker::Date::now().as_millis();
    let held = HELD.with_borrow(|all| all.get(&name).filter(|held| held.until > now).cloned());
    if let Some(Held { token: Some(token), .. }) = held {
        return Ok(Some(token));
    }
    let held: Held = object::ask(env, "CREDENTIALS", &name, &wanted).await?;
    if held.token.is_some() {
        HELD.with_borrow_mut(|all| all.insert(name, held.clone()));
    }
    Ok(held.token)
}

/// Forgets a credential that the pool doesn't take any more.
pub(crate) fn forget(guard: &SessionGuard) {
    let wanted =
        Wanted { authority: guard.authority.clone(), client: guard.client.clone(), scope: guard.scope.clone() };
    HELD.with_borrow_mut(|all| all.remove(&name(&wanted)));
}

fn name(wanted: &Wanted) -> String {
    crate::digest::sha256(&[wanted.authority.as_bytes(), wanted.client.as_bytes(), wanted.scope.as_bytes()])
}

/// Holds one client's credential.
#[durable_object(fetch)]
pub struct CredentialObject {
    state: State,
    env: Env,
    held: Rc<RefCell<Held>>,
}

impl DurableObject for CredentialObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, held: Rc::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let wanted: Wanted = serde_json::from_str(&request.text().await?)?;
        let (held, env) = (self.held.clone(), self.env.clone());
        let current = self
            .state
            .block_concurrency_while(async move {
                let now = worker::Date::now().as_millis();
                // A failure that has just come is held too, without a token.
                if held.borrow().until <= now {
                    let got = get(&env, &wanted).await.unwrap_or_default();
                    let now = worker::Date::now().as_millis();
                    let until = match &got {
                        Some(granted) => {
                            let life = granted.expires_in.unwrap_or(0);
                            now.saturating_add(life.saturating_sub(EARLY.min(life / 5)).saturating_mul(1_000))
                        }
                        None => now.saturating_add(FAILED),
                    };
                    *held.borrow_mut() = Held { token: got.map(|granted| granted.access_token), until };
                }
                let current = held.borrow().clone();
                Ok(current)
            })
            .await?;
        Response::from_json(&current)
    }
}

/// Asks the authority (RFC 6749, section 4.4).
async fn get(env: &Env, wanted: &Wanted) -> Result<Option<Granted>> {
    let clients = gate::keyring(env, "CLIENTS");
    let Some(secret) = clients.secret(&wanted.client) else { return Ok(None) };
    let form = worker::url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", &wanted.client)
        .append_pair("client_secret", secret)
        .append_pair("scope", &wanted.scope)
        .finish();
    let headers = Headers::new();
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    headers.set("accept", "application/json")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
    init.with_body(Some(form.into()));
    let asked = async {
        let mut response = Fetch::Request(Request::new_with_init(&wanted.authority, &init)?).send().await?;
        if response.status_code() != 200 {
            return Ok(None);
        }
        let granted: Granted = serde_json::from_str(&response.text().await?)?;
        let good = granted.token_type.eq_ignore_ascii_case("bearer") && is_token(&granted.access_token);
        Ok(good.then_some(granted))
    };
    match select(Box::pin(asked), Delay::from(Duration::from_millis(WAIT))).await {
        Either::Left((granted, _)) => granted,
        Either::Right(_) => Ok(None),
    }
}

/// Whether a token can stand in a header (RFC 6750, section 2.1).
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte))
}
