//! From a case to its report.

use crate::{Case, Question, Report, chain, fabric, session};

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
        match &case.question {
            Question::Peer(policy, subject) => fabric::evaluate(case, policy, subject, &mut self.verifier),
            Question::Chain(policy, subject) => chain::evaluate(case, policy, subject, &mut self.verifier),
            Question::Presentation(policy, subject) => {
                fabric::presentation::evaluate(case, policy, subject, &mut self.verifier)
            }
            Question::Session(policy, subject) => session::evaluate(case, policy, subject),
        }
    }
}
