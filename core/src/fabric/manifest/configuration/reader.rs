//! Reading members of a configuration: what isn't of their type is an error, what isn't known is named.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::rules;
use super::text::Text;
use crate::arm::setting::{Setting, Value};
use crate::fabric::Declared;
use crate::fabric::manifest::{Reach, Reading, Unknown};
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Finding, Limits};

/// What reads, and where what it finds goes.
pub(super) struct Reader<'r, 'd> {
    pub(super) document: &'d Document<'d>,
    pub(super) reading: &'r mut Reading<'d>,
}

impl<'r, 'd> Reader<'r, 'd> {
    pub(super) fn new(document: &'d Document<'d>, reading: &'r mut Reading<'d>) -> Self {
        Self { document, reading }
    }

    pub(super) fn error(
        &mut self,
        kind: ErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
        at: Range<usize>,
        help: Option<&str>,
    ) {
        if self.reading.errors.len() >= Limits::XML_ERRORS {
            return;
        }
        let error = Error::new(kind, expected, found, self.document.span(at));
        self.reading.errors.push(match help {
            Some(help) => error.help(help),
            None => error,
        });
    }

    pub(super) fn find(&mut self, finding: Finding) {
        // The report keeps as many of a rule, and counts the rest.
        if self.reading.findings.len() < Limits::FINDINGS_PER_RULE.saturating_mul(8) {
            self.reading.findings.push(finding);
        }
    }

    /// Keeps what the product minds on Windows only.
    pub(super) fn find_on_windows(&mut self, finding: Finding) {
        if self.reading.on_windows.len() < Limits::FINDINGS_PER_RULE {
            self.reading.on_windows.push(finding);
        }
    }

    pub(super) fn assume(&mut self, assumption: impl Into<String>) {
        let assumption = assumption.into();
        if !self.reading.manifest.assumptions.contains(&assumption) {
            self.reading.manifest.assumptions.push(assumption);
        }
    }

    /// Notes that a value isn't known that decides about `reach`.
    pub(super) fn unknown(&mut self, setting: &Setting, reach: &Reach) {
        let names: Vec<String> = setting.names().into_iter().collect();
        let names = if names.is_empty() { Vec::from([String::from("the value of an expression")]) } else { names };
        let known = |unknown: &Unknown| unknown.names == names && unknown.reach == *reach;
        if !self.reading.manifest.unknown.iter().any(known) {
            let span = self.document.span(setting.range.clone());
            self.reading.manifest.unknown.push(Unknown { names, reach: reach.clone(), span });
        }
    }

    /// Whether a value is known; notes it if not.
    pub(super) fn is_known(&mut self, setting: &Setting, reach: &Reach) -> bool {
        if setting.missing().is_some() {
            self.unknown(setting, reach);
            return false;
        }
        true
    }

    /// A member that is an object: none where it is absent, `null`, unknown, or something else, which is an error.
    pub(super) fn object<'s>(
        &mut self,
        of: &'s Setting,
        key: &str,
        known: &[&'static str],
        reach: &Reach,
    ) -> Option<&'s Setting> {
        let found = of.get(key)?;
        self.as_object(found, key, known, reach).then_some(found)
    }

    /// Whether a value is an object; its members are looked at for misspelt ones.
    pub(super) fn as_object(&mut self, found: &Setting, key: &str, known: &[&'static str], reach: &Reach) -> bool {
        if !self.is_known(found, reach) {
            return false;
        }
        if !matches!(found.value, Value::Map(_)) {
            let expected = format!("an object for `{key}`");
            self.error(ErrorKind::Value, expected, found.noun(), found.range.clone(), None);
            return false;
        }
        if let Some(entry) = found.entries().iter().find(|entry| entry.key == "$ref") {
            let expected = "members, since references between objects are not read";
            self.error(ErrorKind::Unsupported, expected, "`$ref`", entry.key_range.clone(), None);
        }
        self.misspelt(found, known);
        true
    }

    /// A member that is an array: its range and items. None where it is absent, `null`, unknown, or something else.
    pub(super) fn array<'s>(
        &mut self,
        of: &'s Setting,
        key: &str,
        reach: &Reach,
    ) -> Option<(Range<usize>, &'s [Setting])> {
        let found = of.get(key)?;
        if !self.is_known(found, reach) {
            return None;
        }
        if !matches!(found.value, Value::List(_)) {
            let expected = format!("an array for `{key}`");
            self.error(ErrorKind::Value, expected, found.noun(), found.range.clone(), None);
            return None;
        }
        Some((found.range.clone(), found.items()))
    }

    /// A member that is a string.
    pub(super) fn text(&mut self, of: &Setting, key: &str, reach: &Reach) -> Option<Text> {
        let found = of.get(key)?;
        if !self.is_known(found, reach) {
            return None;
        }
        let text = Text::of(found);
        if text.is_none() {
            let expected = format!("a string for `{key}`");
            self.error(ErrorKind::Value, expected, found.noun(), found.range.clone(), None);
        }
        text
    }

    /// A member that is `true` or `false`; absent is `false`.
    pub(super) fn boolean(&mut self, of: &Setting, key: &str, reach: &Reach) -> bool {
        let Some(found) = of.get(key) else { return false };
        if !self.is_known(found, reach) {
            return false;
        }
        found.boolean().unwrap_or_else(|| {
            let expected = format!("`true` or `false` for `{key}`");
            self.error(ErrorKind::Value, expected, found.noun(), found.range.clone(), Some("write it without quotes"));
            false
        })
    }

    /// Finds members that are nearly a known one: the product ignores members that it doesn't know.
    fn misspelt(&mut self, object: &Setting, known: &[&'static str]) {
        let is_known = |key: &str| known.iter().any(|known| known.eq_ignore_ascii_case(key));
        for entry in object.entries().iter().filter(|entry| !is_known(&entry.key)) {
            let Some(meant) = nearest(&entry.key, known.iter().copied()) else { continue };
            let message = format!("the member {} is ignored, `{meant}` may be meant", quote(&entry.key));
            let finding = Finding::new(&rules::MEMBER_UNKNOWN, message)
                .at(self.document.span(entry.key_range.clone()))
                .arg("member", quote(&entry.key))
                .arg("meant", meant)
                .help(format!("write `{meant}`"));
            self.find(finding);
        }
    }
}

/// The roles that a value decides about.
pub(super) fn lists(of: &[Declared]) -> Reach {
    Reach::Lists(crate::order::set(of.iter().copied()))
}
