//! Fixes of requests and `az` commands.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::{add, edit};
use crate::nearest::nearest;
use crate::session::request::{Generation, KNOWN_VERSIONS, Operation, Read, Url};
use crate::session::rules::{authorization, command, endpoint, operation, parameter};
use crate::session::wire::{Query, VERSION};
use crate::{Document, Edit, Finding};

/// The newest API version with the old paths.
const OLD_VERSION: &str = "2024-08-02-preview";
/// The longest that code may run, in seconds.
const TIMEOUT: &str = "220";

/// A request whose findings are mended.
pub(in crate::session) struct Asked<'a> {
    pub(in crate::session) read: &'a Read,
    pub(in crate::session) url: &'a Url<'a>,
    pub(in crate::session) query: &'a Query,
    pub(in crate::session) operation: Operation,
    pub(in crate::session) rest: &'a str,
    pub(in crate::session) document: &'a Document<'a>,
}

/// Adds fixes to findings about a request.
pub(in crate::session) fn request(asked: &Asked<'_>, findings: &mut [Finding]) {
    for finding in findings {
        if let Some((title, edits)) = asked.mended(finding) {
            add(finding, title, edits);
        }
    }
}

type Mended = Option<(String, Vec<Edit>)>;

impl Asked<'_> {
    fn mended(&self, finding: &Finding) -> Mended {
        let Self { read, url, query, document, .. } = self;
        let is = |rule: &crate::Rule| finding.rule == rule.id;
        // Only where the URL stands in the document as it is sent can its parts be edited.
        let part = |within: Range<usize>, text: &str| {
            let exact = read.range.len() == read.url.len() && document.slice(read.range.clone()) == read.url;
            exact.then(|| edit(document, read.place(within), text))
        };
        let one = |title: &str, edit: Option<Edit>| Some((String::from(title), Vec::from([edit?])));
        let host = url.host_range.clone();
        if is(&endpoint::NOT_HTTPS) {
            one("Write https", part(0..url.scheme.len(), "https"))
        } else if is(&endpoint::PORT) {
            let end = host.end.saturating_add(1).saturating_add(url.port?.len());
            one("Remove the port", part(host.end..end, ""))
        } else if is(&endpoint::USERINFO) {
            one("Remove the user name", part(url.scheme.len().saturating_add(3)..host.start, ""))
        } else if is(&endpoint::DOT) {
            one("Remove the dot", part(host.end.saturating_sub(1)..host.end, ""))
        } else if is(&authorization::SCHEME) {
            self.scheme()
        } else if is(&authorization::IN_QUERY) {
            let place = |range: &Range<usize>| document.span(read.place(range.clone()));
            let found = query.parameters.iter().find(|one| finding.span == Some(place(&one.range)))?;
            one("Take the token out of the URL", part(self.parameter(&found.range)?, ""))
        } else if is(&parameter::TWICE) {
            let second = query.parameters.iter().filter(|one| one.name == "identifier").nth(1)?;
            one("Remove the second identifier", part(self.parameter(&second.range)?, ""))
        } else if is(&parameter::FRAGMENT) {
            let at = read.url.find('#')?;
            one("Encode the #", part(at..at.saturating_add(1), "%23"))
        } else if is(&parameter::UNENCODED) {
            let edits: Option<Vec<Edit>> = self.illegal().into_iter().map(|(range, text)| part(range, &text)).collect();
            Some((String::from("Encode what is not legal"), edits?))
        } else if is(&operation::VERSION_MISSING) {
            let end = url
                .fragment
                .map_or(read.url.len(), |fragment| read.url.len().saturating_sub(fragment.len()).saturating_sub(1));
            let mark = if read.url.get(..end)?.contains('?') { '&' } else { '?' };
            let version = if self.operation.generation == Some(Generation::Old) { OLD_VERSION } else { VERSION };
            one(&format!("Add {version}"), part(end..end, &format!("{mark}api-version={version}")))
        } else if is(&operation::VERSION_UNKNOWN) {
            let found = query.parameters.iter().find(|one| one.name == "api-version")?;
            let version = nearest(&found.value, KNOWN_VERSIONS)?;
            one(&format!("Write {version}"), part(found.range.clone(), version))
        } else if is(&operation::MIXED) {
            let path = newer(self.rest)?;
            let start = url.path_range.end.saturating_sub(self.rest.len());
            one(&format!("Write {path}"), part(start..url.path_range.end, &path))
        } else if is(&endpoint::TRUSTS) {
            one("Write --location", read.trusted.clone().map(|option| edit(document, option, "--location")))
        } else if is(&operation::body::TIMEOUT) {
            one(&format!("Write {TIMEOUT}"), self.timeout())
        } else {
            None
        }
    }

    /// One `Bearer` in front of the token.
    fn scheme(&self) -> Mended {
        let header = self.read.header("authorization")?;
        let shown = self.document.slice(header.range.clone());
        let start = header.range.start.saturating_add(shown.find(header.value.as_str())?);
        let mut words = header.value.split_whitespace();
        let (first, second) = (words.next()?, words.next());
        match second {
            None if !first.eq_ignore_ascii_case("bearer") => {
                Some(("Write Bearer".into(), Vec::from([edit(self.document, start..start, "Bearer ")])))
            }
            Some(second) if second.eq_ignore_ascii_case("bearer") => {
                let skipped = header.value.get(first.len()..)?;
                let length = header.value.len().saturating_sub(skipped.trim_start().len());
                let range = start..start.saturating_add(length);
                Some(("Remove the second Bearer".into(), Vec::from([edit(self.document, range, "")])))
            }
            _ => None,
        }
    }

    /// A parameter with one of the marks around it, given the place of its value in the URL.
    fn parameter(&self, value: &Range<usize>) -> Option<Range<usize>> {
        let url = &self.read.url;
        let mark = url.get(..value.start)?.rfind(['?', '&'])?;
        let follows = url.get(value.end..).is_some_and(|rest| rest.starts_with('&'));
        Some(match (url.get(mark..)?.starts_with('?'), follows) {
            (true, true) => mark.saturating_add(1)..value.end.saturating_add(1),
            _ => mark..value.end,
        })
    }

    /// What is not legal in the query, with its encoding.
    fn illegal(&self) -> Vec<(Range<usize>, String)> {
        let url = &self.read.url;
        let start = url.find('?').map_or(url.len(), |at| at.saturating_add(1));
        let end = url.find('#').unwrap_or(url.len()).max(start);
        let text = url.get(start..end).unwrap_or_default();
        let wrong = text.char_indices().filter(|(at, character)| parameter::is_illegal(text, *at, *character));
        let encoded = wrong.map(|(at, character)| {
            let from = start.saturating_add(at);
            let mut bytes = [0_u8; 4];
            let encoded: String =
                character.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect();
            (from..from.saturating_add(character.len_utf8()), encoded)
        });
        encoded.collect()
    }

    /// The number behind `timeoutInSeconds`, where the document has it once.
    fn timeout(&self) -> Option<Edit> {
        let text = self.document.text();
        let mut places = text.match_indices("\"timeoutInSeconds\"");
        let (at, key) = places.next().filter(|_| places.next().is_none())?;
        let rest = text.get(at.saturating_add(key.len())..)?;
        let number = rest.trim_start().strip_prefix(':')?.trim_start();
        let start = text.len().saturating_sub(number.len());
        let length = number.bytes().take_while(u8::is_ascii_digit).count();
        (length > 0).then(|| edit(self.document, start..start.saturating_add(length), TIMEOUT))
    }
}

/// The path of the new generation for one of the old; nothing where the path is new, and the version is to be changed.
fn newer(rest: &str) -> Option<String> {
    match rest {
        "/code/execute" | "/python/execute" => Some("/executions".into()),
        "/files/upload" => Some("/files".into()),
        _ => rest.strip_prefix("/files/content/").map(|name| format!("/files/{name}/content")),
    }
}

/// Adds fixes to findings about `az` commands.
pub(in crate::session) fn commands(document: &Document<'_>, findings: &mut [Finding]) {
    for finding in findings {
        let Some(span) = finding.span.clone() else { continue };
        let range = span.start as usize..span.end as usize;
        let shown = document.slice(range.clone());
        let expected = if finding.rule == command::ROLE.id {
            command::EXECUTOR_NAME
        } else if finding.rule == command::RESOURCE.id && shown.contains(".default") {
            command::SCOPE_OF_TOKEN
        } else if finding.rule == command::RESOURCE.id {
            command::RESOURCE_OF_TOKEN
        } else {
            continue;
        };
        // Where there is no value, the place is the whole command, or an option.
        if shown.starts_with("az ") || shown.starts_with('-') {
            continue;
        }
        let before = document.text().get(..range.start).and_then(|before| before.chars().next_back());
        let quoted = before.is_some_and(|character| "\"'".contains(character)) || !expected.contains(' ');
        let text = if quoted { String::from(expected) } else { format!("\"{expected}\"") };
        add(finding, format!("Write {expected}"), Vec::from([edit(document, range, text)]));
    }
}
