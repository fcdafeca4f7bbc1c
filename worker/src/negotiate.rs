//! Which format the caller wants: the `Accept` header (RFC 9110, section 12.5.1).

use admit_core::Format;
use http::HeaderMap;
use http::header::ACCEPT;

/// Media types that name a format besides its own.
const ALIASES: [(&str, Format); 2] = [("text/xml", Format::Junit), ("application/problem+json", Format::Json)];

/// The format that the caller prefers: JSON without a preference, nothing if none of the formats will do. Of equally
/// preferred formats the first of [`Format::ALL`].
pub fn format(headers: &HeaderMap) -> Option<Format> {
    let mut ranges: Vec<(String, u16)> = Vec::new();
    for value in headers.get_all(ACCEPT) {
        ranges.extend(value.to_str().unwrap_or_default().split(',').filter_map(range));
    }
    if ranges.is_empty() {
        return Some(Format::Json);
    }
    let mut best = None;
    for format in Format::ALL {
        let quality = quality(format, &ranges);
        if quality > best.map_or(0, |(_, best)| best) {
            best = Some((format, quality));
        }
    }
    best.map(|(format, _)| format)
}

/// A media range and its quality in thousandths. One whose quality can't be read is left out.
fn range(text: &str) -> Option<(String, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next()?.to_ascii_lowercase();
    let quality = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("q").then_some(value)
    });
    let quality = match quality {
        None => 1000,
        Some(text) => {
            let number: f32 = text.parse().ok()?;
            // Thousandths from 0 to 1000: the cast loses nothing.
            (0.0..=1.0).contains(&number).then_some((number * 1000.0) as u16)?
        }
    };
    (!essence.is_empty()).then_some((essence, quality))
}

/// How much a format is wanted: by the most specific range that covers it.
fn quality(format: Format, ranges: &[(String, u16)]) -> u16 {
    let own = format.media_type();
    let exact =
        |essence: &str| essence == own || ALIASES.iter().any(|(alias, known)| *known == format && *alias == essence);
    let whole = own.split('/').next().map(|group| format!("{group}/*")).unwrap_or_default();
    let find = |matches: &dyn Fn(&str) -> bool| {
        ranges.iter().filter(|(essence, _)| matches(essence)).map(|(_, quality)| *quality).max()
    };
    find(&exact)
        .or_else(|| find(&|essence| essence == whole))
        .or_else(|| find(&|essence| essence == "*/*"))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &[&'static str]) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        for value in accept {
            headers.append(ACCEPT, http::HeaderValue::from_static(value));
        }
        format(&headers).map(Format::name)
    }

    #[test]
    fn the_most_wanted_format_is_given() {
        assert_eq!(of(&[]), Some("json"));
        assert_eq!(of(&["*/*"]), Some("json"));
        assert_eq!(of(&["text/html,application/xhtml+xml,*/*;q=0.8"]), Some("json"));
        assert_eq!(of(&["application/sarif+json"]), Some("sarif"));
        assert_eq!(of(&["application/json;q=0.5, text/markdown"]), Some("markdown"));
        assert_eq!(of(&["application/json;q=0", "*/*"]), Some("sarif"));
        assert_eq!(of(&["text/*"]), Some("markdown"));
        assert_eq!(of(&["TEXT/XML"]), Some("junit"));
        assert_eq!(of(&["image/png"]), None);
        assert_eq!(of(&["application/json;q=0"]), None);
        assert_eq!(of(&["text/markdown;q=x, application/xml;q=0.001"]), Some("junit"));
    }
}
