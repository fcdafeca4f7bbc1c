//! The API versions of `Microsoft.App/sessionPools` that this version knows the shape of.

use alloc::vec::Vec;

/// An API version, in order of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(u8);

/// Some of the versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Versions(u16);

const NAMES: [&str; 8] = [
    "2024-02-02-preview",
    "2024-08-02-preview",
    "2024-10-02-preview",
    "2025-01-01",
    "2025-02-02-preview",
    "2025-07-01",
    "2025-10-02-preview",
    "2026-01-01",
];

/// A version that is listed by the documentation, but whose shape isn't described in what this was built from.
pub(super) const UNDESCRIBED: &str = "2026-03-02-preview";

impl Version {
    /// The newest one.
    pub(super) const NEWEST: Self = Self(7);

    /// The version with this name, which Azure takes in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        let at = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        u8::try_from(at).ok().map(Self)
    }

    /// Every version, the newest first.
    pub(super) fn newest_first() -> impl Iterator<Item = Self> {
        (0..=Self::NEWEST.0).rev().map(Self)
    }

    /// The name: `2025-07-01`.
    pub(super) fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

impl Versions {
    pub(super) const ALL: Self = Self(0xFF);
    /// The draft that came first.
    pub(super) const DRAFT: Self = Self(0b0000_0001);
    /// With `executionType` and without `lifecycleConfiguration`.
    pub(super) const LEGACY: Self = Self(0b0000_0111);
    pub(super) const FROM_2024_08: Self = Self(0b1111_1110);
    pub(super) const FROM_2024_10: Self = Self(0b1111_1100);
    pub(super) const FROM_2025_01: Self = Self(0b1111_1000);
    pub(super) const PROBES: Self = Self(0b0101_0000);
    pub(super) const ONLY_2025_10: Self = Self(0b0100_0000);
    /// In the specification of 2025-10-02-preview; in a tutorial, with 2025-02-02-preview.
    pub(super) const MCP: Self = Self(0b0101_0000);

    pub(super) fn has(self, version: Version) -> bool {
        self.0.checked_shr(u32::from(version.0)).is_some_and(|bits| bits & 1 == 1)
    }

    /// The names of the versions, in order.
    pub(super) fn names(self) -> Vec<&'static str> {
        (0..=Version::NEWEST.0).map(Version).filter(|version| self.has(*version)).map(Version::name).collect()
    }
}

/// The names of every version, in order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter()
}
