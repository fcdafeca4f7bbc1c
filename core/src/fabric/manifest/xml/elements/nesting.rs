//! The ends of elements: which start tag an end tag belongs to, and what is said where none does.

use alloc::format;
use alloc::string::String;
use core::ops::Range;

use super::{Elements, Open};
use crate::ErrorKind;
use crate::fabric::manifest::xml::context::Context;
use crate::fabric::manifest::xml::source::Source;
use crate::fabric::manifest::xml::tag::Tag;
use crate::nearest::nearest;
use crate::quote::quote;

impl<'d> Elements<'d> {
    /// Takes an end tag.
    pub(super) fn end(&mut self, tag: &Tag<'d>, source: &mut Source<'d>) {
        let Some(open) = self.open.last() else {
            let found = quote(&format!("</{}>", tag.name));
            source.error(ErrorKind::Syntax, "a start tag before the end tag", found, tag.place.clone());
            return;
        };
        if open.name == tag.name {
            self.pop();
            return;
        }
        let is_ancestor = self.open.iter().any(|open| open.name == tag.name);
        if is_ancestor && self.context().is_leaf() {
            self.end_leaf(source);
            self.end(tag, source);
            return;
        }
        let expected = end_of(open, source);
        let found = quote(&format!("</{}>", tag.name));
        let is_misspelt = !is_ancestor && nearest(tag.name, [open.name]).is_some();
        source.error(ErrorKind::Syntax, expected, found, tag.place.clone());
        if is_ancestor {
            while self.open.last().is_some_and(|open| open.name != tag.name) {
                self.pop();
            }
        }
        if is_ancestor || is_misspelt {
            self.pop();
        }
    }

    /// Ends a parameter or certificate whose tag lacks the `/` of an empty element.
    pub(super) fn end_leaf(&mut self, source: &mut Source<'d>) {
        let Some(open) = self.open.last() else { return };
        let sign = open.tag.end.saturating_sub(1)..open.tag.end;
        let expected = format!("`/>` at the end of {}, which holds no element", quote(&format!("<{}>", open.name)));
        source.error(ErrorKind::Syntax, expected, "`>`", sign);
        self.pop();
    }

    /// Ends the block: what is still open was never closed.
    pub(in crate::fabric::manifest::xml) fn close(&mut self, source: &mut Source<'d>) {
        if let Some(open) = self.open.last()
            && !source.is_cut()
        {
            let end = source.block().end;
            let place: Range<usize> = end..end;
            source.error(ErrorKind::Truncated, end_of(open, source), source.end_in_words(), place);
        }
        while !self.open.is_empty() {
            self.pop();
        }
        self.is_in_node_type = false;
    }

    fn pop(&mut self) {
        if let Some(open) = self.open.pop() {
            self.left(open.context);
        }
    }

    /// Notes that an element is over.
    pub(super) fn left(&mut self, context: Context) {
        let is_bare = || !self.open.iter().any(|open| open.context == Context::NodeType);
        if context == Context::NodeType || context == Context::Certificates && is_bare() {
            self.is_in_node_type = false;
        }
    }
}

/// "`</Section>` for the `<Section>` of line 3, column 5".
fn end_of(open: &Open<'_>, source: &Source<'_>) -> String {
    let (end, start) = (quote(&format!("</{}>", open.name)), quote(&format!("<{}>", open.name)));
    format!("{end} for the {start} of {}", source.line_and_column(open.tag.start))
}
