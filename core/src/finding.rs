//! What a rule found.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Citation, Rule, Severities, Span, Verdict};

/// How much a finding weighs: a standing `error` refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Breaks the protection, or the real system refuses it.
    Error,
    /// Weakens the protection, or is probably a mistake.
    Warning,
    /// Hygiene, notes, quirks.
    Info,
}

/// A rule of the catalog that applies to the case: data, rendered by the hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule's id in [`RULES`](crate::RULES).
    pub rule: Cow<'static, str>,
    /// The rule's severity, unless the policy set another.
    pub severity: Severity,
    /// The severity that the rule has by itself, where the policy set another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity_of_rule: Option<Severity>,
    /// What is wrong, in English: lower case, one sentence, no full stop.
    pub message: String,
    /// The smallest thing that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The parts of the message that vary, for rendering it in another language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<Cow<'static, str>, String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Other places that matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Who says so.
    pub citation: Citation,
    /// Edits that would mend it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
}

/// Another place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A text edit that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// What it does, as a button says it: "Remove the invisible character".
    pub title: String,
    /// The edits, in order of their places; they don't overlap.
    pub edits: Vec<Edit>,
    /// The verdict of the edited case, evaluated before the fix is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Verdict>,
    /// What else the edit would let in, where it would.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lets_in: Vec<String>,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Finding {
    /// Its severity under a policy; none: the policy switches its rule off.
    pub(crate) fn severity_in(&self, severities: &Severities) -> Option<Severity> {
        severities.get(self.rule.as_ref()).map_or(Some(self.severity), |level| level.severity())
    }

    /// A finding of `rule` with the rule's severity and citation.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule: Cow::Borrowed(rule.id),
            severity: rule.severity,
            severity_of_rule: None,
            message: message.into(),
            help: None,
            args: BTreeMap::new(),
            span: None,
            related: Vec::new(),
            citation: rule.citation.clone(),
            fixes: Vec::new(),
        }
    }

    /// Puts the finding at a place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds the smallest thing that helps.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names a part of the message that varies.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(Cow::Borrowed(name), value.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Adds an edit that would mend it; its verdict is filled in when it has been tried.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix { title: title.into(), edits, then: None, lets_in: Vec::new() });
        self
    }
}
