//! Whether the other side accepts what is presented.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

use super::Yield;
use crate::Verdict;
use crate::fabric::Connection;
use crate::fabric::manifest::CertificateRole;

/// Whether the other side's rules accept what is presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// The manifest doesn't show rules.
    NotShown,
    /// By a rule, or because the node accepts its own clients.
    Accepted,
    /// Only by nodes that present the same key.
    ByKeyOnly,
    /// By no rule: the connection's noun, the reason and the code.
    Refused(&'static str, String, Option<&'static str>),
    /// It depends on these facts.
    Unknown(Vec<String>),
}

/// One declaration, decided.
pub(crate) struct Decided<'m> {
    pub(crate) own: Yield<'m>,
    pub(crate) coverage: Coverage,
    /// The SHA-1 of the certificate that counts as the issuer of what is presented.
    pub(crate) issuer: Option<Vec<u8>>,
}

impl<'m> Deref for Decided<'m> {
    type Target = Yield<'m>;

    fn deref(&self) -> &Yield<'m> {
        &self.own
    }
}

impl Decided<'_> {
    pub(crate) fn verdict(&self) -> Verdict {
        if self.unused.is_some() {
            return Verdict::Refused;
        }
        if !self.credentials.unknown.is_empty() {
            return Verdict::Indeterminate;
        }
        match (self.credentials.loaded.is_empty(), &self.coverage) {
            (true, _) | (_, Coverage::Refused(..)) => Verdict::Refused,
            (false, Coverage::Unknown(_)) => Verdict::Indeterminate,
            (false, _) => Verdict::Admitted,
        }
    }
}

/// Where a certificate of a role is presented, and so whose rules judge it.
pub(crate) const fn connection(role: CertificateRole) -> Connection {
    match role {
        CertificateRole::Cluster => Connection::Node,
        CertificateRole::Server => Connection::Server,
        CertificateRole::Client | CertificateRole::UserRoleClient => Connection::Gateway,
    }
}
