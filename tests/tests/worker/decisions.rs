//! AuthZEN, the guard for enclaves, and the description of it all.

use admit_core::{Case, Verdict, evaluate};
use admit_tests::folder;
use admit_tests::worker::{READER, Worker};
use serde_json::{Value, json};

use super::peers::put;
use super::{Part, problem};

pub(crate) const PARTS: &[Part] = &[
    ("enclaves: approved, refused, not decided", enclaves),
    ("AuthZEN: one decision", evaluation),
    ("AuthZEN: many decisions", evaluations),
    ("AuthZEN: metadata", configuration),
    ("described: every example is what is answered", examples),
    ("described: a page for people", page),
];

const READ: (&str, &str) = ("authorization", READER);

/// Parts a case into a policy and a question.
fn parted(case: &Case) -> (Value, Value) {
    let whole: Value = serde_json::from_str(&case.to_json()).expect("a case");
    let mut policy = whole.clone();
    for key in ["at", "subject", "expect", "teaches"] {
        policy.as_object_mut().expect("an object").remove(key);
    }
    (policy, json!({ "at": whole["at"], "subject": whole["subject"] }))
}

fn enclaves(worker: &Worker) {
    let cases: Vec<_> = folder::all().into_iter().filter(|folder| folder.name.starts_with("enclave/")).collect();
    for verdict in [Verdict::Admitted, Verdict::Refused, Verdict::Indeterminate] {
        let Some(folder) = cases.iter().find(|folder| evaluate(&folder.case).verdict == verdict) else { continue };
        let (policy, question) = parted(&folder.case);
        put(worker, "enclave", &policy);
        let answer = worker.post("/v1/guard/enclave/enclave", &[READ], &question.to_string());
        let expected = if verdict == Verdict::Admitted { 200 } else { 403 };
        assert_eq!(answer.status, expected, "{}: {}", folder.name, answer.body);
        assert_eq!(answer.body, evaluate(&folder.case).to_json(), "{}", folder.name);
        let markdown =
            worker.post("/v1/guard/enclave/enclave", &[READ, ("accept", "text/markdown")], &question.to_string());
        assert_eq!((markdown.status, markdown.media_type()), (expected, "text/markdown"));
    }
    problem(&worker.post("/v1/guard/enclave/enclave", &[], "{}"), 401);
    problem(&worker.post("/v1/guard/enclave/enclave", &[READ], "{"), 400);
    problem(&worker.ask("GET", "/v1/guard/enclave/enclave", &[READ], ""), 405);
    problem(&worker.post("/v1/guard/enclave/no-such", &[READ], "{}"), 404);
    put(worker, "no-enclave", &super::policies::policy("aa"));
    problem(&worker.post("/v1/guard/enclave/no-enclave", &[READ], "{\"subject\":{}}"), 404);
}

fn request(policy: &str, question: &Value) -> Value {
    json!({
        "subject": { "type": "peer", "id": "somebody", "properties": question["subject"] },
        "action": { "name": "connect" },
        "resource": { "type": "policy", "id": policy },
        "context": { "at": question["at"] },
    })
}

/// An admitted and a refused case, as policies with their questions.
fn two(worker: &Worker) -> [Value; 2] {
    let cases = folder::all();
    let of = |verdict: Verdict, name: &str| {
        let found = cases.iter().find(|folder| {
            folder.name.starts_with("peer/")
                && folder.case.trust.roots.len() > 10
                && evaluate(&folder.case).verdict == verdict
        });
        let (policy, question) = parted(&found.expect("a case").case);
        put(worker, name, &policy);
        request(name, &question)
    };
    [of(Verdict::Admitted, "azn-yes"), of(Verdict::Refused, "azn-no")]
}

fn evaluation(worker: &Worker) {
    let [yes, no] = two(worker);
    let ask =
        |body: &Value| worker.post("/access/v1/evaluation", &[READ, ("x-request-id", "bfe9eb29")], &body.to_string());
    let (answer, refused) = (ask(&yes), ask(&no));
    assert_eq!((answer.status, answer.json()["decision"].as_bool()), (200, Some(true)), "{answer:?}");
    assert_eq!(answer.header("x-request-id"), "bfe9eb29");
    assert_eq!((refused.status, refused.json()["decision"].as_bool()), (200, Some(false)), "{refused:?}");
    assert_eq!(refused.json()["context"]["verdict"], "refused");
    assert!(refused.json()["context"]["reason_admin"]["en"].as_str().is_some_and(|text| text.starts_with("Refused")));
    problem(&worker.post("/access/v1/evaluation", &[], &yes.to_string()), 401);
    problem(&worker.ask("POST", "/access/v1/evaluation", &[READ], "{}"), 415);
    for key in ["subject", "action", "resource"] {
        let mut part = yes.clone();
        part.as_object_mut().expect("an object").remove(key);
        assert!(problem(&ask(&part), 400).contains(key));
    }
    let mut other = yes.clone();
    other["resource"]["id"] = json!("no-such");
    problem(&ask(&other), 404);
    let mut other = yes.clone();
    other["subject"]["properties"] = json!({ "no": "such" });
    problem(&ask(&other), 400);
    problem(&ask(&json!([])), 400);
}

fn evaluations(worker: &Worker) {
    let [yes, no] = two(worker);
    let ask = |body: Value| worker.post("/access/v1/evaluations", &[READ], &body.to_string());
    let decisions = |body: Value| -> Vec<Option<bool>> {
        let answer = ask(body);
        let all = answer.json()["evaluations"].as_array().unwrap_or_else(|| panic!("{answer:?}")).clone();
        all.iter().map(|one| one["decision"].as_bool()).collect()
    };
    let all = json!([yes, no, yes]);
    assert_eq!(decisions(json!({ "evaluations": all })), [Some(true), Some(false), Some(true)]);
    let semantic = |name: &str| json!({ "evaluations": all, "options": { "evaluations_semantic": name } });
    assert_eq!(decisions(semantic("execute_all")).len(), 3);
    assert_eq!(decisions(semantic("deny_on_first_deny")), [Some(true), Some(false)]);
    assert_eq!(decisions(semantic("permit_on_first_permit")), [Some(true)]);
    problem(&ask(semantic("other")), 400);
    // Defaults, one of which is overridden by what can't be asked: a decision of no, with the reason.
    let mut body = yes.clone();
    body["evaluations"] = json!([{}, { "resource": { "type": "policy", "id": "no-such" } }]);
    let answer = ask(body).json();
    assert_eq!(answer["evaluations"][0]["decision"], true);
    assert_eq!(answer["evaluations"][1]["decision"], false);
    assert_eq!(answer["evaluations"][1]["context"]["error"]["status"], 404);
    // Without a list it is one evaluation.
    assert_eq!(ask(yes.clone()).json()["decision"], true);
    let many: Vec<&Value> = std::iter::repeat_n(&yes, 101).collect();
    problem(&ask(json!({ "evaluations": many })), 413);
}

fn configuration(worker: &Worker) {
    let answer = worker.get("/.well-known/authzen-configuration");
    let origin = format!("http://{}", worker.address);
    assert_eq!(answer.json()["policy_decision_point"], origin);
    assert_eq!(answer.json()["access_evaluation_endpoint"], format!("{origin}/access/v1/evaluation"));
    assert_eq!(answer.json()["access_evaluations_endpoint"], format!("{origin}/access/v1/evaluations"));
}

/// The examples are cases of the gallery: each is sent, and what comes back is what the description says.
fn examples(worker: &Worker) {
    let api = worker.get("/openapi.json");
    assert_eq!(api.media_type(), "application/json");
    let api = api.json();
    let mut asked = 0;
    for (path, item) in api["paths"].as_object().expect("paths") {
        let Some(examples) = item.pointer("/post/requestBody/content/application~1json/examples") else { continue };
        for (name, example) in examples.as_object().expect("examples") {
            let answered = &item["post"]["responses"]["200"]["content"]["application/json"]["examples"][name]["value"];
            assert!(answered.is_object(), "{path}: {name} has no answer");
            let mut target = path.clone();
            if path.contains("{id}") {
                let folder = folder::all().into_iter().find(|folder| folder.name == *name).expect("the case");
                put(worker, "described", &parted(&folder.case).0);
                target = path.replace("{id}", "described");
            }
            let answer = worker.post(&target, &[READ], &example["value"].to_string());
            assert_eq!((answer.status, &answer.json()), (200, answered), "{path}: {name}");
            asked += 1;
        }
    }
    assert!(asked >= 7, "{asked}");
    for path in api["paths"].as_object().expect("paths").keys().filter(|path| !path.contains('{')) {
        let answer = worker.ask("OPTIONS", path, &[], "");
        assert!(answer.status == 204 && answer.header("allow").contains("OPTIONS"), "{path}: {answer:?}");
    }
}

fn page(worker: &Worker) {
    let page = worker.get("/api");
    assert_eq!((page.status, page.media_type()), (200, "text/html"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("style-src 'self'") && !policy.contains("script-src"), "{policy}");
    assert!(page.body.contains("<h2><code>/v1/guard/peer/{policy}</code></h2>"));
    let style = page.body.split('"').find(|part| part.ends_with(".css")).expect("a style sheet");
    assert_eq!((worker.get(style).status, worker.get(style).media_type()), (200, "text/css"));
}
