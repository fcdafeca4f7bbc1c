//! A recognised part of an identifier.

use alloc::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Bits;
use crate::Time;

/// A stretch of an identifier, what it looks like, and how much of it has to be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// First byte in the identifier.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it looks like.
    pub kind: PartKind,
    /// How much of it has to be guessed.
    pub bits: Bits,
    /// How much if it is read the stronger way, where its form leaves two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Bits>,
    /// What it says, in words.
    pub note: Cow<'static, str>,
    /// The instant that it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

/// What a part looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A UUID (RFC 9562).
    Uuid,
    /// A ULID.
    Ulid,
    /// A KSUID.
    Ksuid,
    /// An ObjectId of MongoDB.
    ObjectId,
    /// A number of the size of a snowflake id.
    Snowflake,
    /// Seconds or fractions of them since 1970, or a date and time.
    Instant,
    /// A calendar date.
    Date,
    /// A number.
    Integer,
    /// A mail address or user principal name.
    Mail,
    /// A telephone number.
    Telephone,
    /// A Windows security identifier.
    SecurityIdentifier,
    /// A word of samples and tests.
    Placeholder,
    /// Letters that read like words.
    Word,
    /// Hexadecimal digits.
    Hexadecimal,
    /// Characters without a structure that is known here.
    Unstructured,
    /// One character or group, again and again.
    Repeat,
    /// Consecutive characters.
    Sequence,
    /// Neighbours on a keyboard.
    Keyboard,
    /// One character that fills an end up.
    Padding,
    /// What stands between parts.
    Separator,
}

impl Part {
    /// A part that can be read in one way.
    pub(super) fn new(at: (usize, usize), kind: PartKind, bits: Bits, note: impl Into<Cow<'static, str>>) -> Self {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: place(at.0), end: place(at.1), kind, bits, otherwise: None, note: note.into(), time: None }
    }

    /// Adds the stronger way to read it.
    pub(super) fn or(mut self, bits: Bits) -> Self {
        self.otherwise = Some(bits);
        self
    }

    /// Adds the instant that it tells.
    pub(super) fn telling(mut self, time: Time) -> Self {
        self.time = Some(time);
        self
    }
}
