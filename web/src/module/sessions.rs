//! The engine for sessions and their pools.

#[macro_use]
#[path = "../module.rs"]
mod module;

module!(Sessions);
