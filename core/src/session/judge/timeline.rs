//! The time line of a case.

use super::Judging;
use crate::session::{life, rules};
use crate::{Document, Outcome, Step};

impl Judging<'_> {
    /// Plays the time line on the policy's pool.
    pub(super) fn timeline(&mut self, document: &Document<'_>) {
        let pool = &self.policy.pool;
        if *pool != life::Pool::default() || !document.text().trim().is_empty() {
            rules::lifetime::check_pool(pool, &mut self.findings);
        }
        if document.text().trim().is_empty() {
            return;
        }
        let (moments, errors) = life::read(document);
        self.errors.extend(errors);
        let (run, outcomes) = life::play(pool, &moments);
        rules::lifetime::check(&moments, &outcomes, document, self.policy.burst, &mut self.findings);
        let detail = alloc::format!(
            "{} sessions allocated, {} requests refused, at most {} at a time",
            run.allocated,
            run.refused,
            run.peak
        );
        let outcome = if run.refused > 0 { Outcome::Failed } else { Outcome::Passed };
        self.steps.push(Step::new("time line", outcome, detail));
        self.assumptions.push("ready sessions are refilled within a second: how fast is undocumented".into());
        self.answer.life = Some(run);
    }
}
