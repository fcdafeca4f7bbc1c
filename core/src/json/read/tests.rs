//! Reading JSON: oddities, errors, limits, and what serde makes of the same text.

use super::*;

const GOOD: &str = "\u{feff}{ // c\n \"a\\u00e9\": [1, -2.5e+3, true, false, null, \"x\\ud83d\\ude00\", {},],\n/* d */ \"b\": \"\\ud800\" }";

fn parse(text: &str) -> Result<Json, Error> {
    read(&Document::new("d", text))
}

#[test]
fn oddities_are_read_and_reported_in_order() {
    let kinds = |text| parse(text).map(|json| json.oddities.iter().map(|oddity| oddity.kind).collect::<Vec<_>>());
    use OddityKind::{ByteOrderMark, Comment, ControlCharacter, DuplicateKey, LoneSurrogate, TrailingComma};
    let expected = [ByteOrderMark, Comment, TrailingComma, Comment, LoneSurrogate];
    assert_eq!(kinds(GOOD).ok().as_deref(), Some(expected.as_slice()));
    assert_eq!(kinds("{\"a\":1,\"a\":\"\n\"}").ok().as_deref(), Some([DuplicateKey, ControlCharacter].as_slice()));
    assert_eq!(kinds("[\"\\ufffd\"]").ok().as_deref(), Some([].as_slice()));
}

#[test]
fn errors_say_where_and_what() {
    for (text, expected) in [
        ("", "d:1:1: expected a value, found the end of the document"),
        ("[1 2]", "d:1:4: expected `,` or `]`, found `2`"),
        ("{a: 1}", "d:1:2: expected a key in double quotes or `}`, found `a`"),
        ("{\"a\" 1}", "d:1:6: expected `:` after a key, found `1`"),
        ("{\n\"a\": undefined}", "d:2:6: expected a value, found `undefined`"),
        ("[01]", "d:1:2: expected a number such as `0`, `-1.5` or `6e3`, found `01`"),
        ("[\"a\"bc]", "d:1:5: expected `,` or `]`, found a word that begins with `b`"),
        ("[1] x", "d:1:5: expected the end of the document, found `x`"),
        ("[\"a", "d:1:4: expected `\"`, the end of the string from line 1, found the end of the document"),
        ("[/* ", "d:1:5: expected `*/`, the end of the comment, found the end of the document"),
        ("[,]", "d:1:2: expected a value, found `,`"),
        (
            "[\"\\x\"]",
            "d:1:3: expected an escape: `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\uXXXX`, found `\\x`",
        ),
    ] {
        assert_eq!(parse(text).err().map(|error| error.to_string()).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn limits_are_errors() {
    let deep = |depth| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(parse(&deep(Limits::JSON_DEPTH.saturating_add(1))).is_ok());
    let error = parse(&deep(Limits::JSON_DEPTH.saturating_add(2))).err();
    assert_eq!(error.map(|error| error.kind), Some(ErrorKind::Limit));
    let wide = ["[", &"0,".repeat(Limits::JSON_NODES), "0]"].concat();
    assert_eq!(parse(&wide).err().map(|error| error.kind), Some(ErrorKind::Limit));
}

#[test]
fn agrees_with_serde_on_plain_json() {
    for text in ["1", "-0.0", "1e5", "1.", ".5", "+1", "-", "\"\\u12\"", "{}", "[{}]", "[]x", "tru", "\"\\/\"", "1e"] {
        assert_eq!(parse(text).is_ok(), serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
    }
}

/// Spans nest and lie inside the document.
fn check(node: &Node, within: Range<usize>, text: &str) {
    assert!(within.start <= node.range().start && node.range().end <= within.end);
    assert!(text.get(node.range()).is_some());
    for item in node.items() {
        check(item, node.range(), text);
    }
    for member in node.members() {
        assert!(text.get(member.key_range()).is_some_and(|key| key.starts_with('"') && key.ends_with('"')));
        check(&member.value, node.range(), text);
    }
}

#[test]
fn truncations_are_errors_and_edits_never_panic() {
    let last = GOOD.len().saturating_sub(1);
    for (at, _) in GOOD.char_indices().filter(|(at, _)| *at <= last) {
        assert!(parse(GOOD.get(..at).unwrap_or_default()).is_err(), "{at}");
    }
    let mut state = 0x9E37_79B9_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize
    };
    for _ in 0..20_000 {
        let mut bytes = GOOD.as_bytes().to_vec();
        for _ in 0..random().checked_rem(4).unwrap_or(0).saturating_add(1) {
            let at = random().checked_rem(bytes.len()).unwrap_or(0);
            let with = b"{}[]\",:/*\\u0d\n\xff".get(random().checked_rem(15).unwrap_or(0)).copied().unwrap_or(b'x');
            if let Some(byte) = bytes.get_mut(at) {
                *byte = with;
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(json) = parse(&text) {
            check(&json.root, 0..text.len(), &text);
            for oddity in &json.oddities {
                assert!(text.get(oddity.range()).is_some());
            }
        }
    }
}
