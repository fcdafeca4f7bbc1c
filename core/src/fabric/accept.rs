//! Whether a rule set accepts a certificate: the decision of one verifier about one peer.

mod linux;
mod windows;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::Platform;
use super::name_map::{DeclaredName, NameMap};
use super::presented::Presented;
use crate::Span;
use crate::quote::quote;

pub(super) use linux::{accept as on_linux, accept_http as on_linux_http, ends_handshake as is_fatal_on_linux};
pub(super) use windows::accept as on_windows;

/// The rules that judge a connection: thumbprints and names together.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules<'r> {
    /// The listed thumbprints by value.
    pub(super) thumbprints: Cow<'r, BTreeMap<Vec<u8>, ListedThumbprint>>,
    /// The declared names.
    pub(super) names: Cow<'r, NameMap>,
    /// Whether an unreachable revocation list is forgiven.
    pub(super) ignore_crl_offline: bool,
}

/// A thumbprint of the rules.
#[derive(Debug, Clone)]
pub(super) struct ListedThumbprint {
    /// Whether it asks for a good chain as well.
    pub(super) verify_chain: bool,
    /// Its place in the list, from 1.
    pub(super) entry: u32,
    pub(super) setting: &'static str,
    pub(super) span: Option<Span>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// The error code, by name; none where the certificate is accepted.
    pub(super) code: Option<&'static str>,
    /// What matched.
    pub(super) matched: Option<Match>,
    /// What was looked at, in order, and what came of it.
    pub(super) passes: Vec<Pass>,
    /// Behaviour that surprises.
    pub(super) quirk: Option<Quirk>,
}

/// The rule that accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// A listed thumbprint.
    Thumbprint { setting: &'static str, entry: u32, span: Option<Span> },
    /// A declared name.
    Name { name: String, pinned: bool, setting: &'static str, span: Option<Span> },
}

/// One pass over the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pass {
    /// "client pass", "server pass", "thumbprints", "names".
    pub(super) label: &'static str,
    /// What came of it, in one sentence.
    pub(super) detail: String,
    /// Whether it accepted.
    pub(super) accepted: bool,
}

/// A behaviour that surprises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quirk {
    /// Once a pinned name with a matching issuer was visited, an untrusted root is tolerated for the names after it.
    StickyUnknownCa,
    /// An untrusted root and an unreachable list together fail the server pass even where both alone are forgiven.
    UntrustedAndOffline,
}

impl Decision {
    fn refused(code: &'static str, passes: Vec<Pass>) -> Self {
        Self { code: Some(code), matched: None, passes, quirk: None }
    }

    fn by_thumbprint(label: &'static str, listed: &ListedThumbprint, mut passes: Vec<Pass>) -> Self {
        let detail = alloc::format!("the thumbprint is listed in `{}`", listed.setting);
        passes.push(Pass { label, detail, accepted: true });
        let matched = Match::Thumbprint { setting: listed.setting, entry: listed.entry, span: listed.span.clone() };
        Self { code: None, matched: Some(matched), passes, quirk: None }
    }

    fn by_name(label: &'static str, declared: &DeclaredName, mut passes: Vec<Pass>) -> Self {
        let pinned = if declared.is_pinned() { " and its issuer is pinned" } else { "" };
        passes.push(Pass {
            label,
            detail: alloc::format!("the name {} is declared{pinned}", quote(&declared.name)),
            accepted: true,
        });
        let matched = Match::Name {
            name: declared.name.clone(),
            pinned: declared.is_pinned(),
            setting: declared.settings.first().copied().unwrap_or_default(),
            span: declared.spans.first().cloned(),
        };
        Self { code: None, matched: Some(matched), passes, quirk: None }
    }
}

/// Whether the error bits of a chain end the decision on Windows whatever matches.
pub(super) fn is_fatal_on_windows(bits: u32) -> bool {
    windows::fatal(bits).is_some()
}

impl Pass {
    fn failed(label: &'static str, detail: impl Into<String>) -> Self {
        Self { label, detail: detail.into(), accepted: false }
    }
}

impl Rules<'_> {
    /// Whether a listed thumbprint or a declared name is about the certificate, so that only its chain stands between.
    pub(super) fn is_about(&self, presented: &Presented, platform: Platform) -> bool {
        let about = match platform {
            Platform::Windows => windows::about,
            Platform::Linux => linux::about,
        };
        self.thumbprint(presented).is_some() || about(presented, self).is_some()
    }

    /// Whether nothing is declared, so that nothing matches.
    pub(super) fn is_empty(&self) -> bool {
        self.thumbprints.is_empty() && self.names.is_empty()
    }

    fn thumbprint(&self, presented: &Presented) -> Option<&ListedThumbprint> {
        self.thumbprints.get(&presented.thumbprint)
    }
}
