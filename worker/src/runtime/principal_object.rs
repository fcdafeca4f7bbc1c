//! The object of one principal: its owner, and the life of its identifiers.

use std::time::Duration;

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::guard::principal::{Enter, Entered, FORGOTTEN, Principal};

/// Holds one principal. It is asked by who wants to enter, and answers with the epoch.
#[durable_object(alarm)]
pub struct PrincipalObject {
    state: State,
}

impl DurableObject for PrincipalObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let enter: Enter = serde_json::from_str(&request.text().await?)?;
        let storage = self.state.storage();
        let text: Option<String> = storage.get("principal").await?;
        // What can't be read is somebody's: nobody else is let in.
        let known: Option<Principal> = text.map(|text| serde_json::from_str(&text)).transpose()?;
        let Ok(principal) = Principal::enter(known.clone(), &enter) else {
            return Response::from_json(&Entered { epoch: None });
        };
        if known.as_ref() != Some(&principal) {
            storage.put("principal", serde_json::to_string(&principal)?).await?;
        }
        if storage.get_alarm().await?.is_none() {
            storage.set_alarm(Duration::from_secs(FORGOTTEN.unsigned_abs())).await?;
        }
        Response::from_json(&Entered { epoch: Some(principal.epoch) })
    }

    /// Forgets the principal, unless it has been seen since.
    async fn alarm(&self) -> Result<Response> {
        let storage = self.state.storage();
        let text: Option<String> = storage.get("principal").await?;
        let known: Option<Principal> = text.and_then(|text| serde_json::from_str(&text).ok());
        let left =
            known.map_or(0, |principal| principal.last.plus(FORGOTTEN).unix().saturating_sub(super::now().unix()));
        match u64::try_from(left) {
            Ok(left) if left > 0 => storage.set_alarm(Duration::from_secs(left)).await?,
            _ => storage.delete_all().await?,
        }
        Response::empty()
    }
}
