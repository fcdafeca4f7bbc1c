//! Certificates: reading what people really paste, and the facts of what was read.

mod facts;
mod private_key;

pub use facts::{BasicConstraints, Facts, GeneralName, Key};
pub use private_key::PRIVATE_KEY_PASTED;
