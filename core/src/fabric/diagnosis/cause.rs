//! A cause that the case has.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::fabric::Connection;

/// Something in the case that leads to what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// How well it explains what was seen.
    pub fit: Fit,
    /// What it is, in one sentence.
    pub because: String,
    /// The rule that found it, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'static, str>>,
    /// The certificate, by its place, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<u32>,
    /// The connections on which it is refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<Connection>,
    /// The code that the product gives for it, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Cow<'static, str>>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The smallest thing that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// How well a cause explains what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// The product gives the very code that was seen.
    Explains,
    /// The code that was seen wraps the product's, or the symptom is among those that it has.
    MayExplain,
}
