//! Values of a configuration that it alone doesn't tell: expressions of a template.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Span;
use crate::fabric::Declared;

/// A value that isn't known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What would tell it: "parameter `thumbprint`".
    pub names: Vec<String>,
    /// What it decides about.
    pub reach: Reach,
    /// Where it is used.
    pub span: Span,
}

/// What a value decides about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The rules of these roles.
    Lists(BTreeSet<Declared>),
    /// Any setting.
    Everything,
}

impl Reach {
    /// Whether the rules of one of these roles depend on it.
    pub fn includes(&self, lists: &[Declared]) -> bool {
        match self {
            Self::Everything => true,
            Self::Lists(own) => lists.iter().any(|list| own.contains(list)),
        }
    }
}
