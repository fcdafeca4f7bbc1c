//! The words of shell commands, with their places (POSIX.1-2017, volume 3, section 2.3).
//!
//! Nothing is expanded: `$NAME` stays as it is.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem::take;
use core::ops::Range;

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it says, after quotes and backslashes are removed.
    pub text: String,
    /// Where it stands, with its quotes, in bytes of the text.
    pub place: Range<usize>,
}

impl Word {
    /// The end of a word as a word of its own. It has the place of the whole where quotes begin before it.
    pub(super) fn ending(&self, text: &str, ending: &str) -> Self {
        let lead = self.text.len().saturating_sub(ending.len());
        let raw = text.get(self.place.clone()).unwrap_or_default();
        let is_plain = raw.get(..lead).is_some_and(|raw| Some(raw) == self.text.get(..lead));
        let start = if is_plain { self.place.start.saturating_add(lead) } else { self.place.start };
        Self { text: ending.to_owned(), place: start..self.place.end }
    }

    /// Writes a word so that a shell reads `new`, in the place of one that is written as `old`; `old` may be empty. What is
    /// before a value stays, and the value keeps its quotes: of `NAME="a b"` the part in quotes changes.
    ///
    /// `$` and back-ticks mean what they do in `old`: themselves where it has single quotes or a backslash before them, and
    /// otherwise what the shell puts there.
    pub fn written(old: &str, new: &str) -> String {
        let common = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
        let head = old.get(..common).and_then(|head| head.rfind('=')).map_or(0, |at| at.saturating_add(1));
        let (head, old, new) = match (old.split_at_checked(head), new.get(head..)) {
            (Some((head, old)), Some(new)) if !head.contains(['\'', '"', '\\', '$', '`']) => (head, old, new),
            _ => ("", old, new),
        };
        let is_literal = (old.contains('\'') && !old.starts_with('"')) || old.contains("\\$") || old.contains("\\`");
        let is_special =
            |c: char| c.is_whitespace() || "\"'\\;|&<>()*?[]{}~!#`".contains(c) || (is_literal && c == '$');
        let needs_quotes = new.contains(is_special) || (new.is_empty() && head.is_empty());
        let fits_single = !new.contains('\'') && (is_literal || !new.contains(['$', '`']));
        // Two quotes alone hold nothing whose writing could be kept.
        let quote = old.chars().next().filter(|quote| matches!(quote, '\'' | '"') && old.len() > 2);
        let value = match quote {
            None if !needs_quotes => new.to_owned(),
            None | Some('\'') if fits_single => format!("'{new}'"),
            _ => {
                let escaped = |c: &char| matches!(c, '"' | '\\') || (is_literal && matches!(c, '$' | '`'));
                let mut value = String::from("\"");
                for c in new.chars() {
                    if escaped(&c) {
                        value.push('\\');
                    }
                    value.push(c);
                }
                value.push('"');
                value
            }
        };
        format!("{head}{value}")
    }
}

/// The commands of a text, and the back-ticks that end a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Commands {
    pub(super) commands: Vec<Vec<Word>>,
    pub(super) back_ticks: Vec<Range<usize>>,
    /// A quote that is never closed.
    pub(super) open: Option<Range<usize>>,
}

/// Splits a text into commands and words. Lines of a code fence, and prompts (`$ `), are passed over.
pub(super) fn split(text: &str) -> Commands {
    let mut splitter = Splitter::default();
    let mut characters = text.char_indices().peekable();
    let mut quote: Option<(char, usize)> = None;
    while let Some((at, c)) = characters.next() {
        let after = at.saturating_add(c.len_utf8());
        let rest = text.get(after..).unwrap_or_default();
        match (quote, c) {
            (Some((open, _)), _) if c == open => quote = None,
            (Some(('"', _)), '\\') if rest.starts_with(['"', '\\', '$', '`']) => {
                if let Some((at, c)) = characters.next() {
                    splitter.push(c, at);
                }
            }
            (Some(_), _) => splitter.push(c, at),
            (None, '\'' | '"') => {
                quote = Some((c, at));
                splitter.start(at);
            }
            (None, '\\' | '`')
                if rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') || rest.trim().is_empty() =>
            {
                if c == '`' && !splitter.is_fence(text, at) {
                    splitter.result.back_ticks.push(at..after);
                }
                // A continued line: the next one belongs to the same command.
                for (_, blank) in characters.by_ref() {
                    if blank == '\n' {
                        break;
                    }
                }
                splitter.end_word(at);
            }
            (None, '\\') => {
                if let Some((at, c)) = characters.next() {
                    splitter.push(c, at);
                }
            }
            (None, '#') if splitter.word.is_none() => while characters.next_if(|(_, c)| *c != '\n').is_some() {},
            (None, '\n' | ';' | '|' | '&') => {
                splitter.end_word(at);
                splitter.end_command();
            }
            (None, _) if c.is_whitespace() => splitter.end_word(at),
            (None, _) => splitter.push(c, at),
        }
        if let (Some(word), None) = (&mut splitter.word, quote) {
            word.place.end = word.place.end.max(after);
        }
    }
    splitter.end_word(text.len());
    splitter.end_command();
    splitter.result.open = quote.map(|(_, at)| at..text.len());
    splitter.result
}

#[derive(Default)]
struct Splitter {
    word: Option<Word>,
    words: Vec<Word>,
    result: Commands,
}

impl Splitter {
    fn start(&mut self, at: usize) {
        if self.word.is_none() {
            self.word = Some(Word { text: String::new(), place: at..at });
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.start(at);
        if let Some(word) = &mut self.word {
            word.text.push(c);
            word.place.end = at.saturating_add(c.len_utf8());
        }
    }

    fn end_word(&mut self, end: usize) {
        if let Some(mut word) = self.word.take() {
            word.place.end = word.place.end.min(end);
            self.words.push(word);
        }
    }

    fn end_command(&mut self) {
        let mut words = take(&mut self.words);
        if words.first().is_some_and(|word| matches!(word.text.as_str(), "$" | "#" | ">")) {
            words.remove(0);
        }
        if !words.is_empty() {
            self.result.commands.push(words);
        }
    }

    /// Whether a back-tick is the last of a code fence.
    fn is_fence(&self, text: &str, at: usize) -> bool {
        let line = text.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        line.trim_start() == "``"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        split(text).commands.into_iter().map(|words| words.into_iter().map(|word| word.text).collect()).collect()
    }

    #[test]
    fn quotes_and_continued_lines_read() {
        let text = "sudo docker run \\\n  -e \"A=b c\" -e 'D=$E' x\\ y # why\necho done; ls";
        assert_eq!(
            words(text),
            [
                ["sudo", "docker", "run", "-e", "A=b c", "-e", "D=$E", "x y"].map(String::from).to_vec(),
                Vec::from(["echo", "done"].map(String::from)),
                Vec::from([String::from("ls")])
            ]
        );
    }

    #[test]
    fn back_ticks_at_line_ends_are_seen_and_continue() {
        let commands = split("docker run `\n  --rm `\n image");
        assert_eq!((commands.back_ticks.len(), commands.commands.len()), (2, 1));
        let fenced = split("```bash\ndocker run image\n```\n");
        assert_eq!(fenced.back_ticks.len(), 0);
        assert!(split("docker run 'x").open.is_some());
    }

    #[test]
    fn words_are_written_as_they_are_read() {
        let olds =
            ["", "a", "''", "'a b'", "\"a\"", "\"a\\$b\"", "N=a", "N=\"a b\"", "N='$a'", "N=$A", "'N=a'", "\\$N=a"];
        let news = [
            "",
            "b",
            "a b",
            "N=b",
            "N=",
            "N=it's",
            "N=$B/x",
            "a\"b",
            "a\\b",
            "a;b|c",
            "#x",
            "`x`",
            "N=\u{e1} 'x' \"$y\"",
        ];
        for old in olds {
            for new in news {
                let written = Word::written(old, new);
                assert_eq!(words(&format!("a {written} b")), [["a", new, "b"]], "{old} to {new}: {written}");
            }
        }
        for (old, new, written) in [
            ("N=\"a b\"", "N=a c", "N=\"a c\""),
            ("N='a'", "N=b$", "N='b$'"),
            ("N=a", "N=$B", "N=$B"),
            ("\"$A/x\"", "$A/y", "\"$A/y\""),
            ("\\$A", "$B", "'$B'"),
            ("''", "a", "a"),
            ("a/b", "a/c", "a/c"),
        ] {
            assert_eq!(Word::written(old, new), written);
        }
    }

    #[test]
    fn places_cover_their_words() {
        let text = "docker run --device /dev/isgx 'a b'";
        let commands = split(text).commands;
        let places: Vec<_> =
            commands.iter().flatten().map(|word| text.get(word.place.clone()).unwrap_or_default()).collect();
        assert_eq!(places, ["docker", "run", "--device", "/dev/isgx", "'a b'"]);
    }
}
