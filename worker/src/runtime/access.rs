//! AuthZEN, on the runtime.

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use worker::Result;

use super::{Answer, Turn, now, policies, store};
use crate::api::Asked;
use crate::authzen::{self, Evaluation, Evaluations};
use crate::evaluate::{JSON, typed};
use crate::file::release;
use crate::reply::problem;

impl Turn<'_> {
    /// One decision.
    pub(crate) async fn access(&mut self, body: &[u8]) -> Result<Answer> {
        let evaluation: Evaluation = match self.read(body) {
            Ok(evaluation) => evaluation,
            Err(refused) => return Ok(refused),
        };
        if let Err(message) = evaluation.question() {
            return Ok(problem(StatusCode::BAD_REQUEST, message).into());
        }
        let (status, decision) = self.decide(&evaluation).await?;
        match status {
            StatusCode::OK => policies::json(status, &decision),
            _ => Ok(problem(status, message(&decision)).into()),
        }
    }

    /// Many decisions.
    pub(crate) async fn accesses(&mut self, body: &[u8]) -> Result<Answer> {
        let evaluations: Evaluations = match self.read(body) {
            Ok(evaluations) => evaluations,
            Err(refused) => return Ok(refused),
        };
        if evaluations.evaluations.len() > authzen::MOST {
            let detail = format!("expected at most {} evaluations, found more", authzen::MOST);
            return Ok(problem(StatusCode::PAYLOAD_TOO_LARGE, detail).into());
        }
        // Without a list the request is a single evaluation (section 7.1.1).
        if evaluations.evaluations.is_empty() {
            return self.access(body).await;
        }
        let mut decisions = Vec::new();
        for evaluation in evaluations.whole() {
            let (_, decision) = self.decide(&evaluation).await?;
            let decided = decision["decision"] == Value::Bool(true);
            decisions.push(decision);
            if evaluations.ends_with(decided) {
                break;
            }
        }
        policies::json(StatusCode::OK, &json!({ "evaluations": decisions }))
    }

    /// Where the decisions are given.
    pub(crate) fn access_configuration(&self) -> Result<Answer> {
        let asked = Asked { method: self.method, route: self.route, headers: self.headers, body: &[] };
        let mut text = serde_json::to_string_pretty(&authzen::configuration(self.origin))?;
        text.push('\n');
        Ok(release(&asked, JSON, text).into())
    }

    fn read<T: DeserializeOwned>(&self, body: &[u8]) -> std::result::Result<T, Answer> {
        self.reader()?;
        typed(self.headers, JSON).map_err(|refused| Answer::from(*refused))?;
        if body.len() > crate::BODY_BYTES {
            return Err(crate::evaluate::too_large(crate::BODY_BYTES).into());
        }
        let text = String::from_utf8_lossy(body);
        serde_json::from_str(&text).map_err(|error| {
            // The parser's words may quote what was sent; the place is enough.
            let detail = format!(
                "expected an evaluation, found something else at line {}, column {}",
                error.line(),
                error.column()
            );
            problem(StatusCode::BAD_REQUEST, detail).into()
        })
    }

    async fn decide(&mut self, evaluation: &Evaluation) -> Result<(StatusCode, Value)> {
        let no = |status: StatusCode, message: &str| (status, authzen::undecided(status.as_u16(), message));
        let question = match evaluation.question() {
            Ok(question) => question,
            Err(message) => return Ok(no(StatusCode::BAD_REQUEST, &message)),
        };
        let Some((policy, _)) = store::load(self.env, &question.policy).await? else {
            return Ok(no(StatusCode::NOT_FOUND, "there is no such policy"));
        };
        let case = match policy.case.asked_from_json(&question.json, now()) {
            Ok(case) => case,
            Err(error) => return Ok(no(StatusCode::BAD_REQUEST, &error.to_string())),
        };
        let report = admit_core::evaluate(&case);
        self.note(Some(&report));
        Ok((StatusCode::OK, authzen::decision(&report)))
    }
}

fn message(decision: &Value) -> String {
    decision["context"]["error"]["message"].as_str().unwrap_or("the question can't be asked").to_string()
}
