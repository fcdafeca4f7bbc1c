//! Two hundred ways around the guards, none of which leads in.
//!
//! Each is a request that somebody could send who has everything but the right: the listed certificate without its key, a
//! proxy's name without its secret, a token of another, of yesterday, or altered. A way in is a 200 from the guard for
//! certificates, or anything at all that reaches the pool behind the guard for sessions.

use std::time::Duration;

use admit_tests::generator::today::{Issuer, Today, now};
use admit_tests::worker::{Answer, PROXY, Worker, raw};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::Part;
use super::peers::{encoded, put};
use super::policies::policy;
use super::sessions::{AUDIENCE, Guarded, ISSUER, claims};

pub(crate) const PARTS: &[Part] = &[("attacks: two hundred ways, none of them in", two_hundred)];

type Headers = Vec<(String, String)>;

fn two_hundred(worker: &Worker) {
    let peers = peers(worker);
    let sessions = sessions(worker);
    println!("ways tried: {peers} at the guard for certificates, {sessions} at the guard for sessions");
    assert!(peers + sessions >= 200, "{peers} + {sessions}");
}

fn headers(list: &[(&str, &str)]) -> Headers {
    list.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// Sends a request whose headers may be anything, byte for byte.
fn send(worker: &Worker, method: &str, path: &str, headers: &Headers, body: &[u8]) -> Option<Answer> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", worker.address);
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // An address of its own: that somebody tries often is not what keeps it out here.
    head.push_str("cf-connecting-ip: 203.0.113.9\r\n");
    if !body.is_empty() {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    raw(&worker.address, &[&[head.as_bytes(), b"\r\n", body].concat()], Duration::ZERO, false).ok()
}

fn peers(worker: &Worker) -> usize {
    let (listed, stranger) = (Today::new("admin.client.test", 1), Today::new("admin.client.test", 2));
    let expired = Today::new("admin.client.test", 40);
    let mut body = policy(&format!("{},{}", listed.certificate.thumbprint(), expired.certificate.thumbprint()));
    body["guard"] = json!({ "peer": { "sources": ["client-cert"], "proxy": "edge" } });
    put(worker, "attacked", &body);
    body["guard"] = json!({ "peer": { "sources": ["xfcc"], "proxy": "edge" } });
    put(worker, "attacked-xfcc", &body);
    body["guard"] = json!({ "peer": { "sources": ["nginx"], "proxy": "edge" } });
    put(worker, "attacked-nginx", &body);
    body["guard"] = json!({ "peer": { "sources": ["platform"] } });
    put(worker, "attacked-platform", &body);

    let good = format!(":{}:", listed.base64());
    let pem = encoded(&listed.certificate.pem());
    let xfcc = format!("Cert=\"{pem}\"");
    let bad = format!(":{}:", stranger.base64());
    let secret = ("admit-proxy-secret", PROXY);
    let leaf = ("client-cert", good.as_str());
    let mut ways: Vec<(&str, Headers)> = Vec::new();
    let mut try_at = |policy: &'static str, list: &[(&str, &str)]| ways.push((policy, headers(list)));

    // The listed certificate, from somebody who is not the proxy.
    for wrong in [
        "",
        " ",
        "x",
        "edge",
        "edge:",
        &format!("edge:{PROXY}"),
        &PROXY.to_uppercase(),
        &format!("{PROXY}x"),
        &PROXY[..PROXY.len() - 1],
        &format!("{PROXY}, {PROXY}"),
        &format!("\"{PROXY}\""),
        &format!("Bearer {PROXY}"),
        &STANDARD.encode(PROXY),
        &PROXY.replace('p', "%70"),
        "null",
        "undefined",
        "true",
        "0",
        "*",
        "proxy-secret-of-the-tests-2",
        "operator-secret-of-the-tests",
        "reader-secret-of-the-tests",
        "session-key-of-the-tests-0123456789abcdef0123",
    ] {
        try_at("attacked", &[leaf, ("admit-proxy-secret", wrong)]);
    }
    for name in [
        "admit-proxy-secre",
        "admit_proxy_secret",
        "x-admit-proxy-secret",
        "admit-proxy-secret-x",
        "authorization",
        "proxy-authorization",
        "cookie",
        "x-proxy-secret",
    ] {
        try_at("attacked", &[leaf, (name, PROXY)]);
    }
    try_at("attacked", &[leaf]);
    try_at("attacked", &[leaf, secret, secret]);
    try_at("attacked", &[leaf, secret, ("admit-proxy-secret", "x")]);
    try_at("attacked", &[leaf, ("admit-proxy-secret", "x"), secret]);

    // The proxy, and a certificate that is not what it should be.
    for certificate in [
        bad.clone(),
        format!("{good}, {good}"),
        format!("{bad}, {good}"),
        format!("{good}, {bad}"),
        format!("{good};a=1"),
        format!("{good} {good}"),
        good.trim_matches(':').to_string(),
        format!(":{}", listed.base64()),
        format!("{}:", listed.base64()),
        format!("::{}::", listed.base64()),
        format!("({good})"),
        format!("\"{}\"", listed.base64()),
        format!(":{}:", URL_SAFE_NO_PAD.encode(&listed.der)),
        format!(":{}=:", listed.base64()),
        format!(":{}:", STANDARD.encode([listed.der.as_slice(), &[0]].concat())),
        format!(":{}:", STANDARD.encode([listed.der.as_slice(), listed.der.as_slice()].concat())),
        format!(":{}:", STANDARD.encode([&[0], listed.der.as_slice()].concat())),
        format!(":{}:", STANDARD.encode(&listed.der[..listed.der.len() - 1])),
        format!(":{}:", STANDARD.encode(&listed.der[1..])),
        format!(
            ":{}:",
            STANDARD.encode([&stranger.der[..stranger.der.len() - 20], &listed.der[listed.der.len() - 20..]].concat())
        ),
        format!(":{}:", STANDARD.encode(flipped(&listed.der, 100))),
        format!(":{}:", STANDARD.encode(flipped(&listed.der, listed.der.len() - 1))),
        format!(":{}:", STANDARD.encode(listed.certificate.thumbprint())),
        listed.certificate.thumbprint(),
        format!(":{}:", STANDARD.encode(listed.certificate.pem())),
        format!(":{}:", expired.base64()),
        format!(":{}:", "A".repeat(30_000)),
        pem.clone(),
        xfcc.clone(),
        "::".into(),
        ":".into(),
        "?1".into(),
        "null".into(),
    ] {
        try_at("attacked", &[secret, ("client-cert", &certificate)]);
    }
    try_at("attacked", &[secret, leaf, leaf]);
    try_at("attacked", &[secret, leaf, ("client-cert", &bad)]);
    try_at("attacked", &[secret, ("client-cert", &bad), leaf]);
    try_at("attacked", &[secret, ("client-cert", &bad), ("client-cert-chain", &good)]);
    try_at("attacked", &[secret, ("client-cert-chain", &good)]);
    try_at("attacked", &[secret, ("client-cert", ""), ("client-cert-chain", &good)]);
    try_at("attacked", &[secret, leaf, ("client-cert-chain", "x")]);
    for (name, value) in [
        ("x-forwarded-client-cert", xfcc.as_str()),
        ("x-ssl-client-cert", &pem),
        ("x-ssl-client-verify", "SUCCESS"),
        ("x-forwarded-tls-client-cert", &listed.base64()),
        ("ssl-client-cert", &pem),
        ("x-client-cert", &good),
        ("x-amzn-mtls-clientcert", &pem),
        ("x-arr-clientcert", &listed.base64()),
        ("Client_Cert", &good),
    ] {
        try_at("attacked", &[secret, (name, value)]);
        try_at("attacked", &[secret, ("client-cert", &bad), (name, value)]);
        try_at("attacked-platform", &[secret, (name, value)]);
    }
    // What the caller says of itself is nothing.
    for (name, value) in [
        ("admit-role", "admin"),
        ("admit-rule", "AdminClientCertThumbprints"),
        ("x-forwarded-user", "admin"),
        ("cf-client-cert-der-base64", &listed.base64()),
        ("cf-client-cert-verified", "true"),
        ("x-original-url", "/healthz"),
        ("x-rewrite-url", "/healthz"),
        ("x-http-method-override", "OPTIONS"),
    ] {
        try_at("attacked", &[(name, value)]);
        try_at("attacked-platform", &[(name, value)]);
    }

    // Envoy's header.
    let cert = |of: &Today| format!("Cert=\"{}\"", encoded(&of.certificate.pem()));
    let (mine, other) = (cert(&listed), cert(&stranger));
    for value in [
        other.clone(),
        format!("{mine},{other}"),
        format!("{other},{mine}"),
        format!("{other};{mine}"),
        format!("{other};Chain=\"{pem}\""),
        format!("Chain=\"{pem}\""),
        format!("Subject=\"CN=x\\\";{mine};\"{other}"),
        format!("Subject=\";{mine}"),
        format!("By=x;;{mine}"),
        format!("Hash={};{other}", listed.certificate.thumbprint()),
        format!("Hash={}", "0".repeat(64)),
        format!("Hash={};{mine}", "0".repeat(64)),
        format!("cert={};CERT={}", pem, encoded(&stranger.certificate.pem())),
        format!("{mine} ; {other}"),
        format!("\"{mine}\""),
        mine.replace("%20", "+"),
        mine.replace("BEGIN", "begin"),
    ] {
        try_at("attacked-xfcc", &[secret, ("x-forwarded-client-cert", &value)]);
    }
    try_at("attacked-xfcc", &[("x-forwarded-client-cert", &mine)]);
    try_at("attacked-xfcc", &[secret, ("x-forwarded-client-cert", &mine), ("x-forwarded-client-cert", &other)]);

    // nginx's.
    for (certificate, verify) in [
        (pem.as_str(), "NONE"),
        (&pem, ""),
        (&pem, "success"),
        (&pem, "SUCCESS,SUCCESS"),
        (&pem, "FAILED"),
        ("", "SUCCESS"),
        (&format!("{pem}{pem}"), "SUCCESS"),
        (&format!("{}{pem}", encoded(&stranger.certificate.pem())), "SUCCESS"),
        (&encoded(&stranger.certificate.pem()), "SUCCESS"),
        (&encoded(&pem), "SUCCESS"),
        (&encoded(&format!("x{}", listed.certificate.pem())), "SUCCESS"),
    ] {
        try_at("attacked-nginx", &[secret, ("x-ssl-client-cert", certificate), ("x-ssl-client-verify", verify)]);
    }
    try_at("attacked-nginx", &[secret, ("x-ssl-client-cert", &pem)]);
    try_at("attacked-nginx", &[("x-ssl-client-cert", &pem), ("x-ssl-client-verify", "SUCCESS")]);

    for (at, headers) in &ways {
        let path = format!("/v1/guard/peer/{at}/any");
        // No answer is no way in: the runtime itself refuses some of these.
        let answer = send(worker, "GET", &path, headers, b"");
        let refused = answer.as_ref().is_none_or(|answer| (400..500).contains(&answer.status));
        assert!(refused, "{at}: {headers:?}: {answer:?}");
        assert!(answer.is_none_or(|answer| answer.header("admit-role").is_empty()), "{at}: {headers:?}");
    }
    // The door is not simply shut.
    let open = send(worker, "GET", "/v1/guard/peer/attacked/any", &headers(&[secret, leaf]), b"");
    assert_eq!(open.map(|answer| answer.status), Some(200));
    ways.len()
}

fn flipped(der: &[u8], at: usize) -> Vec<u8> {
    let mut der = der.to_vec();
    der[at] ^= 1;
    der
}

fn sessions(worker: &Worker) -> usize {
    let guarded = Guarded::new(worker, "attacked-sessions");
    let mut tried = 0;
    let base = "/v1/guard/session/attacked-sessions";
    let mut attempt = |method: &str, rest: &str, headers: &Headers, body: &[u8]| {
        tried += 1;
        let answer = send(worker, method, &format!("{base}{rest}"), headers, body);
        // The local runtime itself ends some methods with a 500.
        let refused = answer.as_ref().is_none_or(|answer| answer.status >= 400);
        assert!(refused, "{method} {rest} {headers:?}: {answer:?}");
        assert_eq!(guarded.pool.reached(), 0, "{method} {rest} {headers:?} reached the pool: {answer:?}");
    };
    for token in forged(&guarded.issuer) {
        attempt("GET", "/x", &headers(&[("authorization", &format!("Bearer {token}"))]), b"");
    }
    let good = guarded.token("alice");
    let auth = format!("Bearer {good}");
    for value in [
        good.clone(),
        format!("Basic {good}"),
        format!("Bearer  {good}"),
        format!("Bearer {good} x"),
        format!("Bearer {good},x"),
        format!("Bearer Bearer {good}"),
        format!("Bearer\t{good}"),
        format!("DPoP {good}"),
        format!("Bearer \"{good}\""),
        "Bearer".into(),
        "Bearer null".into(),
        "Bearer pool-token-1".into(),
    ] {
        attempt("GET", "/x", &headers(&[("authorization", &value)]), b"");
    }
    attempt("GET", "/x", &headers(&[("authorization", &auth), ("authorization", &auth)]), b"");
    attempt("GET", "/x", &headers(&[("authorization", &auth), ("authorization", "Bearer x")]), b"");
    for name in ["x-authorization", "x-forwarded-authorization", "cookie", "x-ms-apikey", "proxy-authorization"] {
        attempt("GET", "/x", &headers(&[(name, &auth)]), b"");
    }
    attempt("GET", &format!("/x?access_token={good}"), &Vec::new(), b"");

    let with = |more: &[(&str, &str)]| headers(&[&[("authorization", auth.as_str())], more].concat());
    for rest in [
        "/x?identifier=v",
        "/x?Identifier=v",
        "/x?IDENTIFIER=v",
        "/x?identifier",
        "/x?identifier=",
        "/x?a&identifier=v",
        "/x?identifier=v&identifier=w",
        "/x?identifier[]=v",
        "/x?identifier%5B%5D=v",
        "/x?identifier.a=v",
        "/x?%69dentifier=v",
        "/x?i%64entifier=v",
        "/x?%2569dentifier=v",
        "/x?%252569dentifier=v",
        "/x?a=b%26identifier=v",
        "/x?a=b%2526identifier%253dv",
        "/x?a=b;identifier=v",
        "/x?a=b%3bidentifier=v",
        "/x?a=b%23identifier=v",
        "/x?+identifier=v",
        "/x?%20identifier=v",
        "/x?identifier%20=v",
        "/x?identifier%00=v",
        "/x?ident%0aifier=v",
        "/x?%EF%BD%89dentifier=v",
        "/x?%C4%B1dentifier=v",
        "/x?session_id=v",
        "/x?session-id=v",
        "/x?sessionId=v",
        "/x?x-execution-identifier=v",
        "/x?_identifier=v",
        "/x?identifier_=v",
        "/x?a=1,identifier=v",
        "/x??identifier=v",
        "/x%3Fidentifier=v",
        "/x%3fa=1%26identifier=v",
        "/x%23identifier=v",
        "/x;identifier=v",
        "/identifier/v/code",
        "/x/identifier=v",
        "/.management/stopSession",
        "/.MANAGEMENT/stopSession",
        "/%2emanagement/stopSession",
        "/%2Emanagement/stopSession",
        "/%252emanagement/stopSession",
        "/%25252emanagement/x",
        "/a/.management/x",
        "/.management;a=b/x",
        "/.management%2fstopSession",
        "/.management%5cstopSession",
        "/.management%00/x",
        "/.management%20/x",
        "//.management/x",
        "/a//.management/x",
        "/.%6danagement/x",
        "/a%2f..%2f.management/x",
        "/a/%252e%252e/x",
        "/a/%2e%2e%2fx",
        "/a/..%2fx",
        "/a/..%5cx",
        "/a\\..\\.management\\x",
        "/a/%5c..%5cx",
        "/a/..;/x",
        "/a/%c0%ae%c0%ae/x",
        "/a/%e0%80%ae/x",
        "/a/%ef%bc%8e%ef%bc%8e/x",
        "/a%0d%0ax:%20y/x",
        "/a%00/x",
        "//evil.test/x",
        "/%2f%2fevil.test/x",
        "/a/%2525252525252e/x",
    ] {
        attempt("GET", rest, &with(&[]), b"");
    }
    for body in [
        "{\"identifier\":\"v\"}",
        "{\"Identifier\":\"v\"}",
        "{\"properties\":{\"identifier\":\"v\"}}",
        "{\"Properties\":{\"IDENTIFIER\":\"v\"}}",
        "{\"a\":1,\"identifier\":null}",
        "{\"ident\\u0069fier\":\"v\"}",
        "\u{feff}{\"identifier\":\"v\"}",
        " \n{\"sessionId\":\"v\"}",
    ] {
        attempt("POST", "/code/execute", &with(&[("content-type", "application/json")]), body.as_bytes());
        attempt("POST", "/code/execute", &with(&[("content-type", "text/plain")]), body.as_bytes());
    }
    for conversation in ["", " ", "a b", "a,b", "a/b", "../x", "a;b", "\u{e9}", &"a".repeat(200), "a\tb", "{}", "a=b"] {
        attempt("GET", "/x", &with(&[("admit-conversation", conversation)]), b"");
    }
    attempt("GET", "/x", &with(&[("admit-conversation", "a"), ("admit-conversation", "b")]), b"");
    for method in ["TRACE", "CONNECT", "OPTIONS", "PROPFIND", "STOP", "get"] {
        attempt(method, "/x", &with(&[]), b"");
    }
    attempt("GET", "/x", &with(&[("upgrade", "websocket"), ("connection", "upgrade")]), b"");
    attempt("POST", "/x", &with(&[]), &vec![b'x'; 16 * 1024 * 1024 + 1]);
    tried += bodies(worker, base, &auth, &guarded);

    let open = send(worker, "GET", &format!("{base}/x"), &with(&[]), b"");
    assert_eq!((open.map(|answer| answer.status), guarded.pool.reached()), (Some(200), 1));
    tried
}

/// Bodies that end early, come slowly, or are longer or shorter than they say.
fn bodies(worker: &Worker, base: &str, auth: &str, guarded: &Guarded) -> usize {
    let head = |more: &str| {
        format!(
            "POST {base}/x HTTP/1.1\r\nhost: {}\r\nauthorization: {auth}\r\ncf-connecting-ip: 203.0.113.9\r\n{more}\r\n\r\n",
            worker.address
        )
    };
    let cut = [
        head("content-length: 1000") + "{\"code\":",
        head("transfer-encoding: chunked") + "5\r\n{\"cod\r\n",
        head("transfer-encoding: chunked") + "zz\r\n",
        head("content-length: -1") + "x",
        head("content-length: 5\r\ncontent-length: 6") + "xxxxxx",
        head("content-length: 4\r\ntransfer-encoding: chunked") + "0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    ];
    for request in &cut {
        // The local proxy takes a body that is cut off for a whole one. That is the caller's own session and no way in:
        // what counts is that nothing else comes out of it.
        let _ = raw(&worker.address, &[request.as_bytes()], Duration::ZERO, true);
    }
    let seen = guarded.pool.state.seen.lock().expect("the requests").clone();
    assert!(seen.iter().all(|one| one.method == "POST" && one.target.starts_with("/x?identifier=")), "{seen:?}");
    assert!(guarded.pool.identifiers().len() <= 1, "{:?}", guarded.pool.identifiers());
    // A smuggled identifier doesn't get in because the body comes slowly.
    let body = "{\"identifier\":\"v\"}";
    let slow = head(&format!("content-type: application/json\r\ncontent-length: {}", body.len()));
    let (one, two) = body.split_at(5);
    let pieces = [slow.as_bytes(), one.as_bytes(), two.as_bytes()];
    let answer = raw(&worker.address, &pieces, Duration::from_millis(400), false).expect("an answer");
    assert_eq!(answer.status, 400, "{answer:?}");
    let seen = guarded.pool.state.seen.lock().expect("the requests").clone();
    assert!(seen.iter().all(|request| !request.body.contains("identifier")), "{seen:?}");
    guarded.pool.state.seen.lock().expect("the requests").clear();
    cut.len() + 1
}

/// Tokens that are none.
fn forged(issuer: &Issuer) -> Vec<String> {
    let stranger = Issuer::new("stranger");
    let at = now().unix();
    let good = issuer.token(&claims("alice"));
    let parts: Vec<&str> = good.split('.').collect();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let with = |key: &str, value: Value| {
        let mut all = claims("alice");
        all[key] = value;
        issuer.token(&all)
    };
    let header = |value: Value| issuer.token_with(&value, &claims("alice"));
    let kid = || issuer.kid.clone();
    let mut tokens = vec![
        String::from("a.b.c"),
        parts[..2].join("."),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{good}.x"),
        format!("{good}="),
        format!("{}.{}.{}", parts[0], part(&claims("victim")), parts[2]),
        format!("{}.{}.{}", part(&json!({ "alg": "RS256", "kid": kid(), "typ": "JWT", "x": 1 })), parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][1..]),
        format!("{}.{}.{}A", parts[0], parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(342)),
        format!("{}.{}.{}", parts[0], parts[1], URL_SAFE_NO_PAD.encode([0; 256])),
        stranger.token(&claims("alice")),
        stranger.token_with(&json!({ "alg": "RS256", "typ": "JWT", "kid": kid() }), &claims("alice")),
        with("exp", json!(at - 61)),
        with("exp", json!(0)),
        with("exp", json!(-1)),
        with("exp", json!("9999999999")),
        with("exp", Value::Null),
        with("nbf", json!(at + 120)),
        with("nbf", json!("0")),
        with("iat", json!(at + 120)),
        with("iat", json!(at + 10_000)),
        with("aud", json!("")),
        with("aud", Value::Null),
        with("aud", json!([])),
        with("aud", json!({ AUDIENCE: true })),
        with("aud", json!(format!("{AUDIENCE}/"))),
        with("aud", json!(AUDIENCE.to_uppercase())),
        with("aud", json!([format!(" {AUDIENCE}")])),
        with("iss", json!("")),
        with("iss", json!([ISSUER])),
        with("iss", json!(format!("{ISSUER}/"))),
        with("iss", json!(ISSUER.to_uppercase())),
        with("sub", json!("")),
        with("sub", json!(["alice"])),
        with("sub", Value::Null),
        with("tid", json!("")),
        with("tid", json!(["tenant"])),
        header(json!({ "alg": "none", "kid": kid() })),
        header(json!({ "alg": "None", "kid": kid() })),
        header(json!({ "alg": "HS256", "kid": kid() })),
        header(json!({ "alg": "RS384", "kid": kid() })),
        header(json!({ "alg": "PS256", "kid": kid() })),
        header(json!({ "alg": "ES256", "kid": kid() })),
        header(json!({ "alg": "rs256", "kid": kid() })),
        header(json!({ "alg": ["RS256"], "kid": kid() })),
        header(json!({ "kid": kid() })),
        header(json!({ "alg": "RS256" })),
        header(json!({ "alg": "RS256", "kid": "" })),
        header(json!({ "alg": "RS256", "kid": "../../dev/null" })),
        header(json!({ "alg": "RS256", "kid": [kid()] })),
        header(json!({ "alg": "RS256", "kid": kid(), "jku": "https://evil.test/keys" })),
        header(json!({ "alg": "RS256", "kid": kid(), "x5u": "https://evil.test/cert" })),
        header(json!({ "alg": "RS256", "kid": kid(), "crit": [] })),
        header(json!({ "alg": "RS256", "kid": kid(), "b64": false, "crit": ["b64"] })),
        header(json!({ "alg": "RS256", "kid": kid(), "typ": "dpop+jwt" })),
        header(json!(["RS256"])),
        "x".repeat(70_000),
        ".".repeat(1000),
    ];
    // The public key as the secret of an HMAC: key confusion.
    let confused = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT", "kid": kid() })), parts[1]);
    for secret in [issuer.public_pem(), issuer.numbers().0, issuer.jwks().to_string()] {
        tokens.push(format!("{confused}.{}", URL_SAFE_NO_PAD.encode(hmac(secret.as_bytes(), confused.as_bytes()))));
    }
    // A key of one's own beside the issuer's name for its key.
    let own = json!({ "alg": "RS256", "kid": kid(), "jwk": stranger.jwks()["keys"][0] });
    tokens.push(stranger.token_with(&own, &claims("alice")));
    tokens
}

/// HMAC-SHA-256 (RFC 2104).
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    use sha2::{Digest as _, Sha256};
    let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |byte: u8| block.iter().map(|each| each ^ byte).collect::<Vec<_>>();
    let inner = Sha256::digest([pad(0x36).as_slice(), message].concat());
    Sha256::digest([pad(0x5c).as_slice(), inner.as_slice()].concat()).to_vec()
}
