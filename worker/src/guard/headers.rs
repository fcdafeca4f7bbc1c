//! Which headers pass through the guard for sessions, in either direction.

use http::{HeaderMap, HeaderName};

/// Headers of a caller that the pool may see. Whatever could carry a credential, an identifier or an address is not among
/// them.
const IN: [&str; 7] =
    ["accept", "accept-language", "content-type", "operation-id", "range", "if-none-match", "if-modified-since"];

/// Headers of the pool that belong to the connection (RFC 9110, section 7.6.1) or that the runtime writes itself.
const CONNECTION: [&str; 10] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Headers of the pool that its callers have no use for: they name the session, its host, or how it was reached.
const HIDDEN: [&str; 7] =
    ["operation-location", "azure-asyncoperation", "set-cookie", "server", "via", "www-authenticate", "alt-svc"];

/// What the pool is sent.
pub fn inward(headers: &HeaderMap) -> HeaderMap {
    let passed = headers.iter().filter(|(name, _)| IN.contains(&name.as_str()));
    passed.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What the caller is sent: nothing that belongs to the connection, nothing of the platform behind, and nothing that
/// holds the identifier in any spelling.
pub fn outward(headers: &HeaderMap, identifier: &str) -> HeaderMap {
    let mut passed = HeaderMap::new();
    for (name, value) in headers {
        if !is_hidden(name) && !echoes(value.as_bytes(), identifier) {
            passed.append(name.clone(), value.clone());
        }
    }
    passed
}

fn is_hidden(name: &HeaderName) -> bool {
    let name = name.as_str();
    CONNECTION.contains(&name)
        || HIDDEN.contains(&name)
        || name.starts_with("x-ms-")
        || name.starts_with("access-control-")
}

/// Whether a value holds the identifier: as it is, in another case, percent-encoded, or cut in half by anything that is
/// no hexadecimal digit.
fn echoes(value: &[u8], identifier: &str) -> bool {
    let mut text = String::from_utf8_lossy(value).to_ascii_lowercase();
    for _ in 0..3 {
        if contains(&text, identifier) {
            return true;
        }
        text = percent_decoded(&text);
    }
    contains(&text, identifier)
}

fn contains(text: &str, identifier: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    text.contains(identifier) || digits.contains(identifier)
}

fn percent_decoded(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'%' => {
                decoded.push(byte.to_ascii_lowercase());
                rest = after.get(2..).unwrap_or_default();
            }
            _ => decoded.push(*first),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef";

    fn map(headers: &[(&'static str, &str)]) -> HeaderMap {
        headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn the_pool_sees_little() {
        let headers = map(&[
            ("accept", "a"),
            ("authorization", "Bearer x"),
            ("cookie", "a"),
            ("x-execution-identifier", "a"),
            ("x-forwarded-for", "a"),
            ("content-type", "b"),
        ]);
        assert_eq!(inward(&headers), map(&[("accept", "a"), ("content-type", "b")]));
    }

    #[test]
    fn the_caller_sees_no_identifier() {
        let kept = [("content-type", "text/plain"), ("x-mine", "0123"), ("etag", "\"x\"")];
        let encoded: String = ID.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let twice = encoded.replace('%', "%25");
        let mut all = kept.to_vec();
        all.extend([
            ("operation-location", "/executions/1"),
            ("x-ms-session-guid", "a"),
            ("location", "/a?identifier=0123456789abcdef"),
            ("x-echo", "0123456789ABCDEF"),
            ("x-half", "01234567-89abcdef"),
            ("x-encoded", encoded.as_str()),
            ("x-twice", twice.as_str()),
            ("set-cookie", "a=b"),
            ("connection", "close"),
        ]);
        assert_eq!(outward(&map(&all), ID), map(&kept));
    }
}
