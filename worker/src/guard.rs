//! The guards: what stands between a request and a decision, below any runtime.

pub mod certificate;
pub mod headers;
pub mod peer;
pub mod principal;
pub mod target;
