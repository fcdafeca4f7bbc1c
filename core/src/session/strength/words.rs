//! Words: those of samples, and letters that read like a language.

/// Words of samples, tests and defaults; the first are literally in Microsoft's samples.
const PLACEHOLDERS: &[&str] = &[
    "adslfjlad",
    "test",
    "session",
    "identifier",
    "default",
    "demo",
    "sample",
    "example",
    "placeholder",
    "dummy",
    "foo",
    "bar",
    "baz",
    "temp",
    "tmp",
    "user",
    "userid",
    "username",
    "guest",
    "admin",
    "root",
    "anonymous",
    "unknown",
    "null",
    "none",
    "undefined",
    "nil",
    "true",
    "false",
    "my",
    "id",
    "sessionid",
    "conversation",
    "chat",
    "agent",
    "tenant",
    "customer",
    "client",
    "contoso",
    "fabrikam",
    "changeme",
    "todo",
    "abcd",
    "new",
];

pub(super) fn is_placeholder(word: &str) -> bool {
    PLACEHOLDERS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The words of a token of letters, cut where a capital follows a small letter; nothing if one doesn't read like one.
pub(super) fn words(token: &str) -> Option<alloc::vec::Vec<&str>> {
    let mut words = alloc::vec::Vec::new();
    let mut start = 0;
    let mut small = false;
    for (at, byte) in token.bytes().enumerate() {
        if small && byte.is_ascii_uppercase() {
            words.push(token.get(start..at)?);
            start = at;
        }
        small = byte.is_ascii_lowercase();
    }
    words.push(token.get(start..)?);
    words.iter().all(|word| reads_like_a_word(word)).then_some(words)
}

/// Whether letters of one word could be a language's: random letters soon have four consonants in a row, few vowels,
/// or too many of the rare letters.
fn reads_like_a_word(word: &str) -> bool {
    if is_placeholder(word) {
        return true;
    }
    let rest = word.get(1..).unwrap_or_default();
    let one_case =
        rest.bytes().all(|byte| byte.is_ascii_lowercase()) || word.bytes().all(|byte| byte.is_ascii_uppercase());
    if word.len() < 3 || !one_case {
        return false;
    }
    if word.len() <= 4 {
        return true;
    }
    let (vowels, rare, longest) = letters(word);
    let length = word.len();
    longest <= 4 && vowels.saturating_mul(4) >= length && rare.saturating_mul(6) <= length
}

/// Whether letters that read like a word may be random all the same: a few in a hundred random texts of 20 letters do, and a
/// few in a thousand have as many vowels and as few rare letters as is asked for here.
pub(super) fn is_doubtful(word: &str) -> bool {
    let (vowels, rare, _) = letters(word);
    let length = word.len();
    length > 16 && (vowels.saturating_mul(3) < length || rare.saturating_mul(12) > length)
}

/// How many vowels and how many rare letters a word has, and how many consonants at most in a row.
fn letters(word: &str) -> (usize, usize, usize) {
    let (mut vowels, mut rare, mut run, mut longest) = (0_usize, 0_usize, 0_usize, 0_usize);
    for byte in word.bytes() {
        match byte.to_ascii_lowercase() {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => {
                vowels = vowels.saturating_add(1);
                run = 0;
            }
            other => {
                rare = rare.saturating_add(usize::from(b"jkqvwxz".contains(&other)));
                run = run.saturating_add(1);
                longest = longest.max(run);
            }
        }
    }
    (vowels, rare, longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_random_letters() {
        for text in ["alice", "contoso", "production", "testSessionIdentifier", "customer"] {
            assert!(words(text).is_some(), "{text}");
        }
        for text in ["qzkxwvmjrtplhgfdsbncyw", "xkqjzvwmbd", "aBcDeFgH"] {
            assert!(words(text).is_none(), "{text}");
        }
        assert!(is_doubtful("workflowexecutionbackgroundworker") && !is_doubtful("contosoproductioncustomersession"));
    }
}
