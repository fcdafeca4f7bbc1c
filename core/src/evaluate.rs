//! From a case to its report.

use crate::{Case, Question, Report, enclave, fabric};

/// Decides a case. A pure function: the same case gives the same report on every host.
pub fn evaluate(case: &Case) -> Report {
    match &case.question {
        Question::Peer(policy, subject) => fabric::evaluate(case, policy, subject),
        Question::Enclave(policy, subject) => enclave::evaluate(case, policy, subject),
    }
}
