//! What the settings say about a connection, whoever it is that connects.

use alloc::format;
use alloc::string::String;

use super::opening::Closed;
use super::{Judge, Judgement};
use crate::fabric::credential::{CredentialType, is_protection_level};
use crate::fabric::implicit::Reach;
use crate::fabric::parameter::PARAMETERS;
use crate::fabric::settings::Settings;
use crate::fabric::{Connection, Declared, Runtime};
use crate::{Span, Verdict};

/// That both directions count, where they differ.
pub(in crate::fabric) const BOTH_WAYS: &str = "between nodes an unreachable revocation list is forgiven only where `IgnoreCrlOfflineError` and `IgnoreSvrCrlOfflineError` both are true, since either of two nodes may open the connection";

/// What is looked up once for a connection.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    /// What every certificate comes to, where none can be admitted or none be decided.
    pub(super) barred: Option<Judgement>,
    /// Some nodes don't open.
    pub(super) closed: Option<Closed>,
    /// Whether an unreachable revocation list is forgiven.
    pub(super) ignores_offline: bool,
    /// Whether names are compared at all: the connection is secured and its rules can be read.
    pub(super) compares_names: bool,
}

impl Judge<'_, '_> {
    /// Looks up what holds for a connection.
    pub(super) fn look_up(&self, connection: Connection) -> Terms {
        let closed = self.closed(connection);
        Terms {
            barred: self.barred(connection, closed.as_ref()),
            closed,
            ignores_offline: self.ignores_offline(connection),
            compares_names: self.unsecured(connection).is_none() && self.unreadable(connection).is_none(),
        }
    }

    /// Nodes that don't open, where others do.
    pub(super) fn closed_to_some(&self, connection: Connection) -> Option<&Closed> {
        self.terms(connection)?.closed.as_ref().filter(|closed| closed.reach != Reach::All)
    }

    fn barred(&self, connection: Connection, closed: Option<&Closed>) -> Option<Judgement> {
        let refused = |because: String| Judgement::new(Verdict::Refused, because);
        let unknown = self.settings.unknown(Declared::judging(connection));
        if self.settings.anything_is_unknown() {
            return Some(Judgement::untold(&unknown));
        }
        if let Some(because) = self.ends() {
            let span = self.broken.as_ref().map(|(_, span)| span.clone());
            return Some(Judgement { span, ..refused(because) });
        }
        if let Some((setting, span, because, code)) = self.unsecured(connection) {
            return Some(Judgement { code, span: Some(span), ..refused(format!("`{setting}` {because}")) });
        }
        if let Some((fault, code)) = self.unreadable(connection) {
            let so = match connection {
                Connection::Node => "no node opens",
                _ if self.cluster.error.is_some() && connection != Connection::Server => {
                    "no node opens, and no gateway either"
                }
                Connection::Gateway | Connection::HttpGateway => "the gateway does not start",
                Connection::Server => "the client can't judge any server",
            };
            let because = format!("{fault}, so {so}");
            return Some(Judgement { code: Some(code), ..refused(because) });
        }
        if !unknown.is_empty() {
            return Some(Judgement::untold(&unknown));
        }
        let closed = closed.filter(|closed| closed.reach == Reach::All)?;
        Some(Judgement { code: Some(closed.code), ..refused(closed.because.clone()) })
    }

    fn ignores_offline(&self, connection: Connection) -> bool {
        match (connection, self.runtime) {
            (Connection::Node, Runtime::V6_5) => self.settings.flag_of("Federation", "IgnoreCrlOfflineError", true),
            (Connection::Server, _) => self.settings.flag("IgnoreSvrCrlOfflineError", true),
            (Connection::Node, _) if self.looks_both_ways() => false,
            _ => self.settings.flag("IgnoreCrlOfflineError", false),
        }
    }

    /// Whether a node forgives an unreachable revocation list where a peer opens the connection, and not where it does so
    /// itself (SecuritySettings.cpp:1585-1590). A pair of nodes is connected only if both pass, so that the list counts.
    pub(in crate::fabric) fn looks_both_ways(&self) -> bool {
        let flag = |name, default| self.settings.flag(name, default);
        self.runtime != Runtime::V6_5 && flag("IgnoreCrlOfflineError", false) && !flag("IgnoreSvrCrlOfflineError", true)
    }

    /// The setting by which no certificate is ever looked at on a connection: why, and the code that Service Fabric
    /// gives, if it gives one. A type that is not written is taken for `X509`: a fragment need not show it.
    pub(in crate::fabric) fn unsecured(
        &self,
        connection: Connection,
    ) -> Option<(&'static str, Span, &'static str, Option<&'static str>)> {
        let (credential, protection) = match connection {
            Connection::Node => ("ClusterCredentialType", "ClusterProtectionLevel"),
            _ => ("ServerAuthCredentialType", "ClientServerProtectionLevel"),
        };
        let written = self.settings.security(credential);
        if let Some(parameter) = written {
            let span = parameter.value.whole();
            let invalid = Some("FABRIC_E_INVALID_CREDENTIAL_TYPE");
            match CredentialType::read(parameter.value.text()) {
                // An empty text is the default of any parameter (Config.h:57-120).
                None if parameter.value.text().is_empty() => {
                    let because = "is empty, and its default `None` asks for no certificate";
                    return Some((credential, span, because, None));
                }
                Some(CredentialType::Ssl) => {}
                Some(CredentialType::None) => {
                    return Some((
                        credential,
                        span,
                        "is `None`, so nothing is secured and no certificate is looked at",
                        None,
                    ));
                }
                Some(CredentialType::Negotiate) => {
                    return Some((credential, span, "is Windows, so no certificate is looked at", None));
                }
                Some(CredentialType::Claims) => {
                    return Some((credential, span, "is `Claims`, which the configuration may not say", invalid));
                }
                None => return Some((credential, span, "is not a credential type", invalid)),
            }
        }
        let security = self.settings.manifest().sections("Security").next();
        if let Some(section) = security.filter(|_| !self.settings.manifest().is_fragment && written.is_none()) {
            // The default of the runtime; the deployer refuses a manifest that doesn't write it.
            let because = "is not written, and its default `None` asks for no certificate";
            return Some((credential, section.name.whole(), because, None));
        }
        let is_level = |text: &str| text.is_empty() || is_protection_level(text);
        let parameter = self.settings.security(protection).filter(|parameter| !is_level(parameter.value.text()))?;
        let code = Some("FABRIC_E_INVALID_PROTECTION_LEVEL");
        Some((protection, parameter.value.whole(), "is not a protection level", code))
    }

    /// The value with which the process ends, in words.
    pub(in crate::fabric) fn ends(&self) -> Option<String> {
        let (setting, _) = self.broken.as_ref()?;
        Some(format!("`{setting}` has a value with which the process ends as soon as it reads it"))
    }

    /// What keeps a connection from working at all, in words that others go on from, with the code that Service Fabric
    /// gives.
    pub(in crate::fabric) fn unreadable(&self, connection: Connection) -> Option<(String, &'static str)> {
        let error = match connection {
            Connection::Node => self.cluster.error.as_ref(),
            Connection::Gateway | Connection::HttpGateway => {
                self.cluster.error.as_ref().or(self.clients.error.as_ref())
            }
            Connection::Server => self.server.error.as_ref(),
        };
        error.map(|error| (error.fault(), error.code))
    }
}

/// The first value that is no number, or too small a one: the process asserts (Config.h:57-120).
pub(super) fn broken(settings: &Settings<'_>) -> Option<(&'static str, Span)> {
    PARAMETERS.iter().find_map(|known| {
        let written = settings.manifest().parameter(known.section, known.name)?;
        known.ends_the_process(written.value.text()).then(|| (known.name, written.value.whole()))
    })
}
