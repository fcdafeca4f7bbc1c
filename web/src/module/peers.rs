//! The engine for who connects to a cluster.

#[macro_use]
#[path = "../module.rs"]
mod module;

module!(Peers);
