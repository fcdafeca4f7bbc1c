//! Bodies of session pools from samples and specifications, each as a case of kind `pool`: what is found in it.

use std::fs;
use std::path::{Path, PathBuf};

use admit_core::pool::{Policy, Subject};
use admit_core::{Case, Question, Time, Trust, Verdict, evaluate};

use super::vector::{Answers, Vector};

/// What is known of a body: the beginning of its file's name, the verdict, rules that are found and rules that aren't.
struct Body {
    file: &'static str,
    verdict: Verdict,
    found: &'static [&'static str],
    without: &'static [&'static str],
}

/// Findings that say that the shape is wrong.
const SHAPE: &[&str] = &[
    "pool-security-setting-dropped",
    "pool-property-unknown",
    "pool-property-misplaced",
    "pool-property-of-other-version",
    "pool-property-case",
    "pool-value-type",
    "pool-value-unknown",
    "pool-value-case",
    "pool-value-out-of-bounds",
    "pool-property-missing",
    "pool-property-forbidden",
    "pool-patch-cannot-change",
];

const CRITICAL: &str = "pool-identity-reachable-with-egress";

const fn body(
    file: &'static str,
    verdict: Verdict,
    found: &'static [&'static str],
    without: &'static [&'static str],
) -> Body {
    Body { file, verdict, found, without }
}

/// The verdicts of the notes on session pools, section 7.6. Data-plane examples are no pools, so they can't be read.
static BODIES: &[Body] = &[
    body("01-arm-put", Verdict::Refused, &[CRITICAL], &["pool-lifetime-long", "pool-cooldown-long"]),
    body("02-arm-put", Verdict::Refused, &[CRITICAL, "pool-lifetime-long"], &["pool-lifecycle-mixed"]),
    body("03-", Verdict::Admitted, &["pool-property-case", "pool-egress-enabled"], &[]),
    body("04-arm-patch", Verdict::Admitted, &["pool-egress-enabled"], &["pool-shape-deprecated"]),
    body("05-", Verdict::Refused, &[CRITICAL, "pool-lifetime-long"], &[]),
    body("06-arm-put", Verdict::Admitted, &["pool-shape-deprecated", "pool-egress-enabled"], &[]),
    body(
        "07-arm-put",
        Verdict::Admitted,
        &["pool-value-case", "pool-secret-in-body"],
        &["pool-property-of-other-version"],
    ),
    body(
        "08-docs-arm",
        Verdict::Refused,
        &[
            "pool-environment-type",
            "pool-name-pattern",
            "pool-egress-enabled",
            "pool-registry-password",
            "placeholder-left",
        ],
        &["pool-secret-in-template"],
    ),
    body(
        "09-docs-arm",
        Verdict::Refused,
        &["pool-environment-type", "pool-name-pattern", "pool-egress-enabled"],
        &["pool-identity-reachable"],
    ),
    body(
        "10-",
        Verdict::Refused,
        &["pool-value-out-of-bounds", "pool-property-misplaced", "pool-image-tag-moves"],
        &[],
    ),
    body("11-docs-mcp", Verdict::Admitted, &["pool-property-case", "pool-egress-enabled"], &[]),
    body("12-", Verdict::Indeterminate, &[], &[]),
    body("13-", Verdict::Indeterminate, &[], &[]),
    body("14-", Verdict::Indeterminate, &[], &[]),
    body("15-", Verdict::Indeterminate, &[], &[]),
];

/// Bodies whose shape is right for their version.
const WELL_SHAPED: &[&str] = &["01-", "02-", "04-", "05-", "06-"];

/// Runs every body of the folder.
pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let vector = |path: &PathBuf| {
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Vector { answer: judge(path, &id), id }
    };
    Ok(Answers { scored: files.iter().map(vector).collect(), ..Answers::default() })
}

fn judge(path: &Path, name: &str) -> Result<(), String> {
    let configuration = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let body = BODIES.iter().find(|body| name.starts_with(body.file)).ok_or("nothing is known of this body")?;
    let at: Time = "2026-11-22T00:00:00Z".parse().map_err(|_| "the instant is no instant")?;
    let subject = Subject { configuration, api_version: version(name), ..Subject::default() };
    let case = Case {
        title: None,
        teaches: None,
        at,
        question: Question::Pool(Policy::default(), subject),
        trust: Trust::default(),
        expect: Vec::new(),
    };
    let report = evaluate(&case);
    let has = |rule: &&&str| report.findings.iter().any(|finding| finding.rule == ***rule);
    let mut wrong = Vec::new();
    if report.verdict != body.verdict {
        wrong.push(format!("expected {:?}, found {:?}: {}", body.verdict, report.verdict, report.summary));
    }
    wrong.extend(body.found.iter().filter(|rule| !has(rule)).map(|rule| format!("expected `{rule}`, found it not")));
    let shape = if WELL_SHAPED.iter().any(|file| name.starts_with(file)) { SHAPE } else { &[] };
    let unwanted = body.without.iter().chain(shape).filter(|rule| has(rule));
    wrong.extend(unwanted.map(|rule| format!("expected no `{rule}`, found it")));
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

/// The API version in the name of a file, which its body doesn't have.
fn version(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split('-').collect();
    let at = words.iter().position(|word| word.len() == 4 && word.starts_with("20"))?;
    let date = words.get(at..at.checked_add(3)?)?.join("-");
    Some(if words.get(at.checked_add(3)?) == Some(&"preview") { format!("{date}-preview") } else { date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_names() {
        assert_eq!(version("01-arm-put-2025-10-02-preview-timed").as_deref(), Some("2025-10-02-preview"));
        assert_eq!(version("05-arm-put-2025-07-01-timed").as_deref(), Some("2025-07-01"));
        assert_eq!(version("10-docs-probes-fragment"), None);
    }
}
