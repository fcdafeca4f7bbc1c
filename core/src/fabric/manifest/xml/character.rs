//! The characters that XML allows, and those that names are made of.

use core::ops::Range;

use super::source::Source;
use crate::ErrorKind;
use crate::quote::code_point;

/// Reports the first character of a block that XML 1.0 doesn't allow (section 2.2). Whether the block can be read: text
/// with zero bytes was read in the wrong encoding, so that everything in it would be an error.
pub(super) fn check(source: &mut Source<'_>, block: Range<usize>) -> bool {
    // Nearly every manifest is ASCII throughout, which is seen at once.
    let plain = |byte: &u8| matches!(byte, b' '..=b'\x7f' | b'\t' | b'\n' | b'\r');
    if source.slice(block.clone()).as_bytes().iter().all(plain) {
        return true;
    }
    let Some((at, character)) = source.slice(block.clone()).char_indices().find(|&(_, found)| !is_allowed(found))
    else {
        return true;
    };
    let at = block.start.saturating_add(at);
    let place = at..at.saturating_add(character.len_utf8());
    let help = match character {
        '\0' => "the text looks like UTF-16 that was read as another encoding: save it as UTF-8",
        _ => "remove the character",
    };
    source.error_with_help(ErrorKind::Syntax, "a character that XML allows", code_point(character), place, help);
    character != '\0'
}

/// XML 1.0, section 2.2, `Char`.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether `name` is one: XML 1.0, section 2.3, `Name`, with every character beyond ASCII let through.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(is_name_start)
        && name.chars().all(|found| is_name_start(found) || matches!(found, '-' | '.' | '0'..='9'))
}

/// Whether a name may begin with `character`.
pub(super) fn is_name_start(character: char) -> bool {
    character.is_ascii_alphabetic()
        || matches!(character, '_' | ':')
        || !character.is_ascii() && character.is_alphanumeric()
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
