//! The cluster manifest, as far as it decides who is admitted: settings and the certificates of node types.
//!
//! What is read: `FabricSettings/Section/Parameter` and `NodeTypes/NodeType/Certificates`. Everything else of a manifest
//! is passed over. Values keep the place of each of their bytes, so that a rule can point at one digit of one thumbprint.
//!
//! What a fault of the document is: an [`Error`] if the text is not XML or not a manifest, a [`Finding`] if it is one that
//! the deployer refuses. After an error, reading goes on where the document makes sense again; a manifest that was read
//! with errors may lack rules, so nothing may be admitted on the strength of it.

pub(crate) mod configuration;
mod duplicate;
mod encrypted;
mod fragment;
mod listed_node;
mod node_type;
mod section;
mod unknown;
mod value;
#[cfg(feature = "xml")]
mod xml;

#[cfg(all(test, feature = "xml"))]
#[expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;

use super::Platform;
use crate::{Document, Error, Finding};

pub use duplicate::SECTION_DUPLICATED;
pub use encrypted::PARAMETER_ENCRYPTED;
pub use fragment::MANIFEST_FRAGMENT;
pub use listed_node::ListedNode;
pub use node_type::{CertificateRole, NodeCertificate, NodeType};
pub(super) use section::Extension;
pub use section::{Parameter, Section};
pub use unknown::{Reach, Unknown};
pub use value::Value;

/// The settings and node types of a cluster manifest, in the order of the document, duplicates included.
#[derive(Debug, Clone, Default)]
pub struct Manifest<'d> {
    /// The sections of `FabricSettings`.
    pub sections: Vec<Section<'d>>,
    /// The node types.
    pub node_types: Vec<NodeType<'d>>,
    /// The nodes, where the document lists each with its upgrade domain.
    pub nodes: Vec<ListedNode>,
    /// Whether the document has no `ClusterManifest` element: what is absent may stand in the part that isn't shown.
    pub is_fragment: bool,
    /// Values that the document doesn't tell, such as parameters of a template.
    pub unknown: Vec<Unknown>,
    /// What was assumed in making the manifest of a configuration in JSON.
    pub assumptions: Vec<String>,
    /// The nodes' operating system, where the document says it.
    pub platform: Option<Platform>,
}

/// What came of reading a manifest.
#[derive(Debug, Clone, Default)]
pub struct Reading<'d> {
    /// What could be read, also where there are errors.
    pub manifest: Manifest<'d>,
    /// What the rules about the document itself found.
    pub findings: Vec<Finding>,
    /// What they found that the product minds on Windows only.
    pub on_windows: Vec<Finding>,
    /// What could not be read, in the order of the document.
    pub errors: Vec<Error>,
}

impl Reading<'_> {
    /// What the rules about the document itself found, on a platform.
    pub(super) fn found(&self, platform: Platform) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.on_windows.iter().filter(move |_| platform == Platform::Windows))
    }
}

impl<'d> Manifest<'d> {
    /// Every section of this name, ignoring ASCII case; a valid manifest has at most one.
    pub fn sections(&self, name: &str) -> impl Iterator<Item = &Section<'d>> {
        self.sections.iter().filter(move |section| section.name.is(name))
    }

    /// Every parameter of this name in every section of that name, ignoring ASCII case, in the order of the document.
    pub fn parameters(&self, section: &str, name: &str) -> impl Iterator<Item = &Parameter<'d>> {
        self.sections(section).flat_map(move |section| section.parameters(name))
    }

    /// The first parameter of this name in the sections of that name, ignoring ASCII case.
    pub fn parameter(&self, section: &str, name: &str) -> Option<&Parameter<'d>> {
        self.parameters(section, name).next()
    }
}

/// Reads a cluster manifest, a cluster configuration in JSON, or a fragment of either.
///
/// Without the feature `xml` no manifest is read, and the one error says so: a verdict can only become indeterminate by it.
pub fn read<'d>(document: &'d Document<'d>) -> Reading<'d> {
    read_with(document, None)
}

/// Reads what [`read`] does, with the values of a template's parameters as JSON.
pub fn read_with<'d>(document: &'d Document<'d>, parameters: Option<&Document<'_>>) -> Reading<'d> {
    let mut reading = if configuration::recognise(document.text()) {
        configuration::read(document, parameters)
    } else {
        read_xml(document)
    };
    reading.findings.extend(duplicate::check(&reading.manifest));
    reading.findings.extend(encrypted::check(&reading.manifest));
    reading
}

#[cfg(feature = "xml")]
fn read_xml<'d>(document: &'d Document<'d>) -> Reading<'d> {
    xml::read(document)
}

#[cfg(not(feature = "xml"))]
fn read_xml<'d>(document: &'d Document<'d>) -> Reading<'d> {
    let error = Error::new(
        crate::ErrorKind::Unsupported,
        "a build of admit-core with the feature `xml`, which reads cluster manifests",
        "a build without it",
        document.span(0..0),
    );
    Reading { errors: Vec::from([error]), ..Reading::default() }
}
