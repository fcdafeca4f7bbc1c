//! `docker run`, and the commands of other engines that take the same options.

use alloc::format;
use alloc::string::ToString as _;
use core::ops::Range;

use super::command::{Command, CommandOption, ENGINES, is_engine, start, subcommand};
use super::words::{Word, split};
use super::{Run, check as check_run, rules};
use crate::ErrorKind;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Fault;

/// Whether a text holds a command that runs a container.
pub(in crate::enclave) fn is_command(text: &str) -> bool {
    split(text).commands.iter().any(|words| start(words).is_some())
}

/// Programs that start containers from what stands elsewhere.
const STARTERS: [&str; 9] =
    ["kubectl", "helm", "ctr", "crictl", "docker-compose", "podman-compose", "runc", "lxc", "oc"];

/// What runs containers in a way that this text does not say.
fn check_other(sheet: &mut Sheet<'_>, words: &[Word]) {
    let whole = words.first().map_or(0, |word| word.place.start)..words.last().map_or(0, |word| word.place.end);
    match subcommand(words) {
        Some(("compose" | "exec" | "service" | "stack" | "start" | "swarm", _)) => {
            sheet.unknown("what this command starts", &whole);
        }
        _ => {
            // A command inside a word: `bash -c "docker run ..."`, `ssh node 'docker run ...'`.
            // Or one whose program the shell fills in: `$DOCKER run ...`, `$(docker run ...)`, `(docker run ...)`.
            let inner = words.iter().find(|word| {
                let bare = word.text.trim_start_matches(['$', '(', '{', '`']);
                let is_wrapped = bare.len() < word.text.len() && is_engine(bare);
                let is_quoted = word.text.contains(char::is_whitespace);
                is_wrapped || (is_quoted && ENGINES.iter().any(|engine| word.text.contains(engine)))
            });
            let program = words.iter().find(|word| !matches!(word.text.as_str(), "sudo" | "env" | "command" | "exec"));
            let open = program.filter(|word| word.text.starts_with('$') || STARTERS.contains(&word.text.as_str()));
            if let Some(word) = inner {
                sheet.unknown("what the command inside runs", &word.place);
            } else if open.is_some() {
                sheet.unknown("what this command starts", &whole);
            }
        }
    }
}

/// Checks every command of a text that runs a container.
pub(in crate::enclave) fn check(sheet: &mut Sheet<'_>) {
    let commands = split(sheet.document.text());
    // A fence may say that it is PowerShell, where back-ticks are right.
    let is_powershell = sheet.document.text().trim_start().starts_with("```powershell");
    for place in commands.back_ticks.iter().filter(|_| !is_powershell) {
        let finding = sheet.finding(
            &rules::BACK_TICK,
            place,
            "the line ends in a back-tick, which bash does not take as continued",
        );
        let edits = sheet.edit(place, "\\");
        sheet.add(finding.help("use a backslash").fix("Use a backslash", edits));
    }
    if let Some(open) = commands.open {
        sheet.fault(Fault {
            kind: ErrorKind::Truncated,
            range: open,
            expected: "a closing quote".into(),
            found: "the end of the text".into(),
        });
    }
    for words in &commands.commands {
        match Command::of(sheet.document.text(), words) {
            Some(command) => {
                let run = given(sheet, command);
                check_run(sheet, &run);
            }
            None => check_other(sheet, words),
        }
    }
}

/// What a command gives its container. What of it is not known is noted.
fn given(sheet: &mut Sheet<'_>, command: Command) -> Run {
    let end = command.place.end;
    let mut run = Run { whole: command.place, is_open: command.is_open, ..Run::default() };
    for CommandOption { name, value, place, is_known, .. } in command.options {
        let value = value.map(|value| value.text);
        if !is_known {
            let option = sheet.quoted(&place);
            sheet.unknown(format!("whether the option {option} takes a value"), &place);
        }
        // A variable without a value has that of the shell. Only these are looked at.
        let is_passed_on = name == "env"
            && value.as_deref().is_some_and(|value| matches!(value, "NODE_AGENT_BASE_URL" | "APPCONFIG_ID"));
        if is_passed_on
            || value.as_deref().is_some_and(|value| value.starts_with('$'))
            || matches!(name.as_str(), "env-file" | "volumes-from" | "use-api-socket")
        {
            sheet.unknown(format!("what {} brings", quote(sheet.document.slice(place.clone()))), &place);
            run.is_open = true;
        }
        run.apply(&name, value.as_deref(), place);
    }
    match command.image {
        // A variable may hold options as well as the image.
        Some(word) if word.text.contains('$') || word.text.starts_with('`') => {
            sheet.unknown(format!("what the shell makes of {}", quote(&word.text)), &word.place);
            run.is_open = true;
        }
        Some(word) => run.image = Some((word.text, word.place)),
        None if run.is_open => {}
        None => sheet.fault(Fault {
            kind: ErrorKind::Missing,
            range: end..end,
            expected: "an image to run".into(),
            found: "nothing".into(),
        }),
    }
    run
}

/// What Go's reader of flags takes for false.
fn is_false(value: &str) -> bool {
    matches!(value, "0" | "f" | "F" | "false" | "False" | "FALSE")
}

impl Run {
    fn apply(&mut self, name: &str, value: Option<&str>, place: Range<usize>) {
        match (name, value) {
            // Go reads a flag's value: anything but these is true, or refused.
            ("privileged", value) if !value.is_some_and(is_false) => self.privileged = Some(place),
            // Every capability, and every device.
            ("cap-add", Some(value)) if value.eq_ignore_ascii_case("all") => self.privileged = Some(place),
            ("device-cgroup-rule", Some(value)) if value.trim_start().starts_with('a') => self.privileged = Some(place),
            ("network", Some(network)) if network.split(',').any(|part| matches!(part, "host" | "name=host")) => {
                self.host_network = Some(place);
            }
            ("device", Some(device)) => {
                let path = device.split(':').next().unwrap_or_default();
                self.devices.push((path.to_string(), place));
            }
            ("volume", Some(volume)) => {
                if let Some((source, _)) = volume.split_once(':').filter(|(source, _)| source.starts_with('/')) {
                    self.mounts.push((source.to_string(), place));
                }
            }
            ("mount", Some(mount)) => {
                let part = |names: &[&str]| {
                    let parts = mount.split(',').map(|part| part.trim_matches('"').trim());
                    let mut parts = parts.filter_map(|part| part.split_once('='));
                    parts.find(|(name, _)| names.contains(name)).map(|(_, value)| value)
                };
                if let Some(source) = part(&["source", "src"]).filter(|source| source.starts_with('/')) {
                    self.mounts.push((source.to_string(), place));
                }
            }
            ("env", Some(variable)) => {
                if let Some((name, value)) = variable.split_once('=') {
                    self.environment.push((name.to_string(), value.to_string(), place));
                }
            }
            _ => {}
        }
    }
}
