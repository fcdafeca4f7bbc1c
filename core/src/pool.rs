//! Kind `pool`: does this session pool configuration keep to the policy?
//!
//! A configuration is JSON: an Azure Resource Manager template (also what Bicep compiles to), one resource of it, or the
//! body of a PUT or PATCH of `Microsoft.App/sessionPools`. Expressions of templates are resolved as far as the template
//! tells; where a rule that refuses needs a value that it doesn't tell, the verdict is indeterminate and names it.

mod answer;
mod conform;
mod context;
mod judge;
pub(crate) mod rules;
mod schema;
mod template;
mod version;

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::case::Severities;

pub use answer::{Answer, Credential, Egress, Identity, Life, Scale, Summary};
pub use template::Form;

pub(crate) use judge::evaluate;

/// The name of the document that holds the configuration.
pub const CONFIGURATION: &str = "subject.configuration";
/// The name of the document that holds the values of a template's parameters.
pub const PARAMETERS: &str = "subject.parameters";

/// The policy of a `pool` case: how long and how many. What the service itself refuses isn't a matter of policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Seconds without a request after which a session should be gone, at most. The default, 900, is what the
    /// documentation suggests; the service takes up to 3600.
    #[serde(skip_serializing_if = "is_cooldown")]
    pub cooldown: u32,
    /// Seconds that a session should live until its container exits, at most. The default, 3600, is that of the Azure
    /// command line; no bound is published.
    #[serde(skip_serializing_if = "is_alive")]
    pub alive: u32,
    /// Severities by rule id.
    #[serde(skip_serializing_if = "Severities::is_empty")]
    pub severity: Severities,
}

/// The default of [`Policy::cooldown`], in seconds.
pub const COOLDOWN: u32 = 900;
/// The default of [`Policy::alive`], in seconds.
pub const ALIVE: u32 = 3600;

impl Default for Policy {
    fn default() -> Self {
        Self { cooldown: COOLDOWN, alive: ALIVE, severity: Severities::new() }
    }
}

fn is_cooldown(seconds: &u32) -> bool {
    *seconds == COOLDOWN
}

fn is_alive(seconds: &u32) -> bool {
    *seconds == ALIVE
}

/// The subject of a `pool` case: the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The configuration as JSON: a template, a resource, or the body of a request.
    pub configuration: String,
    /// The values of a template's parameters as JSON: a parameter file, or an object of values by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parameters: String,
    /// The API version of a request whose body doesn't say: `2025-07-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// The method of the request. Without one, a body with a `location` is a PUT, any other a PATCH.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
}

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Creates a pool, or replaces its configuration.
    Put,
    /// Changes parts of a pool's configuration.
    Patch,
}
