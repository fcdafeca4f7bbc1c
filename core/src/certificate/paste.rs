//! Reading what people really paste.
//!
//! PEM with anything around it, indented, quoted, escaped or percent-encoded; DER in base64 or hexadecimal, bare or
//! amid text; a whole PEM file in base64; PKCS#7. What a block holds is told by its bytes, since labels are often wrong.
//! Private keys are recognised and never decoded further: no message quotes what stands in a block.

mod armor;
mod content;
mod decoded;
mod encoding;
mod envelope;
mod indefinite;
mod loose;
mod source;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use armor::{Block, End};
use content::Content;
use encoding::Coded;
use source::Source;

use super::{Certificate, Crl, Facts};
use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Finding, Limits, Span};

/// What a document held, in its order, duplicates included.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The certificates.
    pub certificates: Vec<Pasted<Certificate>>,
    /// The revocation lists. Among certificates, only those that came in a PKCS#7 bundle.
    pub crls: Vec<Pasted<Crl>>,
    /// Private keys, and archives that hold them: a host masks these places.
    pub private_keys: Vec<Span>,
    /// A finding for each private key.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub errors: Vec<Error>,
}

impl Bundle {
    /// The facts of each certificate, numbered from 1.
    pub fn facts(&self) -> Vec<Facts> {
        let numbered = (1_u32..).zip(&self.certificates);
        numbered
            .map(|(number, pasted)| {
                Facts::of(&pasted.value, number, pasted.span.clone()).with_extensions(&pasted.value)
            })
            .collect()
    }
}

/// Something that was pasted, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted<T> {
    /// What it is.
    pub value: T,
    /// The block that it stands in.
    pub span: Span,
}

/// What a document should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Certificates,
    Lists,
}

/// Reads the certificates of a document. One that can't be read is an error; the others are read all the same.
/// A document without text holds none, without an error.
pub fn read_certificates(document: &Document<'_>) -> Bundle {
    Reading::read(document, Wanted::Certificates)
}

/// Reads the revocation lists of a document, as [`read_certificates`] reads certificates.
pub fn read_crls(document: &Document<'_>) -> Bundle {
    Reading::read(document, Wanted::Lists)
}

struct Reading {
    wanted: Wanted,
    bundle: Bundle,
    blocks: usize,
}

impl Reading {
    fn read(document: &Document<'_>, wanted: Wanted) -> Bundle {
        let mut reading = Self { wanted, bundle: Bundle::default(), blocks: 0 };
        let text = document.text();
        if text.len() > Limits::DOCUMENT_BYTES {
            let expected = format!("at most {} bytes", Limits::DOCUMENT_BYTES);
            let found = format!("{} bytes", text.len());
            reading.bundle.errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(0..0)));
            return reading.bundle;
        }
        let source = Source::outer(document);
        reading.text(&source);
        let bundle = &reading.bundle;
        let silent = bundle.errors.is_empty() && bundle.private_keys.is_empty();
        if silent && bundle.certificates.is_empty() && bundle.crls.is_empty() && !source::is_blank(text) {
            let error = loose::nothing(&source, reading.expected());
            reading.bundle.errors.push(error);
        }
        reading.bundle
    }

    fn expected(&self) -> &'static str {
        match self.wanted {
            Wanted::Certificates => "a certificate, as PEM or as DER in base64 or hexadecimal",
            Wanted::Lists => "a revocation list, as PEM or as DER in base64 or hexadecimal",
        }
    }

    /// Reads the PEM blocks of a text, and what stands bare before, between and after them.
    fn text(&mut self, source: &Source<'_>) {
        let mut at = 0;
        for block in armor::blocks(source.text()) {
            self.around(source, at..block.range.start);
            at = block.range.end;
            if self.is_full(source, &block.range) {
                return;
            }
            self.block(source, &block);
        }
        self.around(source, at..source.text().len());
    }

    /// Whether as many blocks have been read as may be; the first one too many is an error.
    fn is_full(&mut self, source: &Source<'_>, range: &Range<usize>) -> bool {
        self.blocks = self.blocks.saturating_add(1);
        if self.blocks == Limits::CERTIFICATES.saturating_add(1) {
            let expected = format!("at most {} blocks", Limits::CERTIFICATES);
            let span = source.span(range.clone());
            self.bundle.errors.push(Error::new(ErrorKind::Limit, expected, "one more", span));
            let rest = range.start..source.text().len();
            if source.text().get(rest.clone()).is_some_and(|rest| rest.contains("PRIVATE KEY")) {
                self.private_key(source, &rest);
            }
        }
        self.blocks > Limits::CERTIFICATES
    }

    fn block(&mut self, source: &Source<'_>, block: &Block) {
        let ends_as_key = matches!(&block.end, End::Other(label, _) if armor::is_private_key(label));
        if armor::is_private_key(&block.label) || ends_as_key {
            self.private_key(source, &block.range);
            return;
        }
        // What stands beside an elliptic or Diffie-Hellman key; nobody asks about it.
        if block.label.ends_with(" PARAMETERS") {
            return;
        }
        let coded = Coded::base64(source.text(), block.body.clone());
        // A key under another label stays a key, however broken the block is.
        let content = content::recognise(&coded.bytes);
        if content.is_private() {
            self.content(source, &coded, &block.range, content);
            return;
        }
        match &block.end {
            End::Found => {}
            End::Missing => {
                let expected = format!("a line `-----END {}-----`", armor::plain(&block.label));
                let span = source.span(block.label_range.clone());
                let error = Error::new(ErrorKind::Truncated, expected, "a block without an end", span);
                self.bundle.errors.push(error.help("paste the whole block, up to and with its last line"));
                return;
            }
            End::Other(label, range) => {
                let expected = format!("`-----END {}-----`", armor::plain(&block.label));
                let span = source.span(range.clone());
                self.bundle.errors.push(Error::new(ErrorKind::Syntax, expected, quote(label), span));
                return;
            }
        }
        if let Some((range, found)) = &coded.wrong {
            let span = source.span(range.clone());
            self.bundle.errors.push(Error::new(ErrorKind::Syntax, "base64", found.clone(), span));
            return;
        }
        if block.label == "TRUSTED CERTIFICATE" && content == Content::Certificate {
            // OpenSSL's own form: the certificate, then its trust settings.
            let end = content::first_value(&coded.bytes).unwrap_or(coded.bytes.len());
            let coded = coded.cut(end);
            self.content(source, &coded, &block.range, content);
            return;
        }
        if content == Content::Unknown && !armor::holds_certificates(&block.label) {
            let span = source.span(block.label_range.clone());
            let found = format!("a block of {}", quote(&block.label));
            self.bundle.errors.push(Error::new(ErrorKind::Unsupported, self.expected(), found, span));
            return;
        }
        self.content(source, &coded, &block.range, content);
    }

    /// Reads what stands bare in a range without PEM.
    fn around(&mut self, source: &Source<'_>, range: Range<usize>) {
        let masked = loose::private_keys(source.text(), range.clone());
        for key in &masked {
            if self.is_full(source, key) {
                return;
            }
            self.private_key(source, key);
        }
        for coded in loose::find(source.text(), range) {
            let range = coded.range.clone();
            let next = masked.partition_point(|key| key.end <= range.start);
            if masked.get(next).is_some_and(|key| key.start < range.end) {
                continue;
            }
            let content = content::recognise(&coded.bytes);
            // Bare words and signatures may look like something by chance.
            let counts = matches!(content, Content::Certificate | Content::List | Content::Pem) || content.is_private();
            if !counts && !coded.is_long() {
                continue;
            }
            if self.is_full(source, &range) {
                return;
            }
            match &coded.wrong {
                Some((at, found)) if !content.is_private() => {
                    let span = source.span(at.clone());
                    self.bundle.errors.push(Error::new(ErrorKind::Syntax, "base64", String::from(found), span));
                }
                _ => self.content(source, &coded, &range, content),
            }
        }
    }
}
