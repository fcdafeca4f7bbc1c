//! Secrets by the name of who holds them.

use crate::digest::same;

/// Characters of the shortest secret that is taken: 128 bits in base64. A shorter one is as if it were not there.
const SHORTEST: usize = 22;

/// Names and secrets, as the platform keeps them in one secret: `name:secret`, separated by blanks or lines.
#[derive(Clone, Default)]
pub struct Keyring(Vec<(String, String)>);

impl Keyring {
    /// Reads a secret of the platform. Entries without a name, or whose secret is too short, are left out.
    pub fn read(text: &str) -> Self {
        let entries = text.split_ascii_whitespace().filter_map(|entry| entry.split_once(':'));
        let entries = entries.filter(|(name, secret)| !name.is_empty() && secret.len() >= SHORTEST);
        Self(entries.map(|(name, secret)| (name.to_string(), secret.to_string())).collect())
    }

    /// Whether nobody holds a secret.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Who holds this secret. Every entry is compared, in constant time.
    pub fn holder(&self, presented: &str) -> Option<&str> {
        let mut found = None;
        for (name, secret) in &self.0 {
            if same(secret, presented) {
                found = Some(name.as_str());
            }
        }
        found
    }

    /// The secret of a name.
    pub fn secret(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, secret)| secret.as_str())
    }
}

/// The credentials of an `Authorization: Bearer` header (RFC 6750, section 2.1). Two headers, which a runtime joins with
/// a comma, are no credentials.
pub fn bearer(headers: &http::HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(http::header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, credentials) = value.to_str().ok()?.split_once(' ')?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    (scheme.eq_ignore_ascii_case("bearer") && !credentials.is_empty() && credentials.bytes().all(is_token))
        .then_some(credentials)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "0123456789abcdef012345";

    #[test]
    fn holders_are_found_by_their_secret() {
        let ring = Keyring::read(&format!("alice:{LONG}\n  bob:x{LONG}:y carol:short :{LONG} dave"));
        assert_eq!(ring.holder(LONG), Some("alice"));
        assert_eq!(ring.holder(&format!("x{LONG}:y")), Some("bob"));
        assert_eq!(ring.holder("short"), None);
        assert_eq!(ring.holder(""), None);
        assert_eq!(ring.secret("carol"), None);
        assert!(Keyring::read("").is_empty() && !ring.is_empty());
    }

    #[test]
    fn credentials_stand_alone() {
        let of = |values: &[&'static str]| {
            let mut headers = http::HeaderMap::new();
            for value in values {
                headers.append("authorization", http::HeaderValue::from_static(value));
            }
            bearer(&headers).map(String::from)
        };
        assert_eq!(of(&["Bearer abc"]).as_deref(), Some("abc"));
        assert_eq!(of(&["bearer a.b-c_~+/="]).as_deref(), Some("a.b-c_~+/="));
        for values in [
            &["Basic abc"] as &[_],
            &["Bearer "],
            &["Bearer a, Bearer b"],
            &["Bearer a", "Bearer a"],
            &[],
            &["Bearer a b"],
        ] {
            assert_eq!(of(values), None, "{values:?}");
        }
    }
}
