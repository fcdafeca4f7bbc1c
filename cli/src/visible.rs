//! Making a stranger's text harmless before it reaches a terminal.

use admit_core::{code_point, is_invisible};

/// `text` with every character that can't be seen, or that steers a terminal, as `<U+001B>`. One line stays one line.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        push(&mut shown, character);
    }
    shown
}

/// As [`visible`], line by line; what ends the lines stays.
pub(crate) fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// Appends one character as [`visible`] shows it.
pub(crate) fn push(shown: &mut String, character: char) {
    if is_invisible(character) {
        shown.push_str(&code_point(character));
    } else {
        shown.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            visible("a\u{1b}[31m\u{9b}0m\u{202e}\r\n\té"),
            "a<U+001B>[31m<U+009B>0m<U+202E><U+000D><U+000A><U+0009>é"
        );
        assert_eq!(visible_lines("a\nb\u{7}\n"), "a\nb<U+0007>");
    }
}
