//! Hostile sizes: each ends soon, and the report names the limit.

use std::time::{Duration, Instant};

use admit_core::{Case, ErrorKind, Limits, Report, Verdict, evaluate};
use admit_tests::generator::stress;

/// For the dev profile on a slow machine that does other things too; in a release build each takes a fraction.
const SOON: Duration = Duration::from_secs(20);

fn decide(case: &Case) -> Report {
    let start = Instant::now();
    let report = evaluate(case);
    let took = start.elapsed();
    assert!(took < SOON, "it took {took:?}");
    report
}

/// Whether anything in the report says these words.
fn says(report: &Report, words: &str) -> bool {
    report.to_json().contains(words)
}

fn has_limit_error(report: &Report) -> bool {
    report.errors.iter().any(|error| error.kind == ErrorKind::Limit)
}

#[test]
fn what_is_plain_is_admitted() {
    assert_eq!(decide(&stress::plain()).verdict, Verdict::Admitted);
}

#[test]
fn nesting_is_bounded() {
    for depth in [Limits::DER_DEPTH - 1, 1_000, 1_000_000] {
        let report = decide(&stress::nested(depth));
        assert_eq!(report.verdict, Verdict::Indeterminate, "{depth}");
        assert!(has_limit_error(&report), "{depth}: {:?}", report.errors);
    }
    // As deep as may be: not a bundle for another reason.
    assert!(!has_limit_error(&decide(&stress::nested(Limits::DER_DEPTH - 2))));
}

#[test]
fn host_names_are_bounded() {
    let report = decide(&stress::names(5_000));
    assert_eq!(report.verdict, Verdict::Admitted);
    assert_eq!(report.certificates[0].alternative_names.len(), 5_000);
    let report = decide(&stress::names(Limits::GENERAL_NAMES + 1));
    assert_eq!(report.verdict, Verdict::Refused);
    assert!(says(&report, &Limits::GENERAL_NAMES.to_string()), "{:?}", report.findings);
}

#[test]
fn name_comparisons_are_bounded() {
    let report = decide(&stress::name_constraints(1_000));
    assert_eq!(report.verdict, Verdict::Admitted);
    let report = decide(&stress::name_constraints(1_500));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(says(&report, "NAME_COMPARISONS"), "{:?}", report.findings);
}

#[test]
fn comparisons_of_names_beyond_ascii_are_bounded() {
    // Excluded or not depends on preparing the strings; what that takes is bounded, too.
    assert_eq!(decide(&stress::directory_names(100)).verdict, Verdict::Admitted);
    let report = decide(&stress::directory_names(1_000));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(says(&report, "NAME_COMPARISONS"), "{:?}", report.findings);
}

#[test]
fn extensions_are_bounded() {
    assert_eq!(decide(&stress::extensions(Limits::EXTENSIONS - 1)).verdict, Verdict::Admitted);
    let report = decide(&stress::extensions(Limits::EXTENSIONS));
    assert!(has_limit_error(&report), "{:?}", report.errors);
}

#[test]
fn attributes_are_bounded() {
    assert_eq!(decide(&stress::attributes(Limits::NAME_ATTRIBUTES)).verdict, Verdict::Admitted);
    let report = decide(&stress::attributes(Limits::NAME_ATTRIBUTES + 1));
    assert!(has_limit_error(&report), "{:?}", report.errors);
}

#[test]
fn policies_are_bounded() {
    assert_eq!(decide(&stress::policies(Limits::POLICIES)).verdict, Verdict::Admitted);
    let report = decide(&stress::policies(Limits::POLICIES + 1));
    assert_eq!(report.verdict, Verdict::Refused);
    assert!(says(&report, &Limits::POLICIES.to_string()), "{:?}", report.findings);
}

#[test]
fn integers_are_bounded() {
    assert_eq!(decide(&stress::serial(100_000)).verdict, Verdict::Admitted);
    let report = decide(&stress::serial(Limits::CERTIFICATE_BYTES));
    assert!(has_limit_error(&report), "{:?}", report.errors);
    let bits = Limits::RSA_MODULUS_BITS;
    let report = decide(&stress::rsa_key(bits as usize / 8 + 1, 1));
    assert_ne!(report.verdict, Verdict::Admitted);
    assert!(says(&report, &bits.to_string()), "{report:?}");
    let report = decide(&stress::rsa_key(256, 256));
    assert_ne!(report.verdict, Verdict::Admitted);
    assert!(says(&report, &format!("at most {} bits", Limits::RSA_EXPONENT_BITS)), "{report:?}");
    // The longest that is tried.
    assert_ne!(decide(&stress::rsa_key(bits as usize / 8, 8)).verdict, Verdict::Admitted);
}

#[test]
fn issuers_of_one_name_are_bounded() {
    let report = decide(&stress::issuers(3_000));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(says(&report, "CHAIN_SIGNATURES"), "{:?}", report.findings);
}

#[test]
fn paths_are_bounded() {
    assert_eq!(decide(&stress::authorities(Limits::CHAIN_LENGTH - 2)).verdict, Verdict::Admitted);
    let report = decide(&stress::authorities(Limits::CHAIN_LENGTH - 1));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(says(&report, "CHAIN_LENGTH"), "{:?}", report.findings);
}

#[test]
fn certificates_are_bounded() {
    let report = decide(&stress::copies(Limits::CERTIFICATES + 1));
    assert!(has_limit_error(&report), "{:?}", report.errors);
}

#[test]
fn revocation_lists_are_bounded() {
    let (good, revoked) = (stress::revocation_list(400_000, false), stress::revocation_list(400_000, true));
    assert_eq!(decide(&good).verdict, Verdict::Admitted);
    let report = decide(&revoked);
    assert_eq!(report.verdict, Verdict::Refused);
    assert!(report.findings.iter().any(|finding| finding.rule == "chain-revoked"), "{:?}", report.findings);
    // A million entries take more bytes than a document may have.
    let report = decide(&stress::revocation_list(1_000_000, false));
    assert!(has_limit_error(&report), "{:?}", report.errors);
    assert_ne!(report.verdict, Verdict::Admitted);
}
