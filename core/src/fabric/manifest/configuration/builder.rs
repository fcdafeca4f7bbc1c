//! Putting a manifest together: settings of several sources, of which the first wins
//! (FabricSettingsGeneratorBase.cs:904-980).

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::text::Text;
use crate::Document;
use crate::fabric::manifest::{Extension, Manifest, Parameter, Section, Value};

/// A parameter on its way into a section.
pub(super) struct Entry<'d> {
    pub(super) name: Value<'d>,
    pub(super) value: Value<'d>,
    pub(super) encrypted: bool,
    pub(super) generated: bool,
    pub(super) extension: Option<Extension>,
    pub(super) range: Range<usize>,
}

/// Sections with what stands behind them.
pub(super) struct Builder<'d> {
    pub(super) document: &'d Document<'d>,
}

impl<'d> Builder<'d> {
    /// Adds parameters to a section. Names are compared as written, case included: a parameter that is there already
    /// stays, and another spelling of it is another parameter, which the deployer then refuses.
    pub(super) fn add(&self, manifest: &mut Manifest<'d>, section: &Text, entries: Vec<Entry<'d>>) {
        if entries.is_empty() {
            return;
        }
        let known = manifest.sections.iter().position(|known| known.name.text() == section.text);
        let index = known.unwrap_or_else(|| {
            manifest.sections.push(Section { name: section.value(self.document), parameters: Vec::new() });
            manifest.sections.len().saturating_sub(1)
        });
        let Some(into) = manifest.sections.get_mut(index) else { return };
        let mut names = crate::order::set(into.parameters.iter().map(|parameter| String::from(parameter.name.text())));
        for entry in entries {
            if names.insert(String::from(entry.name.text())) {
                into.parameters.push(Parameter {
                    name: entry.name,
                    value: entry.value,
                    encrypted: entry.encrypted,
                    generated: entry.generated,
                    extension: entry.extension,
                    tag: entry.range,
                });
            }
        }
    }

    /// A parameter that the product writes, for what stands at `range`.
    pub(super) fn generated(&self, name: &str, value: &str, range: &Range<usize>) -> Entry<'d> {
        let text = |text: &str| Text::generated(text, range.clone()).value(self.document);
        self.entry(text(name), text(value), range)
    }

    /// A parameter whose value is written and whose name is the product's.
    pub(super) fn named(&self, name: &str, value: Value<'d>, range: &Range<usize>) -> Entry<'d> {
        self.entry(Text::generated(name, range.clone()).value(self.document), value, range)
    }

    /// A parameter that stands at `range`.
    pub(super) fn entry(&self, name: Value<'d>, value: Value<'d>, range: &Range<usize>) -> Entry<'d> {
        Entry { name, value, encrypted: false, generated: true, extension: None, range: range.clone() }
    }
}
