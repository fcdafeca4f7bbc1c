//! Making a stranger's text harmless before it enters a message.

use alloc::string::String;
use core::fmt::Write as _;

use crate::Limits;

/// `text` in back-ticks, with control, format and bidirectional characters shown as `<U+200E>`, and cut after
/// [`Limits::QUOTED_CHARACTERS`].
pub(crate) fn quote(text: &str) -> String {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'_' | b'a'..=b'~');
    if text.len() <= Limits::QUOTED_CHARACTERS && text.as_bytes().iter().all(is_plain) {
        return ["`", text, "`"].concat();
    }
    let mut quoted = String::from("`");
    for (count, character) in text.chars().enumerate() {
        if count >= Limits::QUOTED_CHARACTERS {
            quoted.push('\u{2026}');
            break;
        }
        if is_invisible(character) || character == '`' {
            quoted.push_str(&code_point(character));
        } else {
            quoted.push(character);
        }
    }
    quoted.push('`');
    quoted
}

/// How a character that can't be seen is shown: `<U+200E>`.
pub fn code_point(character: char) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(text, "<U+{:04X}>", u32::from(character));
    text
}

/// Whether a character can't be seen, or changes how its neighbours are seen: controls, format characters,
/// bidirectional marks, and blanks other than the space.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(u32::from(character),
            0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB
            | 0xFE00..=0xFE0F | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_shown() {
        assert_eq!(quote("\u{200e}a`b\n"), "`<U+200E>a<U+0060>b<U+000A>`");
        assert_eq!(quote(&"x".repeat(500)).chars().count(), Limits::QUOTED_CHARACTERS + 3);
    }
}
