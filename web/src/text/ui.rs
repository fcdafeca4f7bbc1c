//! Labels, headings and sentences of the page.

#![expect(missing_docs, reason = "a label documents itself")]

use admit_core::certificate::GeneralName;
use admit_core::{Cost, Severity};

use super::severity;
use crate::prose::{count, size};
use crate::state::Theme;

pub const NOW: &str = "now";
pub const NOT_AN_INSTANT: &str = "not an instant such as 2026-11-22 00:00 UTC";
pub const AT: &str = "At";
pub const CERTIFICATES: &str = "Certificates";
pub const SHA1: &str = "SHA-1";
pub const SHA256: &str = "SHA-256";
pub const SHA1_THUMBPRINT: &str = "SHA-1 thumbprint";
pub const SHA256_THUMBPRINT: &str = "SHA-256 thumbprint";
pub const VALID: &str = "Valid";
pub const ALL_FACTS: &str = "All facts";
pub const NOT_READ: &str = "Could not be read";
pub const SUBJECT: &str = "Subject";
pub const ISSUER: &str = "Issuer";
pub const SERIAL: &str = "Serial";
pub const KEY: &str = "Key";
pub const SIGNATURE: &str = "Signature";
pub const NAMES: &str = "Names";
pub const PURPOSES: &str = "Purposes";
pub const KEY_USAGE: &str = "Key usage";
pub const AUTHORITY: &str = "Authority";
pub const SUBJECT_KEY: &str = "Subject key";
pub const ISSUER_KEY: &str = "Issuer key";
pub const REVOCATION_LISTS: &str = "Revocation lists";
pub const ISSUER_AT: &str = "Issuer at";
pub const OCSP: &str = "OCSP";
pub const CRITICAL: &str = "critical";
pub const FINDINGS: &str = "Findings";
pub const THEN: &str = "then ";
pub const EXAMPLES: &str = "Examples";
pub const SHARE: &str = "Share";
pub const RULE_PAGE: &str = "The rule, with examples";
pub const SEARCH: &str = "Search";
pub const RUN_ALL: &str = "Run every example here";
pub const RULES: &str = "Rules";
pub const MORE: &str = "Settings and history";
pub const NO_EXAMPLES: &str = "The examples could not be loaded.";
pub const BENCHES: &str = "Benches";
pub const HELP: &str = "Help";
pub const HELP_KEY: &str = "Help (?)";
pub const KEYBOARD: &str = "Keyboard";
pub const CLOSE: &str = "Close";
pub const SINGLE_KEYS: &str = "Single keys are shortcuts, outside of text fields";
pub const THE_CASE: &str = "The case";
pub const OPEN: &str = "open";
pub const CLEAR: &str = "clear";
pub const WHO_GETS_IN: &str = "Who gets in where";
pub const WHAT_IS_PRESENTED: &str = "What is presented";
pub const PRESENTED: &str = "presented";
pub const CERTIFICATE: &str = "Certificate";
pub const NO_ROLES: &str = "Client roles are not in effect: a client that gets in has every right.";
pub const ADMIN_IS_USER: &str = "An admin client has every right of a user client.";
pub const AS_ADMIN: &str = "As an admin client.";
pub const USER_ONLY: &str = "As a user client only.";
pub const USER_AT_LEAST: &str = "A user client for certain, and perhaps more.";
pub const SET_ASIDE: &str = "What was here last time did not finish loading, so it was set aside.";
pub const BRING_BACK: &str = "Bring it back";
pub const DISCARD: &str = "Discard";
pub const COPIED: &str = "copied";
pub const COPY: &str = "copy";
pub const WHEN: &str = "When it changes";
pub const JUDGE_HERE: &str = "Judge at this instant";
pub const WHY: &str = "Why";
pub const NO_VERDICT: &str = "No verdict";
pub const ASK_AGAIN: &str = "Ask again";
pub const VERDICT: &str = "Verdict";
pub const VERSIONS: &str = "The page and its engine are of different versions. Reload the page; what you typed stays.";
pub const NO_ANSWER: &str = "The engine did not answer, so it was started anew. What you typed is still here.";
pub const SETTLE: &str = "What would settle it";
pub const DIAGNOSIS: &str = "What explains it";
pub const LOOK_NEXT: &str = "Where to look next";
pub const ASSUMED: &str = "Assumed";
pub const SKIP: &str = "Skip to the case";
/// How the page is used.
pub const HOW: &str = "Paste or drop what you have anywhere on the page: it is put where it belongs. The verdict follows as you type. \
                  Links such as “manifest, line 5” lead to the place that decided.";
/// What the page promises.
pub const PROMISE: &str = "Everything is decided in this browser. Nothing you paste is sent, logged or put in the address. What you \
                  typed last is kept in this browser’s storage, unless it holds a private key or a token.";

pub const ALL: &str = "All";
pub const GIVEN: &str = "given: ";

/// What a key of a field does.
pub fn go_to(field: &str) -> String {
    format!("go to: {field}")
}

/// A filter with the number of what it shows.
pub fn counted(label: &str, number: usize) -> String {
    format!("{label} {number}")
}

/// A certificate without a name.
pub fn certificate(number: u32) -> String {
    format!("Certificate {number}")
}

/// A validity that is yet to come.
pub fn begins(distance: &str) -> String {
    format!("begins {distance}")
}

/// A validity that has begun.
pub fn ends(later: bool, distance: &str) -> String {
    format!("{} {distance}", if later { "ends" } else { "ended" })
}

/// Two instants.
pub fn from_to(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

/// What could not be read.
pub fn expected(expected: &str, found: &str) -> String {
    format!("expected {expected}, found {found}")
}

/// basicConstraints.
pub fn authority(ca: bool, path_length: Option<u32>) -> String {
    let path = path_length.map_or(String::new(), |length| format!(", path length {length}"));
    format!("{}{path}", if ca { "yes" } else { "no" })
}

/// A name of subjectAltName.
pub fn alternative(name: &GeneralName) -> String {
    match name {
        GeneralName::Dns(name) => name.clone(),
        GeneralName::Ip(name) => format!("IP {name}"),
        GeneralName::Email(name) => format!("mail {name}"),
        GeneralName::Uri(name) => format!("URI {name}"),
        GeneralName::Directory(name) => format!("directory {name}"),
        GeneralName::Other(name) => format!("other {name}"),
    }
}

/// Rules that the policy switched off.
pub fn switched_off(rules: &[String]) -> String {
    format!("Switched off by the policy: {}.", rules.join(", "))
}

/// What a fix lets in besides.
pub fn lets_in(what: &[String]) -> String {
    format!("also lets in {}", what.join(", "))
}

/// A severity that the policy set.
pub fn severity_set(set: Severity, own: Severity) -> String {
    format!("{} set by the policy, {} by itself", severity(set), severity(own).to_lowercase())
}

/// The button of the colours.
pub fn theme(theme: Theme) -> String {
    format!("Theme: {}", theme.name())
}

/// What a case sets that no field shows.
pub fn also_sets(what: &[String]) -> String {
    format!("This case also sets {}.", what.join(", "))
}

/// A severity among what a case sets.
pub fn severity_of(rule: &str) -> String {
    format!("the severity of {rule}")
}

/// The button that takes a change back.
pub fn undo(label: &str) -> String {
    format!("Undo: {label}")
}

/// The button that makes it again.
pub fn redo(label: &str) -> String {
    format!("Redo: {label}")
}

/// The button that opens a file, for those who don't see where it stands.
pub fn open_a_file(document: &str) -> String {
    format!("Open a file: {document}")
}

/// The button that empties a document, likewise.
pub fn clear(document: &str) -> String {
    format!("Clear: {document}")
}

/// The button that copies, likewise.
pub fn copy(label: &str) -> String {
    format!("Copy {label}")
}

/// How long a document is.
pub fn lines(number: usize) -> String {
    count(number, "line", "lines")
}

/// The engine stopped.
pub fn stopped(why: &str) -> String {
    format!("The engine stopped ({why}) and was started anew. What you typed is still here.")
}

/// The roles that are granted.
pub fn as_roles(roles: &[&str]) -> String {
    format!("as {}", roles.join(", "))
}

/// What the answer took.
pub fn cost(engine: &str, cost: &Cost) -> String {
    format!(
        "Decided in this browser by engine {engine}: {} read, {}, {}, {}. Nothing was sent.",
        size(cost.bytes),
        count(cost.certificates as usize, "certificate", "certificates"),
        count(cost.signatures as usize, "signature", "signatures"),
        count(cost.rules as usize, "rule or entry", "rules and entries"),
    )
}
