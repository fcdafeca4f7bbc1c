//! Any input: no panic, places inside the document, and time in proportion to its length.

extern crate std;

use self::std::time::{Duration, Instant};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{WHOLE, errors, settings};
use crate::fabric::manifest::{Value, read};
use crate::{Document, ErrorKind, Limits, Span};

/// A small generator of numbers: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }
}

/// Reads a text and checks every place in what comes of it. Whether there are errors, and the settings.
fn check(text: &str) -> (bool, Vec<String>) {
    let document = Document::new("m", text);
    let reading = read(&document);
    let span = |span: &Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(start <= end && text.get(start..end).is_some(), "{span:?} in {text}");
    };
    let value = |value: &Value<'_>| {
        span(&value.whole());
        for (at, character) in value.text().char_indices() {
            let place = value.place(at..at + character.len_utf8());
            assert!(text.get(place.clone()).is_some(), "{place:?} in {text}");
        }
    };
    for error in &reading.errors {
        span(&error.span);
        let words = format!("{}{}{}", error.expected, error.found, error.help.as_deref().unwrap_or_default());
        assert!(!words.chars().any(|found| found.is_control()), "{words:?}");
        assert!(!error.found.is_empty() && !error.expected.is_empty());
    }
    for finding in &reading.findings {
        finding.span.iter().for_each(span);
        finding.related.iter().for_each(|related| span(&related.span));
    }
    for section in &reading.manifest.sections {
        value(&section.name);
        for parameter in &section.parameters {
            span(&parameter.span());
            value(&parameter.name);
            value(&parameter.value);
        }
    }
    for certificate in reading.manifest.node_types.iter().flat_map(|found| &found.certificates) {
        span(&certificate.span());
        certificate.find_value.iter().for_each(value);
    }
    (!reading.errors.is_empty(), settings(&reading.manifest))
}

#[test]
fn every_truncation_is_an_error() {
    let whole = check(WHOLE).1;
    let end = WHOLE.trim_end().len();
    for (at, _) in WHOLE.char_indices() {
        let (has_errors, settings) = check(&WHOLE[..at]);
        assert_eq!(has_errors, at < end, "at {at}");
        assert!(whole.starts_with(&settings), "at {at}: {settings:?}");
    }
}

#[test]
fn random_bytes_and_edits_are_survived() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let pieces = [
        "<",
        ">",
        "/",
        "\"",
        "'",
        "=",
        "&",
        ";",
        "#",
        "!",
        "-",
        "--",
        "[",
        "]",
        "?",
        " ",
        "\n",
        "é",
        "🔒",
        "\u{feff}",
        "\0",
        "```",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
        "<?xml",
        "?>",
        "&#x",
        "&amp;",
        "</Section>",
        "<Section Name='S'>",
        "<Parameter",
        " Value=\"",
        "<ClusterManifest>",
        "</ClusterManifest>",
    ];
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..random.below(40) {
            text.push_str(pieces[random.below(pieces.len())]);
        }
        check(&text);
        let mut text = String::from(WHOLE);
        for _ in 0..=random.below(4) {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let from = boundaries[random.below(boundaries.len())];
            match random.below(3) {
                0 => text.insert_str(from, pieces[random.below(pieces.len())]),
                1 => drop(text.remove(from)),
                _ => text.truncate(text.ceil_char_boundary(from + 200)),
            }
        }
        check(&text);
        let bytes: Vec<u8> = (0..random.below(60)).map(|_| u8::try_from(random.below(256)).expect("a byte")).collect();
        check(&String::from_utf8_lossy(&bytes));
    }
}

/// Each parameter of a good manifest is read, or there is an error: nothing is lost in silence.
#[test]
fn an_edit_that_loses_a_setting_is_an_error() {
    let (_, whole) = check(WHOLE);
    for (at, character) in WHOLE.char_indices() {
        for insert in ["", "<", ">", "\"", "'", "/", "=", "&", " "] {
            let text = format!("{}{insert}{}", &WHOLE[..at], &WHOLE[at + character.len_utf8()..]);
            let document = Document::new("m", &text);
            let reading = read(&document);
            let (has_errors, settings) = (!reading.errors.is_empty(), settings(&reading.manifest));
            // An edit inside of a name or a value, or one that makes a comment of it, gives another manifest.
            assert!(has_errors || settings.len() == whole.len() || settings.len() == whole.len() + 1, "{at} {insert}");
        }
    }
}

#[test]
fn time_is_in_proportion_to_length() {
    const LENGTH: usize = 2 * 1024 * 1024;
    let fill = |start: &str, piece: &str, end: &str| {
        let mut text = String::from(start);
        while text.len() < LENGTH {
            text.push_str(piece);
        }
        text.push_str(end);
        text
    };
    let mut numbered = String::from("<Section Name='S'>");
    for number in 0..LENGTH / 40 {
        numbered.push_str(&format!("<Parameter Name='n{number}' Value='1234567890'/>"));
    }
    numbered.push_str("</Section>");
    let mut attributes = String::from("<Section Name='S' ");
    for number in 0..LENGTH / 10 {
        attributes.push_str(&format!("a{number}=''\n"));
    }
    for (what, text) in [
        ("parameters", numbered),
        ("attributes", attributes),
        ("same attributes", fill("<Section Name='S' ", "a='' ", "/>")),
        ("duplicates", fill("<Section Name='S'>", "<Parameter Name='n' Value='1'/>", "</Section>")),
        ("sections", fill("", "<Section Name='S' />", "")),
        ("open tags", fill("", "<a>", "")),
        ("open sections", fill("", "<Section Name='S'>", "")),
        ("open parameters", fill("<Section Name='S'>", "<Parameter Name='n' Value='1'>", "")),
        ("end tags", fill("", "</a>", "")),
        ("text", fill("<Section Name='S'>", "text ", "</Section>")),
        ("text in skipped", fill("<Description>", "text &amp; ", "</Description>")),
        ("value", fill("<Section Name='", "a", "'/>")),
        ("references", fill("<Section Name='", "&amp;", "'/>")),
        ("bad references", fill("<Section Name='", "&", "'/>")),
        ("open quotation marks", fill("<Section Name='S'>", "<Parameter Name=\"", "")),
        ("signs", fill("", "<", "")),
        ("bangs", fill("", "<!", "")),
        ("open comments", fill("", "<!-- ", "")),
        ("comments", fill("", "<!-- -->", "<Section Name='S'/>")),
        ("blanks", fill("", " ", "<Section Name='S'/>")),
        ("fences", fill("", "```xml\n", "")),
        ("fenced", fill("", "```xml\n<a\n```\n", "")),
        ("declarations", fill("<!DOCTYPE a [", "<!ENTITY a '&a;&a;'>", "]><Section Name='&a;'/>")),
        ("quotation marks in text", fill("<Section Name='S'>", "<b '", "")),
    ] {
        let start = Instant::now();
        let document = Document::new("m", &text);
        let reading = read(&document);
        let took = start.elapsed();
        // Half a second where nothing else runs, minutes if it grew with the square of the length.
        assert!(took < Duration::from_secs(30), "{what}: {took:?}");
        assert!(reading.errors.len() <= Limits::XML_ERRORS + 1, "{what}");
        assert!(reading.findings.len() <= 2 * Limits::FINDINGS_PER_RULE, "{what}");
    }
}

#[test]
fn limits_are_named() {
    let deep = "<Other>".repeat(Limits::XML_DEPTH);
    let found = errors(&format!("<ClusterManifest>{deep}"));
    assert_eq!(found, ["m:1:459: expected at most 64 elements inside of each other (limit `XML_DEPTH`), found more"]);
    let ends = "</Other>".repeat(Limits::XML_DEPTH - 1);
    let deep = "<Other>".repeat(Limits::XML_DEPTH - 1);
    assert_eq!(errors(&format!("<ClusterManifest>{deep}{ends}</ClusterManifest>")), [""; 0]);
    let found = errors(&"</a>".repeat(100));
    assert_eq!(found.len(), Limits::XML_ERRORS + 1);
    assert!(found[Limits::XML_ERRORS].contains("limit `XML_ERRORS`"), "{found:?}");
    let nodes = "<a/>".repeat(Limits::XML_NODES);
    let text = format!("<ClusterManifest>{nodes}</ClusterManifest>");
    let document = Document::new("m", &text);
    let reading = read(&document);
    assert_eq!(reading.errors.len(), 1);
    assert_eq!(reading.errors[0].kind, ErrorKind::Limit);
    assert!(reading.errors[0].expected.contains("XML_NODES"));
    let text = " ".repeat(Limits::DOCUMENT_BYTES + 1);
    let document = Document::new("m", &text);
    assert!(read(&document).errors[0].expected.contains("DOCUMENT_BYTES"));
}
