//! An entry of a HAR file, or the file.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde_json::Value;

use super::{Header, Read};

/// Reads the first request of a HAR document.
pub(super) fn read(text: &str) -> Option<Read> {
    let all: Value = serde_json::from_str(text).ok()?;
    let entry = all.pointer("/log/entries/0").unwrap_or(&all);
    let request = entry.get("request").unwrap_or(entry);
    let said = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(|text| text.to_string());
    let url = said(request, "url")?;
    let place = |needle: &str| text.find(needle).map_or(0..0, |at| at..at.saturating_add(needle.len()));
    let headers: Vec<Header> = request
        .get("headers")
        .and_then(Value::as_array)
        .map(|headers| {
            let header = |header: &Value| {
                let (name, value): (String, String) = (said(header, "name")?, said(header, "value")?);
                Some(Header { range: place(&value), name, value })
            };
            headers.iter().filter_map(header).collect()
        })
        .unwrap_or_default();
    let entries = all.pointer("/log/entries").and_then(Value::as_array).map_or(1, Vec::len);
    Some(Read {
        more: super::count(entries.saturating_sub(1)),
        expands: false,
        unchecked: None,
        trusted: None,
        method_told: said(request, "method").is_some(),
        method: said(request, "method").unwrap_or_else(|| "GET".to_string()),
        range: place(&url),
        url,
        headers,
        body: request.get("postData").and_then(|data| said(data, "text")),
    })
}
