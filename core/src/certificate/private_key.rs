//! Private keys among what was pasted.

use crate::{Citation, Kind, Rule, Severity};

/// A private key was pasted.
pub static PRIVATE_KEY_PASTED: Rule = Rule {
    id: "private-key-pasted",
    aliases: &[],
    title: "a private key was pasted",
    severity: Severity::Warning,
    kinds: &Kind::ALL,
    what: crate::page!("Looks for PEM blocks that hold a private key, in any document that holds certificates."),
    why: crate::page!(
        "Whoever holds the key is the certificate. Nothing that is asked here needs it, and a key that was in a \
          clipboard, a ticket or a browser is better replaced."
    ),
    bad: crate::page!(
        "-----BEGIN PRIVATE KEY-----\n(masked)\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n..."
    ),
    good: crate::page!("-----BEGIN CERTIFICATE-----\n..."),
    citation: Citation::new("RFC 7468", "section 13"),
};
