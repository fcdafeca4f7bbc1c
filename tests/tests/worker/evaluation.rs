//! `/v1/evaluate` and `/v1/evaluate/batch`.

use std::sync::OnceLock;
use std::time::Duration;

use admit_core::{Format, Report, evaluate};
use admit_tests::folder;
use admit_tests::worker::{Worker, raw};

use super::{Part, problem};

pub(crate) const PARTS: &[Part] = &[
    ("evaluation: every case gets the core's bytes", every_case),
    ("evaluation: formats", formats),
    ("evaluation: tags", tags),
    ("evaluation: refusals", refusals),
    ("evaluation: sizes", sizes),
    ("evaluation: other origins", origins),
    ("evaluation: batches", batches),
    ("evaluation: a batch is answered while it is sent", streamed),
    ("evaluation: rules and schema", catalog),
];

const PATH: &str = "/v1/evaluate";

/// Every case, read once.
fn folders() -> &'static [folder::Folder] {
    static FOLDERS: OnceLock<Vec<folder::Folder>> = OnceLock::new();
    FOLDERS.get_or_init(folder::all)
}

fn sample() -> folder::Folder {
    folders().iter().find(|folder| folder.name.contains("article-1")).expect("a case").clone()
}

fn every_case(worker: &Worker) {
    for folder in folders() {
        let answer = worker.post(PATH, &[], &folder.case.to_json());
        assert_eq!(answer.status, 200, "{}: {}", folder.name, answer.body);
        let report = evaluate(&folder.case);
        assert_eq!(answer.body, report.to_json(), "{}", folder.name);
        assert_eq!(answer.media_type(), "application/json", "{}", folder.name);
        let cost = &report.cost;
        let expected = format!(
            "bytes={}, certificates={}, signatures={}, rules={}",
            cost.bytes, cost.certificates, cost.signatures, cost.rules
        );
        assert_eq!(answer.header("admit-cost"), expected, "{}", folder.name);
    }
}

fn formats(worker: &Worker) {
    let case = sample().case;
    for format in Format::ALL {
        let answer = worker.post(PATH, &[("accept", format.media_type())], &case.to_json());
        assert_eq!((answer.status, answer.media_type()), (200, format.media_type()));
        assert_eq!(answer.body, format.render(&evaluate(&case), &case, &str::to_string));
        assert_eq!(answer.header("vary"), "accept");
    }
    let answer = worker.post(PATH, &[("accept", "image/png, text/plain;q=0.5")], &case.to_json());
    assert!(problem(&answer, 406).contains("application/sarif+json"));
}

fn tags(worker: &Worker) {
    let case = sample().case.to_json();
    let tag = |body: &str, accept: &str| worker.post(PATH, &[("accept", accept)], body).header("etag").to_string();
    let first = tag(&case, "application/json");
    assert!(first.starts_with('"') && first.ends_with('"') && first.len() == 34, "{first}");
    assert_eq!(first, tag(&case, "*/*"));
    assert_ne!(first, tag(&case, "text/markdown"));
    assert_ne!(first, tag(&format!("{case} "), "*/*"));
    for path in ["/v1/rules", "/v1/schema"] {
        let whole = worker.get(path);
        let again = worker.ask("GET", path, &[("if-none-match", &format!("\"x\", W/{}", whole.header("etag")))], "");
        assert_eq!((whole.status, again.status, again.body.as_str()), (200, 304, ""), "{path}");
        assert_eq!(worker.ask("GET", path, &[("if-none-match", "\"x\"")], "").status, 200, "{path}");
    }
}

fn refusals(worker: &Worker) {
    let good = sample().case.to_json();
    for (what, body) in [
        ("nothing", String::new()),
        ("no JSON", "<ClusterManifest/>".to_string()),
        ("half a case", good[..good.len() / 2].to_string()),
        ("an unknown key", good.replacen("\"policy\"", "\"polcy\"", 1)),
        ("another version", good.replacen("\"admit\": 1", "\"admit\": 99", 1)),
    ] {
        let answer = worker.post(PATH, &[], &body);
        assert!(problem(&answer, 400).starts_with("case:"), "{what}: {answer:?}");
        assert!(answer.json()["errors"][0]["span"]["line"].as_u64() >= Some(1), "{what}");
    }
    let answer = worker.ask("POST", PATH, &[("content-type", "text/plain")], &good);
    assert!(problem(&answer, 415).contains("found `text/plain`"));
    assert_eq!(answer.header("accept-post"), "application/json");
    problem(&worker.ask("POST", PATH, &[], &good), 415);
    let answer = worker.get(PATH);
    problem(&answer, 405);
    assert_eq!(answer.header("allow"), "POST, OPTIONS");
    problem(&worker.get("/v1/nothing"), 404);
    problem(&worker.get("/v1"), 404);
    problem(&worker.ask("DELETE", "/v1/rules", &[], ""), 405);
    let head = worker.ask("HEAD", "/v1/rules", &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

fn sizes(worker: &Worker) {
    let case = sample().case.to_json();
    let most = 16 * 1024 * 1024;
    let whole = format!("{case}{}", " ".repeat(most - case.len()));
    assert_eq!(worker.post(PATH, &[], &whole).status, 200);
    assert!(problem(&worker.post(PATH, &[], &format!("{whole} ")), 413).contains("16777216"));
    // The next request is served as any other.
    assert_eq!(worker.post(PATH, &[], &case).status, 200);
}

fn origins(worker: &Worker) {
    for path in [PATH, "/v1/evaluate/batch"] {
        let answer = worker.ask("OPTIONS", path, &[("origin", "https://a.test")], "");
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-allow-methods"), "POST");
        assert!(answer.header("access-control-expose-headers").contains("etag"));
    }
    assert_eq!(worker.post(PATH, &[], "").header("access-control-allow-origin"), "*");
    for path in ["/v1/rules", "/v1/schema", "/healthz", "/v1/policies", "/v1/policies/x", "/v1/guard/enclave/x"] {
        for method in ["GET", "OPTIONS"] {
            let answer = worker.ask(method, path, &[("origin", "https://a.test")], "");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{method} {path}");
        }
    }
    for (method, path) in [("POST", PATH), ("GET", "/v1/rules"), ("GET", "/v1/nothing"), ("OPTIONS", PATH)] {
        let answer = worker.ask(method, path, &[], "");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(answer.header("strict-transport-security").starts_with("max-age="), "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
    }
}

fn compact(json: &str) -> String {
    json.lines().map(str::trim).collect()
}

fn batches(worker: &Worker) {
    let folders = &folders()[..20];
    let mut lines: Vec<String> = folders.iter().map(|folder| compact(&folder.case.to_json())).collect();
    lines.insert(3, String::new());
    lines.insert(5, "{ no case".into());
    let send = |body: &str| worker.ask("POST", "/v1/evaluate/batch", &[("content-type", "application/x-ndjson")], body);
    // With and without an end of the last line.
    for body in [lines.join("\n"), lines.join("\r\n") + "\r\n"] {
        let answer = send(&body);
        assert_eq!((answer.status, answer.media_type()), (200, "application/x-ndjson"));
        let mut answers: Vec<&str> = answer.body.lines().collect();
        assert_eq!(answers.len(), folders.len() + 1);
        let problem: serde_json::Value = serde_json::from_str(answers.remove(4)).expect("JSON");
        assert_eq!(
            (problem["status"].as_u64(), problem["type"].as_str()),
            (Some(400), Some("/problems/unreadable-case"))
        );
        for (folder, line) in folders.iter().zip(answers) {
            let report: Report = serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", folder.name));
            assert_eq!(report.to_json(), evaluate(&folder.case).to_json(), "{}", folder.name);
        }
    }
    assert_eq!((send("").status, send("\n\n").body.as_str()), (200, ""));
    problem(&worker.post("/v1/evaluate/batch", &[], "{}"), 415);
}

/// The first answer arrives while the second case has not been sent.
fn streamed(worker: &Worker) {
    let line = compact(&sample().case.to_json());
    let head = format!(
        "POST /v1/evaluate/batch HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-ndjson\r\ncontent-length: {}\r\n\r\n",
        worker.address,
        2 * line.len() + 2
    );
    let first = format!("{head}{line}\n");
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(&worker.address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
    stream.write_all(first.as_bytes()).expect("the first half");
    let mut read = Vec::new();
    let mut piece = [0; 65536];
    while !String::from_utf8_lossy(&read).contains("\"verdict\":") {
        let count = stream.read(&mut piece).expect("an answer to the first line before the second is sent");
        assert!(count > 0, "the connection was closed: {}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&piece[..count]);
    }
    stream.write_all(format!("{line}\n").as_bytes()).expect("the second half");
    // And slowly in pieces, the head too.
    let whole = format!("{first}{line}\n");
    let (one, two) = whole.as_bytes().split_at(whole.len() / 3);
    let answer = raw(&worker.address, &[one, two], Duration::from_millis(300), false).expect("an answer");
    assert_eq!((answer.status, answer.body.lines().count()), (200, 2));
}

fn catalog(worker: &Worker) {
    let rules = serde_json::to_string_pretty(admit_core::RULES).expect("the catalog as JSON");
    assert_eq!(worker.get("/v1/rules").body, format!("{rules}\n"));
    let schema = worker.get("/v1/schema");
    assert_eq!(schema.media_type(), "application/schema+json");
    assert_eq!(schema.json()["$schema"], "https://json-schema.org/draft/2020-12/schema");
    // One origin has both: the page is served beside the API.
    let page = worker.get("/");
    assert_eq!((page.status, page.media_type()), (200, "text/html"), "{}", page.body);
}
