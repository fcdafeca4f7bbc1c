//! DER with positions: the tag, length and place of each value inside the bytes as received (X.690, section 10).
//!
//! What is signed is the bytes as received, and what is malformed is shown by its byte, so nothing here copies or
//! re-encodes. Lengths are definite and minimal; tags are single octets, longer ones are read and match nothing.

mod values;

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::ops::Range;

use crate::ErrorKind;

use values::octets_of;
pub(crate) use values::{bits, boolean, count, integer, named_bits, wrap};

/// Tags of the universal class, as identifier octets.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0A;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
}

/// Where a DER value stops being what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// The byte, from 0, in the DER value that was read.
    pub at: u32,
    /// What should stand there.
    pub expected: &'static str,
    /// What stands there instead.
    pub found: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: expected {}, found {}", self.at, self.expected, self.found)
    }
}

impl Fault {
    pub(crate) fn new(kind: ErrorKind, at: usize, expected: &'static str, found: impl Into<String>) -> Self {
        Self { kind, at: offset(at), expected, found: found.into() }
    }

    /// The same fault in bytes that hold the value from `base` on.
    pub(crate) fn shifted(mut self, base: usize) -> Self {
        self.at = self.at.saturating_add(offset(base));
        self
    }
}

/// A half-open range of bytes in a DER value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// The place as a range to index with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes at this place, none where it lies outside.
    pub(crate) fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.range()).unwrap_or_default()
    }
}

/// A byte offset as it is kept. DER values are limited far below 4 GiB (`Limits::DOCUMENT_BYTES`).
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// One tag-length-value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    bytes: &'a [u8],
    /// The identifier octet.
    pub(crate) tag: u8,
    /// Offset of the identifier octet.
    pub(crate) start: usize,
    /// Offset of the content.
    pub(crate) content: usize,
    /// One past the content.
    pub(crate) end: usize,
}

impl<'a> Element<'a> {
    /// The content octets.
    pub(crate) fn value(&self) -> &'a [u8] {
        self.bytes.get(self.content..self.end).unwrap_or_default()
    }

    /// Tag, length and content.
    pub(crate) fn whole(&self) -> &'a [u8] {
        self.bytes.get(self.start..self.end).unwrap_or_default()
    }

    /// The place of tag, length and content.
    pub(crate) fn place(&self) -> Place {
        Place { start: offset(self.start), end: offset(self.end) }
    }

    /// The place of the content.
    pub(crate) fn value_place(&self) -> Place {
        Place { start: offset(self.content), end: offset(self.end) }
    }

    /// Reads the content.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader { bytes: self.bytes, at: self.content, end: self.end }
    }

    /// A fault in the content.
    pub(crate) fn fault(&self, expected: &'static str, found: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::Value, self.content, expected, found)
    }
}

/// Reads one value after the other, with offsets from the start of the outermost bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, end: bytes.len() }
    }

    /// Reads what stands at `place` of `bytes`.
    pub(crate) fn within(bytes: &'a [u8], place: Place) -> Self {
        let end = place.range().end.min(bytes.len());
        Self { bytes, at: place.range().start.min(end), end }
    }

    /// Offset of the next value.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at >= self.end
    }

    /// The identifier octet of the next value.
    pub(crate) fn peek(&self) -> Option<u8> {
        if self.at < self.end { self.bytes.get(self.at).copied() } else { None }
    }

    /// Reads a value of any tag.
    pub(crate) fn any(&mut self, expected: &'static str) -> Result<Element<'a>, Fault> {
        let start = self.at;
        // Nearly all values: a tag of one octet, and a length of one that fits.
        if let Some(&[tag, length, ..]) = self.bytes.get(start..self.end)
            && tag & 0x1F != 0x1F
            && length < 0x80
        {
            let content = start.saturating_add(2);
            let end = content.saturating_add(usize::from(length));
            if end <= self.end {
                self.at = end;
                return Ok(Element { bytes: self.bytes, tag, start, content, end });
            }
        }
        let fault = |kind, at, found: String| Fault::new(kind, at, expected, found);
        let cut = |at| fault(ErrorKind::Truncated, at, String::from("the end of the bytes"));
        let mut at = start;
        let mut octet = || {
            let octet = if at < self.end { self.bytes.get(at).copied() } else { None };
            at = at.saturating_add(1);
            octet.ok_or(at.saturating_sub(1))
        };
        let tag = octet().map_err(cut)?;
        if tag & 0x1F == 0x1F {
            // X.690, section 8.1.2.4: the number follows, seven bits an octet.
            while octet().map_err(cut)? & 0x80 != 0 {}
        }
        let first = octet().map_err(cut)?;
        let length = match first {
            0..=0x7F => usize::from(first),
            0x80 => return Err(fault(ErrorKind::Syntax, start, String::from("a value of indefinite length (BER)"))),
            0x81..=0x84 => {
                let mut length = 0usize;
                for _ in 0x80..first {
                    length = length.wrapping_shl(8) | usize::from(octet().map_err(cut)?);
                }
                // The shortest form only (X.690, section 10.1).
                if length < 0x80 || octets_of(length) < first & 0x7F {
                    return Err(fault(
                        ErrorKind::Syntax,
                        start,
                        String::from("a length that is not the shortest (BER)"),
                    ));
                }
                length
            }
            _ => return Err(fault(ErrorKind::Syntax, start, String::from("a length of more than four octets"))),
        };
        let content = at;
        let end = content.saturating_add(length);
        if end > self.end {
            let there = self.end.saturating_sub(content);
            let found = format!("a value of {length} bytes of which {there} are there");
            return Err(fault(ErrorKind::Truncated, start, found));
        }
        self.at = end;
        Ok(Element { bytes: self.bytes, tag, start, content, end })
    }

    /// Reads a value with this tag.
    pub(crate) fn take(&mut self, tag: u8, expected: &'static str) -> Result<Element<'a>, Fault> {
        match self.peek() {
            Some(found) if found != tag => {
                Err(Fault::new(ErrorKind::Syntax, self.at, expected, format!("a value with tag 0x{found:02x}")))
            }
            _ => self.any(expected),
        }
    }

    /// Reads a value with this tag, if one comes next.
    pub(crate) fn optional(&mut self, tag: u8, expected: &'static str) -> Result<Option<Element<'a>>, Fault> {
        if self.peek() == Some(tag) { self.any(expected).map(Some) } else { Ok(None) }
    }

    /// Reads a constructed value with this tag, to read its parts.
    pub(crate) fn enter(&mut self, tag: u8, expected: &'static str) -> Result<Reader<'a>, Fault> {
        Ok(self.take(tag, expected)?.reader())
    }

    /// Everything must have been read.
    pub(crate) fn finish(self, expected: &'static str) -> Result<(), Fault> {
        if self.is_empty() {
            return Ok(());
        }
        let more = self.end.saturating_sub(self.at);
        Err(Fault::new(ErrorKind::Syntax, self.at, expected, format!("{more} bytes more")))
    }

    /// Reads values to the end, at least one and at most `limit`.
    pub(crate) fn many<T>(
        mut self,
        limit: usize,
        expected: &'static str,
        mut one: impl FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<alloc::vec::Vec<T>, Fault> {
        let mut all = alloc::vec::Vec::new();
        while !self.is_empty() {
            if all.len() >= limit {
                return Err(Fault::new(ErrorKind::Limit, self.at, expected, format!("more than {limit} of them")));
            }
            all.push(one(&mut self)?);
        }
        if all.is_empty() {
            return Err(Fault::new(ErrorKind::Value, self.at, expected, "an empty list"));
        }
        Ok(all)
    }
}
