#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod arm;
mod case;
mod catalog;
mod cost;
mod document;
mod encoding;
mod error;
mod evaluate;
mod family;
mod finding;
#[cfg(feature = "formats")]
mod format;
mod host_name;
mod limits;
mod nearest;
mod order;
mod placeholder;
mod problem;
mod quote;
mod report;
mod rule;
mod secret;
mod span;
mod time;
mod trace;
mod tree;
mod verdict;

pub mod certificate;
pub mod chain;
pub mod enclave;
pub mod fabric;
pub mod json;
pub mod pool;
pub mod session;
pub mod signature;

#[cfg(feature = "schema")]
pub use case::schema;
pub use case::{Case, Expectation, Kind, Level, Question, Revocation, Severities, Trust};
pub use catalog::{RULES, rule};
pub use cost::Cost;
pub use document::{Document, DocumentName};
pub use encoding::{NotText, decode, decode_artefact, decode_certificates};
pub use error::{Error, ErrorKind};
pub use evaluate::{Evaluator, evaluate};
pub use family::{Chains, Enclaves, Every, Family, Nodes, Peers, Sessions};
pub use finding::{Edit, Finding, Fix, Related, Severity};
#[cfg(feature = "formats")]
pub use format::{Format, Held};
pub use limits::Limits;
pub use problem::Problem;
pub use quote::{code_point, is_invisible};
pub use report::{Answer, Report};
pub(crate) use rule::page;
pub use rule::{Citation, Rule};
pub use secret::{mask_secrets, secrets};
pub use span::Span;
pub use time::Time;
pub use trace::{Outcome, Step};
pub use verdict::{Flip, Verdict};
