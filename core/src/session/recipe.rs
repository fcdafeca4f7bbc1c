//! How to make an identifier that is admitted.

use serde::Serialize;

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
