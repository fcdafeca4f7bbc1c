//! A SHA-1 as a case writes it.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::fabric::thumbprint::hexadecimal;

/// The 20 bytes of a SHA-1, written as 40 hexadecimal digits of either case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha1(pub [u8; 20]);

impl TryFrom<String> for Sha1 {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const NOT_ONE: &str = "not a SHA-1 of 40 hexadecimal digits";
        if text.len() != 40 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NOT_ONE);
        }
        let mut bytes = [0; 20];
        for (place, byte) in (0_usize..).step_by(2).zip(&mut bytes) {
            let digits = text.get(place..place.saturating_add(2)).ok_or(NOT_ONE)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NOT_ONE)?;
        }
        Ok(Self(bytes))
    }
}

impl From<Sha1> for String {
    fn from(sha1: Sha1) -> Self {
        hexadecimal(&sha1.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Sha1 {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Sha1".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-fA-F]{40}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_digits_and_nothing_else() {
        let text = "B3449b018d0f6839a2c5d62b5b6c6ac822b6f662";
        assert_eq!(Sha1::try_from(String::from(text)).map(String::from), Ok(text.to_lowercase()));
        for text in ["", "b3", "b3449b018d0f6839a2c5d62b5b6c6ac822b6f66g", "+3449b018d0f6839a2c5d62b5b6c6ac822b6f662"] {
            assert!(Sha1::try_from(String::from(text)).is_err(), "{text}");
        }
        assert!(Sha1::try_from("ä".repeat(20)).is_err());
    }
}
