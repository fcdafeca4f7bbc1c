//! Maps in which a key that stands twice is an error: which of the two is meant, nobody can say.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a map; a key that stands twice is an error, in the words of a struct's.
pub(crate) fn unique<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, V>, D::Error> {
    struct Unique<V>(PhantomData<V>);

    impl<'de, V: Deserialize<'de>> Visitor<'de> for Unique<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = access.next_key::<String>()? {
                let value = access.next_value()?;
                if map.contains_key(&key) {
                    return Err(A::Error::custom(format!("duplicate field `{key}`")));
                }
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Unique(PhantomData))
}

#[cfg(test)]
mod tests {
    use crate::Case;

    #[test]
    fn a_key_that_stands_twice_is_found() {
        let case = |artefacts: &str| {
            let head = r#""admit": 1, "kind": "enclave", "at": "2026-11-22T00:00:00Z", "policy": {}"#;
            Case::from_json(&alloc::format!(r#"{{ {head}, "subject": {{ "artefacts": {{ {artefacts} }} }} }}"#))
        };
        assert!(case(r#""a": "x", "b": "y""#).is_ok());
        let twice = case(r#""a": "x", "a": "y""#).map_err(|error| (error.found.clone(), error.span.column));
        assert!(matches!(twice, Err((ref found, column)) if found.contains("second") && column > 100), "{twice:?}");
    }
}
