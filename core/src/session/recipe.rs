//! How to make an identifier that is admitted.

use alloc::string::String;
use core::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Serialize;
use sha2::Sha256;

/// Bytes of an identifier, drawn or derived: 256 bits.
pub const BYTES: usize = 32;
/// The shortest server key, in bytes: what RFC 2104, section 3, asks of a key for SHA-256.
pub const KEY_BYTES: usize = 32;

/// Whose session an identifier is derived for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The tenant; may be empty.
    pub tenant: &'a str,
    /// The authenticated user. Never empty: a conversation alone would be the caller's choice.
    pub user: &'a str,
    /// The conversation, or empty for one session per user.
    pub conversation: &'a str,
}

/// Why no identifier is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Underivable {
    /// There is no user.
    NoUser,
    /// The key has fewer than [`KEY_BYTES`] bytes.
    ShortKey,
    /// A part holds the character that joins them.
    Zero,
}

/// Bytes in lower-case hexadecimal: the same in both of Azure's rules, under every encoding and in any case.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Derives an identifier: HMAC-SHA-256 over tenant, user and conversation, joined with U+0000.
///
/// # Errors
///
/// There is no user, the key is short, or a part holds U+0000, so that two owners could give one text.
pub fn derive(key: &[u8], owner: Owner<'_>) -> Result<String, Underivable> {
    let parts = [owner.tenant, owner.user, owner.conversation];
    if owner.user.trim().is_empty() {
        return Err(Underivable::NoUser);
    }
    if key.len() < KEY_BYTES {
        return Err(Underivable::ShortKey);
    }
    if parts.iter().any(|part| part.contains('\0')) {
        return Err(Underivable::Zero);
    }
    // A key of any length is taken: longer ones are hashed first (RFC 2104, section 2).
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Underivable::ShortKey)?;
    mac.update(parts.join("\0").as_bytes());
    Ok(hexadecimal(&mac.finalize().into_bytes()))
}

/// Code that makes identifiers in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Recipe {
    /// The language: "Rust".
    pub language: &'static str,
    /// 32 random bytes in lower-case hexadecimal, to be stored beside their owner.
    pub random: &'static str,
    /// HMAC-SHA-256 over the tenant, the user and the conversation, where nothing can be stored.
    pub derived: &'static str,
}

/// The recipes, by language.
///
/// A derived identifier always includes the authenticated subject; a conversation id from the caller is only ever an
/// addition to it. The parts are joined with a character that none of them holds, so that no two owners give one text.
/// Both forms are 64 hexadecimal digits: legal in both of Azure's rules, the same under every encoding and in any case.
pub fn recipe() -> &'static [Recipe] {
    &[
        Recipe {
            language: "Rust",
            random: "let mut bytes = [0_u8; 32];\ngetrandom::fill(&mut bytes)?;\nlet identifier = hex::encode(bytes);",
            derived: "let mut mac = Hmac::<Sha256>::new_from_slice(server_key)?;\n\
                      mac.update([tenant, user, conversation].join(\"\\0\").as_bytes());\n\
                      let identifier = hex::encode(mac.finalize().into_bytes());",
        },
        Recipe {
            language: "TypeScript",
            random: "const bytes = crypto.getRandomValues(new Uint8Array(32));\n\
                     const identifier = Array.from(bytes, (byte) => byte.toString(16).padStart(2, \"0\")).join(\"\");",
            derived: "import { createHmac } from \"node:crypto\";\n\
                      const identifier = createHmac(\"sha256\", serverKey)\n  \
                      .update([tenant, user, conversation].join(\"\\0\"))\n  .digest(\"hex\");",
        },
        Recipe {
            language: "Python",
            random: "import secrets\nidentifier = secrets.token_hex(32)",
            derived: "import hashlib, hmac\n\
                      identifier = hmac.new(server_key, \"\\0\".join([tenant, user, conversation]).encode(), hashlib.sha256).hexdigest()",
        },
        Recipe {
            language: "C#",
            random: "var identifier = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)).ToLowerInvariant();",
            derived: "var owner = Encoding.UTF8.GetBytes(string.Join('\\0', tenant, user, conversation));\n\
                      var identifier = Convert.ToHexString(HMACSHA256.HashData(serverKey, owner)).ToLowerInvariant();",
        },
        Recipe {
            language: "shell",
            random: "identifier=$(openssl rand -hex 32)",
            derived: "identifier=$(printf '%s\\0%s\\0%s' \"$TENANT\" \"$USER_ID\" \"$CONVERSATION\" |\n  \
                      openssl dgst -sha256 -mac HMAC -macopt \"hexkey:$SERVER_KEY_HEX\" -r | cut -d ' ' -f 1)",
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_have_identifiers_of_their_own() {
        let key = [7_u8; 32];
        let owner = Owner { tenant: "t", user: "u", conversation: "" };
        // printf 't\0u\0' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707...
        let expected = "8c6691e350b5ccceb2c4732bd9e6bfdb110e2738be0a8e0718c7665a180c46a6";
        assert_eq!(derive(&key, owner).as_deref(), Ok(expected));
        let other = [
            Owner { conversation: "c", ..owner },
            Owner { tenant: "", user: "tu", ..owner },
            Owner { tenant: "tu", user: "u", ..owner },
        ];
        assert!(other.into_iter().all(|other| derive(&key, other) != derive(&key, owner)));
        assert_eq!(derive(&key, Owner { user: " ", ..owner }), Err(Underivable::NoUser));
        assert_eq!(derive(&key[..31], owner), Err(Underivable::ShortKey));
        assert_eq!(derive(&key, Owner { tenant: "t\0u", ..owner }), Err(Underivable::Zero));
    }

    #[test]
    fn every_derivation_has_a_key_and_the_user() {
        for recipe in recipe() {
            let derived = recipe.derived.to_lowercase();
            assert!(
                derived.contains("hmac") && derived.contains("user") && derived.contains("key"),
                "{}",
                recipe.language
            );
        }
        assert_eq!(recipe().len(), 5);
    }
}
