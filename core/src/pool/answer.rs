//! What a configuration says about its pools, in a few words. Secret values are never among them.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::context::Pool;
use super::rules::{identity, life, network, secrets};
use super::{Form, Method};
use crate::Span;
use crate::arm::setting::{Setting, Value};

/// The pools of a configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What the configuration is; absent if it can't be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Each pool, in order of place.
    pub pools: Vec<Summary>,
}

/// One pool. Texts are as written; what isn't known is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the configuration does to the pool.
    pub method: Method,
    /// The API version that it was judged by.
    pub api_version: String,
    /// What runs in a session: `CustomContainer`, `PythonLTS`, ...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_type: Option<String>,
    /// How long sessions live.
    pub life: Life,
    /// Whether sessions reach the internet.
    pub egress: Egress,
    /// Identities that the pool uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Identity>,
    /// Secrets of the pool, their values masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Credential>,
    /// How many sessions there are.
    pub scale: Scale,
    /// Where it stands.
    pub span: Span,
}

/// How long sessions live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// `Timed` or `OnContainerExit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<String>,
    /// Seconds without a request until a session is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooldown: Option<i64>,
    /// Seconds that a session lives at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alive: Option<i64>,
}

/// Whether sessions reach the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Egress {
    /// They do.
    Enabled,
    /// They don't.
    Disabled,
    /// It is not written: they don't, by the documented default.
    Unwritten,
    /// It depends on a value that isn't known, or is none of the two.
    Unknown,
}

/// An identity that the pool uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// `system`, or the identifier of the resource.
    pub identity: String,
    /// `None` (for pulling images) or `Main` (for what runs in sessions).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<String>,
}

/// A secret of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Its name.
    pub name: String,
    /// Its value, masked: `***`, or nothing where the configuration doesn't hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// How many sessions there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Sessions at the same time, at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<i64>,
    /// Sessions that are kept ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready: Option<i64>,
}

/// A text that may be shown: not one that comes from a secure parameter.
fn shown(setting: Option<&Setting>) -> Option<String> {
    let setting = setting.filter(|setting| !setting.secure)?;
    // Long enough for the identifier of a resource.
    setting.text().map(|text| text.chars().take(512).collect())
}

pub(super) fn summary(pool: &Pool<'_>, span: Span) -> Summary {
    let properties = pool.properties;
    let number = |path: &str| properties.at(path).filter(|setting| !setting.secure).and_then(Setting::integer);
    let identities = identity::settings(pool).map(|setting| Identity {
        identity: shown(setting.get("identity")).unwrap_or_default(),
        lifecycle: shown(setting.get("lifecycle")),
    });
    let secrets = secrets::declared(pool).map(|secret| Credential {
        name: shown(secret.get("name")).unwrap_or_default(),
        value: secret.get("value").filter(|value| matches!(value.value, Value::Text(_))).map(|_| String::from("***")),
    });
    Summary {
        name: shown(pool.resource.get("name")),
        method: if pool.patch { Method::Patch } else { Method::Put },
        api_version: String::from(pool.version.name()),
        container_type: shown(properties.get("containerType")),
        life: Life {
            cycle: shown(life::cycle(pool)),
            cooldown: life::cooldown(pool).and_then(Setting::integer),
            alive: life::alive(pool).and_then(Setting::integer),
        },
        egress: network::egress(pool),
        identities: identities.collect(),
        secrets: secrets.collect(),
        scale: Scale {
            sessions: number("scaleConfiguration.maxConcurrentSessions"),
            ready: number("scaleConfiguration.readySessionInstances"),
        },
        span,
    }
}
