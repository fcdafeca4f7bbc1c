//! The object of one policy: its versions, its conditions, its audit.
//!
//! While an object's storage is read or written no other request reaches it, so a read of the state and the write that
//! rests on it are never apart. Several values put together are stored together or not at all.

use js_sys::{Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{DurableObject, Env, Request, Response, Result, State, Storage, durable_object};

use super::store;
use crate::policy::{Action, Command, Condition, Entry, Head, Refusal, Reply, Stored, VERSIONS};

/// Milliseconds after a write at which KV is told: it takes one write a second for each key.
const TELL: i64 = 1_000;
/// Entries of the audit in one answer.
const AUDIT: u32 = 100;

/// Holds one policy.
#[durable_object(alarm)]
pub struct PolicyObject {
    state: State,
    env: Env,
}

impl DurableObject for PolicyObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let command: Command = serde_json::from_str(&request.text().await?)?;
        Response::from_json(&self.run(command).await?)
    }

    /// Tells KV what was written. The platform asks again where it fails.
    async fn alarm(&self) -> Result<Response> {
        let storage = self.state.storage();
        let (Some(id), untold) = (get::<String>(&storage, "id").await?, untold(&storage).await?) else {
            return Response::empty();
        };
        for version in &untold {
            if let Some(stored) = get::<Stored>(&storage, &version_key(*version)).await? {
                store::tell_version(&self.env, &id, &stored).await?;
            }
        }
        let head = self.head().await?;
        let current = match head.current {
            Some(version) => get::<Stored>(&storage, &version_key(version)).await?,
            None => None,
        };
        store::tell_index(&self.env, &id, current.as_ref()).await?;
        // Something may have been written in the meantime, and has set its own alarm.
        let mut left = self::untold(&storage).await?;
        left.retain(|version| !untold.contains(version));
        storage.put("untold", serde_json::to_string(&left)?).await?;
        Response::empty()
    }
}

impl PolicyObject {
    async fn run(&self, command: Command) -> Result<Reply> {
        let storage = self.state.storage();
        match command {
            Command::Head => Ok(Reply::Head(self.head().await?)),
            Command::Version { version } => {
                let stored = get(&storage, &version_key(version)).await?;
                Ok(stored.map_or(Reply::Missing, Reply::Version))
            }
            Command::Audit => self.audit().await,
            Command::Put { id, text, kind, condition, operator, request, at } => {
                let write = |head: &mut Head| head.write(text, kind, at);
                self.write(&id, &condition, Done { at, action: Action::Put, operator, request, from: None }, write)
                    .await
            }
            Command::Rollback { id, version, condition, operator, request, at } => {
                let Some(old) = get::<Stored>(&storage, &version_key(version)).await? else {
                    return Ok(Reply::Missing);
                };
                let write = |head: &mut Head| head.write(old.text, old.kind, at);
                let done = Done { at, action: Action::Rollback, operator, request, from: Some(version) };
                self.write(&id, &condition, done, write).await
            }
            Command::Delete { id, condition, operator, request, at } => {
                let mut head = self.head().await?;
                if head.current.is_none() {
                    return Ok(Reply::Missing);
                }
                if let Err(refusal) = head.admits(&condition) {
                    return Ok(Reply::Refused(refusal));
                }
                head.delete();
                let done = Done { at, action: Action::Delete, operator, request, from: None };
                self.commit(&id, head, None, done).await?;
                Ok(Reply::Deleted)
            }
        }
    }

    async fn write(
        &self,
        id: &str,
        condition: &Condition,
        done: Done,
        write: impl FnOnce(&mut Head) -> Stored,
    ) -> Result<Reply> {
        let mut head = self.head().await?;
        let admitted: std::result::Result<(), Refusal> = head.admits(condition);
        if let Err(refusal) = admitted {
            return Ok(Reply::Refused(refusal));
        }
        let stored = write(&mut head);
        self.commit(id, head, Some(&stored), done).await?;
        Ok(Reply::Written(stored))
    }

    /// Stores the state, the version and the entry together.
    async fn commit(&self, id: &str, mut head: Head, stored: Option<&Stored>, done: Done) -> Result<()> {
        let storage = self.state.storage();
        let mut untold = untold(&storage).await?;
        head.entries = head.entries.saturating_add(1);
        let entry = Entry {
            entry: head.entries,
            at: done.at,
            action: done.action,
            operator: done.operator,
            request: done.request,
            version: stored.map(|stored| stored.version),
            from: done.from,
            sha256: stored.map(|stored| crate::digest::plain(stored.text.as_bytes())),
        };
        let values = Object::new();
        if let Some(stored) = stored {
            untold.push(stored.version);
            set(&values, &version_key(stored.version), stored)?;
        }
        set(&values, "id", &id)?;
        set(&values, "head", &head)?;
        set(&values, "untold", &untold)?;
        set(&values, &entry_key(entry.entry), &entry)?;
        storage.put_multiple_raw(values).await?;
        if head.last > VERSIONS {
            storage.delete(&version_key(head.last.saturating_sub(VERSIONS))).await?;
        }
        if storage.get_alarm().await?.is_none() {
            storage.set_alarm(std::time::Duration::from_millis(TELL.unsigned_abs())).await?;
        }
        Ok(())
    }

    async fn audit(&self) -> Result<Reply> {
        let storage = self.state.storage();
        let head = self.head().await?;
        let mut entries = Vec::new();
        for number in (1..=head.entries).rev().take(AUDIT as usize) {
            entries.extend(get::<Entry>(&storage, &entry_key(number)).await?);
        }
        Ok(if head.entries == 0 { Reply::Missing } else { Reply::Audit(entries) })
    }

    async fn head(&self) -> Result<Head> {
        Ok(get(&self.state.storage(), "head").await?.unwrap_or_default())
    }
}

/// What is written down about a write.
struct Done {
    at: admit_core::Time,
    action: Action,
    operator: String,
    request: String,
    from: Option<u32>,
}

fn version_key(version: u32) -> String {
    format!("version:{version}")
}

fn entry_key(entry: u32) -> String {
    format!("entry:{entry}")
}

async fn untold(storage: &Storage) -> Result<Vec<u32>> {
    Ok(get(storage, "untold").await?.unwrap_or_default())
}

async fn get<T: DeserializeOwned>(storage: &Storage, key: &str) -> Result<Option<T>> {
    let text: Option<String> = storage.get(key).await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

fn set<T: Serialize>(values: &Object, key: &str, value: &T) -> Result<()> {
    Reflect::set(values, &key.into(), &serde_json::to_string(value)?.into())?;
    Ok(())
}
