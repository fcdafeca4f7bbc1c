//! Controls: what of a case is chosen rather than pasted.

use std::borrow::Cow;

use admit_core::Case;

/// Something of the case that is chosen or typed in a line.
#[derive(Debug)]
pub struct Control {
    /// The id of its element.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// How it is chosen.
    pub form: Form,
    /// What is chosen.
    pub get: fn(&Case) -> Cow<'_, str>,
    /// Chooses; a value that is not known changes nothing.
    pub set: fn(&mut Case, &str),
}

/// How something is chosen.
#[derive(Debug)]
pub enum Form {
    /// One of these values, each with its label.
    Choice(&'static [(&'static str, &'static str)]),
    /// One of these values, which are names that people know.
    Names(&'static [&'static str]),
    /// A line of text, with what it may be.
    Text(&'static str),
    /// A whole number, or nothing, with what stands there without one.
    Number(&'static str),
}

impl PartialEq for Control {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Control {
    /// What can be chosen, as a value and its label; nothing where text is typed.
    pub fn choices(&self) -> Vec<(&'static str, &'static str)> {
        match self.form {
            Form::Choice(choices) => choices.to_vec(),
            Form::Names(names) => names.iter().map(|name| (*name, *name)).collect(),
            Form::Text(_) | Form::Number(_) => Vec::new(),
        }
    }

    /// Every value that can be chosen, or one that can be typed.
    #[cfg(test)]
    pub(super) fn values(&self) -> Vec<&'static str> {
        match self.form {
            Form::Text(_) => vec!["typed", ""],
            Form::Number(_) => vec!["700", ""],
            _ => self.choices().into_iter().map(|(value, _)| value).collect(),
        }
    }
}

/// The value that stands for `chosen` in a list of pairs; empty where it is none of them.
pub(super) fn value_of<T: Copy + PartialEq>(pairs: &[(&'static str, T)], chosen: T) -> Cow<'static, str> {
    pairs.iter().find(|(_, known)| *known == chosen).map_or(super::NOTHING, |(value, _)| Cow::Borrowed(*value))
}

/// A number as a control holds it: nothing where it is the usual one.
pub(super) fn number_of(number: Option<u64>, usual: Option<u64>) -> Cow<'static, str> {
    number.filter(|number| Some(*number) != usual).map_or(super::NOTHING, |number| Cow::Owned(number.to_string()))
}

/// The number that was typed, the usual one for nothing; `None` for anything else, which changes nothing.
pub(super) fn typed<T: std::str::FromStr>(text: &str, usual: T) -> Option<T> {
    if text.is_empty() { Some(usual) } else { text.parse().ok() }
}

/// What a value stands for.
pub(super) fn chosen<T: Copy>(pairs: &[(&'static str, T)], value: &str) -> Option<T> {
    pairs.iter().find(|(known, _)| *known == value).map(|(_, chosen)| *chosen)
}
