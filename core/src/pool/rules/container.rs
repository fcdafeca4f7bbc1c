//! What runs in sessions.
//!
//! What it checks: images and commands of containers.
//! Why it matters: an image whose tag moves is another image tomorrow; a container that serves nothing answers nothing.
//! Reference: custom container session pools, and the samples of the documentation.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::page;
use crate::arm::setting::Setting;
use crate::pool::context::{Context, Pool};
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static TAG: Rule = Rule {
    id: "pool-image-tag-moves",
    aliases: &[],
    title: "an image without a tag of its own",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Reads the tag or digest of each image."),
    why: crate::page!(
        "Images are cached: with `latest`, or without a tag, sessions may run an old image or one that nobody looked at."
    ),
    bad: crate::page!("\"image\": \"registry.azurecr.io/app:latest\""),
    good: crate::page!("\"image\": \"registry.azurecr.io/app:1.4.2\""),
    citation: page("sessions-custom-container.md, container image"),
};

pub(crate) static SILENT: Rule = Rule {
    id: "pool-command-serves-nothing",
    aliases: &[],
    title: "the command of the container serves nothing",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for commands of a shell that only loop, sleep and echo, as in samples of the documentation."
    ),
    why: crate::page!("A session's container has to answer HTTP at its target port; one that only prints never does."),
    bad: crate::page!("\"args\": [\"-c\", \"while true; do echo hello; sleep 10; done\"]"),
    good: crate::page!("no command, so that the image starts its server"),
    citation: page("sessions-custom-container.md, the container serves HTTP on the target port"),
};

/// Containers.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    let Some(containers) = pool.properties.at("customContainerTemplate.containers") else { return };
    for container in containers.items() {
        if let Some(image) = container.get("image") {
            match image.text() {
                Some(text) if moves(text) => {
                    let message = format!("expected a tag of its own or a digest, found image {}", image.quoted());
                    cx.add(cx.finding(&TAG, message, image).arg("image", image.quoted()));
                }
                Some(_) => {}
                None => cx.doubt(&TAG, "properties.customContainerTemplate.containers.image", image),
            }
        }
        let words =
            |key: &str| container.get(key).map(Setting::items).unwrap_or_default().iter().filter_map(Setting::text);
        let line: Vec<&str> = words("command").chain(words("args")).collect();
        let script = line.iter().position(|word| *word == "-c").and_then(|at| line.get(at.saturating_add(1)));
        if script.is_some_and(|script| serves_nothing(script)) {
            let at = container.get("args").or_else(|| container.get("command")).unwrap_or(container);
            let message =
                "expected a command that answers at the target port, found one that only loops, sleeps and prints";
            cx.add(cx.finding(&SILENT, message, at).help("remove the command, so that the image starts its server"));
        }
    }
}

/// Whether an image has neither a digest nor a tag other than `latest`. A colon before the last slash is a port's.
fn moves(image: &str) -> bool {
    let name = image.rsplit_once('/').map_or(image, |(_, name)| name);
    !image.contains("@sha256:") && name.split_once(':').is_none_or(|(_, tag)| tag.is_empty() || tag == "latest")
}

/// Whether a script of a shell consists of loops, sleeping and printing only.
fn serves_nothing(script: &str) -> bool {
    let separated: String = script.chars().map(|c| if matches!(c, ';' | '\n' | '&' | '|') { ';' } else { c }).collect();
    let mut commands = separated.split(';').map(str::trim).filter(|command| !command.is_empty()).peekable();
    let first = |command: &str| {
        let mut words = command.split_whitespace().filter(|word| !matches!(*word, "do" | "then" | "while" | "until"));
        matches!(words.next(), None | Some("true" | ":" | "echo" | "printf" | "sleep" | "done" | "date"))
    };
    commands.peek().is_some() && commands.all(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_move() {
        assert!(moves("a") && moves("localhost:5000/a") && moves("r/a:latest"));
        assert!(!moves("r/a:1") && !moves("localhost:5000/a:v4") && !moves("r/a@sha256:00"));
    }

    #[test]
    fn scripts_that_serve_nothing() {
        assert!(serves_nothing("while true; do echo hello; sleep 10;done") && serves_nothing("sleep infinity"));
        assert!(
            !serves_nothing("while true; do ./serve; done")
                && !serves_nothing("")
                && !serves_nothing("sleep 1 && exec app")
        );
    }
}
