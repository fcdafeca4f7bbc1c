//! Holding a report against what its case's author expects.

use std::collections::BTreeSet;

use admit_core::{Answer, Case, Expectation, Report, Verdict};

/// What of the case's expectations the report doesn't meet, a sentence each.
pub fn unmet(case: &Case, report: &Report) -> Vec<String> {
    let mut unmet = Vec::new();
    for (index, expectation) in case.expect.iter().enumerate() {
        hold(expectation, report, &mut |what| unmet.push(format!("expectation {}: {what}", index + 1)));
    }
    unmet
}

fn hold(expectation: &Expectation, report: &Report, unmet: &mut impl FnMut(String)) {
    match &report.answer {
        Answer::Peer(answer) => {
            peer(expectation, report.verdict, answer, unmet);
            code(expectation, report, answer, unmet);
        }
        Answer::Chain(answer) => chain(expectation, report.verdict, answer, unmet),
        Answer::Session(_) | Answer::Pool(_) | Answer::Enclave(_) | Answer::Rollout(_) => {
            whole(expectation, report.verdict, unmet)
        }
        Answer::Presentation(answer) => presentation(expectation, report.verdict, answer, unmet),
    }
    if let Some(expected) = &expectation.cause {
        let first = report.diagnosis.as_ref().and_then(|diagnosis| diagnosis.causes.first());
        let found = first.map_or("none", |cause| cause.rule.as_deref().unwrap_or("a cause without a rule"));
        if found != expected {
            unmet(format!("expected the cause `{expected}`, found `{found}`: {:?}", report.diagnosis));
        }
    }
    let found: Vec<_> = report.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    for rule in expectation.findings.iter().filter(|rule| !found.contains(&rule.as_str())) {
        unmet(format!("expected `{rule}` among the findings, found {found:?}"));
    }
    for rule in expectation.without.iter().filter(|rule| found.contains(&rule.as_str())) {
        unmet(format!("expected no finding `{rule}`, found it"));
    }
    if let Some(expected) = &expectation.flips {
        let flips: Vec<_> = report.flips.iter().filter(|flip| !flip.health).map(|flip| flip.at).collect();
        if flips != *expected {
            let print = |times: &[admit_core::Time]| times.iter().map(ToString::to_string).collect::<Vec<_>>();
            unmet(format!("expected flips at {:?}, found {:?}", print(expected), print(&flips)));
        }
    }
}

/// There are no cells: what can be expected is the verdict of the whole case, and the error bits of the chain.
fn chain(
    expectation: &Expectation,
    verdict: Verdict,
    answer: &admit_core::chain::Answer,
    unmet: &mut impl FnMut(String),
) {
    whole(expectation, verdict, unmet);
    if let Some(expected) = &expectation.errors {
        let expected: BTreeSet<_> = expected.iter().map(String::as_str).collect();
        let found: BTreeSet<_> = answer.errors.iter().map(AsRef::as_ref).collect();
        if found != expected {
            unmet(format!("expected the error bits {expected:?}, found {found:?}"));
        }
    }
}

/// Kinds that have no cells: what can be expected is the verdict of the whole case.
fn whole(expectation: &Expectation, verdict: Verdict, unmet: &mut impl FnMut(String)) {
    let Expectation { certificate, connection, role, code, .. } = expectation;
    if certificate.is_some() || connection.is_some() || role.is_some() || code.is_some() {
        unmet(String::from("names a certificate, a connection, a role or a code, which only kind `peer` has"));
    }
    if let Some(expected) = expectation.verdict
        && expected != verdict
    {
        unmet(format!("expected {expected:?}, found {verdict:?}"));
    }
}

/// What is presented by each element, in every node type that has it.
fn presentation(
    expectation: &Expectation,
    verdict: Verdict,
    answer: &admit_core::fabric::presentation::Answer,
    unmet: &mut impl FnMut(String),
) {
    whole(expectation, verdict, unmet);
    for (element, number) in &expectation.presents {
        let of = answer.presentations.iter().filter(|presentation| presentation.role == element.as_str());
        let found: Vec<_> = of.map(|presentation| presentation.presented.unwrap_or_default()).collect();
        if found.is_empty() || found.iter().any(|found| found != number) {
            unmet(format!("expected certificate {number} as {element}, found {found:?}"));
        }
    }
}

/// The product's code: of every cell that is named, or else of any cell or refused deployment.
fn code(
    expectation: &Expectation,
    report: &Report,
    answer: &admit_core::fabric::Answer,
    unmet: &mut impl FnMut(String),
) {
    let Some(expected) = &expectation.code else { return };
    let Expectation { certificate, connection, .. } = *expectation;
    let cells = answer.cells.iter().filter(|cell| {
        certificate.is_none_or(|number| cell.certificate == number)
            && connection.is_none_or(|connection| cell.connection == connection)
    });
    let codes: Vec<_> = cells.map(|cell| cell.code.as_deref().unwrap_or("none")).collect();
    let met = if certificate.is_some() || connection.is_some() {
        codes.iter().all(|code| code == expected)
    } else {
        let mut findings = report.findings.iter().filter_map(|finding| finding.args.get("code"));
        codes.iter().any(|code| code == expected) || findings.any(|code| code == expected)
    };
    if !met {
        unmet(format!("expected the code {expected}, found {codes:?}"));
    }
}

/// A certificate or a connection names cells, and then each of them must be as expected; neither names the whole case.
fn peer(
    expectation: &Expectation,
    verdict: Verdict,
    answer: &admit_core::fabric::Answer,
    unmet: &mut impl FnMut(String),
) {
    let Expectation { certificate, connection, .. } = *expectation;
    if expectation.errors.is_some() {
        unmet(String::from("names error bits, which only kind `chain` has"));
    }
    let cells = || {
        let cells = answer.cells.iter();
        cells.filter(move |cell| {
            certificate.is_none_or(|number| cell.certificate == number)
                && connection.is_none_or(|connection| cell.connection == connection)
        })
    };
    let named = certificate.is_some() || connection.is_some();
    if named && cells().next().is_none() {
        unmet(format!("no cell for certificate {certificate:?} and connection {connection:?}"));
    }
    if let Some(expected) = expectation.verdict {
        if !named && verdict != expected {
            unmet(format!("expected {expected:?}, found {verdict:?}"));
        }
        for cell in cells().filter(|cell| named && cell.verdict != expected) {
            unmet(format!("expected {expected:?}, found {cell:?}"));
        }
    }
    if let Some(expected) = expectation.role {
        let granted = |role| role == Some(expected);
        let met = if named { cells().all(|cell| granted(cell.role)) } else { cells().any(|cell| granted(cell.role)) };
        if !met {
            let roles: Vec<_> = cells().map(|cell| (cell.certificate, cell.connection, cell.role)).collect();
            unmet(format!("expected the role {expected:?}, found {roles:?}"));
        }
    }
}
