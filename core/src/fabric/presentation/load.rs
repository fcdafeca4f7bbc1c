//! Loading credentials: which certificates of a store a declaration yields, and which of them is presented
//! (SecurityCredentials.cpp:157-436; section by section the order is that of the source).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::find_value::{FindFault, FindType, FindValue, Order};
use super::key::{KeyFault, KeyState};
use super::store::Installed;
use crate::fabric::manifest::{CertificateRole, NodeCertificate};
use crate::fabric::{Platform, Runtime};
use crate::{Limits, Time};

/// What a node type declares for one role, as text. `Default` values of the schema are filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declaration<'a> {
    /// What the certificate is used for.
    pub role: CertificateRole,
    /// `X509FindType`.
    pub find_type: &'a str,
    /// `X509FindValue`.
    pub find_value: &'a str,
    /// `X509FindValueSecondary`; empty: none.
    pub secondary: &'a str,
    /// `X509StoreName`.
    pub store_name: &'a str,
}

impl<'a> Declaration<'a> {
    /// What a node has where nothing is declared.
    pub const fn empty(role: CertificateRole) -> Self {
        Self { role, find_type: "FindByThumbprint", find_value: "", secondary: "", store_name: "My" }
    }

    /// The declaration of an element of a manifest.
    pub fn of(certificate: &'a NodeCertificate<'_>) -> Self {
        let text = |value: &'a Option<crate::fabric::manifest::Value<'_>>, default: &'static str| {
            value.as_ref().map_or(default, |value| value.text())
        };
        Self {
            role: certificate.role,
            find_type: text(&certificate.find_type, "FindByThumbprint"),
            find_value: text(&certificate.find_value, ""),
            secondary: text(&certificate.find_value_secondary, ""),
            store_name: text(&certificate.store_name, "My"),
        }
    }
}

/// How credentials are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading<'a> {
    /// The instant.
    pub at: Time,
    /// The operating system of the node.
    pub platform: Platform,
    /// The version of the runtime.
    pub runtime: Runtime,
    /// `UseSecondaryIfNewer`.
    pub use_secondary_if_newer: bool,
    /// `SkipX509CredentialExpirationChecking`.
    pub skip_expiration: bool,
    /// Whether the node's own clients are accepted as default clients: on Windows, `AllowDefaultClient`, in a cluster that
    /// no resource provider runs. Then a secondary value on them is refused (SecurityUtil.cpp:123-292).
    pub default_client: bool,
    /// The account of the runtime.
    pub account: &'a str,
}

/// What loading yields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// Why the settings are refused before a store is opened.
    pub refused: Option<Refusal>,
    /// Every certificate that was tried, in order.
    pub tried: Vec<Tried>,
    /// The places in the store of the credentials that were loaded; the first is presented.
    pub loaded: Vec<usize>,
    /// The error codes that may show why nothing was loaded, by name. Empty where something was, and where the code is
    /// not documented.
    pub codes: Vec<&'static str>,
    /// What became of the secondary value.
    pub secondary: Secondary,
    /// Facts on which it depends what is presented.
    pub unknown: Vec<String>,
}

/// Why settings are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// An empty store name, on Windows.
    StoreName,
    /// A type that there is not.
    FindType,
    /// `X509FindValue`.
    FindValue(FindFault),
    /// `X509FindValueSecondary`.
    Secondary(FindFault),
    /// A secondary value on a default client.
    DefaultClientSecondary,
}

/// What became of the secondary value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Secondary {
    /// There is none.
    #[default]
    Absent,
    /// The primary value yielded something, so it was not looked at.
    NotLookedAt,
    /// The primary value yielded nothing, so it alone counts.
    Fallback,
    /// Both were looked at, and the newest wins.
    Merged,
}

/// A certificate that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Its place in the store, from 0.
    pub place: usize,
    /// Whether the secondary value found it.
    pub secondary: bool,
    /// What came of it.
    pub outcome: Tries,
}

/// What came of a certificate that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tries {
    /// Loaded. `assumed`: the case doesn't say all about the key.
    Loaded {
        /// Whether something about the key was assumed.
        assumed: bool,
    },
    /// It depends on a fact about the key.
    Unknown(String),
    /// Its key can't be used.
    Key(KeyFault),
    /// NotAfter is not later than now.
    Expired,
}

impl Refusal {
    /// The error that Service Fabric gives, by name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::StoreName => "FABRIC_E_INVALID_X509_STORE_NAME",
            Self::FindType => "FABRIC_E_INVALID_X509_FIND_TYPE",
            Self::FindValue(fault) | Self::Secondary(fault) => fault.code,
            Self::DefaultClientSecondary => "FABRIC_E_INVALID_CONFIGURATION",
        }
    }
}

/// Which credentials a node loads for a declaration, and which of them it presents. A pure function over facts.
pub fn present(declaration: &Declaration<'_>, store: &[Installed], loading: &Loading<'_>) -> Credentials {
    match read(declaration, loading) {
        Err(refusal) => {
            Credentials { codes: Vec::from([refusal.code()]), refused: Some(refusal), ..Credentials::default() }
        }
        Ok((kind, primary, secondary)) => {
            let with = load(kind, &primary, secondary.as_ref(), store, loading, true);
            let without = load(kind, &primary, secondary.as_ref(), store, loading, false);
            settle(with, &without)
        }
    }
}

type Values = (FindType, FindValue, Option<FindValue>);

fn read(declaration: &Declaration<'_>, loading: &Loading<'_>) -> Result<Values, Refusal> {
    let is_client = matches!(declaration.role, CertificateRole::Client | CertificateRole::UserRoleClient);
    if declaration.store_name.is_empty() && loading.platform == Platform::Windows {
        return Err(Refusal::StoreName);
    }
    let kind = FindType::read(declaration.find_type).ok_or(Refusal::FindType)?;
    let primary = FindValue::read(kind, declaration.find_value, loading.platform).map_err(Refusal::FindValue)?;
    if declaration.secondary.is_empty() {
        return Ok((kind, primary, None));
    }
    let secondary = FindValue::read(kind, declaration.secondary, loading.platform).map_err(Refusal::Secondary)?;
    if is_client && loading.default_client {
        return Err(Refusal::DefaultClientSecondary);
    }
    Ok((kind, primary, Some(secondary)))
}

/// Loads in the world where every unknown key can be used, or where none can.
fn load(
    kind: FindType,
    primary: &FindValue,
    secondary: Option<&FindValue>,
    store: &[Installed],
    loading: &Loading<'_>,
    unknown_is_usable: bool,
) -> Credentials {
    let order = Order::of(loading.runtime, kind, loading.use_secondary_if_newer);
    let mut credentials = Credentials::default();
    let list = |value: &FindValue, is_secondary: bool, credentials: &mut Credentials| -> Vec<usize> {
        let found = value.search(store, loading.platform, order);
        if found.is_empty() {
            credentials.codes = Vec::from(["FABRIC_E_CERTIFICATE_NOT_FOUND"]);
        }
        let mut loaded = Vec::new();
        for place in found {
            let Some(installed) = store.get(place) else { continue };
            let outcome = attempt(installed, loading);
            match &outcome {
                Tries::Loaded { .. } => loaded.push(place),
                Tries::Unknown(_) if unknown_is_usable => loaded.push(place),
                Tries::Unknown(_) => credentials.codes = Vec::new(),
                Tries::Key(fault) => credentials.codes = fault.codes(loading.platform).to_vec(),
                Tries::Expired => credentials.codes = Vec::from(["FABRIC_E_INVALID_CREDENTIALS"]),
            }
            if credentials.tried.len() < Limits::CERTIFICATES {
                credentials.tried.push(Tried { place, secondary: is_secondary, outcome });
            }
        }
        loaded
    };
    let mut loaded = list(primary, false, &mut credentials);
    credentials.secondary = match secondary {
        None => Secondary::Absent,
        Some(_) if !loaded.is_empty() && !loading.use_secondary_if_newer => Secondary::NotLookedAt,
        Some(value) => {
            let kind = if loaded.is_empty() { Secondary::Fallback } else { Secondary::Merged };
            for place in list(value, true, &mut credentials) {
                if !loaded.contains(&place) {
                    loaded.push(place);
                }
            }
            order.sort(&mut loaded, store);
            kind
        }
    };
    if !loaded.is_empty() {
        credentials.codes.clear();
    }
    // No source says which of two comes first where the dates are the same.
    if let [first, second, ..] = loaded.as_slice()
        && let (Some(first), Some(second)) = (store.get(*first), store.get(*second))
        && order.date(first) == order.date(second)
        && first.thumbprint != second.thumbprint
    {
        let (one, other) = (first.number.min(second.number), first.number.max(second.number));
        credentials.unknown.push(format!(
            "which of certificates {one} and {other} the node tries first, whose {} is the same",
            order.noun()
        ));
    }
    credentials.loaded = loaded;
    credentials
}

/// The key is asked for first, and then whether the certificate has expired. NotBefore is not looked at.
fn attempt(installed: &Installed, loading: &Loading<'_>) -> Tries {
    let state = installed.key.state(loading.platform, loading.runtime, loading.account);
    let is_expired = installed.not_after <= loading.at && !loading.skip_expiration;
    match state {
        KeyState::Faulty(fault) => Tries::Key(fault),
        _ if is_expired => Tries::Expired,
        KeyState::Unknown(fact) => Tries::Unknown(fact),
        KeyState::Usable => Tries::Loaded { assumed: false },
        KeyState::Assumed => Tries::Loaded { assumed: true },
    }
}

/// Where the two worlds present the same certificate, the unknown facts don't matter. The first of a list is known to be
/// loaded exactly then.
fn settle(mut with: Credentials, without: &Credentials) -> Credentials {
    if with.loaded.first() != without.loaded.first() {
        for tried in with.tried.iter().chain(&without.tried) {
            if let Tries::Unknown(fact) = &tried.outcome
                && !with.unknown.contains(fact)
            {
                with.unknown.push(fact.clone());
            }
        }
    }
    with
}

/// When the health report of a credential turns to a warning: from `not_after` minus the safety margin on
/// (TransportSecurity.cpp:532-575). The margin is in seconds.
pub const fn warns_at(not_after: Time, margin: i64) -> Time {
    not_after.plus(margin.saturating_neg())
}
