//! Sessions: tokens are never repeated, and any text is decided.

use admit_core::{Case, Kind, evaluate};
use admit_tests::folder;

#[test]
fn no_report_repeats_a_token() {
    for folder in folder::all().into_iter().filter(|folder| folder.case.kind() == Kind::Session) {
        let json = evaluate(&folder.case).to_json();
        assert!(!json.contains("eyJ"), "{}", folder.name);
    }
}

#[test]
fn any_text_is_decided() {
    let pieces = [
        "identifier,user\n",
        "abcd",
        "&",
        "#",
        "%4",
        "\"",
        "\n",
        ",",
        "https://eastus.dynamicsessions.io/",
        "curl ",
        "-H '",
        "Authorization: Bearer ",
        "eyJhbGciOiJub25lIn0.e30.",
        "?identifier=",
        "\u{1f512}",
        "{\"request\":",
        "az role assignment create --role ",
        "2026-01-01T00:00:00Z ",
        "..",
        "{",
        "[1-9]",
        "\\",
        "<USER_ID>",
        "POST ",
        "/files/",
        "@",
        ":",
        "\u{0}",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or_default()
    };
    for _ in 0..3_000 {
        let mut text = || (0..next(9)).map(|_| pieces[next(pieces.len())]).collect::<String>();
        let subject = serde_json::json!({
            "identifiers": text(), "request": text(), "token": text(), "jwks": text(), "log": text(), "timeline": text(),
            "candidates": text(),
        });
        let case = serde_json::json!({
            "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z", "policy": { "rotation": 30 }, "subject": subject,
        });
        let case = Case::from_json(&case.to_string()).expect("a case");
        let report = evaluate(&case);
        for span in report
            .findings
            .iter()
            .filter_map(|finding| finding.span.as_ref())
            .chain(report.errors.iter().map(|error| &error.span))
        {
            let documents = case.documents();
            let text = documents.iter().find(|(document, _)| *document == span.document).map_or("", |(_, text)| text);
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {case:?}");
        }
    }
}

#[test]
fn a_token_is_masked_wherever_it_stands() {
    let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl";
    let texts = [
        token.to_string(),
        format!("2026-01-01T00:00:00Z {token}"),
        format!("<BASE>/x?identifier={token}&access_token={token}#{token}"),
        format!(
            "curl 'https://eastus.dynamicsessions.io/{token}?identifier={token}&identifier={token}' -H 'Authorization: Bearer Bearer {token}'"
        ),
        format!("https://{token}.evil.example/{token}?{token}={token}&api-version={token}"),
    ];
    for text in texts {
        let subject = serde_json::json!({
            "identifiers": text, "request": text, "token": text, "log": text, "timeline": text, "candidates": text,
        });
        let case = serde_json::json!({
            "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z", "policy": {}, "subject": subject,
        });
        let case = Case::from_json(&case.to_string()).expect("a case");
        let json = evaluate(&case).to_json();
        let kept = json.lines().find(|line| line.contains("eyJ"));
        assert_eq!(kept, None, "{text}");
    }
}
