//! From a case to its report.

use crate::{Case, Question, Report, fabric, session};

/// Decides a case. A pure function: the same case gives the same report on every host.
pub fn evaluate(case: &Case) -> Report {
    match &case.question {
        Question::Peer(policy, subject) => fabric::evaluate(case, policy, subject),
        Question::Session(policy, subject) => session::evaluate(case, policy, subject),
    }
}
