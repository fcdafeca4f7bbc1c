//! Thumbprint lists.
//!
//! What it checks: that the lists of section `Security` are what they seem to be.
//! Why it matters: one bad item makes Service Fabric refuse the whole list, and a list that can't be read keeps nodes
//! from opening.
//! Reference: Thumbprint.cpp:197-244 and ThumbprintSet.cpp:48-77.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::source;
use crate::certificate::Facts;
use crate::fabric::settings::{ListSetting, Settings};
use crate::fabric::thumbprint::{Fault, FaultKind, Item, Thumbprint, hexadecimal};
use crate::quote::{code_point, is_invisible, quote};
use crate::{Edit, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

/// Bytes of a SHA-1.
const SHA1_BYTES: usize = 20;

pub(crate) static ABBREVIATED: Rule = Rule {
    id: "thumbprint-abbreviated",
    aliases: &[],
    title: "a thumbprint is abbreviated",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for thumbprints shortened with dots, as documentation prints them."),
    why: crate::page!(
        "A dot is not hexadecimal, so Service Fabric refuses the whole list, and nodes with it do not open."
    ),
    bad: crate::page!("<Parameter Name=\"ClusterCertThumbprints\" Value=\"abcd...1234\" />"),
    good: crate::page!(
        "<Parameter Name=\"ClusterCertThumbprints\" Value=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f662\" />"
    ),
    citation: source("src/prod/src/Common/Thumbprint.cpp:197-244"),
};

pub(crate) static MALFORMED: Rule = Rule {
    id: "thumbprint-malformed",
    aliases: &[],
    title: "a thumbprint holds a character or group that is not hexadecimal bytes",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Reads each thumbprint as Service Fabric does: pairs of hexadecimal digits, or bytes separated by spaces."
    ),
    why: crate::page!(
        "Invisible characters (U+200E is copied along from the certificate dialog), colons, dashes, semicolons and \
          groups of four digits are errors, and one error refuses the whole list."
    ),
    bad: crate::page!("Value=\"<U+200E>b3 44 9b 01 ...\" or Value=\"b3:44:9b:01:...\" or Value=\"b344 9b01 ...\""),
    good: crate::page!("Value=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f662\""),
    citation: source("src/prod/src/Common/Thumbprint.cpp:197-244"),
};

pub(crate) static EMPTY: Rule = Rule {
    id: "thumbprint-list-empty",
    aliases: &[],
    title: "a thumbprint list holds separators but no thumbprint, or an item of blanks",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for lists made of commas, and for items made of blanks."),
    why: crate::page!(
        "Empty items are skipped, but a list of nothing but commas is `InvalidArgument` and an item of blanks is \
          `InvalidX509Thumbprint`: either refuses the whole list."
    ),
    bad: crate::page!("Value=\",\" or Value=\"a1b2..., ,c3d4...\""),
    good: crate::page!("Value=\"\" or Value=\"a1b2...,c3d4...\""),
    citation: source("src/prod/src/Common/ThumbprintSet.cpp:48-77"),
};

pub(crate) static LENGTH: Rule = Rule {
    id: "thumbprint-length",
    aliases: &[],
    title: "a thumbprint is not 20 bytes long",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Counts the bytes of each thumbprint."),
    why: crate::page!(
        "Service Fabric accepts any number of bytes, but compares them with a SHA-1, which has 20: any other length \
          never matches. 32 bytes are probably a SHA-256."
    ),
    bad: crate::page!("Value=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f6\""),
    good: crate::page!("Value=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f662\""),
    citation: source("src/prod/src/Common/Thumbprint.cpp:197-244"),
};

pub(crate) static DUPLICATED: Rule = Rule {
    id: "thumbprint-duplicated",
    aliases: &[],
    title: "a thumbprint stands twice in a list",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Compares the thumbprints of a list by their bytes."),
    why: crate::page!("The second is ignored, together with its `?true`: the first one's flag counts."),
    bad: crate::page!("Value=\"a1b2...,A1 B2 ...?true\""),
    good: crate::page!("Value=\"a1b2...?true\""),
    citation: source("src/prod/src/Common/ThumbprintSet.cpp:48-77"),
};

pub(crate) static FLAG: Rule = Rule {
    id: "thumbprint-chain-flag",
    aliases: &[],
    title: "what follows the `?` of a thumbprint is not `true`",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks at what follows a `?`."),
    why: crate::page!("`?true` asks for a good chain as well. Anything else is read as no flag, without an error."),
    bad: crate::page!("Value=\"a1b2...?yes\""),
    good: crate::page!("Value=\"a1b2...?true\""),
    citation: source("src/prod/src/Common/Thumbprint.cpp:197-244"),
};

/// Every finding about every list; `leaves` are the certificates that a fix can insert.
pub(in crate::fabric) fn check(settings: &Settings<'_>, leaves: &[&Facts]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for setting in &settings.thumbprints {
        check_list(setting, leaves, &mut findings);
    }
    complete_everywhere(settings, leaves, &mut findings);
    findings
}

fn check_list(setting: &ListSetting<'_>, leaves: &[&Facts], findings: &mut Vec<Finding>) {
    let name = setting.declared.thumbprints();
    let value = &setting.parameter.value;
    if setting.list.only_commas {
        let span = value.whole();
        findings.push(
            Finding::new(&EMPTY, format!("`{name}` holds commas and no thumbprint, so Service Fabric refuses it"))
                .at(span.clone())
                .arg("setting", name)
                .help("leave the value empty, or list a thumbprint")
                .fix("Empty the list", Vec::from([Edit { span, text: String::new() }])),
        );
    }
    let mut seen: BTreeMap<&[u8], &Thumbprint> = BTreeMap::new();
    for item in &setting.list.items {
        let text = value.text().get(item.range.clone()).unwrap_or_default();
        let span = value.span(item.range.clone());
        match &item.thumbprint {
            Err(fault) => findings.push(fault_finding(setting, item, fault, leaves)),
            Ok(thumbprint) => {
                if thumbprint.bytes.len() != SHA1_BYTES {
                    findings.push(length_finding(setting, item, thumbprint, leaves));
                }
                if let Some(first) = seen.get(thumbprint.bytes.as_slice()) {
                    let lost = thumbprint.verify_chain && !first.verify_chain;
                    let lost = if lost { ", and its `?true` is lost" } else { "" };
                    findings.push(
                        Finding::new(&DUPLICATED, format!("{} stands in `{name}` already{lost}", quote(text)))
                            .at(span.clone())
                            .arg("setting", name)
                            .help("remove the second one, and keep the flag that is meant"),
                    );
                } else {
                    seen.insert(&thumbprint.bytes, thumbprint);
                }
            }
        }
        if let Some(flag) = &item.idle_flag {
            let written = value.text().get(flag.clone()).unwrap_or_default();
            let message = format!("expected `true` after the `?`, found {}, which is read as no flag", quote(written));
            let span = value.span(flag.clone());
            findings.push(
                Finding::new(&FLAG, message)
                    .at(span.clone())
                    .arg("setting", name)
                    .help("write `?true` to ask for a good chain, or nothing")
                    .fix("Write `true`", Vec::from([Edit { span, text: String::from("true") }])),
            );
        }
    }
}

fn fault_finding(setting: &ListSetting<'_>, item: &Item, fault: &Fault, leaves: &[&Facts]) -> Finding {
    let name = setting.declared.thumbprints();
    let value = &setting.parameter.value;
    let text = value.text().get(item.range.clone()).unwrap_or_default();
    let whole = value.span(item.range.clone());
    let at = value.span(fault.range.clone());
    let refused = "so Service Fabric refuses the whole list";
    match fault.kind {
        FaultKind::Blank => Finding::new(&EMPTY, format!("expected a thumbprint in `{name}`, found blanks, {refused}"))
            .at(whole)
            .arg("setting", name)
            .help("remove the item and one comma"),
        FaultKind::Character(_) if is_abbreviated(text) => {
            let finding = Finding::new(
                &ABBREVIATED,
                format!(
                    "expected 40 hexadecimal digits in `{name}`, found the abbreviation {}, {refused}",
                    quote(text)
                ),
            )
            .at(whole)
            .arg("setting", name)
            .arg("found", text)
            .help("write the thumbprint in full");
            match completion(text, leaves) {
                None => finding,
                Some(full) => {
                    let title = format!("Write the pasted certificate's thumbprint in full in {name}");
                    finding.fix(title, complete_list(setting, full))
                }
            }
        }
        FaultKind::Character(character) => {
            let shown = if is_invisible(character) { code_point(character) } else { format!("`{character}`") };
            let invisible = if is_invisible(character) { "the invisible character " } else { "" };
            let finding = Finding::new(
                &MALFORMED,
                format!("expected hexadecimal digits in `{name}`, found {invisible}{shown}, {refused}"),
            )
            .at(at)
            .arg("setting", name)
            .arg("found", shown.clone())
            .help(match character {
                ';' => "separate thumbprints by commas",
                _ => "write the digits only",
            });
            match cleaned(text) {
                None => finding,
                Some(clean) => {
                    let title = if is_invisible(character) {
                        format!("Remove {shown}")
                    } else {
                        String::from("Keep the hexadecimal digits only")
                    };
                    finding.fix(title, Vec::from([Edit { span: whole, text: clean }]))
                }
            }
        }
        FaultKind::Group => {
            let group = value.text().get(fault.range.clone()).unwrap_or_default();
            let message = format!(
                "expected bytes of two digits between the blanks in `{name}`, found {}, {refused}",
                quote(group)
            );
            let finding = Finding::new(&MALFORMED, message)
                .at(at)
                .arg("setting", name)
                .arg("found", group)
                .help("write the digits without blanks, or a blank after every second one");
            match cleaned(text) {
                None => finding,
                Some(clean) => finding.fix("Remove the blanks", Vec::from([Edit { span: whole, text: clean }])),
            }
        }
    }
}

fn length_finding(setting: &ListSetting<'_>, item: &Item, thumbprint: &Thumbprint, leaves: &[&Facts]) -> Finding {
    let name = setting.declared.thumbprints();
    let span = setting.parameter.value.span(item.range.clone());
    let count = thumbprint.bytes.len();
    let message = format!("expected 20 bytes in `{name}`, found {count}, which no certificate's SHA-1 can equal");
    let finding = Finding::new(&LENGTH, message).at(span.clone()).arg("setting", name).arg("bytes", format!("{count}"));
    let written = hexadecimal(&thumbprint.bytes);
    match leaves.iter().find(|facts| facts.sha256 == written) {
        Some(facts) => finding
            .help("this is the SHA-256 of a pasted certificate: Service Fabric compares SHA-1")
            .fix("Write its SHA-1", Vec::from([Edit { span, text: facts.sha1.clone() }])),
        None if count == 32 => finding.help("this has the length of a SHA-256: Service Fabric compares SHA-1"),
        None => finding.help("copy the thumbprint again"),
    }
}

/// Digits, then dots or an ellipsis, then digits.
pub(super) fn is_abbreviated(text: &str) -> bool {
    let is_gap = |character: char| matches!(character, '.' | '\u{2026}' | ' ');
    let Some((head, tail)) = text.split_once(['.', '\u{2026}']) else {
        return false;
    };
    let tail = tail.trim_start_matches(is_gap);
    let is_hexadecimal = |part: &str| part.chars().all(|character| character.is_ascii_hexdigit());
    is_hexadecimal(head.trim()) && is_hexadecimal(tail.trim_end())
}

/// The full thumbprint for an abbreviation: of the pasted certificate that it abbreviates, else of the first.
fn completion<'a>(text: &str, leaves: &[&'a Facts]) -> Option<&'a str> {
    let text = text.to_ascii_lowercase();
    let is_gap = |character: char| matches!(character, '.' | '\u{2026}' | ' ');
    let head = text.split(is_gap).next().unwrap_or_default();
    let tail = text.rsplit(is_gap).next().unwrap_or_default();
    let abbreviated = leaves.iter().find(|facts| facts.sha1.starts_with(head) && facts.sha1.ends_with(tail));
    abbreviated.or(leaves.first()).map(|facts| facts.sha1.as_str())
}

/// The full thumbprint for an abbreviation, of those that are known: only one that it abbreviates, or the only one.
pub(super) fn completed(text: &str, known: &[String]) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let is_gap = |character: char| matches!(character, '.' | '\u{2026}' | ' ');
    let head = text.split(is_gap).next().unwrap_or_default();
    let tail = text.rsplit(is_gap).next().unwrap_or_default();
    let abbreviated = known.iter().find(|known| known.starts_with(head) && known.ends_with(tail));
    abbreviated.or(known.first().filter(|_| known.len() == 1)).cloned()
}

/// Replaces the first abbreviation of a list by a thumbprint, and drops the others and their commas.
fn complete_list(setting: &ListSetting<'_>, full: &str) -> Vec<Edit> {
    let value = &setting.parameter.value;
    let mut kept: Vec<&str> = Vec::from([full]);
    for item in &setting.list.items {
        let text = value.text().get(item.range.clone()).unwrap_or_default();
        let is_full = item.thumbprint.as_ref().is_ok_and(|thumbprint| hexadecimal(&thumbprint.bytes) == full);
        if !is_abbreviated(text) && !is_full {
            kept.push(text);
        }
    }
    Vec::from([Edit { span: value.whole(), text: kept.join(",") }])
}

/// Puts a fix for all abbreviated lists at once before the ones for a single list: a cluster with one list that can't
/// be read does not start, so mending one of several changes nothing yet.
fn complete_everywhere(settings: &Settings<'_>, leaves: &[&Facts], findings: &mut [Finding]) {
    let Some(facts) = leaves.first() else {
        return;
    };
    let abbreviated = |setting: &&ListSetting<'_>| {
        let is_abbreviated = |item: &Item| {
            let text = setting.parameter.value.text().get(item.range.clone()).unwrap_or_default();
            item.thumbprint.is_err() && is_abbreviated(text)
        };
        setting.list.items.iter().any(is_abbreviated)
    };
    let lists: Vec<_> = settings.thumbprints.iter().filter(abbreviated).collect();
    if lists.len() < 2 {
        return;
    }
    let mut edits: Vec<_> = lists.iter().flat_map(|setting| complete_list(setting, &facts.sha1)).collect();
    crate::order::sort_by_key(&mut edits, |edit| edit.span.start);
    let in_effect = settings.roles_in_effect();
    let mut names: Vec<_> = lists.iter().map(|setting| setting.declared.granted(in_effect)).collect();
    names.dedup();
    for finding in findings.iter_mut().filter(|finding| finding.rule == ABBREVIATED.id) {
        let title = format!("Write the pasted certificate's thumbprint in full in all {} lists", lists.len());
        let fix = crate::Fix {
            title,
            edits: edits.clone(),
            then: None,
            lets_in: Vec::from([format!("this certificate, as {}", names.join(", "))]),
        };
        finding.fixes.insert(0, fix);
    }
}

/// The digits of an item without what is between them, if they are one thumbprint or several.
pub(super) fn cleaned(text: &str) -> Option<String> {
    let (body, flag) = match text.split_once('?') {
        Some((body, flag)) => (body, format!("?{flag}")),
        None => (text, String::new()),
    };
    let is_noise =
        |c: char| is_invisible(c) || matches!(c, ' ' | ':' | '-' | '.' | '"' | '\'' | '\u{2018}'..='\u{201f}');
    let mut thumbprints = Vec::new();
    for part in body.split(';') {
        let digits: String = part.chars().filter(|&character| !is_noise(character)).collect();
        let is_thumbprint =
            digits.len() == SHA1_BYTES.saturating_mul(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_thumbprint {
            return None;
        }
        thumbprints.push(digits);
    }
    Some(format!("{}{flag}", thumbprints.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_told_from_other_dots() {
        for text in ["d5ec...4264", "d5ec\u{2026}4264", "abcd ... 1234", "cc71.. .1984", "abcd..."] {
            assert!(is_abbreviated(text), "{text}");
        }
        for text in ["abcdxyz", "www.example.org", "b3:44", ""] {
            assert!(!is_abbreviated(text), "{text}");
        }
    }

    #[test]
    fn only_whole_thumbprints_are_cleaned() {
        let digits = "b3449b018d0f6839a2c5d62b5b6c6ac822b6f662";
        for text in [
            "\u{200e}b3449b018d0f6839a2c5d62b5b6c6ac822b6f662",
            "b3:44:9b:01:8d:0f:68:39:a2:c5:d6:2b:5b:6c:6a:c8:22:b6:f6:62",
            "b344 9b01 8d0f 6839 a2c5 d62b 5b6c 6ac8 22b6 f662",
        ] {
            assert_eq!(cleaned(text).as_deref(), Some(digits), "{text}");
        }
        assert_eq!(cleaned(&format!("{digits};{digits}?true")), Some(format!("{digits},{digits}?true")));
        assert_eq!(cleaned("\u{200e}b344"), None);
    }
}
