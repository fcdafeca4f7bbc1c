//! A curl command.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Header, Read, words};

/// Options that take a value which is not looked at.
const SKIPPED: &[&str] = &[
    "-o",
    "--output",
    "-u",
    "--user",
    "-A",
    "--user-agent",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-w",
    "--write-out",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-F",
    "--form",
    "-e",
    "--referer",
    "-T",
    "--upload-file",
    "--retry",
    "-x",
    "--proxy",
    "--cacert",
    "--cert",
    "--key",
    "-E",
    "-K",
    "--config",
    "--resolve",
    "-D",
    "--dump-header",
];

/// Reads the first curl command of a text.
pub(super) fn read(text: &str) -> Option<Read> {
    let start = text.match_indices("curl").map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).unwrap_or_default().lines().last().unwrap_or_default();
        let after = text.get(at.saturating_add(4)..).and_then(|rest| rest.chars().next());
        before.trim_matches(|c: char| c == '$' || c == '>' || c.is_whitespace()).is_empty()
            && after.is_some_and(char::is_whitespace)
    })?;
    let (words, _) = words::split(text, start);
    let mut words = words.into_iter().skip(1);
    let (mut method, mut url, mut headers, mut body): (Option<String>, _, Vec<Header>, Option<String>) =
        (None, None, Vec::new(), None);
    let mut get = false;
    while let Some(word) = words.next() {
        match word.text.as_str() {
            "-X" | "--request" => method = words.next().map(|word| word.text),
            "-H" | "--header" => headers.extend(words.next().and_then(|word| header(&word))),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                body = words.next().map(|word| word.text);
            }
            "--data-urlencode" => body = words.next().map(|word| word.text),
            "-G" | "--get" => get = true,
            "-I" | "--head" => method = Some("HEAD".to_string()),
            "--url" => url = words.next(),
            option if SKIPPED.contains(&option) => {
                words.next();
            }
            option if option.starts_with("-X") && option.len() > 2 => method = option.get(2..).map(String::from),
            option if option.starts_with('-') => {}
            _ => url = url.or(Some(word)),
        }
    }
    let url = url?;
    let mut read = Read {
        method: method.unwrap_or_else(|| if body.is_some() && !get { "POST" } else { "GET" }.to_string()),
        range: url.range,
        url: url.text,
        headers,
        body,
    };
    if get && let Some(data) = read.body.take() {
        // With -G the data is the query; where it stands is then the whole URL.
        let mark = if read.url.contains('?') { '&' } else { '?' };
        read.url = alloc::format!("{}{mark}{data}", read.url);
    }
    Some(read)
}

fn header(word: &words::Word) -> Option<Header> {
    let (name, value) = word.text.split_once(':')?;
    Some(Header { name: name.trim().to_string(), value: value.trim().to_string(), range: word.range.clone() })
}
