//! The playground. It shows what the engine says and decides nothing.
//!
//! What has no browser type in it is built and tested on every host: the state and its reducer ([`state`]), and the
//! small conversions around it. The rest is built for the browser only: [`page`] draws, one file each talks to the
//! engine, the storage, the address and the files that people drop.

pub mod axis;
pub mod bench;
pub mod characters;
pub mod decode;
pub mod example;
pub mod form;
pub mod heat;
pub mod instant;
pub mod json;
pub mod lanes;
pub mod links;
pub mod marks;
pub mod offset;
pub mod prose;
pub mod recognise;
pub mod reply;
pub mod roles;
pub mod rules;
pub mod state;
pub mod text;
pub mod ways;

#[cfg(target_arch = "wasm32")]
mod address;
#[cfg(target_arch = "wasm32")]
mod bridge;
#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod engine;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod rest;
#[cfg(target_arch = "wasm32")]
mod save;
#[cfg(target_arch = "wasm32")]
mod storage;

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod sample;

#[cfg(target_arch = "wasm32")]
pub use page::run;
