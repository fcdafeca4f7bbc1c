//! The access token: what it says, and what can be checked of it without asking anyone.
//!
//! A report never repeats a token, whole or in part. What is shown are the claims that decide.

mod claims;
mod jwt;
mod keys;

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::Time;

pub(crate) use claims::{Claims, is_guid};
pub(crate) use jwt::{Jwt, locate, masked, read};
pub(crate) use keys::signature;

/// What a token says, as far as it decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// `alg` of its header.
    pub algorithm: String,
    /// `aud`, if it is a string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// `iss`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// `ver`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `iat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Time>,
    /// `nbf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Time>,
    /// `exp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Time>,
    /// Whether it stands for a user (`scp`) rather than for an application.
    pub delegated: bool,
    /// Whether it is a managed identity's (`xms_mirid`).
    pub managed_identity: bool,
    /// What is known about its signature.
    pub signature: Signature,
}

/// What is known about a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// It is the issuer's.
    Verified,
    /// It is not.
    Wrong,
    /// There is no key to verify it with.
    Unknown,
}

impl Token {
    /// What a token says.
    pub(crate) fn of(jwt: &Jwt, signature: Signature) -> Self {
        let claims = &jwt.claims;
        Self {
            algorithm: jwt.algorithm.clone().unwrap_or_default(),
            audience: claims.text("aud"),
            issuer: claims.text("iss"),
            version: claims.text("ver"),
            issued: claims.time("iat"),
            not_before: claims.time("nbf"),
            expires: claims.time("exp"),
            delegated: claims.text("scp").is_some(),
            managed_identity: claims.text("xms_mirid").is_some(),
            signature,
        }
    }
}
