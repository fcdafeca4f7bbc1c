//! From a case to its report.

use crate::{Case, Question, Report, fabric, pool};

/// Decides a case. A pure function: the same case gives the same report on every host.
pub fn evaluate(case: &Case) -> Report {
    match &case.question {
        Question::Peer(policy, subject) => fabric::evaluate(case, policy, subject),
        Question::Pool(policy, subject) => pool::evaluate(case, policy, subject),
    }
}
