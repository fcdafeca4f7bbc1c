//! `docker run`, and the commands of other engines that take the same options.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::ops::Range;

use super::words::{Word, split};
use super::{Run, check as check_run, rules};
use crate::ErrorKind;
use crate::enclave::sheet::Sheet;
use crate::quote::quote;
use crate::tree::Fault;

const ENGINES: [&str; 3] = ["docker", "podman", "nerdctl"];

/// Options of the engine itself that take the next word.
const ENGINE_VALUES: [&str; 9] =
    ["-H", "--host", "-c", "--context", "--config", "-l", "--log-level", "--namespace", "--connection"];

/// Options without a value.
const FLAGS: [&str; 18] = [
    "detach",
    "init",
    "interactive",
    "tty",
    "privileged",
    "rm",
    "read-only",
    "publish-all",
    "no-healthcheck",
    "oom-kill-disable",
    "sig-proxy",
    "disable-content-trust",
    "quiet",
    "help",
    "d",
    "i",
    "t",
    "P",
];

/// Options with a value, by their long name and by their letter.
const VALUES: [&str; 93] = [
    "a",
    "add-host",
    "annotation",
    "attach",
    "blkio-weight",
    "blkio-weight-device",
    "c",
    "cap-add",
    "cap-drop",
    "cgroup-parent",
    "cgroupns",
    "cidfile",
    "cpu-count",
    "cpu-percent",
    "cpu-period",
    "cpu-quota",
    "cpu-rt-period",
    "cpu-rt-runtime",
    "cpu-shares",
    "cpus",
    "cpuset-cpus",
    "cpuset-mems",
    "detach-keys",
    "device",
    "device-cgroup-rule",
    "device-read-bps",
    "device-read-iops",
    "device-write-bps",
    "device-write-iops",
    "dns",
    "dns-opt",
    "dns-option",
    "dns-search",
    "domainname",
    "e",
    "entrypoint",
    "env",
    "env-file",
    "expose",
    "gpus",
    "group-add",
    "h",
    "health-cmd",
    "health-interval",
    "health-retries",
    "health-start-period",
    "health-timeout",
    "hostname",
    "ip",
    "ip6",
    "ipc",
    "isolation",
    "kernel-memory",
    "l",
    "label",
    "label-file",
    "link",
    "link-local-ip",
    "log-driver",
    "log-opt",
    "m",
    "mac-address",
    "memory",
    "memory-reservation",
    "memory-swap",
    "memory-swappiness",
    "mount",
    "name",
    "net",
    "network",
    "network-alias",
    "oom-score-adj",
    "p",
    "pid",
    "pids-limit",
    "platform",
    "publish",
    "pull",
    "restart",
    "runtime",
    "security-opt",
    "shm-size",
    "stop-signal",
    "stop-timeout",
    "storage-opt",
    "sysctl",
    "tmpfs",
    "u",
    "ulimit",
    "user",
    "userns",
    "v",
    "volume",
];

/// Whether a text holds a command that runs a container.
pub(in crate::enclave) fn is_command(text: &str) -> bool {
    split(text).commands.iter().any(|words| start(words).is_some())
}

/// Programs that start containers from what stands elsewhere.
const STARTERS: [&str; 9] =
    ["kubectl", "helm", "ctr", "crictl", "docker-compose", "podman-compose", "runc", "lxc", "oc"];

/// Whether a word names an engine: `docker`, `/usr/bin/podman`, `docker.exe`.
fn is_engine(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    ENGINES.contains(&name.strip_suffix(".exe").unwrap_or(name))
}

/// The place of the engine in a command.
fn engine(words: &[Word]) -> Option<usize> {
    words.iter().position(|word| is_engine(&word.text))
}

/// The engine's subcommand, and the place after it: options of the engine itself are passed over, and so is `container`.
fn subcommand(words: &[Word]) -> Option<(&str, usize)> {
    let mut at = engine(words)?.saturating_add(1);
    loop {
        let word = words.get(at)?;
        at = at.saturating_add(1);
        if word.text == "container" {
            continue;
        }
        if !word.text.starts_with('-') {
            return Some((&word.text, at));
        }
        if ENGINE_VALUES.contains(&word.text.as_str()) {
            at = at.saturating_add(1);
        }
    }
}

/// The place after `docker run` in a command.
fn start(words: &[Word]) -> Option<usize> {
    subcommand(words).filter(|(name, _)| matches!(*name, "run" | "create")).map(|(_, at)| at)
}

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
        match start(words) {
            Some(start) => {
                let run = read(sheet, words, start);
                check_run(sheet, &run);
            }
            None => check_other(sheet, words),
        }
    }
}

fn read(sheet: &mut Sheet<'_>, words: &[Word], start: usize) -> Run {
    let first = words.first().map_or(0, |word| word.place.start);
    let last = words.last().map_or(first, |word| word.place.end);
    let mut run = Run { whole: first..last, ..Run::default() };
    let mut rest = words.get(start..).unwrap_or_default().iter();
    while let Some(word) = rest.next() {
        if word.text == "--" || !word.text.starts_with('-') {
            let image = if word.text == "--" { rest.next() } else { Some(word) };
            // A variable may hold options as well as the image.
            if let Some(word) = image.filter(|word| word.text.contains('$') || word.text.starts_with('`')) {
                sheet.unknown(format!("what the shell makes of {}", quote(&word.text)), &word.place);
                run.is_open = true;
                break;
            }
            // What follows the image is the command inside.
            run.image = image.map(|word| (word.text.clone(), word.place.clone()));
            break;
        }
        let (name, mut value) = option(&word.text);
        let mut place = word.place.clone();
        if value.is_none() && VALUES.contains(&name.as_str()) {
            if let Some(next) = rest.next() {
                value = Some(next.text.clone());
                place.end = next.place.end;
            }
        } else if value.is_none() && !FLAGS.contains(&name.as_str()) && !VALUES.contains(&name.as_str()) {
            sheet.unknown(format!("whether the option {} takes a value", quote(&word.text)), &word.place);
        }
        // A variable without a value has that of the shell. Only these are looked at.
        let is_passed_on = matches!(name.as_str(), "e" | "env")
            && value.as_deref().is_some_and(|value| matches!(value, "NODE_AGENT_BASE_URL" | "APPCONFIG_ID"));
        if is_passed_on
            || value.as_deref().is_some_and(|value| value.starts_with('$'))
            || matches!(name.as_str(), "env-file" | "volumes-from")
        {
            sheet.unknown(format!("what {} brings", quote(sheet.document.slice(place.clone()))), &place);
            run.is_open = true;
        }
        run.apply(&name, value.as_deref(), place);
    }
    if run.image.is_none() && !run.is_open {
        let fault = Fault {
            kind: ErrorKind::Missing,
            range: last..last,
            expected: "an image to run".into(),
            found: "nothing".into(),
        };
        sheet.fault(fault);
    }
    run
}

/// The name of an option, and its value where it stands in the same word: `--net=host`, `-v/dev:/dev`, `-it`.
fn option(text: &str) -> (String, Option<String>) {
    if let Some(long) = text.strip_prefix("--") {
        return match long.split_once('=') {
            Some((name, value)) => (name.to_string(), Some(value.to_string())),
            None => (long.to_string(), None),
        };
    }
    let letters = text.strip_prefix('-').unwrap_or(text);
    // Of a cluster such as `-ite` the last letter may take the value.
    for (at, letter) in letters.char_indices() {
        let name = letter.to_string();
        if VALUES.contains(&name.as_str()) {
            let value = letters.get(at.saturating_add(letter.len_utf8())..).filter(|value| !value.is_empty());
            return (name, value.map(|value| value.strip_prefix('=').unwrap_or(value).to_string()));
        }
    }
    let all_flags = letters.chars().all(|letter| FLAGS.contains(&letter.to_string().as_str()));
    (if all_flags { "d".to_string() } else { letters.to_string() }, None)
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
            ("net" | "network", Some(network))
                if network.split(',').any(|part| matches!(part, "host" | "name=host")) =>
            {
                self.host_network = Some(place);
            }
            ("device", Some(device)) => {
                let path = device.split(':').next().unwrap_or_default();
                self.devices.push((path.to_string(), place));
            }
            ("v" | "volume", Some(volume)) => {
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
            ("e" | "env", Some(variable)) => {
                if let Some((name, value)) = variable.split_once('=') {
                    self.environment.push((name.to_string(), value.to_string(), place));
                }
            }
            _ => {}
        }
    }
}
