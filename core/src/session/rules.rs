//! The rules about sessions, one family a file.

pub(crate) mod age;
pub(crate) mod authorization;
pub(crate) mod batch;
pub(crate) mod command;
pub(crate) mod endpoint;
pub(crate) mod format;
pub(crate) mod guessing;
pub(crate) mod lifetime;
pub(crate) mod operation;
pub(crate) mod parameter;
pub(crate) mod token;
pub(crate) mod visibility;
pub(crate) mod wire;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::{Citation, Finding, Kind, Limits, Rule};

/// The kinds in which these rules are found.
const KINDS: &[Kind] = &[Kind::Session];

/// A section of the public article.
const fn article(place: &'static str) -> Citation {
    Citation::new("Use dynamic sessions in Azure Container Apps", place)
}

/// A page of the documentation of Azure Container Apps, in MicrosoftDocs/azure-docs.
const fn page(place: &'static str) -> Citation {
    Citation::new("MicrosoftDocs/azure-docs articles/container-apps", place)
}

/// A place in the public API specification.
const fn specification(place: &'static str) -> Citation {
    Citation::new("Azure/azure-rest-api-specs", place)
}

/// What was found, and how much more of each rule: with 100,000 identifiers a finding for each would be slower to write
/// than to find.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: Vec<Finding>,
    counts: BTreeMap<&'static str, usize>,
}

impl Findings {
    /// Adds what `make` writes, unless there are enough of the rule.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        make: impl FnOnce(Finding) -> Finding,
        message: impl FnOnce() -> alloc::string::String,
    ) {
        let count = self.counts.entry(rule.id).or_default();
        *count = count.saturating_add(1);
        if *count <= Limits::FINDINGS_PER_RULE {
            self.found.push(make(Finding::new(rule, message())));
        }
    }

    /// Adds findings of rules that can't be many.
    pub(super) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.found.extend(findings);
    }

    /// What was found so far.
    pub(super) fn found(&mut self) -> &mut [Finding] {
        &mut self.found
    }

    /// Whether the rule was found.
    pub(super) fn has(&self, rule: &'static Rule) -> bool {
        self.found.iter().any(|finding| finding.rule == rule.id)
    }

    /// How often the rule was found, also beyond what is kept.
    pub(super) fn count(&self, rule: &'static Rule) -> usize {
        self.counts.get(rule.id).copied().unwrap_or_default()
    }

    /// What was found; the last finding of a rule says how many more there are.
    pub(super) fn finish(self) -> Vec<Finding> {
        let Self { mut found, counts } = self;
        for (rule, count) in counts {
            let more = count.saturating_sub(Limits::FINDINGS_PER_RULE);
            if more > 0
                && let Some(last) = found.iter_mut().rfind(|finding| finding.rule == rule)
            {
                last.message.push_str(&alloc::format!(" (and {more} more like it)"));
            }
        }
        found
    }
}
