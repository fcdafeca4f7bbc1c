//! What the rules are given, and where they put what they find.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::Policy;
use super::version::Version;
use crate::arm::setting::Setting;
use crate::{Document, Edit, Finding, Limits, Rule, Span};

/// One pool under judgement.
#[derive(Clone, Copy)]
pub(super) struct Pool<'s> {
    /// The resource.
    pub(super) resource: &'s Setting,
    /// Its `properties`, or the resource where it has none.
    pub(super) properties: &'s Setting,
    /// Whether it stands in a template, where expressions and secure parameters are possible.
    pub(super) template: bool,
    /// Whether it changes a pool that is there already.
    pub(super) patch: bool,
    /// The API version that it is judged by.
    pub(super) version: Version,
    /// Whether sessions run containers of the customer's own; nothing where that isn't known.
    pub(super) custom: Option<bool>,
}

/// A value that isn't known and that a rule needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Doubt {
    /// The rule that could find something.
    pub(super) rule: &'static str,
    /// The fact that would settle it.
    pub(super) fact: String,
}

/// Where rules put what they find.
pub(super) struct Context<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) policy: &'d Policy,
    pub(super) findings: Vec<Finding>,
    pub(super) doubts: BTreeSet<Doubt>,
    pub(super) assumptions: BTreeSet<String>,
    pub(super) rules: u32,
}

impl<'d> Context<'d> {
    pub(super) fn new(document: &'d Document<'d>, policy: &'d Policy) -> Self {
        let (doubts, assumptions) = (BTreeSet::new(), BTreeSet::new());
        Self { document, policy, findings: Vec::new(), doubts, assumptions, rules: 0 }
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.document.span(range.clone())
    }

    pub(super) fn add(&mut self, finding: Finding) {
        if self.findings.len() < Limits::POOL_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// A finding about a setting.
    pub(super) fn finding(&self, rule: &'static Rule, message: impl Into<String>, setting: &Setting) -> Finding {
        self.finding_at(rule, message, &setting.range)
    }

    /// A finding at a place.
    pub(super) fn finding_at(&self, rule: &'static Rule, message: impl Into<String>, at: &Range<usize>) -> Finding {
        Finding::new(rule, message).at(self.span(at))
    }

    /// An edit that puts another literal in the place of a setting, where the literal stands in the configuration.
    pub(super) fn replace(&self, setting: &Setting, text: impl Into<String>) -> Option<Vec<Edit>> {
        let literal = setting.literal.as_ref()?;
        Some(Vec::from([Edit { span: self.span(literal), text: text.into() }]))
    }

    /// Notes that a rule needs a value that isn't known. `path` is that of the value: `properties.containerType`.
    pub(super) fn doubt(&mut self, rule: &'static Rule, path: &str, setting: &Setting) {
        for name in setting.names() {
            let fact = format!("{name}, which `{path}` needs");
            self.doubts.insert(Doubt { rule: rule.id, fact });
        }
    }

    /// Notes that a rule needs a fact.
    pub(super) fn need(&mut self, rule: &'static Rule, fact: impl Into<String>) {
        self.doubts.insert(Doubt { rule: rule.id, fact: fact.into() });
    }
}

/// Adds a fix to a finding, where there is one.
pub(super) fn fixed(finding: Finding, title: impl Into<String>, edits: Option<Vec<Edit>>) -> Finding {
    match edits {
        Some(edits) => finding.fix(title, edits),
        None => finding,
    }
}
