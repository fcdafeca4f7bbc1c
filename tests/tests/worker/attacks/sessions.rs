//! Ways around the guard for sessions: other headers, identifiers in disguise, other paths.

use admit_tests::worker::Worker;

use super::super::sessions::Guarded;
use super::{Headers, bodies, headers, send, tokens};

/// Tries them and says how many there were.
pub(super) fn tried(worker: &Worker) -> usize {
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
    for token in tokens::forged(&guarded.issuer) {
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
    tried += bodies::tried(worker, &guarded);

    let open = send(worker, "GET", &format!("{base}/x"), &with(&[]), b"");
    assert_eq!((open.map(|answer| answer.status), guarded.pool.reached()), (Some(200), 1));
    tried
}
