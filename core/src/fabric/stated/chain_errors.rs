//! The error bits of a chain as a case writes them.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::chain::status::{error, names};

/// `CERT_TRUST_*` error bits, written as a list of their names; what comes before the fault itself may be left out:
/// `UNTRUSTED_ROOT` is `CERT_TRUST_IS_UNTRUSTED_ROOT`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct ChainErrors(pub u32);

impl TryFrom<Vec<String>> for ChainErrors {
    type Error = String;

    fn try_from(written: Vec<String>) -> Result<Self, Self::Error> {
        let mut bits = 0;
        for text in written {
            let known = error::NAMES.iter().find(|(_, name)| *name == text || short(name) == text);
            let (bit, _) = known.ok_or_else(|| {
                alloc::format!("not the name of a chain error such as `UNTRUSTED_ROOT`: {}", crate::quote::quote(&text))
            })?;
            bits |= bit;
        }
        Ok(Self(bits))
    }
}

impl From<ChainErrors> for Vec<String> {
    fn from(errors: ChainErrors) -> Self {
        names(errors.0, error::NAMES).into_iter().map(String::from).collect()
    }
}

fn short(name: &str) -> &str {
    let name = name.strip_prefix("CERT_TRUST_").unwrap_or(name);
    name.strip_prefix("IS_").or_else(|| name.strip_prefix("HAS_")).unwrap_or(name)
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ChainErrors {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "ChainErrors".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = error::NAMES.iter().flat_map(|(_, name)| [*name, short(name)]).collect();
        schemars::json_schema!({ "type": "array", "items": { "enum": names } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_name() {
        let read =
            |names: &[&str]| ChainErrors::try_from(names.iter().map(|&name| String::from(name)).collect::<Vec<_>>());
        let both = ChainErrors(error::UNTRUSTED_ROOT | error::OFFLINE_REVOCATION);
        assert_eq!(read(&["UNTRUSTED_ROOT", "CERT_TRUST_IS_OFFLINE_REVOCATION"]), Ok(both));
        assert_eq!(ChainErrors::try_from(Vec::<String>::from(both)), Ok(both));
        assert!(read(&["UNTRUSTED"]).is_err());
        for (bit, name) in error::NAMES {
            assert_eq!(read(&[short(name)]), Ok(ChainErrors(*bit)));
        }
    }
}
