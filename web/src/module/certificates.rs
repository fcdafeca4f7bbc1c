//! The engine for certificates.

#[macro_use]
#[path = "../module.rs"]
mod module;

module!(Certificates);
