//! Certificates: reading what people really paste, and the facts of what was read.

mod crl;
mod der;
mod extension;
mod extension_fact;
mod facts;
mod name;
mod oid;
mod paste;
mod private_key;
mod public_key;
mod validity;
mod x509;

pub use crl::{Crl, Entries, Entry};
pub use der::{Fault, Place};
pub use extension::{
    Access, AuthorityKeyId, BasicConstraints, Decoded, DistributionPoint, Extension, Extensions, KeyUsage,
    NameConstraints, NameForm, PointName, Policy, PolicyConstraints, PolicyMapping, Reasons, Scope, Subtree,
};
pub use extension_fact::ExtensionFact;
pub use facts::{Facts, GeneralName, Key};
pub use name::{Attribute, Name, Value};
pub use oid::{Oid, known};
pub(crate) use oid::{hexadecimal, octets};
pub use paste::{Bundle, Pasted, read_certificates, read_crls};
pub(crate) use private_key::check as check_private_keys;
pub use private_key::{PRIVATE_KEY_PASTED, private_keys};
pub use public_key::{Algorithm, PublicKey};
pub use validity::Validity;
pub use x509::Certificate;
