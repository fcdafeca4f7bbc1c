//! PEM: blocks between `-----BEGIN LABEL-----` and `-----END LABEL-----` (RFC 7468).

use alloc::string::String;
use core::ops::Range;

/// A block of PEM, as far as it was found.
pub(super) struct Block {
    /// What it says that it holds.
    pub(super) label: String,
    /// The first line's marker.
    pub(super) label_range: Range<usize>,
    /// Everything, both markers included.
    pub(super) range: Range<usize>,
    /// What stands between the markers, without the headers of RFC 1421.
    pub(super) body: Range<usize>,
    /// How it ends.
    pub(super) end: End,
}

/// How a block ends.
pub(super) enum End {
    /// With the marker that belongs to it.
    Found,
    /// With the next block, or with the text.
    Missing,
    /// With a marker of another label.
    Other(String, Range<usize>),
}

struct Marker {
    begins: bool,
    label: String,
    range: Range<usize>,
}

/// The longest label that is taken for one, in bytes; RFC 7468's longest is `ENCRYPTED PRIVATE KEY`.
const LABEL_BYTES: usize = 64;

/// The blocks of a text, in order.
pub(super) fn blocks(text: &str) -> impl Iterator<Item = Block> {
    let mut markers = text.match_indices("-----").filter_map(|(at, _)| marker(text, at)).peekable();
    core::iter::from_fn(move || {
        let begin = markers.find(|marker| marker.begins)?;
        let (close, end) = match markers.next_if(|marker| !marker.begins) {
            Some(marker) if marker.label == begin.label => (marker.range, End::Found),
            Some(marker) => (marker.range.clone(), End::Other(marker.label, marker.range)),
            None => {
                let stop = markers.peek().map_or(text.len(), |next| next.range.start);
                (stop..stop, End::Missing)
            }
        };
        let body = skip_headers(text, begin.range.end..close.start);
        Some(Block { label: begin.label, range: begin.range.start..close.end, label_range: begin.range, body, end })
    })
}

/// The marker whose hyphens begin at `at`.
fn marker(text: &str, at: usize) -> Option<Marker> {
    let rest = text.get(at..)?.strip_prefix("-----")?;
    let (begins, rest) = match (rest.strip_prefix("BEGIN"), rest.strip_prefix("END")) {
        (Some(rest), _) => (true, rest),
        (None, rest) => (false, rest?),
    };
    // Percent-encoded, as proxies forward certificates: the blank is `%20` or `+`.
    let rest = ["%20", "+", " "].iter().find_map(|blank| rest.strip_prefix(blank))?;
    let within = rest.get(..rest.floor_char_boundary(LABEL_BYTES.saturating_add(5)))?;
    let length = within.find("-----")?;
    let label = within.get(..length)?;
    if label.contains(['\n', '\r']) {
        return None;
    }
    let end = text.len().saturating_sub(rest.len()).saturating_add(length).saturating_add(5);
    let label = label.trim().replace("%20", " ").replace('+', " ");
    Some(Marker { begins, label, range: at..end })
}

/// Leaves out `Proc-Type: 4,ENCRYPTED` and its kin, which end with an empty line, and lines such as `subject=...`.
fn skip_headers(text: &str, body: Range<usize>) -> Range<usize> {
    let mut start = body.start;
    for line in text.get(body.clone()).unwrap_or_default().split_inclusive('\n') {
        let is_header = line.contains(':') && line.ends_with('\n');
        if !is_header && !line.trim().is_empty() {
            break;
        }
        start = start.saturating_add(line.len());
    }
    start..body.end
}

/// Whether a block with this label holds a private key.
pub(super) fn is_private_key(label: &str) -> bool {
    label.contains("PRIVATE KEY") || label.contains("ENCRYPTED KEY")
}

/// Whether a block with this label should hold certificates or revocation lists.
pub(super) fn holds_certificates(label: &str) -> bool {
    label.contains("CERTIFICATE") || label.contains("PKCS") || label == "CMS" || label == "X509 CRL"
}

/// A label without characters that a label doesn't have.
pub(super) fn plain(label: &str) -> String {
    let plain = |character: &char| character.is_ascii_graphic() && *character != '`' || *character == ' ';
    label.chars().filter(plain).collect()
}
