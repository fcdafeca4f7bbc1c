//! A chain as it is drawn: boxes from the certificate to its root, and the links between them.

use admit_core::Verdict;
use admit_core::chain::status::error;
use admit_core::chain::{Answer, Element};

use crate::text::chain as text;

/// Error bits that say that a certificate is not bound to its issuer.
const UNBOUND: u32 = error::NOT_SIGNATURE_VALID | error::PARTIAL_CHAIN | error::CYCLIC | error::WEAK_SIGNATURE;

/// Error bits that say that an issuer may not have issued what is below it.
const UNFIT: u32 = error::INVALID_BASIC_CONSTRAINTS;

/// An element of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub name: String,
    /// What is wrong with it, in few words; what is only possible says so.
    pub words: Vec<String>,
    /// Whether it is good by itself.
    pub state: Verdict,
    /// Whether it is bound to what is above it.
    pub up: Verdict,
}

/// The elements, the judged certificate first.
pub fn links(answer: &Answer) -> Vec<Link> {
    let above = |place: usize| answer.elements.get(place + 1).map(|element| element.status);
    let link = |(place, element): (usize, &Element)| {
        let own = element.status;
        let broken = own.errors & UNBOUND | above(place).map_or(0, |status| status.errors & UNFIT);
        let open = own.unknown & UNBOUND | above(place).map_or(0, |status| status.unknown & UNFIT);
        let words =
            |bits: u32| error::NAMES.iter().filter(move |(bit, _)| bits & bit != 0).map(|(bit, _)| text::bit(*bit));
        let certain = words(own.errors).map(str::to_owned);
        let words = certain.chain(words(own.unknown & !own.errors).map(text::perhaps)).collect();
        Link { name: name(&element.subject), words, state: state(own.errors, own.unknown), up: state(broken, open) }
    };
    answer.elements.iter().enumerate().map(link).collect()
}

/// What is above the last element: in words, and whether it ends as it should.
pub fn end(answer: &Answer) -> (&'static str, Verdict) {
    let Some(last) = answer.elements.last().map(|element| element.status) else {
        return (text::NO_ELEMENT, Verdict::Indeterminate);
    };
    let find = |bits: u32| match () {
        () if bits & error::PARTIAL_CHAIN != 0 => Some(text::MISSING),
        () if bits & error::CYCLIC != 0 => Some(text::CIRCLE),
        () if bits & error::UNTRUSTED_ROOT != 0 => Some(text::UNTRUSTED),
        () => None,
    };
    match (find(last.errors), find(last.unknown)) {
        (Some(words), _) => (words, Verdict::Refused),
        (None, Some(text::UNTRUSTED)) => (text::UNKNOWN_ROOT, Verdict::Indeterminate),
        (None, Some(words)) => (words, Verdict::Indeterminate),
        (None, None) => (text::TRUSTED, Verdict::Admitted),
    }
}

/// The picture in a sentence, for those who don't see it.
pub fn sentence(links: &[Link], end: &str) -> String {
    let element = |link: &Link| match link.words.as_slice() {
        [] => link.name.clone(),
        words => format!("{} ({})", link.name, words.join(", ")),
    };
    text::picture(&links.iter().map(element).collect::<Vec<_>>(), end)
}

/// The bits of a status by their Windows names.
pub fn bit_name(bit: u32) -> &'static str {
    error::NAMES.iter().find(|(known, _)| *known == bit).map_or("", |(_, name)| name)
}

/// The common name of a subject (RFC 4514), or all of it.
pub fn name(subject: &str) -> String {
    let common = subject.split(',').find_map(|part| part.trim().strip_prefix("CN="));
    common.filter(|name| !name.is_empty()).unwrap_or(subject).replace('\\', "")
}

fn state(errors: u32, unknown: u32) -> Verdict {
    match (errors, unknown) {
        (0, 0) => Verdict::Admitted,
        (0, _) => Verdict::Indeterminate,
        _ => Verdict::Refused,
    }
}

#[cfg(test)]
mod tests {
    use admit_core::chain::{Origin, TrustStatus};
    use admit_core::{Document, Span};

    use super::*;

    fn element(subject: &str, errors: u32, unknown: u32) -> Element {
        let span: Span = Document::new("subject.certificates", "").span(0..0);
        let status = TrustStatus { errors, info: 0, unknown };
        let (origin, subject) = (Origin::Subject, subject.to_owned());
        Element { origin, number: 1, span, subject, sha1: String::new(), status, causes: Vec::new() }
    }

    fn of(elements: Vec<Element>) -> Answer {
        Answer { elements, ..Answer::default() }
    }

    #[test]
    fn a_forged_signature_breaks_the_link_above_it() {
        let answer = of(vec![element("CN=a,O=x", error::NOT_SIGNATURE_VALID, 0), element("O=y", 0, 0)]);
        let links = links(&answer);
        let ups: Vec<_> = links.iter().map(|link| (link.name.as_str(), link.up)).collect();
        assert_eq!(ups, [("a", Verdict::Refused), ("O=y", Verdict::Admitted)]);
        assert_eq!(end(&answer), (text::TRUSTED, Verdict::Admitted));
        let sentence = sentence(&links, text::TRUSTED);
        assert!(sentence.contains("a (not signed by its issuer); issued by O=y"), "{sentence}");
    }

    #[test]
    fn an_issuer_that_may_not_issue_breaks_the_link_below_it() {
        let links = links(&of(vec![element("CN=a", 0, 0), element("CN=b", error::INVALID_BASIC_CONSTRAINTS, 0)]));
        assert_eq!((links[0].state, links[0].up), (Verdict::Admitted, Verdict::Refused));
        assert_eq!((links[1].state, links[1].up), (Verdict::Refused, Verdict::Admitted));
    }

    #[test]
    fn ends_are_told_apart() {
        for (errors, unknown, expected) in [
            (error::PARTIAL_CHAIN, 0, (text::MISSING, Verdict::Refused)),
            (0, error::PARTIAL_CHAIN, (text::MISSING, Verdict::Indeterminate)),
            (error::UNTRUSTED_ROOT, 0, (text::UNTRUSTED, Verdict::Refused)),
            (0, error::UNTRUSTED_ROOT, (text::UNKNOWN_ROOT, Verdict::Indeterminate)),
            (error::CYCLIC, 0, (text::CIRCLE, Verdict::Refused)),
        ] {
            assert_eq!(end(&of(vec![element("CN=a", errors, unknown)])), expected);
        }
        assert_eq!(end(&of(Vec::new())).1, Verdict::Indeterminate);
    }

    #[test]
    fn every_bit_has_words() {
        for (bit, name) in error::NAMES {
            assert_ne!(text::bit(*bit), "something else", "{name}");
        }
    }
}
