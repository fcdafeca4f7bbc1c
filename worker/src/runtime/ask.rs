//! Asking a named policy, and whether the worker is well.

use std::collections::BTreeMap;

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

    /// Whether everything that the worker is bound to answers: 503 where something doesn't.
    pub(crate) async fn health(&self) -> Result<Answer> {
        let policies = object::ask::<_, Reply>(self.env, store::OBJECTS, "health", &Command::Head).await.is_ok();
        let meter = object::ask::<_, Counts>(self.env, "METER", "sums", &Counts::default()).await.is_ok();
        let bindings = BTreeMap::from([
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
