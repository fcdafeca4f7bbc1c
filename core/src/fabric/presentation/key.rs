//! Private keys, which no certificate tells about: facts that the user gives.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Installed;
use crate::fabric::{Platform, Runtime, ThumbprintList};
use crate::quote::quote;

/// What is known about the private key of one certificate of the store. What is not stated is assumed to be as it should
/// be, and the report lists the assumption.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct KeyFacts {
    /// The certificate, by its place in the store, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<u32>,
    /// The certificate, by its SHA-1 thumbprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbprint: Option<String>,
    /// Whether the private key is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<bool>,
    /// The provider that holds it, as `certutil -store My` names it: `Microsoft Enhanced RSA and AES Cryptographic
    /// Provider`. Without a meaning on Linux.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The accounts that can read it: `NETWORK SERVICE`. An empty list: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Vec<String>>,
}

/// What keeps a key from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// There is none.
    Missing,
    /// The account of the runtime can't read it.
    Unreadable,
    /// A CNG provider holds it, and the runtime knows CAPI1 only.
    Provider,
}

/// Whether a key can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// Stated to be usable.
    Usable,
    /// Something is not stated, and assumed to be as it should be.
    Assumed,
    /// It depends on this fact.
    Unknown(String),
    /// It can't.
    Faulty(KeyFault),
}

/// The account under which the runtime runs unless the policy names another (CreateOrUpdateOperation.cs:234-348).
pub const DEFAULT_ACCOUNT: &str = "NETWORK SERVICE";

/// Groups in which the runtime's account is: the group that the article asks to give access to, and everybody.
const GROUPS: [&str; 4] = ["SFAdmins", "ServiceFabricAdministrators", "Everyone", "Authenticated Users"];

/// Accounts that are somebody else. Of accounts that are in no list it is not known.
const OTHERS: [&str; 4] = ["SYSTEM", "LOCAL SERVICE", "LocalSystem", "Administrators"];

/// Providers of CAPI1 that hold RSA keys for TLS.
const CAPI1: [&str; 5] = [
    "Microsoft Base Cryptographic Provider v1.0",
    "Microsoft Strong Cryptographic Provider",
    "Microsoft Enhanced Cryptographic Provider v1.0",
    "Microsoft Enhanced RSA and AES Cryptographic Provider",
    "Microsoft RSA SChannel Cryptographic Provider",
];

/// Key storage providers of CNG.
const CNG: [&str; 4] = [
    "Microsoft Software Key Storage Provider",
    "Microsoft Smart Card Key Storage Provider",
    "Microsoft Platform Crypto Provider",
    "Microsoft Passport Key Storage Provider",
];

impl KeyFault {
    /// The error codes that may show it, by name. Which of the two Schannel codes stands for which reason is not
    /// documented, and neither is what Linux gives.
    pub const fn codes(self, platform: Platform) -> &'static [&'static str] {
        match (self, platform) {
            (_, Platform::Linux) => &[],
            (Self::Missing | Self::Unreadable, Platform::Windows) => {
                &["SEC_E_UNKNOWN_CREDENTIALS", "SEC_E_NO_CREDENTIALS"]
            }
            (Self::Provider, Platform::Windows) => &["NTE_BAD_PROV_TYPE"],
        }
    }

    /// In words.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Missing => "its private key is not there",
            Self::Unreadable => "the runtime's account can't read its private key",
            Self::Provider => "its private key is held by a CNG provider, which the runtime doesn't know",
        }
    }
}

impl KeyFacts {
    /// The thumbprints that it names.
    pub(in crate::fabric) fn listed(&self) -> Vec<Vec<u8>> {
        let items = self.thumbprint.as_deref().map(|text| ThumbprintList::read(text).items).unwrap_or_default();
        items.into_iter().filter_map(|item| Some(item.thumbprint.ok()?.bytes)).collect()
    }

    /// Whether it is about a certificate, by its place or by one of its [`listed`](Self::listed) thumbprints.
    pub(in crate::fabric) fn is_about(&self, listed: &[Vec<u8>], installed: &Installed) -> bool {
        self.certificate == Some(installed.number) || listed.contains(&installed.thumbprint)
    }

    /// Whether the runtime can use the key. CNG keys are supported from 11.0 (release notes of 11.0).
    pub fn state(&self, platform: Platform, runtime: Runtime, account: &str) -> KeyState {
        if self.present == Some(false) {
            return KeyState::Faulty(KeyFault::Missing);
        }
        let access = self.access(platform, account);
        if let Some(state @ KeyState::Faulty(_)) = access {
            return state;
        }
        let provider = self.provider.as_deref().filter(|_| platform == Platform::Windows);
        match provider.filter(|_| runtime == Runtime::V6_5) {
            Some(name) if is_one_of(name, &CNG) => return KeyState::Faulty(KeyFault::Provider),
            Some(name) if !is_one_of(name, &CAPI1) => {
                return KeyState::Unknown(format!("whether {} is a provider of CAPI1 or of CNG", quote(name)));
            }
            _ => {}
        }
        match access {
            Some(KeyState::Unknown(fact)) => KeyState::Unknown(fact),
            Some(_) if self.present == Some(true) => KeyState::Usable,
            _ => KeyState::Assumed,
        }
    }

    /// Whether a provider of CNG is known to hold it.
    pub(crate) fn is_cng(&self) -> bool {
        self.provider.as_deref().is_some_and(|name| is_one_of(name, &CNG))
    }

    /// Whether the account can read the key; nothing where no account is stated.
    fn access(&self, platform: Platform, account: &str) -> Option<KeyState> {
        let accounts = self.access.as_ref()?;
        let parts = |name: &str| {
            name.trim().to_ascii_lowercase().rsplit_once('\\').map_or_else(
                || (None, name.trim().to_ascii_lowercase()),
                |(domain, local)| (Some(String::from(domain)), String::from(local)),
            )
        };
        // Accounts of two domains are two accounts, whatever they are called.
        let is = |name: &str, other: &str| {
            let ((domain, name), (other_domain, other)) = (parts(name), parts(other));
            name == other && (domain.is_none() || other_domain.is_none() || domain == other_domain)
        };
        if accounts.is_empty() {
            return Some(KeyState::Faulty(KeyFault::Unreadable));
        }
        if accounts.iter().any(|name| is(name, account) || GROUPS.iter().any(|group| is(name, group))) {
            return Some(KeyState::Usable);
        }
        let strangers = accounts.iter().find(|name| !OTHERS.iter().any(|other| is(name, other)));
        let unknown = |name: &str| format!("whether {} is, or includes, the runtime's account", quote(name));
        Some(match (strangers, platform) {
            (Some(name), _) => KeyState::Unknown(unknown(name)),
            // Which account the runtime has on Linux is not documented.
            (None, Platform::Linux) => KeyState::Unknown(String::from("the account of the runtime on Linux")),
            (None, Platform::Windows) => KeyState::Faulty(KeyFault::Unreadable),
        })
    }
}

fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(facts: &KeyFacts, runtime: Runtime) -> KeyState {
        facts.state(Platform::Windows, runtime, DEFAULT_ACCOUNT)
    }

    #[test]
    fn providers_matter_until_cng_is_known() {
        let of = |provider: &str| KeyFacts {
            present: Some(true),
            provider: Some(String::from(provider)),
            access: Some(Vec::from([String::from("NT AUTHORITY\\NETWORK SERVICE")])),
            ..KeyFacts::default()
        };
        let cng = of("Microsoft Software Key Storage Provider");
        assert_eq!(state(&cng, Runtime::V6_5), KeyState::Faulty(KeyFault::Provider));
        assert_eq!(state(&cng, Runtime::Current), KeyState::Usable);
        let capi = of("Microsoft Enhanced RSA and AES Cryptographic Provider");
        assert_eq!(state(&capi, Runtime::V6_5), KeyState::Usable);
        assert!(matches!(state(&of("Contoso HSM"), Runtime::V6_5), KeyState::Unknown(_)));
        assert_eq!(
            cng.state(Platform::Linux, Runtime::V6_5, ""),
            KeyState::Unknown(String::from(
                "whether `NT AUTHORITY\\NETWORK SERVICE` is, or includes, the runtime's account"
            ))
        );
    }

    #[test]
    fn access_is_by_account() {
        let of = |accounts: &[&str]| KeyFacts {
            present: Some(true),
            access: Some(accounts.iter().copied().map(String::from).collect()),
            ..KeyFacts::default()
        };
        let unreadable = KeyState::Faulty(KeyFault::Unreadable);
        assert_eq!(state(&of(&[]), Runtime::Current), unreadable);
        assert_eq!(state(&of(&["NT AUTHORITY\\SYSTEM", "Administrators"]), Runtime::Current), unreadable);
        assert_eq!(state(&of(&["SYSTEM", "sfadmins"]), Runtime::Current), KeyState::Usable);
        assert!(matches!(state(&of(&["CONTOSO\\sf$"]), Runtime::Current), KeyState::Unknown(_)));
        let managed = |access: &str| of(&[access]).state(Platform::Windows, Runtime::Current, "CONTOSO\\sf$");
        assert_eq!((managed("contoso\\SF$"), managed("sf$")), (KeyState::Usable, KeyState::Usable));
        assert!(matches!(managed("OTHER\\sf$"), KeyState::Unknown(_)));
        assert_eq!(state(&KeyFacts::default(), Runtime::Current), KeyState::Assumed);
        let missing = KeyFacts { present: Some(false), ..of(&["SFAdmins"]) };
        assert_eq!(state(&missing, Runtime::Current), KeyState::Faulty(KeyFault::Missing));
    }
}
