//! An identifier as it is drawn: character by character, each with its class.

use admit_core::session::Identifier;
use admit_core::{Finding, Severity};

use crate::text::session as text;

/// Characters that are drawn; more is not looked at one by one.
pub const DRAWN: usize = 256;

/// What a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `0` to `9`.
    Digit,
    /// An ASCII letter.
    Letter,
    /// Another printable ASCII character.
    Sign,
    /// What cannot be seen, or is not ASCII.
    Other,
}

impl Class {
    const ALL: [Self; 4] = [Self::Digit, Self::Letter, Self::Sign, Self::Other];

    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '!'..='~' => Self::Sign,
            _ => Self::Other,
        }
    }

    /// Its name in the style sheet, one of it, and many.
    pub fn words(self) -> [&'static str; 3] {
        match self {
            Self::Digit => ["digit", "digit", "digits"],
            Self::Letter => ["letter", "letter", "letters"],
            Self::Sign => ["sign", "other sign", "other signs"],
            Self::Other => ["other", "character beyond printable ASCII", "characters beyond printable ASCII"],
        }
    }
}

/// A character of an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Character {
    /// As it is shown: what cannot be seen by its number.
    pub shown: String,
    /// What it is.
    pub class: Class,
    /// The weight of the heaviest finding about it.
    pub severity: Option<Severity>,
    /// The part of the identifier that it belongs to, by its place in the estimate.
    pub part: usize,
}

/// The characters, at most [`DRAWN`], with the findings about single ones.
pub fn characters(identifier: &Identifier, findings: &[Finding]) -> Vec<Character> {
    let whole = &identifier.span;
    // An identifier that is quoted or encoded where it stands has no places of its own.
    let verbatim = (whole.end - whole.start) as usize == identifier.text.len();
    let severity = |at: usize| {
        let about = findings.iter().filter(|finding| {
            finding.span.as_ref().is_some_and(|span| {
                let inside = span.document == whole.document && span.start >= whole.start && span.end <= whole.end;
                let part = span.end - span.start < whole.end - whole.start;
                let here = |at: usize| (span.start..span.end).contains(&(whole.start + at as u32));
                verbatim && inside && part && here(at)
            })
        });
        about.map(|finding| finding.severity).min()
    };
    let character = |(at, character): (usize, char)| {
        let class = Class::of(character);
        let shown =
            if class == Class::Other { format!("U+{:04X}", u32::from(character)) } else { character.to_string() };
        let parts = &identifier.estimate.parts;
        let part = parts.iter().position(|part| (part.start..part.end).contains(&(at as u32))).unwrap_or(parts.len());
        Character { shown, class, severity: severity(at), part }
    };
    identifier.text.char_indices().take(DRAWN).map(character).collect()
}

/// The picture in a sentence, for those who don't see it.
pub fn sentence(characters: &[Character]) -> String {
    let count = |class: Class| characters.iter().filter(|character| character.class == class).count();
    let classes = Class::ALL.into_iter().map(|class| (count(class), class.words()[1], class.words()[2]));
    let classes: Vec<_> = classes.filter(|(number, ..)| *number > 0).collect();
    let marked = characters.iter().enumerate().filter(|(_, character)| character.severity.is_some());
    let marked: Vec<String> = marked.map(|(place, character)| text::marked(&character.shown, place + 1)).collect();
    text::picture(&classes, &marked)
}

#[cfg(test)]
mod tests {
    use admit_core::{Answer, Case};

    use super::*;

    #[test]
    fn classes_and_marks_are_those_of_the_report() {
        let case = Case::from_json(
            r#"{ "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z", "policy": {},
                "subject": { "identifiers": "user_4 2" } }"#,
        );
        let report = admit_core::evaluate(&case.expect("a case"));
        let Answer::Session(answer) = &report.answer else { panic!("another answer") };
        let drawn = characters(&answer.identifiers[0], &report.findings);
        let shown: Vec<&str> = drawn.iter().map(|character| character.shown.as_str()).collect();
        assert_eq!(shown, ["u", "s", "e", "r", "_", "4", "U+0020", "2"]);
        let marked: Vec<bool> = drawn.iter().map(|character| character.severity.is_some()).collect();
        assert_eq!(marked, [false, false, false, false, true, false, true, false]);
        let sentence = sentence(&drawn);
        assert!(
            sentence.starts_with("8 characters: 2 digits, 4 letters, 1 other sign, 1 character beyond"),
            "{sentence}"
        );
        assert!(sentence.ends_with("Marked: _ at 5, U+0020 at 7."), "{sentence}");
    }
}
