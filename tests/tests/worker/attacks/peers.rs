//! Ways around the guard for certificates: another's certificate, another's header, no secret.

use admit_tests::generator::today::Today;
use admit_tests::worker::{PROXY, Worker};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use super::super::peers::{encoded, put};
use super::super::policies::policy;
use super::{Headers, headers, send};

/// Tries them and says how many there were.
pub(super) fn tried(worker: &Worker) -> usize {
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
