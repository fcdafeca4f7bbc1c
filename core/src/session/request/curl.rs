//! A curl command.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::words::{self, Word};
use super::{Header, Read};

/// Options of several letters that take a value which is not looked at.
const SKIPPED: &[&str] = &[
    "--output",
    "--user",
    "--user-agent",
    "--cookie",
    "--cookie-jar",
    "--write-out",
    "--max-time",
    "--connect-timeout",
    "--referer",
    "--retry",
    "--proxy",
    "--cacert",
    "--cert",
    "--key",
    "--resolve",
    "--connect-to",
    "--aws-sigv4",
    "--max-redirs",
    "--retry-delay",
    "--range",
    "--dump-header",
];

/// Options of one letter that take a value, which may follow at once.
const VALUED: &str = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// The words of a command, where options of one letter that stand together (`-sSk`, `-XPOST`) are words of their own.
fn apart(word: Word) -> Vec<Word> {
    let letters = word.text.strip_prefix('-').filter(|letters| letters.len() > 1 && !letters.starts_with('-'));
    let Some(letters) = letters else { return Vec::from([word]) };
    let part = |text: String| Word { text, range: word.range.clone() };
    let mut words = Vec::new();
    for (at, letter) in letters.char_indices() {
        words.push(part(alloc::format!("-{letter}")));
        if VALUED.contains(letter) {
            let value = letters.get(at.saturating_add(1)..).unwrap_or_default();
            words.extend((!value.is_empty()).then(|| part(value.into())));
            break;
        }
    }
    words
}

/// Reads the first curl command of a text.
pub(super) fn read(text: &str) -> Option<Read> {
    let mut commands = text.match_indices("curl").map(|(at, _)| at).filter(|&at| {
        let before = text.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let after = text.get(at.saturating_add(4)..).unwrap_or_default();
        let after = after.strip_prefix(".exe").unwrap_or(after).chars().next();
        before.trim_matches(|c: char| c == '$' || c == '>' || c.is_whitespace()).is_empty()
            && after.is_some_and(char::is_whitespace)
    });
    let start = commands.next()?;
    let mut more = commands.count();
    let (words, _) = words::split(text, start);
    let mut words = words.into_iter().skip(1).flat_map(apart);
    let (mut method, mut url, mut headers, mut body): (Option<String>, _, Vec<Header>, Option<String>) =
        (None, None, Vec::new(), None);
    let (mut get, mut expands, mut sent) = (false, true, None);
    let (mut unchecked, mut trusted) = (None, None);
    let with = |body: Option<String>, more: Option<String>| match (body, more) {
        // curl joins what several options give.
        (Some(body), Some(more)) => Some(alloc::format!("{body}&{more}")),
        (body, more) => body.or(more),
    };
    while let Some(word) = words.next() {
        match word.text.as_str() {
            "-X" | "--request" => method = words.next().map(|word| word.text),
            "-H" | "--header" => headers.extend(words.next().and_then(|word| header(&word))),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                body = with(body, words.next().map(|word| word.text));
            }
            "--data-urlencode" => body = with(body, words.next().map(|word| word.text)),
            // A form and a file make a method of their own.
            "-F" | "--form" | "--form-string" => {
                words.next();
                sent = Some("POST");
            }
            "-T" | "--upload-file" => {
                words.next();
                sent = Some("PUT");
            }
            "-g" | "--globoff" => expands = false,
            "-k" | "--insecure" => unchecked = Some(word.range),
            "--no-insecure" => unchecked = None,
            "--location-trusted" => trusted = Some(word.range),
            "--no-location-trusted" => trusted = None,
            // What curl writes of it is the header.
            "--oauth2-bearer" => headers.extend(words.next().map(|word| Header {
                name: "Authorization".to_string(),
                value: alloc::format!("Bearer {}", word.text),
                range: word.range,
            })),
            // What a file of options holds can't be seen, another request included.
            "-K" | "--config" => {
                words.next();
                more = more.saturating_add(1);
            }
            "--next" => more = more.saturating_add(1),
            "-G" | "--get" => get = true,
            "-I" | "--head" => method = Some("HEAD".to_string()),
            "--url" => url = words.next(),
            option if SKIPPED.contains(&option) => {
                words.next();
            }
            option if option.starts_with("--") => {}
            option if option.starts_with('-') => {
                if option.len() == 2 && VALUED.contains(option.trim_start_matches('-')) {
                    words.next();
                }
            }
            _ if url.is_some() => more = more.saturating_add(1),
            _ => url = Some(word),
        }
    }
    let url = url?;
    let mut read = Read {
        method: method.unwrap_or_else(|| {
            let posts = body.is_some() && !get;
            sent.unwrap_or(if posts { "POST" } else { "GET" }).to_string()
        }),
        method_told: true,
        range: url.range,
        url: url.text,
        headers,
        body,
        more: super::count(more),
        expands,
        unchecked,
        trusted,
    };
    if get && let Some(data) = read.body.take() {
        // With -G the data is the query; where it stands is then the whole URL.
        let mark = if read.url.contains('?') { '&' } else { '?' };
        read.url = alloc::format!("{}{mark}{data}", read.url);
    }
    Some(read)
}

fn header(word: &Word) -> Option<Header> {
    let (name, value) = word.text.split_once(':')?;
    Some(Header { name: name.trim().to_string(), value: value.trim().to_string(), range: word.range.clone() })
}
