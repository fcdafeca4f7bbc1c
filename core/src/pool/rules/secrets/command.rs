//! Secrets among the words of a container's command.

use alloc::format;

use super::look::{form_of_secret, is_named_as_secret};
use super::{KINDS, article, is_placeholder};
use crate::arm::setting::Setting;
use crate::pool::context::Context;
use crate::quote::quote;
use crate::{Rule, Severity};

pub(crate) static COMMAND: Rule = Rule {
    id: "pool-secret-in-command",
    aliases: &[],
    title: "the command of the container holds a secret",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks through `command` and `args` for words with the form of a secret, and for values of options that are \
          named as secrets."
    ),
    why: crate::page!("Code in a session can read the command of every process, and it is the same in all sessions."),
    bad: crate::page!("\"args\": [\"--api-key\", \"sk-...\"]"),
    good: crate::page!("a container that needs no secret"),
    citation: article("Security: sensitive data only where the session's users are trusted"),
};

/// Looks through the words of a container's command.
pub(super) fn check(container: &Setting, cx: &mut Context<'_>) {
    for list in ["command", "args"] {
        let items = container.get(list).map(Setting::items).unwrap_or_default();
        // The option whose value comes next.
        let mut option = "";
        for item in items {
            let Some(text) = item.text() else {
                option = "";
                continue;
            };
            for word in text.split_whitespace() {
                let (name, value) = match word.split_once('=') {
                    Some((name, value)) if name.starts_with('-') => (name, value),
                    _ => (option, word),
                };
                option = if word.starts_with('-') { word } else { "" };
                // What a variable of the shell holds isn't written here.
                if value.is_empty() || value.contains('$') || value.starts_with('-') || is_placeholder(value) {
                    continue;
                }
                let named = is_named_as_secret(name.trim_start_matches('-'))
                    .then_some("is the value of an option that is named as one");
                if let Some(reason) = form_of_secret(value).or(named) {
                    let message =
                        format!("expected no secret in sessions, found a word of {}, which {reason}", quote(list));
                    // At the name: hosts that show the line don't show the value.
                    let at = container.get("name").unwrap_or(container);
                    cx.add(cx.finding(&COMMAND, message, at).arg("list", quote(list)));
                }
            }
        }
    }
}
