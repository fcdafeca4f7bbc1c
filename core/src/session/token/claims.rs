//! The claims of a token.

use alloc::string::{String, ToString as _};

use serde_json::{Map, Value};

use crate::Time;

/// The claims, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Claims(pub(super) Map<String, Value>);

impl Claims {
    /// Whether the claim is there, whatever its type.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A claim as it stands.
    #[cfg(feature = "guards")]
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A claim that is a string.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name)?.as_str().map(|text| text.to_string())
    }

    /// A claim that is a number of seconds since 1970 (NumericDate, RFC 7519). Fractions are dropped.
    pub(crate) fn time(&self, name: &str) -> Option<Time> {
        let value = self.0.get(name)?;
        let seconds = value.as_i64().or_else(|| value.to_string().split('.').next()?.parse().ok())?;
        Some(Time::from_unix(seconds))
    }
}

/// Whether text has the form of a GUID.
pub(crate) fn is_guid(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let fits = groups.iter().all(|&length| {
        parts.next().is_some_and(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit()))
    });
    fits && parts.next().is_none()
}
