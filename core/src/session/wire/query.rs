//! Parsing a query as servers do.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::encode::decode;

/// The parameters of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// The parameters, in order.
    pub(crate) parameters: Vec<Parameter>,
    /// Whether a strict server fails to decode one.
    pub(crate) undecodable: bool,
}

/// One parameter, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// The name.
    pub(crate) name: String,
    /// The value; empty if there is none.
    pub(crate) value: String,
    /// Whether there is a `=`.
    pub(crate) has_value: bool,
    /// The bytes of the value, as it stands, in the text that was parsed.
    pub(crate) range: Range<usize>,
}

impl Query {
    /// The values of a parameter, in order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.parameters.iter().filter(move |parameter| parameter.name == name).map(|parameter| parameter.value.as_str())
    }
}

/// Parses what follows the first `?` of `url`, up to a `#`.
pub(crate) fn parse(url: &str) -> Query {
    let end = url.find('#').unwrap_or(url.len());
    let mut at = url.get(..end).and_then(|text| text.find('?')).map_or(end, |mark| mark.saturating_add(1));
    let mut query = Query::default();
    while at < end {
        let rest = url.get(at..end).unwrap_or_default();
        let piece = rest.split('&').next().unwrap_or_default();
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let has_value = piece.contains('=');
        let from = at.saturating_add(piece.len().saturating_sub(value.len()));
        let ((name, one), (decoded, two)) = (decode(name, true), decode(value, true));
        query.undecodable |= one || two;
        if !piece.is_empty() {
            let range = from..from.saturating_add(value.len());
            query.parameters.push(Parameter { name, value: decoded, has_value, range });
        }
        at = at.saturating_add(piece.len()).saturating_add(1);
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_places() {
        let url = "https://x/y?a=1&identifier=u%26x&flag&&b=#c?d=1";
        let query = parse(url);
        let names: Vec<_> = query.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        assert_eq!(names, ["a", "identifier", "flag", "b"]);
        let range = query.parameters.get(1).map(|parameter| parameter.range.clone()).unwrap_or_default();
        assert_eq!(url.get(range), Some("u%26x"));
        assert_eq!(query.all("identifier").next(), Some("u&x"));
        assert!(parse("https://x/y").parameters.is_empty());
    }
}
