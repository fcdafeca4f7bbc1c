//! A purpose of extKeyUsage as a case writes it.

use alloc::string::{String, ToString as _};

use const_oid::ObjectIdentifier;
use serde::{Deserialize, Serialize};

use crate::certificate::known;

/// A purpose of extKeyUsage: `serverAuth`, `clientAuth`, or a dotted object identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Purpose {
    /// 1.3.6.1.5.5.7.3.1.
    Server,
    /// 1.3.6.1.5.5.7.3.2.
    Client,
    /// Any other, which no rule of Service Fabric asks for.
    Other(ObjectIdentifier),
}

impl TryFrom<String> for Purpose {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "serverAuth" => Ok(Self::Server),
            "clientAuth" => Ok(Self::Client),
            dotted => {
                let oid = ObjectIdentifier::new(dotted)
                    .map_err(|_| "neither `serverAuth`, `clientAuth` nor a dotted object identifier")?;
                Ok(match oid {
                    oid if oid == known::SERVER_AUTH => Self::Server,
                    oid if oid == known::CLIENT_AUTH => Self::Client,
                    oid => Self::Other(oid),
                })
            }
        }
    }
}

impl From<Purpose> for String {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Server => Self::from("serverAuth"),
            Purpose::Client => Self::from("clientAuth"),
            Purpose::Other(oid) => oid.to_string(),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Purpose {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "FabricPurpose".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^(serverAuth|clientAuth|[0-9]+([.][0-9]+)+)$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_identifiers() {
        let read = |text: &str| Purpose::try_from(String::from(text));
        assert_eq!(read("1.3.6.1.5.5.7.3.2"), Ok(Purpose::Client));
        assert_eq!(read("2.5.29.37.0").map(String::from), Ok(String::from("2.5.29.37.0")));
        // A misspelt purpose is not taken for another one.
        assert!(read("ServerAuth").is_err() && read("").is_err());
    }
}
