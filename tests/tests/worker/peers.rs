//! `/v1/guard/peer/{policy}`: the guard for certificates, source by source.

use admit_tests::generator::today::Today;
use admit_tests::worker::{Answer, OPERATOR, PROXY, Worker};
use serde_json::{Value, json};

use super::operations::counted;
use super::policies::policy;
use super::{Part, problem};

pub(crate) const PARTS: &[Part] = &[
    ("peers: every source lets the listed one in", sources),
    ("peers: any method and any path", anywhere),
    ("peers: others stay out", others),
    ("peers: a header from anyone else is an attempt", attempts),
    ("peers: the platform's own certificate", platform),
    ("peers: a new version holds at once", at_once),
];

const SECRET: (&str, &str) = ("admit-proxy-secret", PROXY);

/// A certificate, and a policy that lists it, guarded by some sources.
fn guard(worker: &Worker, id: &str, sources: &[&str]) -> Today {
    let peer = Today::new("admin.client.test", 1);
    let mut body = policy(&peer.certificate.thumbprint());
    body["guard"] = json!({ "peer": { "sources": sources, "proxy": "edge" } });
    put(worker, id, &body);
    peer
}

/// Writes a policy, whatever was there.
pub(crate) fn put(worker: &Worker, id: &str, body: &Value) {
    let write = |condition: (&str, &str)| {
        let headers = [("authorization", OPERATOR), ("content-type", "application/json"), condition];
        worker.ask("PUT", &format!("/v1/policies/{id}"), &headers, &body.to_string())
    };
    let answer = write(("if-none-match", "*"));
    let answer = if answer.status == 412 { write(("if-match", "*")) } else { answer };
    assert!([200, 201].contains(&answer.status), "{answer:?}");
}

pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn ask(worker: &Worker, id: &str, headers: &[(&str, &str)]) -> Answer {
    worker.ask("GET", &format!("/v1/guard/peer/{id}"), headers, "")
}

#[track_caller]
fn is_admin(answer: &Answer) {
    assert_eq!(answer.status, 200, "{answer:?}");
    let granted = (answer.header("admit-role"), answer.header("admit-rule"));
    assert_eq!(granted, ("admin", "AdminClientCertThumbprints"), "{answer:?}");
    assert_eq!(answer.body, "");
}

fn sources(worker: &Worker) {
    let peer = guard(worker, "sources", &["client-cert", "xfcc", "nginx", "traefik"]);
    let other = Today::new("issuer.test", 2);
    let rfc = format!(":{}:", peer.base64());
    let chain = format!(":{}:, :{}:", other.base64(), other.base64());
    is_admin(&ask(worker, "sources", &[SECRET, ("client-cert", &rfc)]));
    is_admin(&ask(worker, "sources", &[SECRET, ("client-cert", &rfc), ("client-cert-chain", &chain)]));
    let pem = encoded(&peer.certificate.pem());
    let xfcc = format!("By=spiffe://a;Subject=\"CN=a,O=\\\"b\\\"\";Cert=\"{pem}\"");
    is_admin(&ask(worker, "sources", &[SECRET, ("x-forwarded-client-cert", &xfcc)]));
    is_admin(&ask(worker, "sources", &[SECRET, ("x-ssl-client-cert", &pem), ("x-ssl-client-verify", "SUCCESS")]));
    let base64 = encoded(&peer.base64());
    is_admin(&ask(worker, "sources", &[SECRET, ("x-forwarded-tls-client-cert", &base64)]));
    let answer = ask(worker, "sources", &[SECRET]);
    problem(&answer, 401);
    problem(&ask(worker, "sources", &[]), 401);
    problem(&ask(worker, "sources", &[SECRET, ("x-ssl-client-cert", ""), ("x-ssl-client-verify", "NONE")]), 401);
}

fn anywhere(worker: &Worker) {
    let peer = guard(worker, "anywhere", &["client-cert"]);
    let rfc = format!(":{}:", peer.base64());
    for (method, path) in [
        ("GET", ""),
        ("POST", "/any/path?with=query"),
        ("PUT", "/%2e%2e%2f/x"),
        ("DELETE", "/a//b"),
        ("OPTIONS", "/a"),
        ("PROPFIND", "/a"),
    ] {
        let path = format!("/v1/guard/peer/anywhere{path}");
        let body = if method == "POST" { "a body that is read and dropped" } else { "" };
        is_admin(&worker.ask(method, &path, &[SECRET, ("client-cert", &rfc)], body));
    }
    let head = worker.ask("HEAD", "/v1/guard/peer/anywhere/x", &[SECRET, ("client-cert", &rfc)], "");
    assert_eq!((head.status, head.header("admit-role")), (200, "admin"));
}

fn others(worker: &Worker) {
    let peer = guard(worker, "others", &["client-cert"]);
    let stranger = Today::new("admin.client.test", 3);
    let of = |chain: &[&Today]| {
        let (leaf, rest) = chain.split_first().expect("a certificate");
        let rest: Vec<String> = rest.iter().map(|one| format!(":{}:", one.base64())).collect();
        let leaf = format!(":{}:", leaf.base64());
        let mut headers = vec![SECRET, ("client-cert", leaf.as_str())];
        let rest = rest.join(", ");
        if !rest.is_empty() {
            headers.push(("client-cert-chain", &rest));
        }
        ask(worker, "others", &headers)
    };
    is_admin(&of(&[&peer]));
    problem(&of(&[&stranger]), 403);
    // The listed certificate came along, but not its key.
    problem(&of(&[&stranger, &peer]), 403);
    let expired = Today::new("expired.client.test", 60);
    let mut body = policy(&expired.certificate.thumbprint());
    body["guard"] = json!({ "peer": { "sources": ["client-cert"], "proxy": "edge" } });
    put(worker, "expired", &body);
    let rfc = format!(":{}:", expired.base64());
    problem(&ask(worker, "expired", &[SECRET, ("client-cert", &rfc)]), 403);
    // A policy without this door, and none at all.
    put(worker, "no-door", &policy(&peer.certificate.thumbprint()));
    let rfc = format!(":{}:", peer.base64());
    problem(&ask(worker, "no-door", &[SECRET, ("client-cert", &rfc)]), 404);
    problem(&ask(worker, "no-policy", &[SECRET, ("client-cert", &rfc)]), 404);
    // What is no certificate, although it is DER.
    problem(&ask(worker, "others", &[SECRET, ("client-cert", ":MAMCAQE=:")]), 403);
}

fn attempts(worker: &Worker) {
    let peer = guard(worker, "attempts", &["client-cert"]);
    let rfc = format!(":{}:", peer.base64());
    let pem = encoded(&peer.certificate.pem());
    let xfcc = format!("Cert=\"{pem}\"");
    let leaf = ("client-cert", rfc.as_str());
    let nginx = ("admit-proxy-secret", admit_tests::worker::NGINX);
    for (headers, tried) in [
        (vec![leaf], "not-the-proxy"),
        (vec![leaf, ("admit-proxy-secret", "")], "wrong-secret"),
        (vec![leaf, ("admit-proxy-secret", "guess")], "wrong-secret"),
        (vec![leaf, nginx], "wrong-secret"),
        (vec![SECRET, ("x-forwarded-client-cert", &xfcc)], "source-not-named"),
        (vec![SECRET, leaf, ("x-ssl-client-cert", &pem)], "source-not-named"),
        (vec![SECRET, leaf, leaf], "malformed"),
        (vec![SECRET, ("client-cert", "x")], "malformed"),
    ] {
        let series = format!("admit_attempts_total{{route=\"/v1/guard/peer/{{policy}}\",tried=\"{tried}\"}}");
        let before = counted(worker, &series);
        problem(&ask(worker, "attempts", &headers), 403);
        assert_eq!(counted(worker, &series), before + 1, "{headers:?}");
    }
    assert!(worker.log().contains("\"attempt\":\"not-the-proxy\""));
}

/// The local runtime takes `request.cf` from a header, as the platform fills it.
fn platform(worker: &Worker) {
    let peer = guard(worker, "platform", &["platform"]);
    let rfc = format!(":{}:", peer.base64());
    let cf = |verified: &str, revoked: &str, certificate: &str| {
        let tls = json!({
            "certPresented": "1", "certVerified": verified, "certRevoked": revoked, "certRFC9440": certificate,
            "certRFC9440TooLarge": false, "certChainRFC9440": "", "certChainRFC9440TooLarge": false,
        });
        // Without a word about encodings the local runtime compresses even nothing.
        json!({ "tlsClientAuth": tls, "clientAcceptEncoding": "identity" }).to_string()
    };
    let with = |cf: &str| ask(worker, "platform", &[("mf-cf-blob", cf)]);
    is_admin(&with(&cf("SUCCESS", "0", &rfc)));
    problem(&with(&cf("FAILED:self signed certificate", "0", &rfc)), 403);
    problem(&with(&cf("SUCCESS", "1", &rfc)), 403);
    problem(&with(&cf("SUCCESS", "0", "")), 403);
    problem(&with("{ \"tlsClientAuth\": { \"certPresented\": \"0\" } }"), 401);
    problem(&with("{ \"tlsClientAuth\": 7 }"), 401);
    problem(&with("{}"), 401);
    // A header is somebody else's, proxy or not.
    problem(&ask(worker, "platform", &[SECRET, ("client-cert", &rfc)]), 403);
}

fn at_once(worker: &Worker) {
    let peer = guard(worker, "at-once", &["client-cert"]);
    let rfc = format!(":{}:", peer.base64());
    let asked = || ask(worker, "at-once", &[SECRET, ("client-cert", &rfc)]);
    is_admin(&asked());
    let mut shut = policy("0000000000000000000000000000000000000000");
    shut["guard"] = json!({ "peer": { "sources": ["client-cert"], "proxy": "edge" } });
    put(worker, "at-once", &shut);
    problem(&asked(), 403);
    let headers = [("authorization", OPERATOR), ("if-match", "*")];
    assert_eq!(worker.post("/v1/policies/at-once/rollback", &headers, "{\"version\": 1}").status, 200);
    is_admin(&asked());
    assert_eq!(worker.ask("DELETE", "/v1/policies/at-once", &headers, "").status, 204);
    problem(&asked(), 404);
}
