//! Reading a manifest from XML 1.0: from the text to sections and node types, with every fault in its place.
//!
//! `quick-xml` tells markup from text; it accepts much that is not XML, so the tags, references and the nesting are
//! checked here, where the place of a fault is known. Each fault is one error, after which reading goes on.

mod character;
mod context;
mod elements;
mod fences;
mod foreign;
mod reference;
mod root;
mod source;
mod tag;
mod tokens;

use alloc::format;
use alloc::vec::Vec;

use super::Reading;
use crate::{Document, ErrorKind, Limits};
use elements::Elements;
use source::Source;
use tokens::Tokens;

/// Reads a manifest, a fragment of one, or the fenced code blocks of a text.
pub(super) fn read<'d>(document: &'d Document<'d>) -> Reading<'d> {
    let text = document.text();
    let mut source = Source::new(document);
    if text.len() > Limits::DOCUMENT_BYTES {
        let expected = format!("at most {} bytes (limit `DOCUMENT_BYTES`)", Limits::DOCUMENT_BYTES);
        source.error(ErrorKind::Limit, expected, format!("{} bytes", text.len()), 0..0);
        return Reading { errors: source.into_errors(), ..Reading::default() };
    }
    if let Some(foreign) = foreign::recognise(text) {
        source.error_with_help(ErrorKind::Syntax, root::EXPECTED, foreign.what, foreign.place, foreign.help);
        return Reading { errors: source.into_errors(), ..Reading::default() };
    }
    let blocks = fences::blocks(text);
    let mut elements = Elements::new(document);
    for block in &blocks.ranges {
        source.limit_to(block.clone());
        if !character::check(&mut source, block.clone()) {
            continue;
        }
        let mut tokens = Tokens::new(text, block.clone());
        while let Some(token) = tokens.next(&mut source) {
            elements.add(token, &mut source);
            if source.is_stopped() {
                break;
            }
        }
        elements.close(&mut source);
        if source.is_stopped() {
            break;
        }
    }
    let (manifest, mut findings) = elements.finish(&mut source);
    findings.extend(fences::finding(document, &blocks));
    let errors: Vec<_> = source.into_errors();
    Reading { manifest, findings, on_windows: Vec::new(), errors }
}
