//! Sections of `FabricSettings` and their parameters.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::Value;
use crate::Span;

/// A section of settings: `<Section Name="Security">`.
#[derive(Debug, Clone)]
pub struct Section<'d> {
    /// The attribute `Name`.
    pub name: Value<'d>,
    /// The parameters, in the order of the document, duplicates included.
    pub parameters: Vec<Parameter<'d>>,
}

/// A parameter of a section: `<Parameter Name="ClusterCredentialType" Value="X509" />`.
#[derive(Debug, Clone)]
pub struct Parameter<'d> {
    /// The attribute `Name`.
    pub name: Value<'d>,
    /// The attribute `Value`.
    pub value: Value<'d>,
    /// The attribute `IsEncrypted`: whether the value is stored encrypted. False where it is absent.
    pub encrypted: bool,
    /// Whether no one wrote it: the product adds it to a configuration in JSON.
    pub generated: bool,
    /// Where another entry can be added to its list, in a configuration in JSON.
    pub(in crate::fabric) extension: Option<Extension>,
    /// The bytes of the start tag, or of the member of a JSON document that it comes from.
    pub(super) tag: Range<usize>,
}

/// How another thumbprint is added to a list that is put together from a configuration in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fabric) struct Extension {
    /// The byte of the document.
    pub(in crate::fabric) at: usize,
    /// What is written before it.
    pub(in crate::fabric) before: String,
    /// What is written after it.
    pub(in crate::fabric) after: String,
    /// What it does, as a button says it.
    pub(in crate::fabric) title: String,
    /// Whom it lets in.
    pub(in crate::fabric) lets_in: String,
}

impl<'d> Section<'d> {
    /// Every parameter of this name, ignoring ASCII case; a valid section has at most one.
    pub fn parameters(&self, name: &str) -> impl Iterator<Item = &Parameter<'d>> {
        self.parameters.iter().filter(move |parameter| parameter.name.is(name))
    }

    /// The first parameter of this name, ignoring ASCII case.
    pub fn parameter(&self, name: &str) -> Option<&Parameter<'d>> {
        self.parameters(name).next()
    }
}

impl Parameter<'_> {
    /// Whether its value is put together from several places, so that nothing can be appended to it.
    pub(in crate::fabric) fn is_built(&self) -> bool {
        self.value.is_built()
    }

    /// The span of the start tag, or of what it comes from in a JSON document.
    pub fn span(&self) -> Span {
        self.name.document().span(self.tag.clone())
    }
}
