//! What a manifest sets, as far as it decides who is admitted.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::manifest::{Manifest, Parameter, Reach, Section};
use super::setting::{boolean, number};
use super::thumbprint::{Item, ThumbprintList};
use super::{Declared, Platform};

/// The section that holds most of them.
pub(super) const SECURITY: &str = "Security";

/// The security settings of a cluster, each with the parameter that it was read from.
#[derive(Debug)]
pub(super) struct Settings<'m> {
    manifest: &'m Manifest<'m>,
    /// The thumbprint lists that are written, in the order of [`Declared::ALL`].
    pub(super) thumbprints: Vec<ListSetting<'m>>,
}

/// A thumbprint list, and where it was written.
#[derive(Debug)]
pub(super) struct ListSetting<'m> {
    /// Whose certificates it declares.
    pub(super) declared: Declared,
    /// Where it was written.
    pub(super) parameter: &'m Parameter<'m>,
    /// What it says.
    pub(super) list: ThumbprintList,
    /// The first item that holds each thumbprint.
    index: BTreeMap<Vec<u8>, usize>,
    /// The items that are none.
    faults: Vec<usize>,
}

impl<'m> ListSetting<'m> {
    fn read(declared: Declared, parameter: &'m Parameter<'m>) -> Self {
        let list = ThumbprintList::read(parameter.value.text());
        let mut index = BTreeMap::new();
        let mut faults = Vec::new();
        for (place, item) in list.items.iter().enumerate() {
            match &item.thumbprint {
                Ok(thumbprint) => {
                    index.entry(thumbprint.bytes.clone()).or_insert(place);
                }
                Err(_) => faults.push(place),
            }
        }
        Self { declared, parameter, list, index, faults }
    }

    /// The number of entries, or nothing if one bad item fails the list.
    pub(super) fn count(&self) -> Option<usize> {
        let is_readable = self.faults.is_empty() && !self.list.only_commas && !self.list.cut;
        is_readable.then_some(self.list.items.len())
    }

    /// The places of the items to be shown, in order: `own`, those that are no thumbprints, and the first `most` of the
    /// others; and how many others there are besides.
    pub(super) fn shown(&self, own: Option<usize>, most: usize) -> (Vec<usize>, usize) {
        let items = self.list.items.iter().enumerate();
        let is_other = |(place, item): &(usize, &Item)| item.thumbprint.is_ok() && Some(*place) != own;
        let mut shown: Vec<usize> = items.filter(is_other).map(|(place, _)| place).take(most).collect();
        let others = self.list.items.len().saturating_sub(self.faults.len()).saturating_sub(own.iter().len());
        let rest = others.saturating_sub(shown.len());
        shown.extend(self.faults.iter().copied().chain(own));
        crate::order::sort_by(&mut shown, Ord::cmp);
        (shown, rest)
    }

    /// The place of the first item that holds this SHA-1, and whether it asks for a good chain.
    pub(super) fn find(&self, sha1: &[u8]) -> Option<(usize, bool)> {
        let place = *self.index.get(sha1)?;
        let thumbprint = self.list.items.get(place)?.thumbprint.as_ref().ok()?;
        Some((place, thumbprint.verify_chain))
    }
}

impl<'m> Settings<'m> {
    /// Reads the settings of a manifest. Where a parameter is written twice the first counts; that it is written twice
    /// is a finding of the manifest's reader.
    pub(super) fn read(manifest: &'m Manifest<'m>) -> Self {
        let list = |declared: Declared| {
            Some(ListSetting::read(declared, manifest.parameter(SECURITY, declared.thumbprints())?))
        };
        Self { manifest, thumbprints: Declared::ALL.into_iter().filter_map(list).collect() }
    }

    /// What would tell the values that the document doesn't tell and that these roles' rules depend on.
    pub(super) fn unknown(&self, lists: &[Declared]) -> Vec<&'m str> {
        let mut names: Vec<&str> = Vec::new();
        let unknown = self.manifest.unknown.iter().filter(|unknown| unknown.reach.includes(lists));
        for name in unknown.flat_map(|unknown| &unknown.names) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Whether some value is unknown that could be any setting.
    pub(super) fn anything_is_unknown(&self) -> bool {
        self.manifest.unknown.iter().any(|unknown| unknown.reach == Reach::Everything)
    }

    /// The thumbprint list of a role, if it is written.
    pub(super) fn thumbprints_of(&self, declared: Declared) -> Option<&ListSetting<'m>> {
        self.thumbprints.iter().find(|setting| setting.declared == declared)
    }

    /// A parameter of section `Security`.
    pub(super) fn security(&self, name: &str) -> Option<&'m Parameter<'m>> {
        self.manifest.parameter(SECURITY, name)
    }

    /// A boolean of section `Security`; empty or absent is `default`.
    pub(super) fn flag(&self, name: &str, default: bool) -> bool {
        match self.security(name) {
            Some(parameter) if !parameter.value.text().is_empty() => boolean(parameter.value.text()),
            _ => default,
        }
    }

    /// A number of a section; empty, absent or malformed is `default`.
    pub(super) fn number(&self, section: &str, name: &str, default: u32) -> u32 {
        let written = self.manifest.parameter(section, name).map(|parameter| parameter.value.text());
        written.filter(|text| !text.is_empty()).and_then(number).unwrap_or(default)
    }

    /// A boolean of a section other than `Security`.
    pub(super) fn flag_of(&self, section: &str, name: &str, default: bool) -> bool {
        match self.manifest.parameter(section, name) {
            Some(parameter) if !parameter.value.text().is_empty() => boolean(parameter.value.text()),
            _ => default,
        }
    }

    /// What a parameter of a section says, if it is written.
    pub(super) fn text(&self, section: &str, name: &str) -> Option<&'m str> {
        self.manifest.parameter(section, name).map(|parameter| parameter.value.text())
    }

    /// The parameters of a section, in the order of the document.
    pub(super) fn section_parameters(&self, section: &str) -> Vec<&'m Parameter<'m>> {
        self.manifest.sections(section).flat_map(|section| &section.parameters).collect()
    }

    /// The manifest.
    pub(super) fn manifest(&self) -> &'m Manifest<'m> {
        self.manifest
    }

    /// Whether the manifest has a section `Security` at all, or one below it.
    pub(super) fn has_security(&self) -> bool {
        let is_security = |section: &Section<'_>| {
            let name = section.name.text().to_ascii_lowercase();
            name == "security" || name.starts_with("security/")
        };
        self.manifest.sections.iter().any(is_security)
    }

    /// Whether client roles are in effect: `ClientRoleEnabled` or `ClientClaimAuthEnabled` (SecurityConfig.h:207,353).
    pub(super) fn roles_in_effect(&self) -> bool {
        self.flag("ClientRoleEnabled", false) || self.flag("ClientClaimAuthEnabled", false)
    }

    /// Whether the chains of clients are checked for revocation (SecurityConfig.h:290-295).
    pub(super) fn checks_revocation(&self, platform: Platform) -> bool {
        let default = match platform {
            Platform::Windows => 0x4000_0000,
            Platform::Linux => 0,
        };
        self.number(SECURITY, "CrlCheckingFlag", default) & crate::chain::CHECKS != 0
    }

    /// The settings that declare common names for a role: the names of its section, and the deprecated list.
    pub(super) fn common_names(&self, declared: Declared) -> Vec<&'m Parameter<'m>> {
        let mut names = self.section_parameters(declared.names_section());
        let deprecated = self.security(declared.deprecated_names());
        names.extend(deprecated.filter(|parameter| !parameter.value.text().trim().is_empty()));
        names
    }
}
