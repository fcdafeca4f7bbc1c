//! Kind `session`: is this identifier, this request, this token acceptable to a dynamic session pool?

pub(crate) mod rules;

mod answer;
mod batch;
#[cfg(feature = "guards")]
mod caller;
mod derived;
mod identifiers;
mod judge;
mod life;
mod mend;
mod profile;
mod recipe;
pub(crate) mod redact;
mod request;
mod strength;
mod token;
mod wire;

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Time;
use crate::case::Severities;

pub use answer::{Answer, Identifier, Redacted, Standing};
pub use batch::{Check, Normalisation, Summary};
#[cfg(feature = "guards")]
pub use caller::{Caller, Expected, caller};
pub use identifiers::Row;
pub use life::{Event, EventKind, Lifecycle, Pool, Run};
pub use profile::{Acceptance, Choice, Custom, NAMES as PROFILES, Profile, Set, Unit};
pub use recipe::{BYTES, KEY_BYTES, Owner, Recipe, Underivable, derive, hexadecimal, recipe};
pub use request::{Family, Request};
pub use strength::{Bits, Estimate, Part, PartKind};
pub use token::{Signature, Token};
pub use wire::{Client, Effect, Order, Way};

pub(crate) use judge::evaluate;

/// The name of the document that holds the identifiers.
pub const IDENTIFIERS: &str = "subject.identifiers";
/// The name of the document that holds the request.
pub const REQUEST: &str = "subject.request";
/// The name of the document that holds the access token.
pub const TOKEN: &str = "subject.token";
/// The name of the document that holds the keys of the token's issuer.
pub const JWKS: &str = "subject.jwks";
/// The name of the document that holds log lines, or an HTTP exchange, to look for secrets in.
pub const LOG: &str = "subject.log";
/// The name of the document that holds requests over time.
pub const TIMELINE: &str = "subject.timeline";
/// The name of the document that holds what the identifiers could be derived from.
pub const CANDIDATES: &str = "subject.candidates";

/// The policy of a `session` case: which identifiers are acceptable, and how strong they have to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// The rule that identifiers keep to: the name of a profile that is shipped, or a profile of one's own.
    #[serde(skip_serializing_if = "is_default")]
    pub profile: Choice,
    /// How many bits are enough.
    #[serde(skip_serializing_if = "is_default")]
    pub thresholds: Thresholds,
    /// Guesses per second that an attacker makes. The default is that of the OWASP cheat sheet's example.
    #[serde(skip_serializing_if = "is_rate")]
    pub rate: u64,
    /// Identifiers that are live at the same time, any of which is worth guessing. The default is that of the OWASP
    /// cheat sheet's example.
    #[serde(skip_serializing_if = "is_population")]
    pub population: u64,
    /// Seconds by which clocks may differ when a token is judged.
    #[serde(skip_serializing_if = "is_skew")]
    pub skew: u32,
    /// Days after which one user's identifier should have been replaced, and which no identifier should outlive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<u32>,
    /// Identifiers that may be seen for the first time within a minute; more look like guessing.
    #[serde(skip_serializing_if = "is_burst")]
    pub burst: u32,
    /// When the key of the pool's MCP server was rotated last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_rotated: Option<Time>,
    /// What the application does to identifiers before it uses them, in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub normalisation: Vec<Normalisation>,
    /// What is known about the role of the token's identity, which no token shows.
    #[serde(skip_serializing_if = "is_default")]
    pub role: RoleAssignment,
    /// The pool on which the time line is played.
    #[serde(skip_serializing_if = "is_default")]
    pub pool: Pool,
    /// Severities by rule id.
    #[serde(skip_serializing_if = "Severities::is_empty")]
    pub severity: Severities,
}

const RATE: u64 = 10_000;
const POPULATION: u64 = 100_000;
const SKEW: u32 = 300;
const BURST: u32 = 100;

fn is_rate(rate: &u64) -> bool {
    *rate == RATE
}

fn is_population(population: &u64) -> bool {
    *population == POPULATION
}

fn is_skew(seconds: &u32) -> bool {
    *seconds == SKEW
}

fn is_burst(identifiers: &u32) -> bool {
    *identifiers == BURST
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            profile: Choice::default(),
            thresholds: Thresholds::default(),
            rate: RATE,
            population: POPULATION,
            skew: SKEW,
            rotation: None,
            burst: BURST,
            key_rotated: None,
            normalisation: Vec::new(),
            role: RoleAssignment::default(),
            pool: Pool::default(),
            severity: Severities::new(),
        }
    }
}

/// How many bits of an identifier are enough, by the structural estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// Fewer bits refuse. The default, 64, is what OWASP's session management cheat sheet asks for.
    pub refuse: u32,
    /// Fewer bits warn. The default, 122, is what a random UUID has.
    pub warn: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { refuse: 64, warn: 122 }
    }
}

/// What is known about the role assignment of the token's identity. A token does not show it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RoleAssignment {
    /// Nothing: a verdict about a token stays indeterminate.
    #[default]
    Unknown,
    /// It is assumed to be there; the report lists the assumption.
    AssumeAssigned,
}

/// The subject of a `session` case: everything that is to be judged, as text. What is absent is not judged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Subject {
    /// Identifiers, one a line, or CSV whose first line names the columns: `identifier,user,conversation,time`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub identifiers: String,
    /// A URL, a `curl` or `az` command, an HTTP request, or an entry of a HAR file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub request: String,
    /// An access token. Reports never repeat it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// The keys of the token's issuer, as a JSON Web Key Set.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub jwks: String,
    /// Log lines, or an HTTP exchange, to look for secrets in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub log: String,
    /// Requests over time: an instant and an identifier a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub timeline: String,
    /// What the identifiers could be derived from, one a line: mail addresses, object ids, numbers.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub candidates: String,
}

impl Subject {
    /// The documents of the subject by name, in reading order.
    pub fn documents(&self) -> [(&'static str, &str); 7] {
        [
            (IDENTIFIERS, &self.identifiers),
            (REQUEST, &self.request),
            (TOKEN, &self.token),
            (JWKS, &self.jwks),
            (LOG, &self.log),
            (TIMELINE, &self.timeline),
            (CANDIDATES, &self.candidates),
        ]
    }

    /// The text of a document, to edit.
    pub fn document_mut(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            IDENTIFIERS => &mut self.identifiers,
            REQUEST => &mut self.request,
            TOKEN => &mut self.token,
            JWKS => &mut self.jwks,
            LOG => &mut self.log,
            TIMELINE => &mut self.timeline,
            CANDIDATES => &mut self.candidates,
            _ => return None,
        })
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
