//! Flips are finite and exact: the verdict is what the last flip says, and constant in between.

use std::collections::BTreeSet;

use admit_core::{Case, Time, Verdict, evaluate};
use admit_tests::folder;

fn verdict_at(case: &Case, at: Time) -> Verdict {
    evaluate(&Case { at, ..case.clone() }).verdict
}

#[test]
fn each_flip_changes_the_verdict_in_its_second() {
    let mut seen = 0;
    for folder in folder::all() {
        let flips = evaluate(&folder.case).flips;
        assert!(flips.is_sorted_by(|one, next| one.at < next.at), "{}: flips are out of order", folder.name);
        for flip in &flips {
            seen += 1;
            let (before, after) = (verdict_at(&folder.case, flip.at.plus(-1)), verdict_at(&folder.case, flip.at));
            assert_eq!(after, flip.verdict, "{}: at {}", folder.name, flip.at);
            assert_eq!(before == after, flip.health, "{}: the verdict at {}", folder.name, flip.at);
            assert!(!flip.because.is_empty(), "{}: {} has no reason", folder.name, flip.at);
        }
    }
    assert!(seen > 0, "no report has flips");
}

#[test]
fn between_flips_the_verdict_is_constant() {
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        // It says itself that it did not look for them.
        if report.findings.iter().any(|finding| finding.rule == "other-starts-not-tried") {
            assert!(report.flips.is_empty(), "{}: flips that were not looked for", folder.name);
            continue;
        }
        let mut instants = BTreeSet::from([Time::MIN, Time::MAX, folder.case.at]);
        for flip in &report.flips {
            instants.extend([flip.at.plus(-1), flip.at, flip.at.plus(1)]);
        }
        for certificate in &report.certificates {
            for bound in [certificate.not_before, certificate.not_after] {
                instants.extend([bound.plus(-1), bound, bound.plus(1)]);
            }
        }
        let between: Vec<_> =
            instants.iter().zip(instants.iter().skip(1)).map(|(one, next)| middle(*one, *next)).collect();
        instants.extend(between);
        let first = verdict_at(&folder.case, Time::MIN);
        for at in instants {
            let said = report.flips.iter().rfind(|flip| flip.at <= at).map_or(first, |flip| flip.verdict);
            assert_eq!(verdict_at(&folder.case, at), said, "{}: at {at}", folder.name);
        }
    }
}

/// The flips of a case don't depend on when it is asked.
#[test]
fn flips_are_the_same_at_any_time() {
    for folder in folder::all() {
        let flips = |at| {
            let report = evaluate(&Case { at, ..folder.case.clone() });
            report.flips.into_iter().map(|flip| (flip.at, flip.verdict)).collect::<Vec<_>>()
        };
        let now = flips(folder.case.at);
        assert_eq!(flips(Time::MIN), now, "{}", folder.name);
        assert_eq!(flips(Time::MAX), now, "{}", folder.name);
    }
}

fn middle(one: Time, other: Time) -> Time {
    Time::from_unix(one.unix() + (other.unix() - one.unix()) / 2)
}
