//! basicConstraints and nameConstraints (RFC 5280, sections 4.2.1.9 and 4.2.1.10).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::NameForm;
use crate::Limits;
use crate::certificate::der::{self, Fault, Reader, tag};

/// The basicConstraints extension (RFC 5280, section 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasicConstraints {
    /// Whether it may issue certificates.
    pub ca: bool,
    /// How many intermediates may follow it; what passes `u32::MAX` counts as that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_length: Option<u32>,
}

pub(super) fn basic(reader: &mut Reader<'_>) -> Result<BasicConstraints, Fault> {
    let mut parts = reader.enter(tag::SEQUENCE, "basicConstraints, a SEQUENCE")?;
    const CA: &str = "cA, a BOOLEAN";
    let ca = match parts.optional(tag::BOOLEAN, CA)? {
        Some(flag) => der::boolean(&flag, CA)?,
        None => false,
    };
    const LENGTH: &str = "pathLenConstraint, an INTEGER from 0 up";
    let path_length = match parts.optional(tag::INTEGER, LENGTH)? {
        Some(length) => Some(der::count(&length, LENGTH)?),
        None => None,
    };
    parts.finish("the end of basicConstraints")?;
    Ok(BasicConstraints { ca, path_length })
}

/// The nameConstraints extension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// Names must lie in one of these, as far as there is one of their form.
    pub permitted: Vec<Subtree>,
    /// Names must not lie in any of these.
    pub excluded: Vec<Subtree>,
}

/// A subtree of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subtree {
    /// Its root.
    pub base: NameForm,
    /// Levels below the root at which it begins; RFC 5280 wants 0.
    pub minimum: u32,
    /// Levels below the root at which it ends; RFC 5280 wants none.
    pub maximum: Option<u32>,
}

pub(super) fn names(reader: &mut Reader<'_>) -> Result<NameConstraints, Fault> {
    let whole = reader.take(tag::SEQUENCE, "nameConstraints, a SEQUENCE")?;
    let mut parts = whole.reader();
    let mut constraints = NameConstraints::default();
    const SUBTREES: &str = "a list of subtrees";
    if let Some(list) = parts.optional(0xA0, SUBTREES)? {
        constraints.permitted = list.reader().many(Limits::GENERAL_NAMES, SUBTREES, subtree)?;
    }
    if let Some(list) = parts.optional(0xA1, SUBTREES)? {
        constraints.excluded = list.reader().many(Limits::GENERAL_NAMES, SUBTREES, subtree)?;
    }
    parts.finish("the end of nameConstraints")?;
    if whole.value().is_empty() {
        return Err(whole.fault("permitted or excluded subtrees", "neither"));
    }
    Ok(constraints)
}

fn subtree(reader: &mut Reader<'_>) -> Result<Subtree, Fault> {
    let mut parts = reader.enter(tag::SEQUENCE, "a subtree, a SEQUENCE")?;
    let base = NameForm::read(&mut parts)?;
    const BOUND: &str = "a bound of a subtree, an INTEGER from 0 up";
    let minimum = match parts.optional(0x80, BOUND)? {
        Some(bound) => der::count(&bound, BOUND)?,
        None => 0,
    };
    let maximum = match parts.optional(0x81, BOUND)? {
        Some(bound) => Some(der::count(&bound, BOUND)?),
        None => None,
    };
    parts.finish("the end of a subtree")?;
    Ok(Subtree { base, minimum, maximum })
}
