//! KV: the texts of versions, and the list of policies. Nothing that decides rests on it (`policy.rs` says why).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use admit_core::{Kind, Time};
use serde::{Deserialize, Serialize};
use worker::kv::KvStore;
use worker::{Env, Error, Result};

use super::{now, object};
use crate::PolicyId;
use crate::policy::{Command, Loaded, Reply, Stored};

/// The binding of the objects, by policy.
pub(crate) const OBJECTS: &str = "POLICIES";
/// The binding of the store.
const STORE: &str = "STORE";
/// Policies that an isolate keeps as they were read: the busiest ones, at most this many megabytes of text.
const KEPT: usize = 16;

thread_local! {
    static LOADED: RefCell<BTreeMap<(String, u32), Rc<Loaded>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A policy as the list shows it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// Its name; not in the metadata, whose key it is.
    #[serde(default)]
    pub(crate) id: String,
    version: u32,
    etag: String,
    kind: Kind,
    at: Time,
}

/// A page of the list.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    policies: Vec<Listed>,
    /// What to ask with for the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

/// The version of a policy that counts now.
pub(crate) async fn current(env: &Env, id: &PolicyId) -> Result<Option<(u32, String)>> {
    match object::ask(env, OBJECTS, id.as_str(), &Command::Head).await? {
        Reply::Head(head) => Ok(head.current.zip(head.etag)),
        _ => Err(Error::RustError("the policy's object gave no state".into())),
    }
}

/// The policy that counts now, read, with its tag.
pub(crate) async fn load(env: &Env, id: &PolicyId) -> Result<Option<(Rc<Loaded>, String)>> {
    let Some((version, etag)) = current(env, id).await? else { return Ok(None) };
    let key = (id.as_str().to_string(), version);
    if let Some(loaded) = LOADED.with_borrow(|all| all.get(&key).cloned()) {
        return Ok(Some((loaded, etag)));
    }
    let Some(text) = text(env, id, version).await? else { return Ok(None) };
    // It was read before it was stored; an engine that reads it no more makes it a policy that can't be asked.
    let loaded = Loaded::read(&text, now()).map_err(|_| Error::RustError("the stored policy doesn't read".into()))?;
    let loaded = Rc::new(loaded);
    LOADED.with_borrow_mut(|all| {
        // Versions that no longer count go first, then whatever is first by name.
        all.retain(|(other, _), _| *other != key.0);
        while all.len() >= KEPT {
            all.pop_first();
        }
        all.insert(key, loaded.clone());
    });
    Ok(Some((loaded, etag)))
}

/// The text of a version: from KV, or from the object where KV has not heard of it.
pub(crate) async fn text(env: &Env, id: &PolicyId, version: u32) -> Result<Option<String>> {
    if let Ok(Some(text)) = kv(env)?.get(&version_key(id.as_str(), version)).cache_ttl(3600).text().await {
        return Ok(Some(text));
    }
    Ok(version_of(env, id, version).await?.map(|stored| stored.text))
}

/// A version as its object has it.
pub(crate) async fn version_of(env: &Env, id: &PolicyId, version: u32) -> Result<Option<Stored>> {
    match object::ask(env, OBJECTS, id.as_str(), &Command::Version { version }).await? {
        Reply::Version(stored) => Ok(Some(stored)),
        _ => Ok(None),
    }
}

/// A page of the list of policies.
pub(crate) async fn list(env: &Env, cursor: Option<String>) -> Result<Page> {
    let mut list = kv(env)?.list().prefix("index/".into());
    if let Some(cursor) = cursor {
        list = list.cursor(cursor);
    }
    let found = list.execute().await.map_err(failed)?;
    let listed = found.keys.into_iter().filter_map(|key| {
        let mut listed: Listed = serde_json::from_value(key.metadata?).ok()?;
        listed.id = key.name.strip_prefix("index/")?.to_string();
        Some(listed)
    });
    Ok(Page { policies: listed.collect(), cursor: found.cursor.filter(|cursor| !cursor.is_empty()) })
}

/// Writes a version's text.
pub(crate) async fn tell_version(env: &Env, id: &str, stored: &Stored) -> Result<()> {
    let key = version_key(id, stored.version);
    kv(env)?.put(&key, stored.text.as_str()).map_err(failed)?.execute().await.map_err(failed)
}

/// Writes what the list shows of a policy, or takes it off the list.
pub(crate) async fn tell_index(env: &Env, id: &str, current: Option<&Stored>) -> Result<()> {
    let key = format!("index/{id}");
    let Some(Stored { version, etag, kind, at, .. }) = current else {
        return kv(env)?.delete(&key).await.map_err(failed);
    };
    let listed = Listed { id: String::new(), version: *version, etag: etag.clone(), kind: *kind, at: *at };
    let put = kv(env)?.put(&key, "").map_err(failed)?.metadata(listed).map_err(failed)?;
    put.execute().await.map_err(failed)
}

/// Whether the store answers.
pub(crate) async fn answers(env: &Env) -> bool {
    match kv(env) {
        Ok(kv) => kv.get("health").text().await.is_ok(),
        Err(_) => false,
    }
}

fn kv(env: &Env) -> Result<KvStore> {
    env.kv(STORE)
}

fn version_key(id: &str, version: u32) -> String {
    format!("policy/{id}/{version}")
}

fn failed(error: worker::kv::KvError) -> Error {
    Error::RustError(error.to_string())
}
