//! What looks like a secret.

use alloc::string::String;
use alloc::vec::Vec;

/// Why a value has the form of a secret.
pub(super) fn form_of_secret(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let begins: [(&str, &str); 8] = [
        ("-----begin", "has the form of a key"),
        ("eyj", "has the form of a token"),
        ("ghp_", "has the form of a GitHub token"),
        ("github_pat_", "has the form of a GitHub token"),
        ("sk-", "has the form of an API key"),
        ("xoxb-", "has the form of a Slack token"),
        ("akia", "has the form of an AWS key"),
        ("glpat-", "has the form of a GitLab token"),
    ];
    let long = text.len() >= 16;
    if let Some((_, reason)) = begins.iter().find(|(prefix, _)| long && lower.starts_with(prefix)) {
        return Some(reason);
    }
    let inside = ["accountkey=", "sharedaccesskey=", "password=", "pwd=", "sig=", "client_secret="];
    if inside.iter().any(|part| lower.contains(part)) {
        return Some("has the form of a connection string with a credential");
    }
    // user:password@host
    let authority = text.split_once("://").map(|(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    let user = authority.and_then(|authority| authority.rsplit_once('@')).map(|(user, _)| user);
    user.filter(|user| user.contains(':')).map(|_| "has the form of an address with a password")
}

/// Whether a variable's name says that it holds a secret.
pub(super) fn is_named_as_secret(name: &str) -> bool {
    let words: Vec<String> = words(name);
    let has = |word: &str| words.iter().any(|one| one == word);
    let ends = |word: &str| words.last().is_some_and(|last| last == word);
    if ["url", "uri", "endpoint", "name", "path", "file", "length", "id"].iter().any(|word| ends(word)) {
        return false;
    }
    has("password")
        || has("passwd")
        || has("pwd")
        || has("secret")
        || has("token")
        || has("apikey")
        || has("credential")
        || (ends("key") && (has("api") || has("access") || has("account") || has("private") || has("storage")))
}

/// The words of a name in any of the usual spellings, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::from([String::new()]);
    let mut before = '_';
    for character in name.chars().take(128) {
        let starts = !character.is_alphanumeric() || (character.is_uppercase() && before.is_lowercase());
        if starts {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_forms_of_secrets() {
        for name in ["DB_PASSWORD", "apiKey", "ClientSecret", "GITHUB_TOKEN", "storage-account-key"] {
            assert!(is_named_as_secret(name), "{name}");
        }
        for name in ["key1", "PASSWORD_FILE", "TOKEN_URL", "MONKEY", "PORT", "SECRETARY"] {
            assert!(!is_named_as_secret(name), "{name}");
        }
        for value in ["postgres://u:p@db/x", "AccountName=a;AccountKey=b", "eyJhbGciOiJSUzI1NiJ9.e30."] {
            assert!(form_of_secret(value).is_some(), "{value}");
        }
        for value in ["value1", "https://example.com/a@b:c", "eyJ", "skill-set-of-many-people"] {
            assert!(form_of_secret(value).is_none(), "{value}");
        }
    }
}
