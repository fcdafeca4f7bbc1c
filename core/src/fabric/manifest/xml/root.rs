//! The top of the document: one `ClusterManifest`, or the parts that a fragment shows.

use alloc::format;
use alloc::string::String;
use core::ops::Range;

use super::context::{Child, Context, Fault};
use super::source::Source;
use crate::fabric::manifest::MANIFEST_FRAGMENT;
use crate::quote::quote;
use crate::{Document, ErrorKind, Finding};

/// What a document begins with.
pub(super) const EXPECTED: &str = "`<ClusterManifest>` or a part of one, such as `<Section>` or `<NodeTypes>`";

/// What stood at the top.
#[derive(Default)]
pub(super) struct Root {
    /// Where the `ClusterManifest` stands.
    manifest: Option<Range<usize>>,
    /// The first part outside of one: its name and place.
    part: Option<(String, Range<usize>)>,
    /// How many parts stand outside of one.
    parts: u32,
    /// The first parameter outside of a section.
    pub(super) bare_parameter: Option<Range<usize>>,
}

impl Root {
    /// Notes an element at the top.
    pub(super) fn add(&mut self, child: &Child, name: &str, place: Range<usize>, source: &mut Source<'_>) {
        if let Some(first) = &self.manifest {
            let expected = format!("nothing after the `<ClusterManifest>` of {}", source.line_and_column(first.start));
            source.error(ErrorKind::Syntax, expected, quote(&format!("<{name}>")), place.clone());
        }
        if child.context == Context::Manifest {
            if let Some((part, place)) = &self.part {
                let found = quote(&format!("<{part}>"));
                source.error(ErrorKind::Syntax, "nothing before `<ClusterManifest>`", found, place.clone());
            }
            self.manifest.get_or_insert(place);
        } else if child.fault != Fault::Place {
            self.parts = self.parts.saturating_add(1);
            if child.context == Context::Parameter {
                self.bare_parameter.get_or_insert(place.clone());
            }
            self.part.get_or_insert_with(|| (String::from(name), place));
        }
    }

    /// Whether there is no `ClusterManifest`.
    pub(super) fn is_fragment(&self) -> bool {
        self.manifest.is_none()
    }

    /// Whether nothing stood at the top.
    pub(super) fn is_empty(&self) -> bool {
        self.manifest.is_none() && self.part.is_none()
    }

    /// The findings of [`MANIFEST_FRAGMENT`].
    pub(super) fn findings(&self, document: &Document<'_>) -> impl Iterator<Item = Finding> {
        let fragment = self.part.as_ref().filter(|_| self.is_fragment()).map(|(name, place)| {
            let name = quote(&format!("<{name}>"));
            let more = match self.parts {
                0 | 1 => String::new(),
                parts => format!(" and {} more at the top", parts.saturating_sub(1)),
            };
            Finding::new(&MANIFEST_FRAGMENT, format!("the document is a fragment of a cluster manifest: {name}{more}"))
                .at(document.span(place.clone()))
                .help("settings that it doesn't show are taken to be absent, with their defaults")
        });
        let bare = self.bare_parameter.as_ref().map(|place| {
            let message = "a parameter outside of a section is read as one of section `Security`";
            Finding::new(&MANIFEST_FRAGMENT, message)
                .at(document.span(place.clone()))
                .help("put it into `<Section Name=\"Security\">`")
        });
        fragment.into_iter().chain(bare)
    }
}
