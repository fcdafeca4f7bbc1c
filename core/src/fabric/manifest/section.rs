//! Sections of `FabricSettings` and their parameters.

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
    /// The bytes of the start tag.
    pub(super) tag: Range<usize>,
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
    /// The span of the start tag.
    pub fn span(&self) -> Span {
        self.name.document().span(self.tag.clone())
    }
}
