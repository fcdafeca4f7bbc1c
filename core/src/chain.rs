//! Certificate chains: building paths, judging them, and saying all that is wrong.

mod case;
mod evaluate;
mod host;
mod name_constraints;
mod options;
mod path;
mod path_length;
mod policy;
mod pool;
mod profile;
mod revocation;
pub(crate) mod rules;
pub mod status;
mod store;
mod validate;
mod verifier;

pub use case::{Answer, Element, Other, Outcome, Policy, RevocationFlags, Subject};
pub use evaluate::CERTIFICATES;
pub(crate) use evaluate::{evaluate, verdict};
pub(crate) use options::Options;
pub use options::{Purpose, Semantics};
pub(crate) use path::{End, Path};
pub use policy::PolicyInputs;
pub use pool::Origin;
pub(crate) use revocation::CHECKS;
pub use revocation::{CHECK_CHAIN, CHECK_CHAIN_EXCLUDE_ROOT, CHECK_END_CERT};
pub use status::{Cause, Hresult, TrustStatus};
pub(crate) use store::{Built, Read, Store};
pub(crate) use verifier::Signature;
pub use verifier::Verifier;
