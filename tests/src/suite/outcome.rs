//! What came of a suite.

use std::collections::BTreeMap;
use std::fmt;

use super::explanations::{Explanations, covers};
use super::vector::{Answers, Vector};

/// The vectors of a suite, sorted by whether Admit agrees with them.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Vectors that were run and count.
    pub run: usize,
    /// Vectors with the answer that the suite expects.
    pub agree: usize,
    /// Divergences that are listed with a reason: the reason and the vectors' ids.
    pub explained: BTreeMap<String, Vec<String>>,
    /// Divergences without one: the vector's id, and what was expected and found.
    pub unexplained: Vec<(String, String)>,
    /// Reasons whose vectors no longer diverge.
    pub stale: Vec<String>,
    /// Vectors that don't count, by their class.
    apart: BTreeMap<String, Vec<Vector>>,
    /// Vectors that were not run: why, and their ids.
    left: BTreeMap<String, Vec<String>>,
}

impl Outcome {
    pub(super) fn of(answers: Answers, explanations: &Explanations) -> Self {
        let mut outcome = Self { run: answers.scored.len(), left: answers.left, ..Self::default() };
        for (pattern, _) in explanations.entries() {
            let mut covered = answers.scored.iter().filter(|vector| covers(pattern, &vector.id)).peekable();
            // Another copy of the data may be without the vector.
            if covered.peek().is_some() && covered.all(|vector| vector.answer.is_ok()) {
                outcome.stale.push(pattern.to_owned());
            }
        }
        for Vector { id, answer } in answers.scored {
            match (answer, explanations.reason(&id)) {
                (Ok(()), _) => outcome.agree = outcome.agree.saturating_add(1),
                (Err(_), Some(reason)) => outcome.explained.entry(reason.to_owned()).or_default().push(id),
                (Err(what), None) => outcome.unexplained.push((id, what)),
            }
        }
        for (class, vector) in answers.apart {
            outcome.apart.entry(class).or_default().push(vector);
        }
        outcome
    }

    /// Whether every divergence has a reason, and every reason a divergence.
    pub fn is_good(&self) -> bool {
        self.unexplained.is_empty() && self.stale.is_empty()
    }

    /// The line that a suite ends with.
    pub fn summary(&self) -> String {
        let explained = self.run.saturating_sub(self.agree).saturating_sub(self.unexplained.len());
        format!("{} run, {} agree, {explained} explained, {} unexplained", self.run, self.agree, self.unexplained.len())
    }
}

impl fmt::Display for Outcome {
    /// Every divergence, then [`Outcome::summary`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (class, vectors) in &self.apart {
            let differing: Vec<_> = vectors.iter().filter(|vector| vector.answer.is_err()).collect();
            let agree = vectors.len().saturating_sub(differing.len());
            writeln!(f, "apart, {class}: {} run, {agree} agree", vectors.len())?;
            for vector in differing {
                writeln!(f, "  differs: {}", vector.id)?;
            }
        }
        for (reason, ids) in &self.left {
            writeln!(f, "not run, {}: {reason}", ids.len())?;
            for id in ids {
                writeln!(f, "  {id}")?;
            }
        }
        for (reason, ids) in &self.explained {
            writeln!(f, "explained, {}: {reason}", ids.len())?;
            for id in ids {
                writeln!(f, "  {id}")?;
            }
        }
        for pattern in &self.stale {
            writeln!(f, "no longer diverges, take its reason away: {pattern}")?;
        }
        for (id, what) in &self.unexplained {
            writeln!(f, "UNEXPLAINED {id}: {what}")?;
        }
        write!(f, "{}", self.summary())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(ids: &[(&str, bool)]) -> Answers {
        let vector = |&(id, agrees): &(&str, bool)| Vector {
            id: id.to_owned(),
            answer: if agrees { Ok(()) } else { Err("otherwise".to_owned()) },
        };
        Answers { scored: ids.iter().map(vector).collect(), ..Answers::default() }
    }

    #[test]
    fn a_divergence_needs_a_reason() {
        let outcome =
            Outcome::of(answers(&[("a", true), ("b", false), ("c", false)]), &Explanations::of(&[("b", "why")]));
        assert_eq!(outcome.summary(), "3 run, 1 agree, 1 explained, 1 unexplained");
        assert!(!outcome.is_good());
    }

    #[test]
    fn a_reason_needs_a_divergence() {
        let reasons = Explanations::of(&[("a*", "why"), ("not there", "why")]);
        assert_eq!(Outcome::of(answers(&[("a1", true), ("a2", true)]), &reasons).stale, ["a*"]);
        assert!(Outcome::of(answers(&[("a1", true), ("a2", false)]), &reasons).is_good());
    }
}
