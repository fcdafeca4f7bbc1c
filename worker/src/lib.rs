//! The HTTP host of Admit: the same verdict at the edge. It decides nothing.
//!
//! [`api`] answers what needs no state and knows nothing of the runtime; `runtime` ties everything to Cloudflare's: its
//! store, its objects, its rate limits, its clock. What is sent is never logged: a line of the log ([`log::Entry`]) can't
//! hold it.

pub mod api;
pub mod authzen;
pub mod batch;
pub mod digest;
pub mod evaluate;
pub mod file;
pub mod framing;
pub mod guard;
pub mod keyring;
pub mod log;
pub mod meter;
pub mod negotiate;
pub mod policy;
pub mod reply;
pub mod route;
#[cfg(target_arch = "wasm32")]
mod runtime;

pub use route::{PolicyId, Route};

/// Bytes of a request's body. An isolate has 128 MB, and holds the case about six times while it is read and judged:
/// as bytes, text, documents, and in the report.
pub const BODY_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of a named policy: an object's storage takes 2 MB in one value.
pub const POLICY_BYTES: usize = 1024 * 1024;
