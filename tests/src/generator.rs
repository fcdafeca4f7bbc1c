//! The certificates and revocation lists that the cases use, made from names: the same bytes on every machine.
//!
//! A key is drawn from a ChaCha stream seeded with its name, signatures are deterministic (PKCS#1 v1.5, RFC 6979,
//! RFC 8032), and dates stand in the tables around 2026-11-22. So nothing secret is stored, and a change of a table
//! changes exactly what it says. DER is written here by hand, because cases need what well-behaved builders refuse.

mod bundle;
mod certificate;
mod certificates;
mod chains;
mod der;
mod extension;
mod instant;
mod key;
pub mod load;
mod material;
mod peer_certificates;
mod revocation_list;
mod revocation_lists;
mod sigstruct;
pub mod sigstructs;
mod special;
pub mod stress;
pub mod today;

pub use bundle::fill;
pub use material::{Material, Piece};
