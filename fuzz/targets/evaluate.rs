//! A whole case. JSON is one; any other text is a chain: its certificates, roots and revocation lists, each up to a NUL.
#![no_main]

use admit_core::chain::{Policy, Subject};
use admit_core::{Case, Question, Report, Time, Trust, evaluate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let case = Case::from_json(text).unwrap_or_else(|_| chain(text));
    let report = evaluate(&case);
    assert!(serde_json::from_str::<Report>(&report.to_json()).is_ok_and(|again| again == report));
});

fn chain(text: &str) -> Case {
    let mut parts = text.split('\0').map(String::from);
    let mut next = || parts.next().unwrap_or_default();
    let subject = Subject { certificates: next() };
    Case {
        title: None,
        teaches: None,
        // 2026-11-22, when what the tests generate is valid.
        at: Time::from_unix(1_795_305_600),
        question: Question::Chain(Policy::default(), subject),
        trust: Trust { roots: next(), crls: next(), ..Trust::default() },
        expect: Vec::new(),
    }
}
