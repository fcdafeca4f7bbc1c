//! From a case to its report.

use alloc::vec::Vec;

use crate::{Case, Flip, Level, Question, Report, Time, chain, fabric, pool, session};

/// Decides a case. A pure function: the same case gives the same report on every host.
pub fn evaluate(case: &Case) -> Report {
    Evaluator::default().evaluate(case)
}

/// Decides cases one after the other and remembers which signatures are good, so that editing a policy verifies
/// nothing again. What it remembers never changes a report.
#[derive(Debug, Default)]
pub struct Evaluator {
    verifier: chain::Verifier,
}

impl Evaluator {
    /// Decides a case.
    pub fn evaluate(&mut self, case: &Case) -> Report {
        let mut report = self.decide(case);
        if case.severities().values().any(|level| *level == Level::Error) && !report.flips.is_empty() {
            report.flips = self.flips(case, &report.flips);
        }
        report
    }

    fn decide(&mut self, case: &Case) -> Report {
        match &case.question {
            Question::Peer(policy, subject) => fabric::evaluate(case, policy, subject, &mut self.verifier),
            Question::Pool(policy, subject) => pool::evaluate(case, policy, subject),
            Question::Chain(policy, subject) => chain::evaluate(case, policy, subject, &mut self.verifier),
            Question::Presentation(policy, subject) => {
                fabric::presentation::evaluate(case, policy, subject, &mut self.verifier)
            }
            Question::Session(policy, subject) => session::evaluate(case, policy, subject),
        }
    }

    /// The flips of a case whose policy makes findings refuse: the kinds find where their own verdict changes, and here
    /// each of those instants is decided with the findings that stand at it.
    fn flips(&mut self, case: &Case, found: &[Flip]) -> Vec<Flip> {
        let mut at = |at: Time| self.decide(&Case { at, ..case.clone() }).verdict;
        let mut verdict = at(Time::MIN);
        let mut flips = Vec::new();
        for flip in found {
            let after = at(flip.at);
            if after != verdict {
                verdict = after;
                flips.push(Flip { verdict, ..flip.clone() });
            }
        }
        flips
    }
}
