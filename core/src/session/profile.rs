//! The rules that identifiers keep to, as data.

mod check;
mod choice;
mod set;
mod shipped;

use alloc::borrow::Cow;
use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::Citation;

pub use choice::{Choice, Custom};
pub use set::Set;
pub use shipped::NAMES;

pub(crate) use check::{Judgement, Offence, judge};
pub(crate) use shipped::SHIPPED;

/// What an identifier has to look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name: `azure-docs`.
    pub name: Cow<'static, str>,
    /// The shortest identifier, in `unit`; 0 for no bound.
    pub minimum: u32,
    /// The longest identifier, in `unit`.
    pub maximum: Option<u32>,
    /// What `minimum` and `maximum` count.
    pub unit: Unit,
    /// The characters it may hold.
    pub characters: Set,
    /// The characters it may start with.
    pub first: Set,
    /// The characters it may end with.
    pub last: Set,
    /// Words that it may not be, whatever their case.
    pub reserved: Cow<'static, [Cow<'static, str>]>,
    /// Bits of the structural estimate that it must have, where the profile asks for any.
    pub entropy: Option<u32>,
    /// Whether it must be a UUID of RFC 9562.
    pub uuid: bool,
    /// Who says so.
    pub citation: Citation,
}

/// What the bounds of a length count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Unicode scalar values.
    #[default]
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// How far an identifier is acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Acceptance {
    /// By both of Azure's published rules.
    Portable,
    /// By the API specification, outside of the documented list.
    SpecificationOnly,
    /// By the profile, which is not one of Azure's.
    Accepted,
    /// Not.
    Rejected,
}

/// The name of the profile of the documentation, which is the default.
pub(crate) const DOCUMENTATION: &str = "azure-docs";
/// The name of the profile of the API specification.
pub(crate) const SPECIFICATION: &str = "azure-api-specification";

/// `4 characters`, `1 byte`.
pub(crate) fn counted(count: u32, unit: Unit) -> String {
    let (one, many) = match unit {
        Unit::Characters => ("character", "characters"),
        Unit::Bytes => ("byte", "bytes"),
    };
    alloc::format!("{count} {}", if count == 1 { one } else { many })
}
