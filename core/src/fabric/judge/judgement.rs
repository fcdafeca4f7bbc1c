//! What a connection makes of a certificate.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::world::Implied;
use crate::fabric::Role;
use crate::fabric::accept::Quirk;
use crate::{Span, Step, Verdict};

/// What one connection makes of one certificate, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fabric) struct Judgement {
    pub(in crate::fabric) verdict: Verdict,
    /// The role that is certain.
    pub(in crate::fabric) role: Option<Role>,
    /// The best role that missing facts allow, where it is better than what is certain.
    pub(in crate::fabric) perhaps: Option<Role>,
    /// In one sentence: "entry 2 of `ClusterCertThumbprints`".
    pub(in crate::fabric) because: String,
    /// The setting that granted it.
    pub(in crate::fabric) rule: Option<&'static str>,
    pub(in crate::fabric) span: Option<Span>,
    /// The error code that Service Fabric gives, by name.
    pub(in crate::fabric) code: Option<&'static str>,
    /// What would settle it.
    pub(in crate::fabric) settle: Vec<String>,
    /// Whether that it has expired is accepted.
    pub(in crate::fabric) expiry_accepted: bool,
    /// Behaviour that surprises.
    pub(in crate::fabric) quirk: Option<Quirk>,
    /// The SHA-1 of the certificate that counts as its issuer.
    pub(in crate::fabric) issuer: Option<Vec<u8>>,
    /// The error bits of its chain.
    pub(in crate::fabric) chain: u32,
    /// Whether it is not known what stands above it: the issuer that it names an address of is not here.
    pub(in crate::fabric) is_issuer_open: bool,
    /// Whether a thumbprint or a name is about it, and its chain stands against that.
    pub(in crate::fabric) chain_refuses: bool,
    /// The rule that no setting states, where it alone grants the role.
    pub(in crate::fabric) implicit: Option<Implied>,
    /// A declared name of the certificate that is pinned to other issuers, where it is refused.
    pub(in crate::fabric) unlisted: Option<Unlisted>,
    pub(in crate::fabric) steps: Vec<Step>,
}

/// A declared name that is pinned to other issuers than the certificate's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fabric) struct Unlisted {
    pub(in crate::fabric) name: String,
    /// The setting that declares it.
    pub(in crate::fabric) setting: &'static str,
    /// How many issuers it is pinned to.
    pub(in crate::fabric) pins: usize,
    /// The thumbprint of the certificate's own, as far as it is known.
    pub(in crate::fabric) issuer: Option<String>,
}

impl Judgement {
    /// What can't be decided, since the declarations depend on values that the document doesn't tell.
    pub(super) fn untold(names: &[&str]) -> Self {
        let settle = names.iter().map(|name| String::from(*name)).collect();
        let because = format!("the declarations depend on {}", names.join(", "));
        Self { settle, ..Self::new(Verdict::Indeterminate, because) }
    }

    pub(super) fn new(verdict: Verdict, because: impl Into<String>) -> Self {
        Self {
            verdict,
            role: None,
            perhaps: None,
            because: because.into(),
            rule: None,
            span: None,
            code: None,
            settle: Vec::new(),
            expiry_accepted: false,
            quirk: None,
            issuer: None,
            chain: 0,
            is_issuer_open: false,
            chain_refuses: false,
            implicit: None,
            unlisted: None,
            steps: Vec::new(),
        }
    }

    /// Leaves of it what holds where the manifest can't be read: whatever is missing could admit, or refuse. `best` is the best
    /// role of the connection.
    pub(in crate::fabric) fn open(&mut self, best: Option<Role>) {
        let because = format!("{}, as far as the manifest can be read", self.because);
        let (span, steps) = (self.span.take(), core::mem::take(&mut self.steps));
        *self = Self { span, perhaps: best, steps, ..Self::new(Verdict::Indeterminate, because) };
    }
}
