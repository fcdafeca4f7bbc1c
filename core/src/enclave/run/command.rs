//! A command line that runs a container, read into its options, each with its place: what is checked, and what a form shows
//! (Docker documentation, `docker run`).

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;
use core::slice::Iter;

use super::words::{Word, split};

/// Engines that take the options of `docker run`.
pub(super) const ENGINES: [&str; 3] = ["docker", "podman", "nerdctl"];

/// Options of the engine itself that take the next word.
const ENGINE_VALUES: [&str; 9] =
    ["-H", "--host", "-c", "--context", "--config", "-l", "--log-level", "--namespace", "--connection"];

/// Options without a value, by name and by letter.
const FLAGS: &str = "detach init interactive tty privileged rm read-only publish-all no-healthcheck oom-kill-disable \
    sig-proxy disable-content-trust quiet help d i t P q";

/// Options with a value, by name and by letter.
const VALUES: &str = "a add-host annotation attach blkio-weight blkio-weight-device c cap-add cap-drop cgroup-parent \
    cgroupns cidfile cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus \
    cpuset-mems detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps \
    device-write-iops dns dns-opt dns-option dns-search domainname e entrypoint env env-file expose gpus group-add h \
    health-cmd health-interval health-retries health-start-interval health-start-period health-timeout hostname \
    io-maxbandwidth io-maxiops ip ip6 ipc isolation kernel-memory l label label-file link link-local-ip log-driver \
    log-opt m mac-address memory memory-reservation memory-swap memory-swappiness mount name net net-alias network \
    network-alias oom-score-adj p pid pids-limit platform publish pull restart runtime security-opt shm-size stop-signal \
    stop-timeout storage-opt sysctl tmpfs u ulimit user userns uts v volume volume-driver volumes-from w workdir";

/// A command that runs a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// From its first word to the end of its last, in bytes of the text.
    pub place: Range<usize>,
    /// The end of `run`, behind which the options stand.
    pub begin: usize,
    /// Its options, in their order.
    pub options: Vec<CommandOption>,
    /// The image. Absent where none is named, and where an option before it is not known: what follows such a one may be
    /// its value.
    pub image: Option<Word>,
    /// Whether an option is not known, so that the image can't be told.
    pub is_open: bool,
}

/// An option of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOption {
    /// Its long name without dashes, where it is one that is looked at: `env` for `-e`. Its letter for others.
    pub name: String,
    /// Its value. It has the place of the whole option where its quotes begin before it.
    pub value: Option<Word>,
    /// From its name to the end of its value; of letters that stand together, the letter alone.
    pub place: Range<usize>,
    /// The end of what stands before it, with which the blanks between them begin.
    pub before: usize,
    /// Whether it is known, so that it is clear whether it takes the next word.
    pub is_known: bool,
}

impl Command {
    /// The first command of a text that runs a container; nothing where there is none, or a quote is never closed.
    pub fn read(text: &str) -> Option<Self> {
        let commands = split(text);
        if commands.open.is_some() {
            return None;
        }
        commands.commands.iter().find_map(|words| Self::of(text, words))
    }

    /// The command that words of a text are, if it runs a container.
    pub(super) fn of(text: &str, words: &[Word]) -> Option<Self> {
        let start = start(words)?;
        let begin = words.get(start.saturating_sub(1))?.place.end;
        let end = words.last()?.place.end;
        let place = words.first()?.place.start..end;
        let mut command = Self { place, begin, options: Vec::new(), image: None, is_open: false };
        let mut rest = words.get(start..).unwrap_or_default().iter();
        let mut before = begin;
        while let Some(word) = rest.next() {
            if word.text == "--" || !word.text.starts_with('-') {
                let image = if word.text == "--" { rest.next() } else { Some(word) };
                // What follows the image is the command inside.
                command.image = image.filter(|_| !command.is_open).cloned();
                break;
            }
            match word.text.strip_prefix("--") {
                Some(long) => command.long(text, word, long, before, &mut rest),
                None => command.letters(text, word, before, &mut rest),
            }
            command.is_open |= command.options.last().is_some_and(|option| !option.is_known);
            before = command.options.last().map_or(before, |option| option.place.end);
        }
        Some(command)
    }

    /// An option by its long name: `--net host`, `--net=host`.
    fn long(&mut self, text: &str, word: &Word, long: &str, before: usize, rest: &mut Iter<'_, Word>) {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(word.ending(text, value))),
            None => (long, None),
        };
        let is_known = value.is_some() || has(FLAGS, name) || has(VALUES, name);
        self.add(name, value, word.place.clone(), before, is_known, rest);
    }

    /// Options by their letters: `-v /dev:/dev`, `-v/dev:/dev`, `-it`. The last one may take a value.
    fn letters(&mut self, text: &str, word: &Word, before: usize, rest: &mut Iter<'_, Word>) {
        let letters = word.text.strip_prefix('-').unwrap_or(&word.text);
        let mut name = [0; 4];
        // A flag may have a value behind `=`.
        let is_end = |(at, letter): &(usize, char)| {
            let after = at.saturating_add(letter.len_utf8());
            has(VALUES, letter.encode_utf8(&mut name)) || letters.get(after..).is_some_and(|rest| rest.starts_with('='))
        };
        let end = letters.char_indices().find(is_end);
        let flags = end.map_or(letters, |(at, _)| letters.get(..at).unwrap_or_default());
        if !flags.chars().all(|flag| has(FLAGS, flag.encode_utf8(&mut name))) || letters.is_empty() {
            self.add(letters, None, word.place.clone(), before, false, rest);
            return;
        }
        let is_alone = flags.len().saturating_add(usize::from(end.is_some())) == 1;
        for (at, flag) in flags.char_indices() {
            let from = word.place.start.saturating_add(1).saturating_add(at);
            let place = if is_alone { word.place.clone() } else { from..from.saturating_add(flag.len_utf8()) };
            let before = if is_alone { before } else { from };
            self.add(flag.encode_utf8(&mut name), None, place, before, true, rest);
        }
        if let Some((at, letter)) = end {
            let value = letters.get(at.saturating_add(letter.len_utf8())..).filter(|value| !value.is_empty());
            let value = value.map(|value| word.ending(text, value.strip_prefix('=').unwrap_or(value)));
            let from = word.place.start.saturating_add(1).saturating_add(at);
            let (place, before) = if at == 0 { (word.place.clone(), before) } else { (from..word.place.end, from) };
            self.add(letter.encode_utf8(&mut name), value, place, before, true, rest);
        }
    }

    fn add(
        &mut self,
        name: &str,
        mut value: Option<Word>,
        mut place: Range<usize>,
        before: usize,
        is_known: bool,
        rest: &mut Iter<'_, Word>,
    ) {
        if value.is_none()
            && has(VALUES, name)
            && let Some(next) = rest.next()
        {
            place.end = next.place.end;
            value = Some(next.clone());
        }
        let name = match name {
            "d" => "detach",
            "e" => "env",
            "net" => "network",
            "p" => "publish",
            "v" => "volume",
            name => name,
        };
        self.options.push(CommandOption { name: name.to_string(), value, place, before, is_known });
    }
}

impl CommandOption {
    /// Its value as text; empty without one.
    pub fn text(&self) -> &str {
        self.value.as_ref().map_or("", |value| &value.text)
    }
}

/// Whether a list of names, between blanks, has a name.
fn has(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// Whether a word names an engine: `docker`, `/usr/bin/podman`, `docker.exe`.
pub(super) fn is_engine(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    ENGINES.contains(&name.strip_suffix(".exe").unwrap_or(name))
}

/// The engine's subcommand, and the place after it: options of the engine itself are passed over, and so is `container`.
pub(super) fn subcommand(words: &[Word]) -> Option<(&str, usize)> {
    let mut at = words.iter().position(|word| is_engine(&word.text))?.saturating_add(1);
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
pub(super) fn start(words: &[Word]) -> Option<usize> {
    subcommand(words).filter(|(name, _)| matches!(*name, "run" | "create")).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let Some(command) = Command::read(text) else { return Vec::new() };
        let slice = |range: &Range<usize>| String::from(text.get(range.clone()).unwrap_or_default());
        let option = |option: &CommandOption| {
            let value = option.value.as_ref().map(|value| slice(&value.place)).unwrap_or_default();
            alloc::format!("{}|{value}|{}", option.name, slice(&option.place))
        };
        let image = command.image.iter().map(|image| alloc::format!("image {}", image.text));
        command.options.iter().map(option).chain(image).collect()
    }

    #[test]
    fn options_have_their_places() {
        assert_eq!(
            shown("sudo docker run -d --net=host -v/dev:/dev -e 'A=b c' --env=\"D=e\" -w /app a/b cmd -d"),
            [
                "detach||-d",
                "network|host|--net=host",
                "volume|/dev:/dev|-v/dev:/dev",
                "env|'A=b c'|-e 'A=b c'",
                "env|\"D=e\"|--env=\"D=e\"",
                "w|/app|-w /app",
                "image a/b"
            ]
        );
    }

    #[test]
    fn letters_that_stand_together_are_told_apart() {
        assert_eq!(shown("docker run -itd a"), ["i||i", "t||t", "detach||d", "image a"]);
        assert_eq!(shown("docker run -dp 80:80 a"), ["detach||d", "publish|80:80|p 80:80", "image a"]);
        assert_eq!(shown("docker run -td=false a"), ["t||t", "detach|false|d=false", "image a"]);
    }

    #[test]
    fn what_follows_an_unknown_option_is_no_image() {
        let command = Command::read("docker run --privileged --new /x a/b");
        assert!(command.as_ref().is_some_and(|command| command.is_open && command.image.is_none()));
        let options = command.iter().flat_map(|command| &command.options);
        assert_eq!(options.map(|option| option.is_known).collect::<Vec<_>>(), [true, false]);
        assert!(Command::read("docker run --new=/x a/b").is_some_and(|command| command.image.is_some()));
        assert_eq!(Command::read("docker pull a/b"), None);
        assert_eq!(Command::read("docker run 'a/b"), None);
    }
}
