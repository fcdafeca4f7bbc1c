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

/// The practices of the article, as its list under security and its example strategies have them, and rules that are named
/// after each. More may be.
const PRACTICES: [(&str, &[&str]); 9] = [
    (
        "Security: use strong, unique session identifiers",
        &["identifier-is-a-time", "identifier-repeats", "identifier-weak-tail", "identifiers-share-a-beginning"],
    ),
    (
        "Security: limit session visibility",
        &[
            "identifier-in-log",
            "identifier-in-header",
            "identifier-in-content",
            "identifier-is-personal",
            "api-key-in-log",
        ],
    ),
    (
        "Security: implement short expiration times",
        &["cooldown-long", "pool-cooldown-long", "pool-lifetime-long", "mapping-outlives-session"],
    ),
    (
        "Security: regularly rotate session credentials",
        &["identifier-outlives-rotation", "api-key-old", "token-long-lived", "pool-registry-password"],
    ),
    ("Security: use secure transmission protocols", &["request-not-https", "request-certificate-unchecked"]),
    ("Security: monitor session activity", &["identifiers-in-burst", "pool-logs-not-collected"]),
    (
        "Security: validate user input",
        &["identifiers-collide-on-the-wire", "identifier-injects-parameter", "request-path-traversal"],
    ),
    ("Example strategies: one session per user", &["identifier-shared-by-users", "user-has-many-identifiers"]),
    (
        "Example strategies: one session per agent conversation",
        &["identifier-shared-by-conversations", "identifier-with-the-client"],
    ),
];

#[test]
fn every_practice_has_rules_with_a_failing_and_a_passing_case() {
    let folders = folder::all();
    for (practice, ids) in PRACTICES {
        let named = |rule: &&&admit_core::Rule| {
            rule.citation.source == "Use dynamic sessions in Azure Container Apps"
                && rule.citation.place.starts_with(practice)
        };
        let rules: Vec<_> = admit_core::RULES.iter().filter(named).collect();
        for id in ids {
            assert!(rules.iter().any(|rule| rule.id == *id), "{practice}: `{id}` is not named after it");
        }
        for rule in rules {
            let expected = || folders.iter().flat_map(|folder| &folder.case.expect);
            assert!(expected().any(|expect| expect.findings.iter().any(|id| id == rule.id)), "{}", rule.id);
            assert!(expected().any(|expect| expect.without.iter().any(|id| id == rule.id)), "{}", rule.id);
        }
    }
}

/// Identifiers that are worth trying, and whether the documentation's rule and that of the API specification accept them.
#[test]
fn identifiers_worth_trying_are_cases() {
    use admit_core::session::Acceptance;
    let (longest, too_long) = ("a".repeat(128), "a".repeat(129));
    let vectors = [
        ("abc", false, false),
        ("abcd", true, true),
        (longest.as_str(), true, true),
        (too_long.as_str(), false, false),
        ("abcd\n", false, false),
        ("user_42", false, true),
        ("alice@contoso.com", false, true),
        ("a,b.c", false, true),
        ("user&alice", true, true),
        ("tenant#1", true, true),
        ("%41bcd", true, true),
        ("Abcd", true, true),
        ("abcd&identifier=victim1", false, true),
        ("a+b+c", false, true),
        ("u[1-3]xx", true, true),
        ("$(id);{x}", true, true),
        ("ab\\cd", false, false),
        ("ab cd", false, false),
        ("caf\u{e9}", false, false),
        ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", true, true),
        ("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", true, true),
        ("00000000-0000-0000-0000-000000000000", true, true),
        ("ABCDEF01", true, true),
        ("abcdef01", true, true),
        ("cond-1a2b3c4d", true, true),
    ];
    let mut found = std::collections::BTreeMap::new();
    for folder in folder::all().into_iter().filter(|folder| folder.case.kind() == Kind::Session) {
        if let admit_core::Answer::Session(answer) = evaluate(&folder.case).answer
            && answer.profile == "azure-docs"
        {
            found.extend(answer.identifiers.into_iter().map(|one| (one.text, one.acceptance)));
        }
    }
    for (identifier, documented, specified) in vectors {
        let expected = match (documented, specified) {
            (true, _) => Acceptance::Portable,
            (false, true) => Acceptance::SpecificationOnly,
            (false, false) => Acceptance::Rejected,
        };
        assert_eq!(found.get(identifier), Some(&expected), "{identifier:?} is in no case, or judged otherwise");
    }
}

/// What generators give is not taken for what hands write.
#[test]
fn random_identifiers_are_admitted() {
    const EACH: usize = 2_500;
    let mut state = 0x0123_4567_89ab_cdef_u64;
    // splitmix64
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let hex = "0123456789abcdef";
    let alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let base64url = format!("{alphanumeric}-_");
    let forms = [
        (hex, "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"),
        (hex, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        (hex, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        (base64url.as_str(), "xxxxxxxxxxxxxxxxxxxxxx"),
        (&base64url, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        (alphanumeric, "xxxxxxxxxxxxxxxxxxxxxxxx"),
        (&alphanumeric[..36], "xxxxxxxxxxxxxxxxxxxxxxxxxx"),
        (&alphanumeric[..10], "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
    ];
    for (alphabet, form) in forms {
        let letters: Vec<char> = alphabet.chars().collect();
        let mut draw = |one: char| if one == 'x' { letters[(next() % letters.len() as u64) as usize] } else { one };
        let identifiers: String =
            (0..EACH).flat_map(|_| form.chars().chain(['\n']).map(&mut draw).collect::<Vec<_>>()).collect();
        let case = serde_json::json!({
            "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z",
            "policy": { "profile": "azure-api-specification" }, "subject": { "identifiers": identifiers },
        });
        let report = evaluate(&Case::from_json(&case.to_string()).expect("a case"));
        assert_eq!(report.verdict, admit_core::Verdict::Admitted, "{form} of {alphabet}: {}", report.summary);
    }
}
