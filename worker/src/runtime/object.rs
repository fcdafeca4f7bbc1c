//! Talking to objects: a question in JSON, an answer in JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{Env, Method, Request, RequestInit, Result};

/// Asks the object of a name.
pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
    env: &Env,
    binding: &str,
    name: &str,
    question: &Q,
) -> Result<A> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(serde_json::to_string(question)?.into()));
    let stub = env.durable_object(binding)?.get_by_name(name)?;
    // Objects are asked by requests; the address means nothing.
    let mut response = stub.fetch_with_request(Request::new_with_init("https://object/", &init)?).await?;
    Ok(serde_json::from_str(&response.text().await?)?)
}
