//! From tags to the sections and node types of a manifest.

mod attributes;
mod nesting;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::context::{Context, Fault};
use super::root::Root;
use super::source::{Source, is_blank};
use super::tag::{Tag, TagKind};
use super::tokens::Token;
use crate::fabric::manifest::{Manifest, NodeType, Parameter, Section, Value};
use crate::quote::quote;
use crate::{Document, ErrorKind, Finding, Limits};

/// The elements that are open, and what was read of those before.
pub(super) struct Elements<'d> {
    document: &'d Document<'d>,
    open: Vec<Open<'d>>,
    manifest: Manifest<'d>,
    root: Root,
    /// The section that is assumed around parameters at the top, by its place in the manifest.
    bare: Option<usize>,
    /// Whether a node type is open; certificates outside of one get a node type of their own.
    is_in_node_type: bool,
    /// Where the last text that doesn't belong ends.
    text: usize,
    /// The prefixes that have been declared.
    prefixes: Vec<&'d str>,
}

/// An element that is open.
struct Open<'d> {
    /// The name with its prefix.
    name: &'d str,
    /// The start tag.
    tag: Range<usize>,
    context: Context,
}

impl<'d> Elements<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self {
            document,
            open: Vec::new(),
            manifest: Manifest::default(),
            root: Root::default(),
            bare: None,
            is_in_node_type: false,
            text: usize::MAX,
            prefixes: Vec::new(),
        }
    }

    /// Takes the next token.
    pub(super) fn add(&mut self, token: Token<'d>, source: &mut Source<'d>) {
        match token {
            Token::Tag(tag) if tag.kind == TagKind::End => self.end(&tag, source),
            Token::Tag(tag) => self.start(&tag, source),
            Token::Text(place) => self.text(place, source),
            Token::Fault(place) => self.text = place.end,
        }
    }

    /// The manifest and the findings about its form.
    pub(super) fn finish(mut self, source: &mut Source<'d>) -> (Manifest<'d>, Vec<Finding>) {
        if self.root.is_empty() && source.errors() == 0 {
            let end = self.document.text().len();
            source.error(ErrorKind::Missing, super::root::EXPECTED, "no element", 0..end.min(1));
        }
        self.manifest.is_fragment = self.root.is_fragment();
        (self.manifest, self.root.findings(self.document).collect())
    }

    /// What the innermost open element is.
    fn context(&self) -> Context {
        self.open.last().map_or(Context::Top, |open| open.context)
    }

    fn text(&mut self, place: Range<usize>, source: &mut Source<'d>) {
        let context = self.context();
        let text = source.slice(place.clone());
        let trimmed = text.trim_start_matches(is_blank);
        if trimmed.is_empty() || context.is_other() {
            return;
        }
        let is_same = self.text == place.start;
        self.text = place.end;
        if is_same {
            return;
        }
        let start = place.end.saturating_sub(trimmed.len());
        let line = trimmed.lines().next().unwrap_or_default().trim_end();
        let place = start..start.saturating_add(line.len());
        let found = format!("the text {}", quote(line));
        let (expected, help) = match context {
            Context::Top => (
                super::root::EXPECTED,
                "remove what is not XML, or put the XML into a fenced code block (three back-ticks on a line before \
                 and after it)",
            ),
            Context::Parameter => ("`</Parameter>`", "the value of a parameter stands in its attribute `Value`"),
            Context::Certificate(_) => ("no text", "what finds a certificate stands in its attributes"),
            Context::Manifest | Context::NodeType => ("an element", "a `<` may be missing"),
            _ => (context.holds(), "a `<` may be missing"),
        };
        source.error_with_help(ErrorKind::Syntax, expected, found, place, help);
    }

    fn start(&mut self, tag: &Tag<'d>, source: &mut Source<'d>) {
        if self.context().is_leaf() {
            self.end_leaf(source);
        }
        self.prefix(tag, source);
        let parent = self.context();
        let child = parent.child(tag.local());
        let name = tag.place.start..tag.place.start.saturating_add(1).saturating_add(tag.name.len());
        if parent == Context::Top {
            self.root.add(&child, tag.name, name.clone(), source);
        }
        let found = || quote(&format!("<{}>", tag.name));
        match child.fault {
            Fault::None => {}
            Fault::Case(element) => source.error(ErrorKind::Syntax, format!("`<{element}>`"), found(), name),
            Fault::Place => {
                let expected = match self.open.last() {
                    Some(open) => format!("{} in {}", parent.holds(), quote(&format!("<{}>", open.name))),
                    None => String::from(parent.holds()),
                };
                source.error(ErrorKind::Syntax, expected, found(), name);
            }
        }
        if self.open.len() >= Limits::XML_DEPTH {
            source.stop("elements inside of each other", "XML_DEPTH", Limits::XML_DEPTH, tag.place.start);
            return;
        }
        let context = self.read(child.context, parent, tag, source);
        let is_empty = tag.kind == TagKind::Empty || tag.is_open && context.is_leaf();
        if !is_empty {
            self.open.push(Open { name: tag.name, tag: tag.place.clone(), context });
        } else {
            self.left(context);
        }
    }

    /// Notes the prefixes that a tag declares, and holds its own against them (Namespaces in XML 1.0, section 5). What a
    /// fragment lacks may be declared above it.
    fn prefix(&mut self, tag: &Tag<'d>, source: &mut Source<'d>) {
        let declared = tag.attributes.iter().filter_map(|attribute| attribute.name.strip_prefix("xmlns:"));
        let declared: Vec<&str> = declared.filter(|prefix| !self.prefixes.contains(prefix)).collect();
        self.prefixes.extend(declared);
        let is_whole = self.open.first().is_some_and(|open| super::character::local(open.name) == "ClusterManifest");
        if let Some((prefix, _)) = tag.name.split_once(':')
            && is_whole
            && !self.prefixes.contains(&prefix)
        {
            let name = tag.place.start..tag.place.start.saturating_add(1).saturating_add(tag.name.len());
            let expected = format!("an element whose prefix `xmlns:{prefix}` declares");
            source.error(ErrorKind::Syntax, expected, quote(&format!("<{}>", tag.name)), name);
        }
    }

    /// Reads the attributes of an element. What it is then: an element that lacks its name is passed over.
    fn read(&mut self, context: Context, parent: Context, tag: &Tag<'d>, source: &mut Source<'d>) -> Context {
        match context {
            Context::Section => {
                let Some(name) = attributes::name(tag, source) else { return Context::Other };
                self.manifest.sections.push(Section { name, parameters: Vec::new() });
            }
            Context::Parameter => {
                if let Some(parameter) = attributes::parameter(tag, source) {
                    match parent {
                        Context::Section => {
                            if let Some(section) = self.manifest.sections.last_mut() {
                                section.parameters.push(parameter);
                            }
                        }
                        _ => self.bare(parameter, tag.place.start),
                    }
                }
            }
            Context::NodeType => {
                let name = attributes::name(tag, source);
                self.manifest.node_types.push(NodeType { name, certificates: Vec::new(), http_protocol: None });
                self.is_in_node_type = true;
            }
            Context::Certificate(role) => {
                let certificate = attributes::certificate(role, tag, self.document, source);
                if !self.is_in_node_type {
                    self.manifest.node_types.push(NodeType {
                        name: None,
                        certificates: Vec::new(),
                        http_protocol: None,
                    });
                    self.is_in_node_type = true;
                }
                if let Some(node_type) = self.manifest.node_types.last_mut() {
                    if let Some(first) = node_type.certificate(role) {
                        let expected = format!("one `<{}>` in a node type", role.element());
                        let first = source.line_and_column(first.tag.start);
                        source.error(
                            ErrorKind::Syntax,
                            expected,
                            format!("a second, after {first}"),
                            tag.place.clone(),
                        );
                    }
                    node_type.certificates.push(certificate);
                }
            }
            Context::HttpEndpoint => {
                let protocol = tag.attribute("Protocol").map(|attribute| attribute.value.clone());
                if let Some(node_type) = self.manifest.node_types.last_mut() {
                    node_type.http_protocol = protocol;
                }
            }
            Context::Certificates if parent == Context::Top => self.is_in_node_type = false,
            _ => {}
        }
        context
    }

    /// Keeps a parameter that stands at the top: fragments that show parameters alone mean those of section `Security`.
    fn bare(&mut self, parameter: Parameter<'d>, at: usize) {
        let sections = &mut self.manifest.sections;
        let index = *self.bare.get_or_insert_with(|| {
            sections.push(Section { name: Value::assumed(self.document, "Security", at), parameters: Vec::new() });
            sections.len().saturating_sub(1)
        });
        if let Some(section) = sections.get_mut(index) {
            section.parameters.push(parameter);
        }
    }
}
