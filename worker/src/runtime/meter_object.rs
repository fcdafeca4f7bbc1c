//! The object that holds the sums of all isolates' counters.

use std::cell::{Cell, RefCell};

use http::StatusCode;
use worker::{Context, DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{Answer, Turn, object};
use crate::meter::Counts;
use crate::reply::{self, Lifetime};

/// Milliseconds between two hand-overs of an isolate's counts. One that is evicted loses at most that much.
const EVERY: u64 = 5_000;
const BINDING: &str = "METER";
const NAME: &str = "sums";

thread_local! {
    static COUNTED: RefCell<Counts> = RefCell::default();
    static HANDED: Cell<u64> = const { Cell::new(0) };
}

/// Adds the counts of a request, and hands on what has come together.
pub(crate) fn count(env: &Env, context: &Context, counts: Counts) {
    COUNTED.with_borrow_mut(|all| all.merge(&counts));
    let now = worker::Date::now().as_millis();
    if now.saturating_sub(HANDED.get()) < EVERY {
        return;
    }
    HANDED.set(now);
    let counted = COUNTED.take();
    let env = env.clone();
    context.wait_until(async move {
        if object::ask::<_, Counts>(&env, BINDING, NAME, &counted).await.is_err() {
            // They are handed on the next time.
            COUNTED.with_borrow_mut(|all| all.merge(&counted));
        }
    });
}

/// Panics while the counters are borrowed: an instance that went on would panic at the next request too.
#[cfg(feature = "trap")]
pub(crate) fn trap() {
    COUNTED.with_borrow_mut(|_| panic!("the test asked for it"));
}

/// Adds a report of a request that has been counted already.
pub(crate) fn add(report: &admit_core::Report) {
    COUNTED.with_borrow_mut(|all| all.report(report));
}

impl Turn<'_> {
    /// The sums, this isolate's counts included.
    pub(crate) async fn metrics(&self) -> Result<Answer> {
        if let Err(refused) = self.reader() {
            return Ok(refused);
        }
        let counted = COUNTED.take();
        let sums: Counts = object::ask(self.env, BINDING, NAME, &counted).await?;
        let text = sums.to_text();
        Ok(reply::with_body(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", Lifetime::None, text).into())
    }
}

/// Holds the sums. It is asked with counts to add, and answers with the sums.
#[durable_object(fetch)]
pub struct MeterObject {
    state: State,
}

impl DurableObject for MeterObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let added: Counts = serde_json::from_str(&request.text().await?)?;
        let storage = self.state.storage();
        let text: Option<String> = storage.get("sums").await?;
        let mut sums: Counts = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        if !added.is_empty() {
            sums.merge(&added);
            storage.put("sums", serde_json::to_string(&sums)?).await?;
        }
        Response::from_json(&sums)
    }
}
