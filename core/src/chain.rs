//! Certificate chains: building paths, judging them, and saying all that is wrong.

mod case;
mod evaluate;
mod host;
mod name_constraints;
mod options;
mod path;
mod policy;
mod pool;
mod revocation;
pub(crate) mod rules;
pub mod status;
mod store;
mod validate;
mod verifier;

pub use case::{Answer, Element, Other, Outcome, Policy, RevocationFlags, Subject};
pub use evaluate::CERTIFICATES;
pub(crate) use evaluate::evaluate;
pub use options::{Purpose, Semantics};
pub use policy::PolicyInputs;
pub use pool::Origin;
pub use revocation::{CHECK_CHAIN, CHECK_CHAIN_EXCLUDE_ROOT, CHECK_END_CERT};
pub use status::{Cause, Hresult, TrustStatus};
pub use verifier::Verifier;
