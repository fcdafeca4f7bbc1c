//! Where a caller's request to a session pool may go.
//!
//! The caller chooses the path and the query, never the identifier. What could be read as one by the pool, by the code
//! that runs in it, or by anything between, is refused rather than removed: a request that was changed silently would do
//! something else than its sender meant.

/// Rounds in which percent signs are taken away. Two are met in practice; what isn't plain after five hides something.
const ROUNDS: usize = 5;
/// Bytes of path and query.
const MOST: usize = 8 * 1024;

/// Characters that some systems take for a dot, a slash or a backslash.
const LOOK_ALIKES: [char; 9] =
    ['\u{2024}', '\u{2044}', '\u{2215}', '\u{29f8}', '\u{fe52}', '\u{fe68}', '\u{ff0e}', '\u{ff0f}', '\u{ff3c}'];

/// Names, without anything but letters, that are or could become the identifier: in queries and bodies of the API's
/// versions, and in headers of its images.
const NAMES: [&str; 5] = ["identifier", "sessionid", "sessionguid", "sessionidentifier", "executionidentifier"];

/// Checks the path behind the guard, and the query. Both are passed on as they are.
///
/// # Errors
///
/// What was tried, in one word for the log.
pub fn check(path: &str, query: Option<&str>) -> Result<(), &'static str> {
    let query = query.unwrap_or_default();
    if path.len().saturating_add(query.len()) > MOST {
        return Err("oversized");
    }
    for stage in stages(path, false)? {
        for segment in stage.split(['/', '\\']) {
            let bare = segment.split(';').next().unwrap_or_default().trim();
            if bare == "." || bare == ".." {
                return Err("traversal");
            }
            if bare.to_ascii_lowercase().starts_with(".management") {
                return Err("management");
            }
        }
        if stage.contains('\\') || stage.contains("//") {
            return Err("traversal");
        }
        // `/a?b` and `/a#b` in a path that was decoded would begin a query.
        if stage.contains(['?', '#']) && stage.split(['?', '#']).skip(1).any(has_identifier) {
            return Err("identifier");
        }
        // An old form has the identifier in the path, and a segment may have parameters (RFC 3986, section 3.3). A file
        // whose name merely begins so is a file.
        if stage
            .split(['/', ';'])
            .any(|part| NAMES.contains(&letters(part.split('=').next().unwrap_or_default()).as_str()))
        {
            return Err("identifier");
        }
    }
    if stages(query, true)?.iter().any(|stage| has_identifier(stage)) { Err("identifier") } else { Ok(()) }
}

/// Whether a body in JSON has an identifier where a version of the API would read it: at its top, or in `properties`.
pub fn body_names_one(body: &[u8]) -> bool {
    let Ok(text) = admit_core::decode(body) else { return false };
    let Ok(serde_json::Value::Object(top)) = serde_json::from_str(&text) else { return false };
    let inner = top.iter().filter(|(name, _)| name.eq_ignore_ascii_case("properties"));
    let inner = inner.filter_map(|(_, value)| value.as_object()).flat_map(|inner| inner.keys());
    top.keys().chain(inner).any(|name| is_identifier(name))
}

/// The text as it stands, and after each round of decoding, until nothing changes.
fn stages(text: &str, plus_is_blank: bool) -> Result<Vec<String>, &'static str> {
    let mut stages = vec![text.to_string()];
    for _ in 0..ROUNDS {
        let last = stages.last().map(String::as_str).unwrap_or_default();
        if last.chars().any(|character| character.is_control() || LOOK_ALIKES.contains(&character)) {
            return Err("encoding");
        }
        let next = decoded(last, plus_is_blank).ok_or("encoding")?;
        if next == last {
            return Ok(stages);
        }
        stages.push(next);
    }
    Err("encoding")
}

/// One round. A percent sign without two digits stays, as it does in URLs; bytes that are no UTF-8 are nothing.
fn decoded(text: &str, plus_is_blank: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                bytes.push(digit(high)?.checked_mul(16)?.checked_add(digit(low)?)?);
                rest = after;
            }
            (b'+', _) if plus_is_blank => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether a query has a parameter that is, or could become, the identifier. Separators are whatever any parser takes for
/// one.
fn has_identifier(query: &str) -> bool {
    query.split(['&', ';', '#', '?', ',']).any(|pair| is_identifier(pair.split('=').next().unwrap_or_default()))
}

/// Whether a name is one of the identifier's, whatever its case, its brackets and what stands between its letters. A name
/// with letters beyond ASCII may be folded into one by whoever reads it.
fn is_identifier(name: &str) -> bool {
    let letters = letters(name);
    NAMES.iter().any(|known| letters.contains(known))
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.map(fold).collect()
}

/// Letters that Unicode folds into ASCII ones, as far as the names have them.
fn fold(letter: char) -> char {
    match letter {
        'ı' | 'í' | 'ì' | 'î' | 'ï' => 'i',
        'ſ' => 's',
        '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(u32::from(letter).saturating_sub(0xff41).saturating_add(0x61)).unwrap_or(letter)
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_requests_pass() {
        for (path, query) in [
            ("", None),
            ("/", None),
            ("/executions", Some("api-version=2024-10-02-preview")),
            ("/files/a%20b.txt/content", Some("api-version=2025-10-02-preview&path=%2Fmnt%2Fdata&recursive=true")),
            ("/files/100%25.txt/content", None),
            ("/api/upload/", Some("a=1&b=x+y&c")),
            ("/api/manage/.well-known/x", Some("q=ident")),
            ("/files/r%C3%A9sum%C3%A9.pdf", None),
            ("/files/identifier.txt/content", None),
        ] {
            assert_eq!(check(path, query), Ok(()), "{path} {query:?}");
        }
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for (path, tried) in [
            ("/.management/stopSession", "management"),
            ("/.Management/stopSession", "management"),
            ("/%2emanagement/stopSession", "management"),
            ("/%252emanagement/stopSession", "management"),
            ("/a/.management;x=1/stopSession", "management"),
            ("/a\\.management\\stopSession", "management"),
            ("/a%2f.management%2fstopSession", "management"),
            ("/a/../.management/x", "traversal"),
            ("/a/%2e%2e/b", "traversal"),
            ("/a/%252e%252e/b", "traversal"),
            ("/a/..;/b", "traversal"),
            ("/a//b", "traversal"),
            ("//evil.test/a", "traversal"),
            ("/a%5cb", "traversal"),
            ("/a/%c0%ae%c0%ae/b", "encoding"),
            ("/a/\u{ff0e}\u{ff0e}/b", "encoding"),
            ("/a%00b", "encoding"),
            ("/a%0d%0ahost:%20x", "encoding"),
            ("/%25252525252e", "encoding"),
            ("/identifier/abcd/code/execute", "identifier"),
            ("/executions%3Fidentifier=abcd", "identifier"),
            ("/executions%23&identifier=abcd", "identifier"),
            ("/executions;identifier=abcd", "identifier"),
            ("/executions;a=1;Identifier=abcd/x", "identifier"),
        ] {
            assert_eq!(check(path, None), Err(tried), "{path}");
        }
        assert_eq!(check(&"/a".repeat(5000), None), Err("oversized"));
    }

    #[test]
    fn identifiers_are_never_taken_from_outside() {
        for query in [
            "identifier=abcd",
            "api-version=1&identifier=abcd",
            "IDENTIFIER=abcd",
            "identifier",
            "identifier[]=abcd",
            "identifier.x=1",
            "%69dentifier=abcd",
            "%2569dentifier=abcd",
            "a=1%26identifier=abcd",
            "a=1%2526identifier%253Dabcd",
            "a=1;identifier=abcd",
            "a=1#identifier=abcd",
            "+identifier=abcd",
            "identi%0afier=abcd",
            "identi%00fier=abcd",
            "%C4%B1dentifier=abcd",
            "\u{ff49}dentifier=abcd",
            "id%65ntifier%20=abcd",
            "session-id=abcd",
            "SessionId=abcd",
            "X-Execution-Identifier=abcd",
            "_identifier=abcd",
        ] {
            assert!(check("/executions", Some(query)).is_err(), "{query}");
        }
    }

    #[test]
    fn bodies_are_looked_into() {
        for body in
            ["{\"identifier\":1}", "{\"Properties\":{\"Identifier\":\"x\"}}", "{\"a\":1,\"ident\\u0069fier\":2}"]
        {
            assert!(body_names_one(body.as_bytes()), "{body}");
        }
        for body in
            ["", "{}", "[{\"identifier\":1}]", "{\"code\":\"identifier\"}", "identifier", "{\"a\":{\"identifier\":1}}"]
        {
            assert!(!body_names_one(body.as_bytes()), "{body}");
        }
    }
}
