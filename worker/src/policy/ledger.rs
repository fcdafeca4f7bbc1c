//! The versions of one policy: what can be asked of its object, and when a write is refused.

use admit_core::{Kind, Time};
use serde::{Deserialize, Serialize};

use crate::digest;

/// Versions that are kept; the oldest go first. Nobody rolls back further, and each takes up to a megabyte.
pub const VERSIONS: u32 = 100;

/// The state of a policy. Numbers of versions are never used twice, not even after a deletion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version that counts, unless the policy was deleted or never written.
    pub current: Option<u32>,
    /// The tag of the version that counts.
    pub etag: Option<String>,
    /// The last number used.
    pub last: u32,
    /// Entries of the audit.
    pub entries: u32,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Its number, from 1.
    pub version: u32,
    /// Its tag, without quotes.
    pub etag: String,
    /// Its kind.
    pub kind: Kind,
    /// When it was written.
    pub at: Time,
    /// The policy as it was sent.
    pub text: String,
}

/// What was done to a policy, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub entry: u32,
    /// When.
    pub at: Time,
    /// What was done.
    pub action: Action,
    /// The operator: the name that goes with the secret.
    pub operator: String,
    /// The request.
    pub request: String,
    /// The version that counts since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The version that was brought back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// SHA-256 of the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What can be done to a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It was written.
    Put,
    /// An earlier version was brought back, as a new one.
    Rollback,
    /// It was deleted; its versions and its audit stay.
    Delete,
}

/// Under which condition a write is meant (RFC 9110, section 13.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}

/// What the worker asks of a policy's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of `Entry` and `Stored`")]
pub enum Command {
    /// Which version counts.
    Head,
    /// A version's text.
    Version { version: u32 },
    /// What was done, the latest first.
    Audit,
    /// Write a version.
    Put { id: String, text: String, kind: Kind, condition: Condition, operator: String, request: String, at: Time },
    /// Bring a version back.
    Rollback { id: String, version: u32, condition: Condition, operator: String, request: String, at: Time },
    /// Delete the policy.
    Delete { id: String, condition: Condition, operator: String, request: String, at: Time },
}

/// What the object answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", content = "with", rename_all = "kebab-case")]
pub enum Reply {
    /// The state.
    Head(Head),
    /// A version.
    Version(Stored),
    /// What was done.
    Audit(Vec<Entry>),
    /// It is written.
    Written(Stored),
    /// It is deleted.
    Deleted,
    /// There is none.
    Missing,
    /// It is not done.
    Refused(Refusal),
}

/// Why a write is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The policy is another than the one that the writer has seen: status 412.
    Changed,
    /// The writer doesn't say which one it has seen: status 428.
    Unconditional,
}

impl Head {
    /// Checks a write's condition. The first write needs none; every other one names what it replaces.
    ///
    /// # Errors
    ///
    /// Why it is not done.
    pub fn admits(&self, condition: &Condition) -> Result<(), Refusal> {
        if let Some(none) = &condition.if_none_match {
            let met = self.current.is_none() || !names(none, self.etag.as_deref());
            if !met {
                return Err(Refusal::Changed);
            }
        }
        match (&condition.if_match, self.current) {
            (Some(tags), Some(_)) if names(tags, self.etag.as_deref()) => Ok(()),
            (Some(_), _) => Err(Refusal::Changed),
            (None, None) => Ok(()),
            // `If-None-Match` with a tag that is not the current one says nothing of what is replaced.
            (None, Some(_)) => Err(Refusal::Unconditional),
        }
    }

    /// The next version, which counts from now on.
    pub fn write(&mut self, text: String, kind: Kind, at: Time) -> Stored {
        self.last = self.last.saturating_add(1);
        let digest = digest::sha256(&[text.as_bytes()]);
        let etag = format!("{}-{}", self.last, digest.get(..16).unwrap_or_default());
        self.current = Some(self.last);
        self.etag = Some(etag.clone());
        Stored { version: self.last, etag, kind, at, text }
    }

    /// Deletes the policy. Its numbers stay used.
    pub fn delete(&mut self) {
        self.current = None;
        self.etag = None;
    }
}

/// Whether a list of tags names this one. Weak tags never do (RFC 9110, section 13.1.1).
fn names(tags: &str, etag: Option<&str>) -> bool {
    tags.split(',').map(str::trim).any(|tag| {
        tag == "*" || etag.is_some_and(|etag| tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')) == Some(etag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(if_match: Option<&str>, if_none_match: Option<&str>) -> Condition {
        Condition { if_match: if_match.map(String::from), if_none_match: if_none_match.map(String::from) }
    }

    #[test]
    fn a_write_names_what_it_replaces() {
        let mut head = Head::default();
        assert_eq!(head.admits(&condition(None, None)), Ok(()));
        assert_eq!(head.admits(&condition(None, Some("*"))), Ok(()));
        assert_eq!(head.admits(&condition(Some("*"), None)), Err(Refusal::Changed));
        let first = head.write("{}".into(), Kind::Peer, Time::MIN);
        let tag = format!("\"{}\"", first.etag);
        assert_eq!((first.version, head.current), (1, Some(1)));
        assert_eq!(head.admits(&condition(None, None)), Err(Refusal::Unconditional));
        assert_eq!(head.admits(&condition(None, Some("*"))), Err(Refusal::Changed));
        assert_eq!(head.admits(&condition(None, Some("\"x\""))), Err(Refusal::Unconditional));
        assert_eq!(head.admits(&condition(Some("\"x\""), None)), Err(Refusal::Changed));
        assert_eq!(head.admits(&condition(Some(&format!("W/{tag}")), None)), Err(Refusal::Changed));
        assert_eq!(head.admits(&condition(Some(&format!("\"x\", {tag}")), None)), Ok(()));
        assert_eq!(head.admits(&condition(Some("*"), None)), Ok(()));
    }

    #[test]
    fn numbers_are_never_used_twice() {
        let mut head = Head::default();
        let first = head.write("a".into(), Kind::Peer, Time::MIN);
        head.delete();
        assert_eq!((head.current, head.etag.clone()), (None, None));
        let second = head.write("a".into(), Kind::Peer, Time::MIN);
        assert_eq!(second.version, 2);
        assert_ne!(first.etag, second.etag);
    }
}
