//! Named policies: list, read, write, delete, roll back.

use http::header::{ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, LOCATION};
use http::{HeaderValue, Response, StatusCode};
use serde::{Deserialize, Serialize};
use worker::Result;

use super::{Answer, Turn, now, object, store};
use crate::evaluate::{JSON, quoted, too_large, typed, unreadable};
use crate::policy::{Command, Condition, Loaded, Refusal, Reply, Stored, Unfit};
use crate::reply::{self, Lifetime, problem};
use crate::{POLICY_BYTES, PolicyId};

/// What a write answers.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    version: u32,
    etag: &'a str,
    kind: admit_core::Kind,
    at: admit_core::Time,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Back {
    version: u32,
}

impl Turn<'_> {
    /// The list, a page at a time.
    pub(crate) async fn policies(&self) -> Result<Answer> {
        if let Err(refused) = self.reader() {
            return Ok(refused);
        }
        let cursor = self.query.and_then(|query| query.strip_prefix("cursor=")).map(String::from);
        json(StatusCode::OK, &store::list(self.env, cursor).await?)
    }

    /// The policy as it was written.
    pub(crate) async fn get(&self, id: &PolicyId) -> Result<Answer> {
        if let Err(refused) = self.reader() {
            return Ok(refused);
        }
        let Some((version, etag)) = store::current(self.env, id).await? else { return Ok(missing()) };
        let known = self.header(&IF_NONE_MATCH).is_some_and(|tags| tags.contains(&format!("\"{etag}\"")));
        let mut response = match store::text(self.env, id, version).await? {
            Some(_) if known => {
                let mut response = Response::new(Vec::new());
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                response
            }
            Some(text) => reply::ok(JSON, Lifetime::None, text),
            None => return Ok(missing()),
        };
        tag(&mut response, version, &etag);
        Ok(response.into())
    }

    /// A version as it was written.
    pub(crate) async fn version(&self, id: &PolicyId, version: u32) -> Result<Answer> {
        if let Err(refused) = self.reader() {
            return Ok(refused);
        }
        let Some(Stored { version, etag, text, .. }) = store::version_of(self.env, id, version).await? else {
            return Ok(missing());
        };
        let mut response = reply::ok(JSON, Lifetime::None, text);
        tag(&mut response, version, &etag);
        Ok(response.into())
    }

    /// What was done, the latest first. For operators: it names them.
    pub(crate) async fn audit(&self, id: &PolicyId) -> Result<Answer> {
        if let Err(refused) = self.operator() {
            return Ok(refused);
        }
        match object::ask(self.env, store::OBJECTS, id.as_str(), &Command::Audit).await? {
            Reply::Audit(entries) => json(StatusCode::OK, &entries),
            _ => Ok(missing()),
        }
    }

    /// Writes a version.
    pub(crate) async fn put(&self, id: &PolicyId, body: &[u8]) -> Result<Answer> {
        let operator = match self.operator() {
            Ok(operator) => operator,
            Err(refused) => return Ok(refused),
        };
        if let Err(refused) = typed(self.headers, JSON) {
            return Ok((*refused).into());
        }
        if body.len() > POLICY_BYTES {
            return Ok(too_large(POLICY_BYTES).into());
        }
        let text = match admit_core::decode(body) {
            Ok(text) => text,
            Err(error) => {
                return Ok(unreadable(StatusCode::BAD_REQUEST, "policy", vec![error.in_document("policy")]).into());
            }
        };
        let loaded = match Loaded::read(&text, now()) {
            Ok(loaded) => loaded,
            Err(unfit) => return Ok(unfit_answer(unfit)),
        };
        let (condition, request) = (self.condition(), self.id.to_string());
        let kind = loaded.case.kind();
        let put = Command::Put { id: id.to_string(), text, kind, condition, operator, request, at: now() };
        self.write(id, &put).await
    }

    /// Brings a version back, as a new one.
    pub(crate) async fn rollback(&self, id: &PolicyId, body: &[u8]) -> Result<Answer> {
        let operator = match self.operator() {
            Ok(operator) => operator,
            Err(refused) => return Ok(refused),
        };
        if let Err(refused) = typed(self.headers, JSON) {
            return Ok((*refused).into());
        }
        let Ok(Back { version }) = serde_json::from_str(&String::from_utf8_lossy(body)) else {
            let detail = "expected a version: `{\"version\": 1}`, found something else";
            return Ok(problem(StatusCode::BAD_REQUEST, detail.into()).into());
        };
        let (condition, request) = (self.condition(), self.id.to_string());
        let back = Command::Rollback { id: id.to_string(), version, condition, operator, request, at: now() };
        self.write(id, &back).await
    }

    /// Deletes the policy. Its versions and its audit stay, for operators.
    pub(crate) async fn delete(&self, id: &PolicyId) -> Result<Answer> {
        let operator = match self.operator() {
            Ok(operator) => operator,
            Err(refused) => return Ok(refused),
        };
        let (condition, request) = (self.condition(), self.id.to_string());
        let delete = Command::Delete { id: id.to_string(), condition, operator, request, at: now() };
        self.write(id, &delete).await
    }

    async fn write(&self, id: &PolicyId, command: &Command) -> Result<Answer> {
        let stored = match object::ask(self.env, store::OBJECTS, id.as_str(), command).await? {
            Reply::Written(stored) => stored,
            Reply::Deleted => {
                let mut response = reply::ok(JSON, Lifetime::None, String::new());
                *response.status_mut() = StatusCode::NO_CONTENT;
                response.headers_mut().remove(http::header::CONTENT_TYPE);
                return Ok(response.into());
            }
            Reply::Refused(Refusal::Changed) => {
                let detail = "the policy is another than the one that the condition names";
                return Ok(problem(StatusCode::PRECONDITION_FAILED, detail.into()).into());
            }
            Reply::Refused(Refusal::Unconditional) => {
                let detail = "expected `If-Match` with the tag of the policy that is replaced, found none";
                return Ok(problem(StatusCode::PRECONDITION_REQUIRED, detail.into()).into());
            }
            _ => return Ok(missing()),
        };
        let Stored { version, etag, kind, at, .. } = &stored;
        let status = if *version == 1 { StatusCode::CREATED } else { StatusCode::OK };
        let written = Written { id: id.as_str(), version: *version, etag, kind: *kind, at: *at };
        let mut answer = json(status, &written)?;
        if let Answer::Whole(response) = &mut answer {
            tag(response, *version, etag);
            let place = HeaderValue::try_from(format!("/v1/policies/{id}")).ok();
            response.headers_mut().extend(place.map(|place| (LOCATION, place)));
        }
        Ok(answer)
    }

    fn condition(&self) -> Condition {
        Condition { if_match: self.header(&IF_MATCH), if_none_match: self.header(&IF_NONE_MATCH) }
    }

    fn header(&self, name: &HeaderName) -> Option<String> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).map(String::from)
    }
}

pub(crate) fn missing() -> Answer {
    problem(StatusCode::NOT_FOUND, "there is no such policy, or no such version of it".into()).into()
}

fn unfit_answer(unfit: Unfit) -> Answer {
    match unfit {
        Unfit::Unreadable(error) => unreadable(StatusCode::BAD_REQUEST, "policy", vec![error]).into(),
        Unfit::Documents(errors) => unreadable(StatusCode::UNPROCESSABLE_ENTITY, "policy", errors).into(),
        Unfit::Guard(detail) => problem(StatusCode::UNPROCESSABLE_ENTITY, detail).into(),
    }
}

fn tag(response: &mut Response<Vec<u8>>, version: u32, etag: &str) {
    response.headers_mut().insert(ETAG, quoted(etag));
    response.headers_mut().insert(HeaderName::from_static("admit-version"), HeaderValue::from(version));
}

/// An answer in JSON, indented, that ends with a newline.
pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Result<Answer> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(reply::with_body(status, JSON, Lifetime::None, text).into())
}
