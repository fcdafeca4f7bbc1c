//! What changed between two artefacts of one form: what it changes for security, apart from what changes in text.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::artefact::Content;
use super::sigstruct::{self, Setting, SigstructFacts};
use super::{ARTEFACTS, ArtefactFact, Form, SgxsFacts, Subject, openenclave, sgxs};
use crate::secret::says_secret;
use crate::tree::{Node, Value};
use crate::{Document, Finding, Limits, Severity, Span};

/// Two artefacts of one form, the one by the later name as the newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The older artefact, by name.
    pub before: String,
    /// The newer one.
    pub after: String,
    /// What changes for security.
    pub security: Vec<Change>,
    /// What changes nothing for security: names, descriptions, dates.
    pub text: Vec<Change>,
    /// Lines of the newer text that the older one has not.
    pub lines_added: u32,
    /// Lines of the older text that the newer one has not.
    pub lines_removed: u32,
    /// Rules that the newer one breaks and the older one does not, by id: errors and warnings.
    pub broken: Vec<String>,
    /// Rules that the older one breaks and the newer one does not.
    pub mended: Vec<String>,
}

/// Something that is said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What: a path of keys (`sgx.debug`), or a field (`ISVSVN`).
    pub what: String,
    /// What the older one says; absent if nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the newer one says; absent if nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What that means, where more can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Where: in the newer artefact, or in the older one if the newer says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Last keys of paths that say nothing for security. Whatever is not listed counts.
const HARMLESS: [&str; 14] = [
    "name",
    "description",
    "app_description",
    "labels",
    "created_at",
    "updated_at",
    "status_updated_at",
    "build_name",
    "docker_image_size",
    "imageSize",
    "DATE",
    "VENDOR",
    "SWDEFINED",
    "version_label",
];

/// Something that an artefact says.
struct Said {
    value: String,
    means: Option<String>,
    range: Option<Range<usize>>,
}

type Says = BTreeMap<String, Said>;

/// Every two neighbours of one form, in the order of their names.
pub(super) fn differences(subject: &Subject, artefacts: &[ArtefactFact], findings: &[Finding]) -> Vec<Difference> {
    let mut found = Vec::new();
    for (index, after) in artefacts.iter().enumerate() {
        let before = artefacts.iter().take(index).rfind(|before| before.form == after.form);
        let Some((before, form)) = before.zip(after.form) else { continue };
        if matches!(form, Form::Tasks | Form::Json | Form::RunCommand | Form::Nodes) {
            continue;
        }
        let text = |name: &str| subject.artefacts.get(name).map(String::as_str).unwrap_or_default();
        let (old, new) = (text(&before.name), text(&after.name));
        let (Some(says), Some(now)) = (says(old), says(new)) else { continue };
        let mut difference = compare(&before.name, &after.name, (&says, &now), (old, new));
        let broken = |name: &str| {
            let here = findings.iter().filter(|finding| {
                let document = finding.span.as_ref().and_then(|span| span.document.strip_prefix(ARTEFACTS));
                finding.severity != Severity::Info && document == Some(name)
            });
            here.map(|finding| finding.rule.to_string()).collect::<alloc::collections::BTreeSet<String>>()
        };
        let (was, is) = (broken(&before.name), broken(&after.name));
        difference.broken = is.difference(&was).cloned().collect();
        difference.mended = was.difference(&is).cloned().collect();
        found.push(difference);
    }
    found
}

fn compare(before: &str, after: &str, (says, now): (&Says, &Says), (old, new): (&str, &str)) -> Difference {
    let (old_document, new_document) =
        (Document::new(format!("{ARTEFACTS}{before}"), old), Document::new(format!("{ARTEFACTS}{after}"), new));
    let mut security = Vec::new();
    let mut text = Vec::new();
    let paths: alloc::collections::BTreeSet<&String> = says.keys().chain(now.keys()).collect();
    for path in paths.into_iter().take(Limits::CHANGES) {
        let (was, is) = (says.get(path), now.get(path));
        if was.map(|said| &said.value) == is.map(|said| &said.value) {
            continue;
        }
        let last = path.rsplit(['.', ']']).next().unwrap_or_default();
        let is_harmless = path.split('.').any(|key| key == "labels") || HARMLESS.contains(&last);
        let place = |said: Option<&Said>, document: &Document<'_>| Some(document.span(said?.range.clone()?));
        let shown = |said: Option<&Said>| {
            said.map(|said| if says_secret(last) { "[masked]".to_string() } else { said.value.clone() })
        };
        let change = Change {
            what: path.clone(),
            before: shown(was),
            after: shown(is),
            means: is.and_then(|said| said.means.clone()),
            span: place(is, &new_document).or_else(|| place(was, &old_document)),
        };
        if is_harmless {
            text.push(change);
        } else {
            security.push(change);
        }
    }
    Difference {
        before: before.into(),
        after: after.into(),
        security,
        text,
        lines_added: missing(old, new),
        lines_removed: missing(new, old),
        broken: Vec::new(),
        mended: Vec::new(),
    }
}

/// Lines of a text that another has not, or not as often.
fn missing(of: &str, text: &str) -> u32 {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for line in of.lines() {
        let count = counts.entry(line).or_default();
        *count = count.saturating_add(1);
    }
    let mut missing = 0_u32;
    for line in text.lines() {
        let count = counts.entry(line).or_default();
        *count = count.saturating_sub(1);
        if *count < 0 {
            missing = missing.saturating_add(1);
        }
    }
    missing
}

/// What an artefact says, by path; nothing if it can't be compared.
fn says(text: &str) -> Option<Says> {
    let mut says = Says::new();
    match Content::recognise(text)? {
        Content::Sigstruct(binary) => {
            let structure = sigstruct::Sigstruct::new(&binary.bytes)?;
            of_sigstruct(&structure.facts("", &structure.wrong_signature()), &mut says);
        }
        Content::Sgxs(binary) => of_stream(sgxs::walk("", &binary.bytes).ok()?, &mut says),
        Content::Listing(facts) => of_stream(*facts, &mut says),
        Content::Properties => {
            for (key, value, range) in openenclave::properties(text) {
                says.insert(key.into(), Said { value: value.into(), means: None, range: Some(range) });
            }
        }
        Content::Tree(_, reading) => flatten(&reading.root?, "", &mut says),
        Content::Trees(_, readings) => {
            for (index, reading) in readings.iter().enumerate() {
                let path = if index == 0 { String::new() } else { format!("[{index}]") };
                if let Some(root) = &reading.root {
                    flatten(root, &path, &mut says);
                }
            }
        }
        Content::Commands => return None,
    }
    Some(says)
}

fn plain(says: &mut Says, what: &str, value: String) {
    says.insert(what.into(), Said { value, means: None, range: None });
}

/// Documents nest no deeper than `Limits::TREE_DEPTH`.
fn flatten(node: &Node, path: &str, says: &mut Says) {
    match &node.value {
        Value::Table(entries) => {
            for entry in entries {
                let inner = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
                flatten(&entry.node, &inner, says);
            }
        }
        Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Table(_) | Value::List(_))) => {
            for (index, item) in items.iter().enumerate() {
                flatten(item, &format!("{path}[{index}]"), says);
            }
        }
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(scalar).collect();
            let value = format!("[{}]", items.join(", "));
            says.insert(path.into(), Said { value, means: None, range: Some(node.range.clone()) });
        }
        _ => {
            says.insert(path.into(), Said { value: scalar(node), means: None, range: Some(node.range.clone()) });
        }
    }
}

fn scalar(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => crate::quote::quote(text),
        Value::Number(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Unknown => "what a template makes".into(),
        Value::Null | Value::List(_) | Value::Table(_) => "null".into(),
    }
}

fn of_stream(facts: SgxsFacts, says: &mut Says) {
    plain(says, "MRENCLAVE", facts.mrenclave);
    plain(says, "size", facts.size.to_string());
    plain(says, "threads", facts.threads.to_string());
    plain(says, "unmeasured chunks", facts.unmeasured_chunks.to_string());
    for run in facts.runs {
        let means = format!("{} {} of {} pages", run.page_type, run.rights, run.pages);
        plain(says, &format!("pages at {:#x}", run.offset), means);
    }
}

fn of_sigstruct(facts: &SigstructFacts, says: &mut Says) {
    for (what, value) in [
        ("MRENCLAVE", facts.mrenclave.clone()),
        ("MRSIGNER", facts.mrsigner.clone()),
        ("ISVPRODID", facts.product_id.to_string()),
        ("ISVSVN", facts.security_version.to_string()),
        ("DATE", facts.date.clone()),
        ("VENDOR", facts.vendor.clone()),
        ("SWDEFINED", facts.software_defined.clone()),
        ("MISCSELECT and mask", facts.misc_select.join(" & ")),
        ("CET_ATTRIBUTES and mask", facts.cet_attributes.join(" & ")),
        ("ISVFAMILYID", facts.family_id.clone()),
        ("ISVEXTPRODID", facts.extended_product_id.clone()),
        ("signature", if facts.wrong_signature.is_empty() { "right".into() } else { "wrong".into() }),
    ] {
        plain(says, what, value);
    }
    for attribute in &facts.attributes {
        let value = match attribute.setting {
            Setting::Set => "set",
            Setting::Forbidden => "forbidden",
            Setting::LeftToHost => "left to the host",
        };
        let means = Some(attribute.means.to_string());
        says.insert(attribute.name.to_string(), Said { value: value.into(), means, range: None });
    }
}
