//! A request as people paste it: a URL, a curl command, an HTTP request, an entry of a HAR file, an `az` command.

mod az;
mod curl;
mod endpoint;
mod har;
pub(crate) mod http;
mod operation;
mod url;
mod words;

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::wire::{Query, parse_query};

pub use endpoint::Family;

pub(crate) use az::{Command, commands};
pub(crate) use endpoint::{Endpoint, Resemblance, resemblance};
pub(crate) use operation::{Generation, KNOWN_VERSIONS, Operation, generation};
pub(crate) use url::Url;

/// What a request is, as far as it decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The host.
    pub host: String,
    /// Which kind of pool has such an endpoint.
    pub family: Family,
    /// The name of the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// The label of the environment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// The region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The subscription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<String>,
    /// The resource group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group: Option<String>,
    /// What is asked: "run code", "forwarded to the container".
    pub operation: String,
    /// The path that the session's container sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<String>,
    /// The API version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Where identifiers stand: "query", "body", "path".
    pub identifier_in: Vec<String>,
}

/// A request that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    /// The method; `GET` unless the form says otherwise.
    pub(crate) method: String,
    /// Whether the form tells a method: an address alone does not.
    pub(crate) method_told: bool,
    /// The URL as it stands.
    pub(crate) url: String,
    /// Its bytes in the document.
    pub(crate) range: Range<usize>,
    /// The headers, with the bytes of each value.
    pub(crate) headers: Vec<Header>,
    /// The body.
    pub(crate) body: Option<String>,
    /// Other requests of the text, which are not looked at.
    pub(crate) more: u32,
    /// Whether what sends it expands brackets and braces of the URL: curl without `-g`.
    pub(crate) expands: bool,
    /// The option that switches the check of the server's certificate off.
    pub(crate) unchecked: Option<Range<usize>>,
    /// The option that sends the headers on to whatever host a redirect names.
    pub(crate) trusted: Option<Range<usize>>,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) range: Range<usize>,
}

impl Read {
    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&Header> {
        self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))
    }

    /// The query.
    pub(crate) fn query(&self) -> Query {
        parse_query(&self.url)
    }

    /// The bytes in the document of a range of the URL, or all of the URL where it doesn't stand there verbatim.
    pub(crate) fn place(&self, within: Range<usize>) -> Range<usize> {
        if self.range.len() == self.url.len() {
            self.range.start.saturating_add(within.start)..self.range.start.saturating_add(within.end)
        } else {
            self.range.clone()
        }
    }
}

/// Reads the request of a document; nothing if there is none.
pub(crate) fn read(text: &str) -> Option<Read> {
    let start = text.trim_start();
    let offset = text.len().saturating_sub(start.len());
    if start.starts_with('{') {
        return har::read(text);
    }
    if let Some(read) = curl::read(text) {
        return Some(read);
    }
    if let Some(read) = http::read(text, offset) {
        return Some(read);
    }
    let line = start.lines().next().unwrap_or_default().trim_end();
    let url = line.contains("://") || line.starts_with('<');
    (url && !line.contains(char::is_whitespace)).then(|| Read {
        method: "GET".to_string(),
        method_told: false,
        url: line.to_string(),
        range: offset..offset.saturating_add(line.len()),
        headers: Vec::new(),
        body: None,
        more: count(text.trim().lines().skip(1).filter(|line| line.contains("://")).count()),
        expands: false,
        unchecked: None,
        trusted: None,
    })
}

/// A number of requests.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let url = "https://eastus.dynamicsessions.io/x?identifier=abcd";
        for text in [
            alloc::format!("  {url}\n"),
            alloc::format!("$ curl -sS -X POST '{url}' \\\n  -H \"Authorization: Bearer t\" -d '{{}}'"),
            alloc::format!("curl.exe -sXPOST -H'Authorization: Bearer t' -d'{{}}' '{url}' -o/dev/null"),
            alloc::format!("POST {url} HTTP/1.1\r\nAuthorization: Bearer t\r\n\r\n{{}}"),
            alloc::format!(
                "{{\"request\": {{\"method\": \"POST\", \"url\": \"{url}\", \"headers\": [], \"postData\": {{\"text\": \"{{}}\"}}}}}}"
            ),
        ] {
            let read = read(&text);
            assert_eq!(read.as_ref().map(|read| read.url.as_str()), Some(url), "{text}");
            let range = read.map(|read| read.range).unwrap_or_default();
            assert_eq!(text.get(range), Some(url), "{text}");
            if let Some(read) = super::read(&text).filter(|_| text.contains("Bearer")) {
                let header = read.header("authorization").map(|header| header.value.as_str());
                assert_eq!(
                    (read.method.as_str(), header, read.body.as_deref()),
                    ("POST", Some("Bearer t"), Some("{}"))
                );
            }
        }
        assert_eq!(read("hello"), None);
    }

    #[test]
    fn every_truncation_stays_inside() {
        let text = "curl -X POST \"https://a.b/c?identifier=\u{e9}\" -H 'A: b' --data-raw $'{\"a\": 1}' \\\n -g";
        for (at, _) in text.char_indices() {
            let cut = text.get(..at).unwrap_or_default();
            if let Some(read) = read(cut) {
                assert!(cut.get(read.range.clone()).is_some());
            }
            let _ = commands(cut);
        }
    }
}
