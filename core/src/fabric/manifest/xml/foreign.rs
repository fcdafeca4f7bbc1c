//! Documents that are no XML at all, by name.

use core::ops::Range;

/// A document that is something else.
pub(super) struct Foreign {
    /// What it is, in words.
    pub(super) what: &'static str,
    /// The first line of it.
    pub(super) place: Range<usize>,
    /// What to do.
    pub(super) help: &'static str,
}

/// What the text is, if its beginning says that it is no XML.
pub(super) fn recognise(text: &str) -> Option<Foreign> {
    let body = text.trim_start_matches(|found: char| found.is_whitespace() || found == '\u{feff}');
    let start = text.len().saturating_sub(body.len());
    let body = body.trim_end();
    let (what, help) = what(body)?;
    let length = body.find(['\n', '\r']).unwrap_or(body.len());
    Some(Foreign { what, place: start..start.saturating_add(length), help })
}

fn what(body: &str) -> Option<(&'static str, &'static str)> {
    let copy = "paste the text of ClusterManifest.xml";
    if body.is_empty() {
        return Some(("an empty document", copy));
    }
    let begins = |with: &str| body.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    if begins("-----BEGIN ") {
        return Some(("a PEM block", "certificates are the subject of the case, not its manifest"));
    }
    let is_line = !body.contains(char::is_whitespace);
    if is_line && (begins("http://") || begins("https://") || begins("file://")) {
        return Some(("an address", "nothing is fetched: paste the text that stands at the address"));
    }
    if begins("<!DOCTYPE html") || begins("<html") {
        return Some(("an HTML page", copy));
    }
    if body.starts_with("MII") && body.len() >= 64 && body.bytes().all(is_base64) {
        return Some(("base64, as of a certificate", "certificates are the subject of the case, not its manifest"));
    }
    None
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || matches!(byte, b'+' | b'/' | b'=')
}
