//! The engine for the nodes of a cluster: what they present, and its roll-out.

#[macro_use]
#[path = "../module.rs"]
mod module;

module!(Nodes);
