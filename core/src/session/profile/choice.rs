//! Choosing a profile: by name, or by writing one.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::shipped::NAMES;
use super::{DOCUMENTATION, Profile, SHIPPED, Set, Unit};
use crate::Citation;

/// Which rule identifiers keep to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Choice {
    /// One that is shipped, by name.
    Shipped(Cow<'static, str>),
    /// One's own.
    Custom(Custom),
}

/// A profile as a user writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Custom {
    /// What it is called in the report.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The shortest identifier.
    pub minimum: u32,
    /// The longest identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u32>,
    /// What the bounds count.
    pub unit: Unit,
    /// The characters it may hold. An entry of three characters with a hyphen between is a range (`a-z`), any other
    /// entry lists its characters (`-_`). None: any character. Those beyond ASCII can only be allowed all together, by
    /// an entry that holds one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub characters: Vec<String>,
    /// The characters it may start with; none: those it may hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<String>,
    /// The characters it may end with; none: those it may hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub last: Vec<String>,
    /// Words that it may not be, whatever their case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<String>,
    /// Bits of the structural estimate that it must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entropy: Option<u32>,
}

impl Default for Choice {
    fn default() -> Self {
        Self::Shipped(Cow::Borrowed(DOCUMENTATION))
    }
}

impl Choice {
    /// The profile. Names are looked at when a case is read, so that one that is not known never comes here; it would
    /// accept nothing.
    pub fn profile(&self) -> Cow<'static, Profile> {
        match self {
            Self::Shipped(name) => match SHIPPED.iter().find(|profile| profile.name == *name) {
                Some(profile) => Cow::Borrowed(profile),
                None => Cow::Owned(Custom { minimum: u32::MAX, name: name.to_string(), ..Custom::default() }.profile()),
            },
            Self::Custom(custom) => Cow::Owned(custom.profile()),
        }
    }
}

impl Custom {
    fn profile(&self) -> Profile {
        Profile {
            name: Cow::Owned(if self.name.is_empty() { "custom".to_owned() } else { self.name.clone() }),
            minimum: self.minimum,
            maximum: self.maximum,
            unit: self.unit,
            characters: set(&self.characters),
            first: set(&self.first),
            last: set(&self.last),
            reserved: self.reserved.iter().cloned().map(Cow::Owned).collect(),
            entropy: self.entropy,
            uuid: false,
            citation: Citation::new("the policy of the case", "policy.profile"),
        }
    }
}

/// The set that entries describe; any character for no entries.
fn set(entries: &[String]) -> Set {
    if entries.is_empty() {
        return Set::ANY;
    }
    entries.iter().fold(Set::NONE, |all, entry| {
        all.with(match entry.as_bytes() {
            [first, b'-', last] => Set::range(*first, *last),
            bytes if entry.is_ascii() => Set::of(bytes),
            bytes => Set::of(bytes).with(Set::ANY.without(Set::range(0, 127))),
        })
    })
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Choice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a profile, or an object that describes one")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Choice, E> {
                match SHIPPED.iter().find(|profile| profile.name == name) {
                    Some(profile) => Ok(Choice::Shipped(profile.name.clone())),
                    None => Err(E::unknown_variant(name, NAMES)),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Choice, A::Error> {
                Custom::deserialize(MapAccessDeserializer::new(map)).map(Choice::Custom)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Choice {
    fn schema_name() -> Cow<'static, str> {
        "Choice".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let custom = generator.subschema_for::<Custom>();
        schemars::json_schema!({
            "description": "The rule that identifiers keep to: by name, or written out",
            "oneOf": [{ "type": "string", "enum": NAMES }, custom],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_named_or_written() {
        let named: Result<Choice, _> = serde_json::from_str("\"php\"");
        assert_eq!(named.map(|choice| choice.profile().name.clone()).ok(), Some(Cow::Borrowed("php")));
        let wrong: Result<Choice, _> = serde_json::from_str("\"phq\"");
        assert!(wrong.is_err());
        let own: Result<Choice, _> =
            serde_json::from_str(r#"{"minimum": 3, "characters": ["a-c", "-_", "\u00e1"], "reserved": ["abc"]}"#);
        let set = own.map_or(Set::NONE, |choice| choice.profile().characters);
        assert!(set.contains('b') && set.contains('_') && set.contains('\u{17e}') && !set.contains('d'));
    }
}
