//! Splitting a command line as a POSIX shell does.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A word, with its bytes in the text: those inside of the quotes, where the whole word is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// The words of one command, up to the end of its line (a backslash before it goes on), `;` or `|`. Second: where the
/// command ends.
pub(super) fn split(text: &str, from: usize) -> (Vec<Word>, usize) {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote = None;
    let rest = text.get(from..).unwrap_or_default();
    let mut characters = rest.char_indices().map(|(at, character)| (from.saturating_add(at), character)).peekable();
    let mut end = text.len();
    while let Some((at, character)) = characters.next() {
        let after = at.saturating_add(character.len_utf8());
        match (quote, character) {
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (None, '\\') | (Some('"'), '\\') => {
                if let Some((next, escaped)) = characters.next()
                    && escaped != '\n'
                    && escaped != '\r'
                {
                    push(&mut word, escaped, at, next.saturating_add(escaped.len_utf8()));
                }
            }
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert(Word { text: String::new(), range: after..after });
            }
            (None, '$') if characters.peek().is_some_and(|(_, next)| *next == '\'') => {}
            (None, '\n' | ';' | '|') => {
                end = at;
                break;
            }
            (None, blank) if blank.is_whitespace() => words.extend(word.take()),
            _ => push(&mut word, character, at, after),
        }
    }
    words.extend(word);
    (words, end)
}

fn push(word: &mut Option<Word>, character: char, at: usize, after: usize) {
    let word = word.get_or_insert(Word { text: String::new(), range: at..at });
    word.text.push(character);
    word.range.end = after;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_a_shell() {
        let text = "curl 'a b' \"c\\\"d\" e\\ f \\\n g; h";
        let (words, end) = split(text, 0);
        let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["curl", "a b", "c\"d", "e f", "g"]);
        assert_eq!(text.get(end..), Some("; h"));
        assert_eq!(words.get(1).and_then(|word| text.get(word.range.clone())), Some("a b"));
    }
}
