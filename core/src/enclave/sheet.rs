//! One artefact under check: its document, and what is noted of it.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::claims::{Claim, Claims, Source};
use crate::quote::quote;
use crate::tree::{Fault, Node};
use crate::{Document, Edit, Error, Finding, Rule, Span};

/// Where the checks of one artefact write what they find.
pub(super) struct Sheet<'d> {
    /// The artefact's name in the case.
    pub(super) name: &'d str,
    pub(super) document: &'d Document<'d>,
    pub(super) findings: Vec<Finding>,
    pub(super) errors: Vec<Error>,
    /// What would settle a part that can't be decided, each with its place.
    pub(super) unknown: Vec<(String, Span)>,
    pub(super) claims: Claims,
}

impl<'d> Sheet<'d> {
    pub(super) fn new(name: &'d str, document: &'d Document<'d>) -> Self {
        Self {
            name,
            document,
            findings: Vec::new(),
            errors: Vec::new(),
            unknown: Vec::new(),
            claims: Claims::default(),
        }
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.document.span(range.clone())
    }

    /// A finding at a place, to be completed and added.
    pub(super) fn finding(&self, rule: &'static Rule, range: &Range<usize>, message: impl Into<String>) -> Finding {
        Finding::new(rule, message).at(self.span(range))
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// An edit that replaces a place.
    pub(super) fn edit(&self, range: &Range<usize>, text: impl Into<String>) -> Vec<Edit> {
        Vec::from([Edit { span: self.span(range), text: text.into() }])
    }

    /// Says that a part can't be decided.
    pub(super) fn unknown(&mut self, settle: impl Into<String>, range: &Range<usize>) {
        let span = self.span(range);
        self.unknown.push((settle.into(), span));
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        let span = self.span(&fault.range);
        self.errors.push(Error::new(fault.kind, fault.expected, fault.found, span));
    }

    pub(super) fn claim<T>(&self, value: T, range: &Range<usize>, source: Source) -> Claim<T> {
        Claim { value, span: self.span(range), artefact: self.name.into(), source }
    }

    /// The text of a place, quoted for a message.
    pub(super) fn quoted(&self, range: &Range<usize>) -> String {
        quote(self.document.slice(range.clone()))
    }

    /// Notes that a value can't be known because a template engine makes it.
    pub(super) fn is_unknown(&mut self, node: &Node) -> bool {
        let unknown = matches!(node.value, crate::tree::Value::Unknown);
        if unknown {
            let settle = alloc::format!("what the template makes of {}", self.quoted(&node.range));
            self.unknown(settle, &node.range.clone());
        }
        unknown
    }
}
