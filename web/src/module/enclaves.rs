//! The engine for enclaves.

#[macro_use]
#[path = "../module.rs"]
mod module;

module!(Enclaves);
