//! How peers are authenticated, and how traffic is protected (SecurityProvider.cpp:141-171).

/// The way in which peers are authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialType {
    /// Not at all, and traffic is not secured.
    None,
    /// By certificate.
    Ssl,
    /// By Windows accounts.
    Negotiate,
    /// By a token; refused where it comes from the configuration (SecuritySettings.cpp:227-231).
    Claims,
}

impl CredentialType {
    /// Reads a credential type, ignoring case; nothing: `InvalidCredentialType`.
    pub fn read(text: &str) -> Option<Self> {
        let is = |names: &[&str]| names.iter().any(|name| text.eq_ignore_ascii_case(name));
        match text {
            _ if is(&["None"]) => Some(Self::None),
            _ if is(&["X509", "SSL"]) => Some(Self::Ssl),
            _ if is(&["Windows", "Negotiate"]) => Some(Self::Negotiate),
            _ if is(&["Claims"]) => Some(Self::Claims),
            _ => None,
        }
    }
}

/// Whether a text is a protection level: `None`, `Sign` or `EncryptAndSign`, ignoring case.
pub(super) fn is_protection_level(text: &str) -> bool {
    ["None", "Sign", "EncryptAndSign"].iter().any(|level| text.eq_ignore_ascii_case(level))
}
