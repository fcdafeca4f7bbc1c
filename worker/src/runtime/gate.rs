//! Who asks, and how often.

use http::StatusCode;
use worker::{Env, Result};

use super::{Answer, Turn};
use crate::keyring::{Keyring, bearer};
use crate::reply::{problem, unauthorized};

/// Seconds over which requests are counted, as `wrangler.toml` says too.
const PERIOD: u32 = 60;

/// Who asks.
pub(crate) enum Party {
    /// Somebody who may write policies.
    Operator(String),
    /// Somebody who may ask.
    Reader(String),
    /// Nobody in particular.
    Anyone,
}

impl Turn<'_> {
    /// Who asks, by the token in `Authorization`.
    pub(crate) fn party(&self) -> Party {
        let Some(token) = bearer(self.headers) else { return Party::Anyone };
        if let Some(name) = keyring(self.env, "OPERATORS").holder(token) {
            return Party::Operator(name.to_string());
        }
        match keyring(self.env, "READERS").holder(token) {
            Some(name) => Party::Reader(name.to_string()),
            None => Party::Anyone,
        }
    }

    /// Whether the party, or, for anyone, the address has asked too often: the seconds to wait.
    ///
    /// A session is counted by whom its token names, in its own place.
    pub(crate) async fn over(&self) -> Result<Option<u32>> {
        let (binding, key) = match self.party() {
            Party::Operator(name) => ("LIMIT_KEY", format!("operator:{name}")),
            Party::Reader(name) => ("LIMIT_KEY", format!("reader:{name}")),
            Party::Anyone => ("LIMIT_ADDRESS", self.address().to_string()),
        };
        self.over_key(binding, key).await
    }

    /// Whether a key has been used too often: the seconds to wait.
    pub(crate) async fn over_key(&self, binding: &str, key: String) -> Result<Option<u32>> {
        // Without the binding nothing is counted; `/healthz` says that it is missing.
        let Ok(limiter) = self.env.rate_limiter(binding) else { return Ok(None) };
        Ok((!limiter.limit(key).await?.success).then_some(PERIOD))
    }

    /// The address that the platform saw.
    fn address(&self) -> &str {
        self.headers.get("cf-connecting-ip").and_then(|value| value.to_str().ok()).unwrap_or("unknown")
    }

    /// The name of the operator who asks, or the refusal.
    pub(crate) fn operator(&self) -> std::result::Result<String, Answer> {
        match self.party() {
            Party::Operator(name) => Ok(name),
            Party::Reader(_) => {
                Err(problem(StatusCode::FORBIDDEN, "expected the token of an operator, found a reader's".into()).into())
            }
            Party::Anyone => Err(unauthorized("expected the token of an operator").into()),
        }
    }

    /// Whether the asker may read policies and ask them; everyone may, unless the platform's secret `READERS` says who.
    pub(crate) fn reader(&self) -> std::result::Result<(), Answer> {
        match self.party() {
            Party::Anyone if !keyring(self.env, "READERS").is_empty() => {
                Err(unauthorized("expected the token of a reader").into())
            }
            _ => Ok(()),
        }
    }
}

/// A secret of the platform, or one without entries.
pub(crate) fn keyring(env: &Env, name: &str) -> Keyring {
    env.secret(name).map(|secret| Keyring::read(&secret.to_string())).unwrap_or_default()
}

/// A UUID of the platform's randomness.
pub(crate) fn random_uuid() -> String {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).unwrap_or_default();
    let draw = js_sys::Reflect::get(&crypto, &"randomUUID".into()).map(js_sys::Function::from);
    draw.and_then(|draw| draw.call0(&crypto)).ok().and_then(|uuid| uuid.as_string()).unwrap_or_default()
}
