//! Commands of the Azure command line: the role assignment and the token.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::words::{Word, split};

/// An `az` command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Command {
    /// The words before the first option: `az role assignment create`.
    pub(crate) name: String,
    /// The options with their values and the bytes of these.
    pub(crate) options: Vec<(String, String, Range<usize>)>,
    /// The bytes of the whole command.
    pub(crate) range: Range<usize>,
}

impl Command {
    /// The value of an option, by any of its names. Of several the last counts, as for the command line itself.
    pub(crate) fn option(&self, names: &[&str]) -> Option<(&str, Range<usize>)> {
        let found = self.options.iter().rfind(|(name, ..)| names.contains(&name.as_str()));
        found.map(|(_, value, range)| (value.as_str(), range.clone()))
    }
}

/// Every `az` command of a text.
pub(crate) fn commands(text: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut at = 0_usize;
    while at < text.len() {
        let (words, end) = split(text, at);
        let start = words.iter().position(|word| word.text == "az");
        if let Some(start) = start.filter(|start| *start <= 1) {
            commands.extend(command(words.get(start..).unwrap_or_default()));
        }
        at = end.saturating_add(1);
        while !text.is_char_boundary(at) && at < text.len() {
            at = at.saturating_add(1);
        }
    }
    commands
}

fn command(words: &[Word]) -> Option<Command> {
    let name: Vec<&str> =
        words.iter().map(|word| word.text.as_str()).take_while(|text| !text.starts_with('-')).collect();
    let range = words.first()?.range.start..words.last()?.range.end;
    let mut options = Vec::new();
    let mut rest = words.iter().skip(name.len()).peekable();
    while let Some(word) = rest.next() {
        if let Some((option, value)) = word.text.split_once('=').filter(|(option, _)| option.starts_with("--")) {
            options.push((option.to_string(), value.to_string(), word.range.clone()));
            continue;
        }
        let value = rest.next_if(|next| !next.text.starts_with('-'));
        let (text, place) =
            value.map_or((String::new(), word.range.clone()), |value| (value.text.clone(), value.range.clone()));
        options.push((word.text.clone(), text, place));
    }
    Some(Command { name: name.join(" "), options, range })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_options() {
        let text = "az role assignment create \\\n  --role \"A B\" \\\n  --scope /x\n\naz account get-access-token --resource=https://x\n";
        let commands = commands(text);
        assert_eq!(commands.len(), 2);
        let role = commands.first().and_then(|command| command.option(&["--role"]));
        assert_eq!(role.map(|(role, range)| (role, text.get(range))), Some(("A B", Some("A B"))));
        let resource = commands.last().and_then(|command| command.option(&["--resource"]));
        assert_eq!(resource.map(|(resource, _)| resource), Some("https://x"));
    }
}
