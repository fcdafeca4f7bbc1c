//! What the nodes of a manifest present: settings, what is installed, and how it is loaded, and out comes a certificate
//! for each role. This is what kind `presentation` decides with, and what a roll-out asks at each of its steps.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::load::{Credentials, Declaration, Loading, present};
use super::{DEFAULT_ACCOUNT, Installed};
use crate::Time;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{CertificateRole, NodeCertificate};
use crate::fabric::settings::Settings;
use crate::fabric::{Connection, Platform, Runtime};

/// What one declaration of a node type yields.
pub(crate) struct Yield<'m> {
    /// The name of the node type; absent where a fragment shows certificates alone.
    pub(crate) node_type: Option<&'m str>,
    /// The declaration, with its role.
    pub(crate) certificate: &'m NodeCertificate<'m>,
    /// Why no certificate is loaded at all: the credential type, or settings with which no node opens.
    pub(crate) unused: Option<String>,
    /// What is loaded.
    pub(crate) credentials: Credentials,
}

impl<'s> Yield<'_> {
    /// The certificate that is presented; nothing where there is none, and where it depends on a fact that is not known.
    pub(crate) fn presented(&self, store: &'s [Installed]) -> Option<&'s Installed> {
        let is_certain = self.unused.is_none() && self.credentials.unknown.is_empty();
        store.get(*self.credentials.loaded.first().filter(|_| is_certain)?)
    }
}

impl<'a> Loading<'a> {
    /// How a node loads its certificates by these settings. Without an `account` the runtime's usual one counts.
    pub(in crate::fabric) fn of(
        settings: &Settings<'_>,
        platform: Platform,
        runtime: Runtime,
        account: Option<&'a str>,
        at: Time,
    ) -> Self {
        let provider = settings.text("Paas", "ClusterId").is_some_and(|id| !id.trim().is_empty());
        Self {
            at,
            platform,
            runtime,
            use_secondary_if_newer: settings.flag("UseSecondaryIfNewer", false),
            skip_expiration: settings.flag("SkipX509CredentialExpirationChecking", false),
            default_client: platform == Platform::Windows && settings.flag("AllowDefaultClient", true) && !provider,
            account: account.unwrap_or(DEFAULT_ACCOUNT),
        }
    }
}

/// What a node of each node type presents, by node type, then by role in the order of the schema. With a name, only the
/// node type of that name, and what a fragment shows without one.
pub(in crate::fabric) fn yields<'m>(
    judge: &Judge<'m, 'm>,
    store: &[Installed],
    node_type: Option<&str>,
    loading: &Loading<'_>,
) -> Vec<Yield<'m>> {
    let settings: &'m Settings<'m> = judge.settings;
    let mut yields = Vec::new();
    for one in &settings.manifest().node_types {
        let name = one.name.as_ref().map(|name| name.text());
        if node_type.is_some() && name.is_some() && node_type != name {
            continue;
        }
        for certificate in CertificateRole::ALL.into_iter().filter_map(|role| one.certificate(role)) {
            let unused = unused(judge, certificate.role);
            let credentials = match unused {
                Some(_) => Credentials::default(),
                None => present(&Declaration::of(certificate), store, loading),
            };
            yields.push(Yield { node_type: name, certificate, unused, credentials });
        }
    }
    yields
}

/// Why no certificate is loaded for a role: the credential type, or settings with which the node doesn't open, and then
/// it has no gateway either.
fn unused(judge: &Judge<'_, '_>, role: CertificateRole) -> Option<String> {
    let node = judge.unsecured(Connection::Node);
    let own = match role {
        CertificateRole::Cluster => node,
        _ => node.filter(|(.., code)| code.is_some()).or_else(|| judge.unsecured(Connection::Gateway)),
    };
    judge.ends().or_else(|| own.map(|(setting, _, because, _)| format!("`{setting}` {because}")))
}
