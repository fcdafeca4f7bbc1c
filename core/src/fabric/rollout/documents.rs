//! The documents of a case, and what came of reading them.

use alloc::format;
use alloc::vec::Vec;

use super::{AFTER, AFTER_PARAMETERS, BEFORE, BEFORE_PARAMETERS, Policy, STEPS};
use crate::fabric::Platform;
use crate::fabric::manifest::{self, Manifest, Reading};
use crate::{Document, Error, Finding, Limits};

/// The settings of a case, in the order in which they are rolled out.
pub(super) struct Documents<'p> {
    pub(super) before: Document<'p>,
    /// Those between; an empty one changes nothing, and is not rolled out.
    pub(super) between: Vec<Document<'p>>,
    pub(super) after: Document<'p>,
    /// The values of templates' parameters before, and from then on.
    parameters: [Document<'p>; 2],
}

/// What was read.
pub(super) struct Readings<'d> {
    pub(super) before: Reading<'d>,
    pub(super) between: Vec<Reading<'d>>,
    pub(super) after: Reading<'d>,
}

impl<'p> Documents<'p> {
    pub(super) fn of(policy: &'p Policy) -> Self {
        let numbered = (1_u32..).zip(policy.steps.iter().take(Limits::ROLLOUT_STEPS));
        let between = numbered.filter(|(_, text)| !text.trim().is_empty());
        // One file of values serves both, unless another is given.
        let is_one = policy.after_parameters.trim().is_empty();
        let later = match is_one {
            true => Document::new(BEFORE_PARAMETERS, &policy.before_parameters),
            false => Document::new(AFTER_PARAMETERS, &policy.after_parameters),
        };
        Self {
            before: Document::new(BEFORE, &policy.before),
            between: between.map(|(number, text)| Document::new(format!("{STEPS}{number}"), text)).collect(),
            after: Document::new(AFTER, &policy.after),
            parameters: [Document::new(BEFORE_PARAMETERS, &policy.before_parameters), later],
        }
    }

    pub(super) fn read(&self) -> Readings<'_> {
        let [before, later] = &self.parameters;
        Readings {
            before: manifest::read_with(&self.before, Some(before)),
            between: self.between.iter().map(|document| manifest::read_with(document, Some(later))).collect(),
            after: manifest::read_with(&self.after, Some(later)),
        }
    }
}

impl<'d> Readings<'d> {
    /// The settings after the first: those between, and those after, or nothing that changes where there are none.
    pub(super) fn later<'r>(&'r self, after: &'r Manifest<'d>) -> Vec<&'r Manifest<'d>> {
        self.between.iter().map(|reading| &reading.manifest).chain([after]).collect()
    }

    /// What is wrong with the documents.
    pub(super) fn problems(&self, has_after: bool, platform: Platform) -> (Vec<Error>, Vec<Finding>) {
        let all = || [&self.before, &self.after].into_iter().chain(&self.between);
        let mut errors: Vec<Error> = all().flat_map(|reading| &reading.errors).cloned().collect();
        let mut findings: Vec<Finding> = all().flat_map(|reading| reading.found(platform)).cloned().collect();
        // An empty document after changes nothing, which is a finding, not an error.
        if !has_after {
            errors.retain(|error| error.span.document != AFTER);
            findings.retain(|finding| finding.span.as_ref().is_none_or(|span| span.document != AFTER));
        }
        // A fragment shows the changed values, which is what it is for.
        findings.retain(|finding| {
            let is_later = finding.span.as_ref().is_some_and(|span| span.document != BEFORE);
            !(is_later && finding.rule == manifest::MANIFEST_FRAGMENT.id)
        });
        (errors, findings)
    }
}
