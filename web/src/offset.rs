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

/// [`utf16`] of several offsets that ascend, in one walk: a long text with many findings is converted once.
pub fn utf16_all(text: &str, bytes: &[u32]) -> Vec<u32> {
    let (mut walked, mut units) = (0, 0);
    let convert = |&byte: &u32| {
        let at = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
        // What does not ascend, or splits a line end or a character, is counted by itself.
        let Some(stretch) = text.get(walked..at).filter(|_| !text.get(..at).is_some_and(|t| t.ends_with('\r'))) else {
            return utf16(text, byte);
        };
        units += utf16(stretch, u32::MAX);
        walked = at;
        units
    };
    bytes.iter().map(convert).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_offsets_are_those_of_one_by_one() {
        let text = "a\r\n\u{e9}\r\u{1f512}z\n";
        let bytes: Vec<u32> = (0..14).collect();
        let one_by_one: Vec<u32> = bytes.iter().map(|&byte| utf16(text, byte)).collect();
        assert_eq!(utf16_all(text, &bytes), one_by_one);
        assert_eq!(utf16_all(text, &[5, 2, 99]), [utf16(text, 5), utf16(text, 2), utf16(text, 99)]);
    }

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
