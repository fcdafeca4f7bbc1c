//! AuthZEN (OpenID Authorization API 1.0): a named policy as a policy decision point.
//!
//! | in the request | is |
//! |---|---|
//! | `resource.type` | `policy` |
//! | `resource.id` | the name of the policy that is asked |
//! | `subject.properties` | the subject of a question to it: `{ "certificates": "..." }` |
//! | `context.at` | the instant, if not now |
//!
//! `subject.type`, `subject.id` and `action.name` must be there and decide nothing: a policy has one question. The decision
//! is true if the verdict is `admitted`; the context says the verdict, its sentence and the rules that were found.

use admit_core::{Finding, Report, Verdict};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::PolicyId;

/// Evaluations in one request.
pub const MOST: usize = 100;

/// One evaluation, or the defaults of many.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Evaluation {
    subject: Option<Entity>,
    action: Option<Action>,
    resource: Option<Entity>,
    context: Option<Map<String, Value>>,
}

/// A subject or a resource.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    id: String,
    #[serde(default)]
    properties: Map<String, Value>,
}

/// An action. Its name must be there.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Action {
    #[serde(rename = "name")]
    _name: String,
}

/// Many evaluations.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Evaluations {
    #[serde(flatten)]
    defaults: Evaluation,
    /// Each takes what it doesn't say from the defaults.
    #[serde(default)]
    pub evaluations: Vec<Evaluation>,
    #[serde(default)]
    options: Options,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
struct Options {
    #[serde(default)]
    evaluations_semantic: Semantic,
}

/// How far many evaluations go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Semantic {
    /// All of them.
    #[default]
    ExecuteAll,
    /// Until one is denied.
    DenyOnFirstDeny,
    /// Until one is permitted.
    PermitOnFirstPermit,
}

/// What is asked of which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The policy.
    pub policy: PolicyId,
    /// The question, as a named policy takes it.
    pub json: String,
}

impl Evaluation {
    /// The question of one evaluation.
    ///
    /// # Errors
    ///
    /// What is missing, in one sentence.
    pub fn question(&self) -> Result<Question, String> {
        let missing = |what: &str| format!("expected `{what}`, found nothing");
        let subject = self.subject.as_ref().ok_or_else(|| missing("subject"))?;
        self.action.as_ref().ok_or_else(|| missing("action"))?;
        let resource = self.resource.as_ref().ok_or_else(|| missing("resource"))?;
        if resource.kind != "policy" {
            return Err("expected `policy` in `resource.type`, found another type".into());
        }
        let policy =
            PolicyId::new(&resource.id).ok_or("expected the name of a policy in `resource.id`, found another text")?;
        let mut question = json!({ "subject": subject.properties });
        if let Some(at) = self.context.as_ref().and_then(|context| context.get("at")) {
            question["at"] = at.clone();
        }
        Ok(Question { policy, json: question.to_string() })
    }

    fn or(&self, defaults: &Self) -> Self {
        Self {
            subject: self.subject.clone().or_else(|| defaults.subject.clone()),
            action: self.action.clone().or_else(|| defaults.action.clone()),
            resource: self.resource.clone().or_else(|| defaults.resource.clone()),
            context: self.context.clone().or_else(|| defaults.context.clone()),
        }
    }
}

impl Evaluations {
    /// The evaluations, each whole. None: the request is one evaluation itself.
    pub fn whole(&self) -> Vec<Evaluation> {
        match self.evaluations.as_slice() {
            [] => vec![self.defaults.clone()],
            several => several.iter().map(|one| one.or(&self.defaults)).collect(),
        }
    }

    /// Whether a decision is the last that is asked for.
    pub fn ends_with(&self, decision: bool) -> bool {
        match self.options.evaluations_semantic {
            Semantic::ExecuteAll => false,
            Semantic::DenyOnFirstDeny => !decision,
            Semantic::PermitOnFirstPermit => decision,
        }
    }
}

/// The decision of a report.
pub fn decision(report: &Report) -> Value {
    let rules: Vec<&str> = report.findings.iter().map(|finding: &Finding| finding.rule.as_ref()).collect();
    json!({
        "decision": report.verdict == Verdict::Admitted,
        "context": {
            "verdict": report.verdict,
            "reason_admin": { "en": report.summary },
            "rules": rules,
            "settle": report.settle,
        },
    })
}

/// The decision where a question can't be asked: no, and why (section 6.2.1 leaves errors of one evaluation to the
/// context).
pub fn undecided(status: u16, message: &str) -> Value {
    json!({ "decision": false, "context": { "error": { "status": status, "message": message } } })
}

/// The metadata document (section 9), for the origin that was asked.
pub fn configuration(origin: &str) -> Value {
    json!({
        "policy_decision_point": origin,
        "access_evaluation_endpoint": format!("{origin}/access/v1/evaluation"),
        "access_evaluations_endpoint": format!("{origin}/access/v1/evaluations"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: Value) -> Evaluations {
        serde_json::from_value(json).expect("evaluations")
    }

    #[test]
    fn defaults_fill_what_is_missing() {
        let resource = |id: &str| json!({ "type": "policy", "id": id });
        let all = read(json!({
            "subject": { "type": "peer", "id": "a", "properties": { "certificates": "x" } },
            "action": { "name": "connect" }, "resource": resource("one"), "context": { "at": "2026-11-22T00:00:00Z" },
            "evaluations": [ {}, { "resource": resource("two") } ],
        }));
        let asked: Vec<_> = all.whole().iter().map(|one| one.question().expect("a question")).collect();
        assert_eq!(asked.iter().map(|one| one.policy.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(asked[0].json, r#"{"at":"2026-11-22T00:00:00Z","subject":{"certificates":"x"}}"#);
        assert!(!all.ends_with(false) && !all.ends_with(true));
    }

    #[test]
    fn what_is_missing_is_named() {
        let whole = json!({
            "subject": { "type": "peer", "id": "a" }, "action": { "name": "connect" },
            "resource": { "type": "policy", "id": "one" },
        });
        for key in ["subject", "action", "resource"] {
            let mut part = whole.clone();
            part.as_object_mut().expect("an object").remove(key);
            let message = read(part).whole()[0].question().expect_err("nothing to ask");
            assert_eq!(message, format!("expected `{key}`, found nothing"));
        }
        for (key, value) in [("type", "door"), ("id", "Not A Name")] {
            let mut other = whole.clone();
            other["resource"][key] = json!(value);
            assert!(read(other).whole()[0].question().is_err(), "{value}");
        }
    }

    #[test]
    fn semantics_end_where_they_say() {
        let of = |semantic: &str| read(json!({ "options": { "evaluations_semantic": semantic } }));
        let (deny, permit) = (of("deny_on_first_deny"), of("permit_on_first_permit"));
        assert!(deny.ends_with(false) && !deny.ends_with(true));
        assert!(permit.ends_with(true) && !permit.ends_with(false));
    }
}
