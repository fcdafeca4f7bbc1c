//! One hostile report in every format.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde_json::Value;

use super::Format;
use crate::{Case, Document, Edit, Report, Severity, Verdict, certificate, evaluate};

const CASE: &str = r#"{ "admit": 1, "kind": "peer", "title": "a\u001b|b & <c> @d", "at": "2026-11-22T00:00:00Z",
  "policy": { "manifest": "<a>\n\t<b c='\ud83d\udd12'/>\n</a>" }, "subject": { "certificates": "" } }"#;

fn sample() -> Option<(Case, Report)> {
    let case = Case::from_json(CASE).ok()?;
    let manifest = case.documents().first().map(|(name, text)| Document::new(name.clone(), text).span(5..18))?;
    let edit = Edit { span: manifest.clone(), text: String::from("<b/>") };
    let mut report = evaluate(&case);
    let finding = crate::Finding::new(&certificate::PRIVATE_KEY_PASTED, "a `]]>` | \u{202e}\u{1}")
        .at(manifest.clone())
        .related(manifest, "here")
        .help("remove <it>")
        .fix("Remove *it*", [edit].into());
    report.findings.insert(0, finding);
    if let Some(first) = report.findings.first_mut() {
        first.severity = Severity::Error;
    }
    report.verdict = Verdict::Refused;
    Some((case, report))
}

fn render(format: Format) -> String {
    sample().map(|(case, report)| format.render(&report, &case, &|name| name.to_string())).unwrap_or_default()
}

#[test]
fn sarif_has_the_places() {
    let log: Value = serde_json::from_str(&render(Format::Sarif)).unwrap_or_default();
    let result = log.pointer("/runs/0/results/0").cloned().unwrap_or_default();
    let at = |pointer: &str| result.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(at("/ruleId"), "private-key-pasted");
    assert_eq!(at("/level"), "error");
    assert_eq!(at("/locations/0/physicalLocation/artifactLocation/uri"), "policy.manifest");
    let region = at("/locations/0/physicalLocation/region");
    let number = |key: &str| region.get(key).and_then(Value::as_u64);
    // `<b c='X'/>` with a character of four bytes: 13 bytes, 10 columns.
    assert_eq!((number("startLine"), number("startColumn")), (Some(2), Some(2)));
    assert_eq!((number("endLine"), number("endColumn"), number("byteLength")), (Some(2), Some(12), Some(13)));
    assert_eq!(at("/fixes/0/artifactChanges/0/replacements/0/insertedContent/text"), "<b/>");
    assert_eq!(at("/relatedLocations/0/message/text"), "here");
    assert_eq!(log.pointer("/runs/0/tool/driver/rules/0/id"), Some(&Value::from("private-key-pasted")));
}

#[test]
fn junit_counts_and_escapes() {
    let xml = render(Format::Junit);
    assert!(xml.contains(" failures=\"2\" errors=\"0\""), "{xml}");
    assert!(xml.contains("testsuite name=\"aU+001B|b &amp; &lt;c&gt; @d\""), "{xml}");
    assert!(xml.contains("message=\"a `]]&gt;` | \u{202e}U+0001\""), "{xml}");
    assert_eq!(xml.matches("<testcase").count(), xml.matches("</testcase>").count() + xml.matches("\"/>").count());
}

#[test]
fn markdown_keeps_text_text() {
    let text = render(Format::Markdown);
    assert!(text.starts_with("## ✕ "), "{text}");
    assert!(text.contains("**aU+001B\\|b &amp; &lt;c&gt; &#64;d**, peer at 2026-11-22T00:00:00Z"), "{text}");
    assert!(text.contains("a \\`\\]\\]&gt;\\` \\| U+202EU+0001<br>remove &lt;it&gt;"), "{text}");
    assert!(text.contains("| policy.manifest:2:2 |"), "{text}");
}

#[test]
fn names_and_media_types_are_one_to_one() {
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
        assert_eq!(Format::ALL.into_iter().filter(|other| other.media_type() == format.media_type()).count(), 1);
    }
    assert_eq!(Format::named("SARIF"), None);
}

/// What each expectation asks and misses, on a report of one finding, and how JUnit counts it.
#[test]
fn expectations_are_held_against_the_report() {
    let Some((mut case, report)) = sample() else { return assert!(sample().is_some()) };
    let expect = r#"[{ "verdict": "refused", "findings": ["private-key-pasted"] }, { "verdict": "admitted" },
      { "certificate": 1, "connection": "gateway", "verdict": "refused" }, { "role": "admin" }, { "code": "X" },
      { "cause": "none" }, { "cause": "some-rule" }, { "findings": ["some-rule"] }, { "without": ["private-key-pasted"] },
      { "without": ["some-rule"] }, { "errors": [] }, { "flips": [] }, { "flips": ["2027-01-01T00:00:00Z"] },
      { "presents": { "ClusterCertificate": 1 } }]"#;
    case.expect = serde_json::from_str(expect).unwrap_or_default();
    let held = super::Held::all(&case, &report);
    let met: Vec<bool> = held.iter().map(super::Held::is_met).collect();
    let expected = [true, false, false, false, false, true, false, false, false, true, false, true, false, false];
    assert_eq!(met, expected, "{held:#?}");
    let said: Vec<_> = held.iter().map(|one| (one.asks.as_str(), one.missing.join("; "))).collect();
    assert_eq!(said.first().map(|one| one.0), Some("the case: refused, finding private-key-pasted"));
    assert_eq!(said.get(1).map(|one| one.1.as_str()), Some("expected admitted, found refused"));
    assert_eq!(said.get(2).map(|one| one.0), Some("certificate 1 on gateway: refused"));
    let junit = Format::Junit.render(&report, &case, &|name| name.to_string());
    assert!(junit.contains(": expected\" tests=\"14\" failures=\"10\" errors=\"0\""), "{junit}");
    assert!(junit.contains("<failure type=\"unmet\" message=\"expected admitted, found refused\">"), "{junit}");
    assert_eq!(junit.matches("<testcase").count(), report.findings.len() + 1 + 14);
}
