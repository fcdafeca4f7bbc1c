//! Asking a named policy, and whether the worker is well.

use std::collections::BTreeMap;

use admit_core::Kind;
use http::StatusCode;
use worker::Result;

use super::policies::{json, missing};
use super::{Answer, Turn, now, object, store};
use crate::PolicyId;
use crate::evaluate::{accepted, answer, etag, unreadable};
use crate::meter::Counts;
use crate::policy::{Command, Reply};

impl Turn<'_> {
    /// Evaluates the subject in the body under the policy.
    pub(crate) async fn ask(&mut self, id: &PolicyId, body: &[u8]) -> Result<Answer> {
        if let Err(refused) = self.reader() {
            return Ok(refused);
        }
        let format = match accepted(self.headers, body) {
            Ok(format) => format,
            Err(refused) => return Ok((*refused).into()),
        };
        let Some((policy, tag)) = store::load(self.env, id).await? else { return Ok(missing()) };
        let text = admit_core::decode(body).map_err(|error| error.in_document("question"));
        let case = match text.and_then(|text| policy.case.asked_from_json(&text, now())) {
            Ok(case) => case,
            Err(error) => return Ok(unreadable(StatusCode::BAD_REQUEST, "question", vec![error]).into()),
        };
        let report = admit_core::evaluate(&case);
        self.note(Some(&report));
        // Where the question names no instant, the instant is part of it all the same.
        let at = case.at.to_string();
        let etag = etag(&report, format, &[tag.as_bytes(), at.as_bytes(), body]);
        Ok(answer(StatusCode::OK, &report, &case, format, &etag).into())
    }

    /// Approves or refuses the enclave whose artefacts are in the body: the report, with 200 or 403 for whoever looks at
    /// the status alone. What can't be decided is not approved.
    pub(crate) async fn enclave(&mut self, id: &PolicyId, body: &[u8]) -> Result<Answer> {
        let Some((policy, _)) = store::load(self.env, id).await? else { return Ok(missing()) };
        if policy.case.kind() != Kind::Enclave {
            return Ok(missing());
        }
        let mut answer = self.ask(id, body).await?;
        let approved = self.entry.verdicts.first() == Some(&1);
        if let Answer::Whole(response) = &mut answer
            && response.status() == StatusCode::OK
            && !approved
        {
            *response.status_mut() = StatusCode::FORBIDDEN;
        }
        Ok(answer)
    }

    /// Whether everything that the worker is bound to answers: 503 where something doesn't.
    pub(crate) async fn health(&self) -> Result<Answer> {
        let policies = object::ask::<_, Reply>(self.env, store::OBJECTS, "health", &Command::Head).await.is_ok();
        let meter = object::ask::<_, Counts>(self.env, "METER", "sums", &Counts::default()).await.is_ok();
        let has = |binding: &str| self.env.durable_object(binding).is_ok();
        let bindings = BTreeMap::from([
            ("CREDENTIALS", has("CREDENTIALS")),
            ("PRINCIPALS", has("PRINCIPALS")),
            ("ASSETS", self.env.assets("ASSETS").is_ok()),
            ("LIMIT_ADDRESS", self.env.rate_limiter("LIMIT_ADDRESS").is_ok()),
            ("LIMIT_KEY", self.env.rate_limiter("LIMIT_KEY").is_ok()),
            ("METER", meter),
            ("POLICIES", policies),
            ("STORE", store::answers(self.env).await),
        ]);
        let well = bindings.values().all(|well| *well);
        let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        let said: BTreeMap<&str, &str> =
            bindings.into_iter().map(|(name, well)| (name, if well { "ok" } else { "missing" })).collect();
        json(status, &serde_json::json!({ "status": if well { "ok" } else { "degraded" }, "bindings": said }))
    }
}
