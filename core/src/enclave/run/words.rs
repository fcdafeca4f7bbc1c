//! The words of shell commands, with their places (POSIX.1-2017, volume 3, section 2.3).
//!
//! Nothing is expanded: `$NAME` stays as it is.

use alloc::string::String;
use alloc::vec::Vec;
use core::mem::take;
use core::ops::Range;

/// A word after quotes and backslashes are removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) place: Range<usize>,
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
    fn places_cover_their_words() {
        let text = "docker run --device /dev/isgx 'a b'";
        let commands = split(text).commands;
        let places: Vec<_> =
            commands.iter().flatten().map(|word| text.get(word.place.clone()).unwrap_or_default()).collect();
        assert_eq!(places, ["docker", "run", "--device", "/dev/isgx", "'a b'"]);
    }
}
