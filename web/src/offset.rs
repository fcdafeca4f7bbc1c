//! From bytes of UTF-8, which the core counts, to UTF-16 units, which the browser counts. The only place that converts.

use std::borrow::Cow;

/// A text as a text field holds it: CR LF and CR become line feeds (HTML, "normalize newlines"). A field that is given
/// anything else never has the value that it was given.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// The place of a byte offset of `text` in a text field that shows it, in UTF-16 units.
///
/// Offsets past the end count as the end, offsets inside a character as its start.
pub fn utf16(text: &str, byte: u32) -> u32 {
    let mut at = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    let before = text.get(..at).unwrap_or_default();
    let units: usize = before.chars().map(char::len_utf16).sum();
    u32::try_from(units - before.matches("\r\n").count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn astral_characters_are_two_units() {
        let text = "a\u{e9}\u{1f512}z";
        let found: Vec<u32> = (0..=9).map(|byte| utf16(text, byte)).collect();
        // One offset for each byte of a, é (2), the lock (4) and z, then the end, then one past it.
        assert_eq!(found, [0, 1, 1, 2, 2, 2, 2, 4, 5, 5]);
        assert_eq!(utf16(text, u32::MAX), 5);
    }

    #[test]
    fn line_ends_count_once() {
        assert_eq!(utf16("a\r\nb\rc\n", 3), 2);
        assert_eq!(utf16("a\r\nb\rc\n", 7), 6);
        assert_eq!(shown("a\r\nb\rc\n"), "a\nb\nc\n");
    }
}
