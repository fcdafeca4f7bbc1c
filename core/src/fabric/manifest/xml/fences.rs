//! Fenced code blocks: XML inside of text, as documentation and tickets have it.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use crate::fabric::manifest::MANIFEST_FRAGMENT;
use crate::{Document, Finding};

/// The blocks of a text that are to be read.
#[derive(Default)]
pub(super) struct Blocks {
    /// Each block, in order; without a fence, the whole text.
    pub(super) ranges: Vec<Range<usize>>,
    /// The first line of the first fence.
    fence: Option<Range<usize>>,
    /// How many blocks are in another language.
    others: u32,
}

/// The blocks of `text` that are fenced and in XML by their language, or in none; the whole text if an element begins
/// before the first fence, or if there is no fence.
pub(super) fn blocks(text: &str) -> Blocks {
    let mut blocks = Blocks::default();
    let mut open: Option<(&str, bool, usize)> = None;
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let start = at;
        at = at.saturating_add(line.len());
        let line = line.trim_matches(|found: char| found.is_whitespace() || found == '\u{feff}');
        match open {
            None if line.starts_with('<') && blocks.fence.is_none() => break,
            None => {
                let Some(mark) = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark)) else { continue };
                blocks.fence.get_or_insert(start..at);
                open = Some((mark, is_xml(line.trim_start_matches(mark)), at));
            }
            Some((mark, is_xml, from)) if line.starts_with(mark) => {
                blocks.add(is_xml, from..start);
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some((_, is_xml, from)) = open {
        blocks.add(is_xml, from..text.len());
    }
    if blocks.fence.is_none() {
        blocks.ranges.push(0..text.len());
    }
    blocks
}

impl Blocks {
    fn add(&mut self, is_xml: bool, range: Range<usize>) {
        if is_xml {
            self.ranges.push(range);
        } else {
            self.others = self.others.saturating_add(1);
        }
    }
}

/// Whether the words behind a fence name XML or no language.
fn is_xml(words: &str) -> bool {
    let language = words.split_whitespace().next().unwrap_or_default();
    language.is_empty() || language.eq_ignore_ascii_case("xml")
}

/// The finding that says what was read of a text with fences.
pub(super) fn finding(document: &Document<'_>, blocks: &Blocks) -> Option<Finding> {
    let fence = blocks.fence.clone()?;
    let count = blocks.ranges.len();
    let read = if count == 1 { "1 fenced code block is".into() } else { format!("{count} fenced code blocks are") };
    let others = match blocks.others {
        0 => "",
        _ => ", and blocks in other languages",
    };
    let message = format!("{read} read as the manifest; the text around is left out{others}");
    Some(Finding::new(&MANIFEST_FRAGMENT, message).at(document.span(fence)))
}
