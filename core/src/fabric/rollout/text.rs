//! Settings as text that can be copied: a whole manifest with the values of a step, or the changed values alone.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::change::{content, is_list};
use crate::fabric::manifest::{self, Manifest, NodeType, Section, Value};
use crate::{Document, Edit};

/// Begins a section of a fragment.
pub(super) fn open(text: &mut String, section: &str) {
    text.push_str(&format!("  <Section Name=\"{}\">\n", escaped(section)));
}

/// Adds a parameter to a section.
pub(super) fn parameter(text: &mut String, name: &str, value: &str) {
    text.push_str(&format!("    <Parameter Name=\"{}\" Value=\"{}\" />\n", escaped(name), escaped(value)));
}

/// Ends a section.
pub(super) fn close(text: &mut String) {
    text.push_str("  </Section>\n");
}

/// What changes from one manifest to another, as a fragment that shows the changed values only.
pub(super) fn changes(from: &Manifest<'_>, to: &Manifest<'_>) -> String {
    let (old, new) = (sections(from), sections(to));
    let mut text = String::new();
    let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
    for name in names {
        let nothing = BTreeMap::new();
        let (before, after) = (old.get(name).unwrap_or(&nothing), new.get(name).unwrap_or(&nothing));
        if before == after {
            continue;
        }
        open(&mut text, &spelled(from, to, name));
        for (folded, (own, value)) in after {
            if is_list(name) || before.get(folded).map(|(_, value)| value) != Some(value) {
                parameter(&mut text, own, value);
            }
        }
        for (_, (own, _)) in before.iter().filter(|(folded, _)| !is_list(name) && !after.contains_key(*folded)) {
            parameter(&mut text, own, "");
        }
        close(&mut text);
    }
    let settings = if text.is_empty() { String::new() } else { format!("<FabricSettings>\n{text}</FabricSettings>\n") };
    let is_same = |node_type: &&NodeType<'_>| !from.node_types.iter().any(|own| written(own) == written(node_type));
    let node_types: String = to.node_types.iter().filter(is_same).map(written).collect();
    if node_types.is_empty() { settings } else { format!("<NodeTypes>\n{node_types}</NodeTypes>\n{settings}") }
}

/// A whole manifest with other settings: the text of `base`, in which values are replaced, added and left out, and nothing
/// else is touched. Nothing where the text can't be edited so that it says what `target` says.
pub(super) fn whole(base: &Document<'_>, read: &Manifest<'_>, target: &Manifest<'_>) -> Option<String> {
    if read.is_fragment || !base.text().trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return None;
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut added = String::new();
    for (name, values) in sections(target) {
        match read.sections.iter().find(|section| section.name.is(&name)) {
            Some(section) => edits.extend(section_edits(base, section, &values, is_list(&name))?),
            None => {
                open(&mut added, &spelled(target, target, &name));
                for (own, value) in values.values() {
                    parameter(&mut added, own, value);
                }
                close(&mut added);
            }
        }
    }
    for section in read.sections.iter().filter(|section| is_list(section.name.text())) {
        if !target.sections.iter().any(|own| own.name.is(section.name.text())) {
            edits.extend(section_edits(base, section, &BTreeMap::new(), true)?);
        }
    }
    if !added.is_empty() {
        let at = base.text().rfind("</FabricSettings>")?;
        edits.push(Edit { span: base.span(at..at), text: added });
    }
    crate::order::sort_by_key(&mut edits, |edit| (edit.span.start, edit.span.end));
    let mut text = base.text().to_string();
    for edit in edits.iter().rev() {
        let mut edited = text.get(..edit.span.start as usize)?.to_string();
        edited.push_str(&edit.text);
        edited.push_str(text.get(edit.span.end as usize..)?);
        text = edited;
    }
    let document = Document::new(super::AFTER, &text);
    let again = manifest::read(&document);
    (again.errors.is_empty() && content(&again.manifest) == content(target)).then_some(text)
}

fn section_edits(
    base: &Document<'_>,
    section: &Section<'_>,
    values: &BTreeMap<String, (String, String)>,
    list: bool,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for own in &section.parameters {
        let folded = folded(section.name.text(), own.name.text());
        match values.get(&folded) {
            Some((_, value)) if value == own.value.text() => {}
            Some((_, value)) => edits.push(own.value.edit(0..own.value.text().len(), value)),
            None if list => edits.push(Edit { span: own.span(), text: String::new() }),
            None if own.value.text().is_empty() => {}
            None => edits.push(own.value.edit(0..own.value.text().len(), "")),
        }
        known.push(folded);
    }
    let mut added = String::new();
    for (_, (name, value)) in
        values.iter().filter(|(folded, (_, value))| !known.contains(folded) && (list || !value.is_empty()))
    {
        parameter(&mut added, name, value);
    }
    if added.is_empty() {
        return Some(edits);
    }
    // After the tag that opens the section, which may close it as well.
    let after = section.name.whole().end as usize;
    let rest = base.text().get(after..)?;
    let end = after.saturating_add(rest.find('>')?);
    let is_closed = base.text().get(..end)?.ends_with('/');
    edits.push(if is_closed {
        let start = end.saturating_sub(1);
        let span = base.span(start..end.saturating_add(1));
        Edit { span, text: format!(">\n{added}  </Section>") }
    } else {
        let at = end.saturating_add(1);
        Edit { span: base.span(at..at), text: format!("\n{}", added.trim_end()) }
    });
    Some(edits)
}

/// The values of each section, by folded names: of parameters that are written twice the first counts.
fn sections(manifest: &Manifest<'_>) -> BTreeMap<String, BTreeMap<String, (String, String)>> {
    let mut sections: BTreeMap<String, BTreeMap<String, (String, String)>> = BTreeMap::new();
    for section in &manifest.sections {
        let name = section.name.text();
        let values = sections.entry(name.to_ascii_lowercase()).or_default();
        for parameter in &section.parameters {
            let own = parameter.name.text();
            let value = parameter.value.text().to_string();
            values.entry(folded(name, own)).or_insert_with(|| (own.to_string(), value));
        }
    }
    sections
}

/// Names of lists are names of certificates, and are told apart by case.
fn folded(section: &str, name: &str) -> String {
    if is_list(section) { name.to_string() } else { name.to_ascii_lowercase() }
}

/// A section's name as it is written somewhere.
fn spelled(one: &Manifest<'_>, other: &Manifest<'_>, name: &str) -> String {
    let mut all = one.sections.iter().chain(&other.sections);
    all.find(|section| section.name.is(name))
        .map_or_else(|| name.to_string(), |section| section.name.text().to_string())
}

/// A node type with its certificates.
fn written(node_type: &NodeType<'_>) -> String {
    let name = node_type.name.as_ref().map(|name| format!(" Name=\"{}\"", escaped(name.text()))).unwrap_or_default();
    let mut text = format!("  <NodeType{name}>\n    <Certificates>\n");
    for certificate in &node_type.certificates {
        text.push_str(&format!("      <{}", certificate.role.element()));
        let attributes = [
            ("X509StoreName", &certificate.store_name),
            ("X509FindType", &certificate.find_type),
            ("X509FindValue", &certificate.find_value),
            ("X509FindValueSecondary", &certificate.find_value_secondary),
        ];
        for (attribute, value) in attributes {
            if let Some(value) = value.as_ref().map(Value::text).filter(|text| !text.is_empty()) {
                text.push_str(&format!(" {attribute}=\"{}\"", escaped(value)));
            }
        }
        text.push_str(" />\n");
    }
    text.push_str("    </Certificates>\n  </NodeType>\n");
    text
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
