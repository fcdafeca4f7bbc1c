//! What a policy says of the doors that it guards.

use admit_core::Kind;
use serde::{Deserialize, Serialize};

/// The doors of a policy. What is absent is shut.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Guard {
    /// `/v1/guard/peer/{policy}`: of kind `peer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<PeerGuard>,
    /// `/v1/guard/session/{policy}/...`: of kind `session`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionGuard>,
}

/// Where a peer's certificate may come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerGuard {
    /// The sources that are believed; a certificate from any other is an attempt.
    pub sources: Vec<Source>,
    /// The name of the proxy whose secret (in the platform's secret `PROXIES`) comes with each request. Needed for every
    /// source but `platform`.
    #[serde(default)]
    pub proxy: Option<String>,
}

/// Who took the certificate from the TLS connection, and how it passes it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// `Client-Cert` and `Client-Cert-Chain` (RFC 9440).
    ClientCert,
    /// Envoy's `x-forwarded-client-cert`.
    Xfcc,
    /// nginx's `$ssl_client_escaped_cert` in `x-ssl-client-cert`.
    Nginx,
    /// Traefik's `x-forwarded-tls-client-cert`.
    Traefik,
    /// The platform itself: `request.cf.tlsClientAuth`.
    Platform,
}

/// How a session pool is guarded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionGuard {
    /// The pool management endpoint: `https://pool.env.region.azurecontainerapps.io`.
    pub endpoint: String,
    /// `iss` of the callers' tokens.
    pub issuer: String,
    /// `aud` of the callers' tokens.
    pub audience: String,
    /// The keys of the issuer: a JSON Web Key Set, or the address of one (`jwks_uri` of the issuer's configuration), which
    /// follows the issuer's changes. A set that is written down is for an issuer that the worker can't reach, or whose keys
    /// are to be pinned.
    pub jwks: serde_json::Value,
    /// Seconds by which the issuer's clock may differ.
    #[serde(default = "skew")]
    pub skew: u32,
    /// The token endpoint that gives the pool's credential (OAuth 2.0, client credentials).
    pub authority: String,
    /// The client; its secret is in the platform's secret `CLIENTS` by this name.
    pub client: String,
    /// The scope that is asked for.
    #[serde(default = "scope")]
    pub scope: String,
    /// Seconds after which a principal gets a new identifier, however busy it is.
    #[serde(default = "rotation")]
    pub rotation: u32,
    /// Seconds without a request after which a principal gets a new identifier: the pool's cool-down.
    #[serde(default = "idle")]
    pub idle: u32,
}

/// Whether a text is a JSON Web Key Set with a key (RFC 7517, section 5).
pub fn has_keys(text: &str) -> bool {
    serde_json::from_str(text).is_ok_and(|set: serde_json::Value| holds_keys(&set))
}

fn holds_keys(set: &serde_json::Value) -> bool {
    set.get("keys").and_then(|keys| keys.as_array()).is_some_and(|keys| !keys.is_empty())
}

/// Whether an address is one that secrets may go to: `https`, or this machine in a test.
fn is_safe(address: &str) -> bool {
    let uri: Option<http::Uri> = address.parse().ok();
    uri.is_some_and(|uri| {
        let host = uri.host().unwrap_or_default();
        let local = ["127.0.0.1", "localhost"].contains(&host);
        let safe = uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && local);
        safe && !host.is_empty() && uri.query().is_none() && !address.contains(['@', '#'])
    })
}

fn skew() -> u32 {
    60
}

/// The article's audience, as a scope.
fn scope() -> String {
    "https://dynamicsessions.io/.default".into()
}

fn rotation() -> u32 {
    86_400
}

/// The pool's own default.
fn idle() -> u32 {
    300
}

impl Guard {
    /// Checks that the doors fit the kind and that each can be guarded.
    ///
    /// # Errors
    ///
    /// What is wrong, in one sentence.
    pub fn check(&self, kind: Kind) -> Result<(), String> {
        if self.peer.is_some() && kind != Kind::Peer {
            return Err("expected `guard.peer` in a policy of kind `peer` only, found it in another".into());
        }
        if self.session.is_some() && kind != Kind::Session {
            return Err("expected `guard.session` in a policy of kind `session` only, found it in another".into());
        }
        if let Some(peer) = &self.peer {
            if peer.sources.is_empty() {
                return Err("expected a source in `guard.peer.sources`, found none".into());
            }
            if peer.proxy.is_none() && peer.sources.iter().any(|source| *source != Source::Platform) {
                return Err("expected the name of a proxy in `guard.peer.proxy`, found none".into());
            }
        }
        self.session.as_ref().map_or(Ok(()), SessionGuard::check)
    }
}

impl SessionGuard {
    /// The address of the issuer's keys, where they aren't written down.
    pub fn keys_at(&self) -> Option<&str> {
        self.jwks.as_str()
    }

    fn check(&self) -> Result<(), String> {
        if self.keys_at().is_none() && !holds_keys(&self.jwks) {
            return Err("expected a JSON Web Key Set or its address in `guard.session.jwks`, found no keys".into());
        }
        let addresses =
            [("endpoint", Some(&*self.endpoint)), ("authority", Some(&self.authority)), ("jwks", self.keys_at())];
        for (name, address) in addresses {
            if !address.is_none_or(is_safe) {
                return Err(format!("expected an address with `https` in `guard.session.{name}`, found another"));
            }
        }
        for (name, text) in [("issuer", &self.issuer), ("audience", &self.audience), ("client", &self.client)] {
            if text.is_empty() {
                return Err(format!("expected a text in `guard.session.{name}`, found nothing"));
            }
        }
        if self.rotation == 0 || self.idle == 0 || self.skew > 600 {
            return Err("expected a `rotation` and an `idle` above 0 and a `skew` of at most 600 seconds".into());
        }
        Ok(())
    }
}
