//! The cluster manifest, as far as it decides who is admitted: settings and the certificates of node types.
//!
//! What is read: `FabricSettings/Section/Parameter` and `NodeTypes/NodeType/Certificates`. Everything else of a manifest
//! is passed over. Values keep the place of each of their bytes, so that a rule can point at one digit of one thumbprint.
//!
//! What a fault of the document is: an [`Error`] if the text is not XML or not a manifest, a [`Finding`] if it is one that
//! the deployer refuses. After an error, reading goes on where the document makes sense again; a manifest that was read
//! with errors may lack rules, so nothing may be admitted on the strength of it.

mod duplicate;
mod encrypted;
mod fragment;
mod node_type;
mod section;
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

use alloc::vec::Vec;

use crate::{Document, Error, Finding};

pub use duplicate::SECTION_DUPLICATED;
pub use encrypted::PARAMETER_ENCRYPTED;
pub use fragment::MANIFEST_FRAGMENT;
pub use node_type::{CertificateRole, NodeCertificate, NodeType};
pub use section::{Parameter, Section};
pub use value::Value;

/// The settings and node types of a cluster manifest, in the order of the document, duplicates included.
#[derive(Debug, Clone, Default)]
pub struct Manifest<'d> {
    /// The sections of `FabricSettings`.
    pub sections: Vec<Section<'d>>,
    /// The node types.
    pub node_types: Vec<NodeType<'d>>,
    /// Whether the document has no `ClusterManifest` element: what is absent may stand in the part that isn't shown.
    pub is_fragment: bool,
}

/// What came of reading a manifest.
#[derive(Debug, Clone, Default)]
pub struct Reading<'d> {
    /// What could be read, also where there are errors.
    pub manifest: Manifest<'d>,
    /// What the rules about the document itself found.
    pub findings: Vec<Finding>,
    /// What could not be read, in the order of the document.
    pub errors: Vec<Error>,
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

/// Reads a cluster manifest or a fragment of one.
///
/// Without the feature `xml` nothing is read, and the one error says so: a verdict can only become indeterminate by it.
pub fn read<'d>(document: &'d Document<'d>) -> Reading<'d> {
    #[cfg(feature = "xml")]
    let mut reading = xml::read(document);
    #[cfg(not(feature = "xml"))]
    let mut reading = unsupported(document);
    reading.findings.extend(duplicate::check(&reading.manifest));
    reading.findings.extend(encrypted::check(&reading.manifest));
    reading
}

#[cfg(not(feature = "xml"))]
fn unsupported<'d>(document: &'d Document<'d>) -> Reading<'d> {
    let error = Error::new(
        crate::ErrorKind::Unsupported,
        "a build of admit-core with the feature `xml`, which reads cluster manifests",
        "a build without it",
        document.span(0..0),
    );
    Reading { errors: Vec::from([error]), ..Reading::default() }
}
