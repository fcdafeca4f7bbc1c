//! Placeholders of documentation that were not replaced: `<USER_ID>`, `<TOKEN>`.
//!
//! What it checks: text in angle brackets that is written like a name to fill in.
//! Why it matters: what is judged is not what will be used.
//! Reference: the articles, which write everything to be replaced in angle brackets.

use core::ops::Range;

use crate::quote::quote;
use crate::{Citation, Document, Finding, Kind, Rule, Severity};

/// A placeholder was left in a document.
pub(crate) static PLACEHOLDER_LEFT: Rule = Rule {
    id: "placeholder-left",
    aliases: &[],
    title: "a placeholder of the documentation was not replaced",
    severity: Severity::Error,
    kinds: &Kind::ALL,
    what: crate::page!("Looks for names in angle brackets, in capitals with underscores, such as `<USER_ID>`."),
    why: crate::page!(
        "The text was copied from an article and not filled in, so what is judged is not what will be used."
    ),
    bad: crate::page!("?identifier=<USER_ID>"),
    good: crate::page!("?identifier=9b74c9897bac770ffc029102a200c5de"),
    citation: Citation::new("Use dynamic sessions in Azure Container Apps", "Sample request: replace the placeholders"),
};

/// The placeholders of `text`, in order.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('<').filter_map(|(at, _)| {
        let inner = text.get(at.saturating_add(1)..)?.split_once('>')?.0;
        let named = inner.len() >= 2
            && inner.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
            && inner.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase());
        named.then(|| at..at.saturating_add(inner.len()).saturating_add(2))
    })
}

/// A finding for each.
pub(crate) fn check(document: &Document<'_>) -> impl Iterator<Item = Finding> {
    placeholders(document.text()).map(|range| {
        let text = quote(document.slice(range.clone()));
        Finding::new(&PLACEHOLDER_LEFT, alloc::format!("expected a value, found the placeholder {text}"))
            .at(document.span(range))
            .arg("placeholder", text)
            .help("put the real value in its place")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_placeholders() {
        assert_eq!(placeholders("a <USER_ID> b <abc> <A> <1AB> <TOKEN").count(), 1);
    }
}
