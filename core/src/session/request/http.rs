//! An HTTP request as text.

use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::{Header, Read};

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Reads a request line, headers and a body that start at `offset`. A line without a colon ends the headers.
pub(super) fn read(text: &str, offset: usize) -> Option<Read> {
    let all = text.get(offset..)?;
    let first = all.split_inclusive('\n').next()?;
    let mut words = first.split_whitespace();
    let method = words.next().filter(|word| METHODS.contains(word))?;
    let target = words.next()?;
    let at = offset.saturating_add(first.find(target)?);
    let mut from = offset.saturating_add(first.len());
    let mut headers = Vec::new();
    let mut body = None;
    for line in text.get(from..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        let named = bare.split_once(':').filter(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        });
        let Some((name, value)) = named else {
            let rest = text.get(from..).unwrap_or_default().trim();
            body = (!rest.is_empty()).then(|| rest.to_string());
            break;
        };
        let start = from.saturating_add(bare.len().saturating_sub(value.trim_start().len()));
        headers.push(Header {
            name: name.to_string(),
            value: value.trim().to_string(),
            range: start..from.saturating_add(bare.len()),
        });
        from = from.saturating_add(line.len());
    }
    let mut read = Read {
        method: method.to_string(),
        method_told: true,
        url: target.to_string(),
        range: at..at.saturating_add(target.len()),
        headers,
        body,
        more: 0,
        expands: false,
        unchecked: None,
        trusted: None,
    };
    if target.starts_with('/')
        && let Some(host) = read.header("host").map(|header| header.value.clone())
    {
        // The text does not say the scheme; that of the endpoint is assumed.
        read.url = alloc::format!("https://{host}{target}");
    }
    Some(read)
}

/// The headers of every line that looks like one: for responses and logs, where no order can be relied on.
pub(crate) fn header_lines(text: &str) -> impl Iterator<Item = (&str, &str, core::ops::Range<usize>)> {
    let mut from = 0_usize;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = from;
        from = from.saturating_add(line.len());
        let bare = line.trim_end().trim_start_matches(['<', '>', ' ']);
        let skipped = line.trim_end().len().saturating_sub(bare.len());
        let (name, value) = bare.split_once(':')?;
        let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let end = start.saturating_add(skipped).saturating_add(bare.len());
        named.then(|| (name, value.trim(), start.saturating_add(skipped)..end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_have_places() {
        let text = "HTTP/1.1 200 OK\n< Location: https://x\nnot a header: y\nReferrer-Policy: unsafe-url\n";
        let found: Vec<&str> = header_lines(text).filter_map(|(.., range)| text.get(range)).collect();
        assert_eq!(found, ["Location: https://x", "Referrer-Policy: unsafe-url"]);
    }
}
