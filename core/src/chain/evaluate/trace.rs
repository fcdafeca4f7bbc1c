//! The trace: a step for the name, one for each path, and in each one for every certificate.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Question, error_names};
use crate::chain::host::Named;
use crate::chain::path::{End, Path};
use crate::chain::store::Built;
use crate::{Limits, Outcome, Step, Verdict};

impl Question<'_> {
    pub(super) fn trace(&self, leaf: usize, built: &Built, verdict: Verdict) -> Step {
        let path_step = |label: String, path: &Path| {
            let errors = path.errors();
            let outcome = match (errors, path.unknown()) {
                (0, 0) => Outcome::Passed,
                (0, _) => Outcome::Unknown,
                _ => Outcome::Failed,
            };
            let detail = match error_names(errors).join(", ") {
                names if names.is_empty() => String::from(ending(&path.end)),
                names => format!("{}; {names}", ending(&path.end)),
            };
            let elements = self.members(path).into_iter().zip(&path.judged).map(|(member, judged)| {
                let causes = judged.causes.iter().map(|cause| {
                    let outcome = if cause.unknown { Outcome::Unknown } else { Outcome::Failed };
                    Step::new(error_names(cause.bit).join(", "), outcome, cause.because.clone()).at(cause.span.clone())
                });
                let outcome = match (judged.status.errors, judged.status.unknown) {
                    (0, 0) => Outcome::Passed,
                    (0, _) => Outcome::Unknown,
                    _ => Outcome::Failed,
                };
                Step::new(member.label(), outcome, member.certificate.subject.to_string())
                    .at(Some(member.span.clone()))
                    .with(causes)
            });
            Step::new(label, outcome, detail).with(elements)
        };
        let mut steps: Vec<Step> = Vec::new();
        if !self.policy.name.trim().is_empty() {
            let (outcome, detail) = match self.named(leaf) {
                Named::Yes => {
                    (Outcome::Passed, format!("the certificate is for {}", crate::quote::quote(&self.policy.name)))
                }
                Named::No(_) => {
                    (Outcome::Failed, format!("the certificate is not for {}", crate::quote::quote(&self.policy.name)))
                }
                Named::Unfit(because) => (Outcome::Failed, because),
            };
            steps.push(Step::new("name", outcome, detail));
        }
        let numbered = (1_u32..).zip(&built.paths).take(Limits::SHOWN_PATHS);
        steps.extend(numbered.map(|(number, path)| path_step(format!("path {number}"), path)));
        let outcome = match verdict {
            Verdict::Admitted => Outcome::Passed,
            Verdict::Refused => Outcome::Failed,
            Verdict::Indeterminate => Outcome::Unknown,
        };
        let detail = match built.paths.len() {
            1 => String::from("one path was found"),
            count => format!("{count} paths were found, the best first"),
        };
        Step::new("chain", outcome, detail).with(steps)
    }
}

fn ending(end: &End) -> &'static str {
    match end {
        End::Trusted => "up to a trusted root",
        End::UntrustedRoot => "up to a root that is not among the trusted ones given",
        End::Missing { .. } => "up to a certificate whose issuer is not here",
        End::Cycle => "up to a certificate that was there before",
    }
}
