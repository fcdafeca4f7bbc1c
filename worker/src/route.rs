//! Where a path leads, which methods it takes, and what it is called in logs.

use std::fmt;

/// The name of a policy: 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyId(String);

impl PolicyId {
    /// The name, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let good = (1..=63).contains(&text.len()) && text.bytes().all(fits) && !text.starts_with('-');
        good.then(|| Self(text.to_string()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is served at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `/v1/evaluate`
    Evaluate,
    /// `/v1/evaluate/batch`
    Batch,
    /// `/v1/rules`
    Rules,
    /// `/v1/schema`
    Schema,
    /// `/openapi.json`
    Openapi,
    /// `/api`
    Page,
    /// `/healthz`
    Health,
    /// `/metrics`
    Metrics,
    /// `/v1/policies`
    Policies,
    /// `/v1/policies/{id}`
    Policy(PolicyId),
    /// `/v1/policies/{id}/versions/{version}`
    Version(PolicyId, u32),
    /// `/v1/policies/{id}/audit`
    Audit(PolicyId),
    /// `/v1/policies/{id}/rollback`
    Rollback(PolicyId),
    /// `/v1/policies/{id}/evaluate`
    Ask(PolicyId),
    /// `/v1/guard/peer/{policy}`, and whatever follows
    GuardPeer(PolicyId),
    /// `/v1/guard/session/{policy}/...`: the policy, and the path behind it
    GuardSession(PolicyId, String),
    /// `/v1/guard/enclave/{policy}`
    GuardEnclave(PolicyId),
    /// `/access/v1/evaluation`
    Access,
    /// `/access/v1/evaluations`
    Accesses,
    /// `/.well-known/authzen-configuration`
    AccessConfiguration,
    /// A path of the API where nothing is.
    Nothing,
}

impl Route {
    /// The route of a path, unless the path is left to the static files. Paths are compared as they stand: one that is
    /// written with percent signs where none are needed leads nowhere.
    pub fn of(path: &str) -> Option<Self> {
        Some(match path {
            "/healthz" => Self::Health,
            "/metrics" => Self::Metrics,
            "/openapi.json" => Self::Openapi,
            "/api" => Self::Page,
            "/.well-known/authzen-configuration" => Self::AccessConfiguration,
            "/access/v1/evaluation" => Self::Access,
            "/access/v1/evaluations" => Self::Accesses,
            "/v1" | "/access" => Self::Nothing,
            _ if path.starts_with("/access/") => Self::Nothing,
            _ => Self::versioned(path.strip_prefix("/v1/")?).unwrap_or(Self::Nothing),
        })
    }

    fn versioned(path: &str) -> Option<Self> {
        if let Some(rest) = path.strip_prefix("guard/") {
            let (kind, rest) = rest.split_once('/')?;
            let (policy, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let policy = PolicyId::new(policy)?;
            return match kind {
                "peer" => Some(Self::GuardPeer(policy)),
                "session" => Some(Self::GuardSession(policy, rest.to_string())),
                "enclave" if rest.is_empty() => Some(Self::GuardEnclave(policy)),
                _ => None,
            };
        }
        let mut parts = path.split('/');
        let first = parts.next()?;
        let rest: Vec<&str> = parts.collect();
        Some(match (first, rest.as_slice()) {
            ("evaluate", []) => Self::Evaluate,
            ("evaluate", ["batch"]) => Self::Batch,
            ("rules", []) => Self::Rules,
            ("schema", []) => Self::Schema,
            ("policies", []) => Self::Policies,
            ("policies", [id]) => Self::Policy(PolicyId::new(id)?),
            ("policies", [id, "audit"]) => Self::Audit(PolicyId::new(id)?),
            ("policies", [id, "rollback"]) => Self::Rollback(PolicyId::new(id)?),
            ("policies", [id, "evaluate"]) => Self::Ask(PolicyId::new(id)?),
            ("policies", [id, "versions", version]) => Self::Version(PolicyId::new(id)?, number(version)?),
            _ => return None,
        })
    }

    /// What the route is called in logs and counters: its path without anything of the caller's.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Evaluate => "/v1/evaluate",
            Self::Batch => "/v1/evaluate/batch",
            Self::Rules => "/v1/rules",
            Self::Schema => "/v1/schema",
            Self::Openapi => "/openapi.json",
            Self::Page => "/api",
            Self::Health => "/healthz",
            Self::Metrics => "/metrics",
            Self::Policies => "/v1/policies",
            Self::Policy(_) => "/v1/policies/{id}",
            Self::Version(..) => "/v1/policies/{id}/versions/{version}",
            Self::Audit(_) => "/v1/policies/{id}/audit",
            Self::Rollback(_) => "/v1/policies/{id}/rollback",
            Self::Ask(_) => "/v1/policies/{id}/evaluate",
            Self::GuardPeer(_) => "/v1/guard/peer/{policy}",
            Self::GuardSession(..) => "/v1/guard/session/{policy}",
            Self::GuardEnclave(_) => "/v1/guard/enclave/{policy}",
            Self::Access => "/access/v1/evaluation",
            Self::Accesses => "/access/v1/evaluations",
            Self::AccessConfiguration => "/.well-known/authzen-configuration",
            Self::Nothing => "nothing",
        }
    }

    /// The methods it takes, as an `Allow` header lists them; absent where any will do.
    pub fn methods(&self) -> Option<&'static str> {
        Some(match self {
            Self::GuardPeer(_) | Self::GuardSession(..) | Self::Nothing => return None,
            Self::Evaluate | Self::Batch | Self::Rollback(_) | Self::Ask(_) => "POST, OPTIONS",
            Self::GuardEnclave(_) | Self::Access | Self::Accesses => "POST, OPTIONS",
            Self::Policy(_) => "GET, HEAD, PUT, DELETE, OPTIONS",
            Self::Rules | Self::Schema | Self::Openapi | Self::Page | Self::Health | Self::Metrics => {
                "GET, HEAD, OPTIONS"
            }
            Self::Policies | Self::Version(..) | Self::Audit(_) | Self::AccessConfiguration => "GET, HEAD, OPTIONS",
        })
    }

    /// Whether pages of other origins may ask: evaluation alone, which takes and gives nothing of the caller's browser.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Evaluate | Self::Batch)
    }
}

/// A version: a positive number without a sign or leading zeros.
fn number(text: &str) -> Option<u32> {
    (!text.starts_with(['0', '+'])).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_where_they_say() {
        let id = || PolicyId::new("edge-1").expect("a name");
        for (path, route) in [
            ("/v1/evaluate", Some(Route::Evaluate)),
            ("/v1/policies/edge-1/versions/7", Some(Route::Version(id(), 7))),
            ("/v1/policies/edge-1/versions/07", Some(Route::Nothing)),
            ("/v1/policies/Edge-1", Some(Route::Nothing)),
            ("/v1/policies/edge%2d1", Some(Route::Nothing)),
            ("/v1/policies/edge-1/", Some(Route::Nothing)),
            ("/v1/guard/peer/edge-1", Some(Route::GuardPeer(id()))),
            ("/v1/guard/peer/edge-1/any/path", Some(Route::GuardPeer(id()))),
            ("/v1/guard/session/edge-1/a/b", Some(Route::GuardSession(id(), "/a/b".into()))),
            ("/v1/guard/enclave/edge-1/a", Some(Route::Nothing)),
            ("/v1/guard/peer/", Some(Route::Nothing)),
            ("/v1", Some(Route::Nothing)),
            ("/v10", None),
            ("/index.html", None),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }

    #[test]
    fn names_are_narrow() {
        for name in ["", "-a", "A", "a_b", "a.b", "a/b", "ä", &"a".repeat(64)] {
            assert_eq!(PolicyId::new(name), None, "{name}");
        }
        assert!(PolicyId::new(&"a".repeat(63)).is_some());
    }
}
