//! From a case to its report.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::any::Any;
use core::marker::PhantomData;

use crate::family::has;
use crate::{
    Answer, Case, Every, Family, Flip, Kind, Level, Question, Report, Time, Verdict, chain, enclave, fabric, pool,
    session,
};

/// Decides a case. A pure function: the same case gives the same report on every host.
pub fn evaluate(case: &Case) -> Report {
    Evaluator::<Every>::default().evaluate(case)
}

/// Decides cases one after the other and remembers which signatures are good, so that editing a policy verifies
/// nothing again, and what was read from documents that stay as they are. What it remembers never changes a report.
/// It decides the kinds of its [`Family`]; a case of another kind is indeterminate.
#[derive(Debug)]
pub struct Evaluator<F = Every> {
    verifier: chain::Verifier,
    /// What one kind remembers besides. Whose it is stays open, so that a module of other kinds holds nothing of it.
    memory: Option<Box<dyn Any>>,
    family: PhantomData<fn() -> F>,
}

impl<F> Default for Evaluator<F> {
    fn default() -> Self {
        Self { verifier: chain::Verifier::default(), memory: None, family: PhantomData }
    }
}

impl<F: Family> Evaluator<F> {
    /// Signatures over certificates and revocation lists that it has verified, each once: those that it remembered are not
    /// counted.
    pub fn verified(&self) -> u64 {
        self.verifier.verified()
    }

    /// Decides a case.
    pub fn evaluate(&mut self, case: &Case) -> Report {
        let mut report = self.decide(case);
        if case.severities().values().any(|level| *level == Level::Error) && !report.flips.is_empty() {
            report.flips = self.flips(case, &report.flips);
        }
        report
    }

    /// The verdict of [`Self::evaluate`], and nothing that explains it: for those who ask for many instants, or who embed
    /// the core and show no report.
    pub fn verdict(&mut self, case: &Case) -> Verdict {
        match &case.question {
            Question::Chain(policy, subject) if const { has::<F>(Kind::Chain) } => {
                chain::verdict(case, policy, subject, &mut self.verifier)
            }
            _ => self.decide(case).verdict,
        }
    }

    fn decide(&mut self, case: &Case) -> Report {
        match &case.question {
            Question::Peer(policy, subject) if const { has::<F>(Kind::Peer) } => {
                let known = self.memory.take().and_then(|memory| memory.downcast::<fabric::Memory>().ok());
                let mut memory = known.unwrap_or_default();
                let report = fabric::evaluate(case, policy, subject, &mut self.verifier, &mut memory);
                self.memory = Some(memory);
                report
            }
            Question::Chain(policy, subject) if const { has::<F>(Kind::Chain) } => {
                chain::evaluate(case, policy, subject, &mut self.verifier)
            }
            Question::Presentation(policy, subject) if const { has::<F>(Kind::Presentation) } => {
                fabric::presentation::evaluate(case, policy, subject, &mut self.verifier)
            }
            Question::Rollout(policy, subject) if const { has::<F>(Kind::Rollout) } => {
                fabric::rollout::evaluate(case, policy, subject, &mut self.verifier)
            }
            Question::Session(policy, subject) if const { has::<F>(Kind::Session) } => {
                session::evaluate(case, policy, subject)
            }
            Question::Pool(policy, subject) if const { has::<F>(Kind::Pool) } => pool::evaluate(case, policy, subject),
            Question::Enclave(policy, subject) if const { has::<F>(Kind::Enclave) } => {
                enclave::evaluate(case, policy, subject)
            }
            other => elsewhere(case, Answer::of(other.kind())),
        }
    }

    /// The flips of a case whose policy makes findings refuse: the kinds find where their own verdict changes, and here
    /// each of those instants is decided with the findings that stand at it.
    fn flips(&mut self, case: &Case, found: &[Flip]) -> Vec<Flip> {
        let mut at = |at: Time| self.verdict(&Case { at, ..case.clone() });
        let mut verdict = at(Time::MIN);
        let mut flips = Vec::new();
        for flip in found {
            let after = at(flip.at);
            let changes = after != verdict;
            if flip.health || changes {
                verdict = after;
                flips.push(Flip { verdict, health: !changes, ..flip.clone() });
            }
        }
        flips
    }
}

/// The report of a module that was not asked the right question.
fn elsewhere(case: &Case, answer: Answer) -> Report {
    let mut report = Report::new(case, Verdict::Indeterminate, answer);
    report.summary = String::from("this module does not decide cases of this kind");
    report.settle.push(String::from("the answer of a module that decides cases of this kind"));
    report
}
