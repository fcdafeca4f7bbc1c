//! Taking in what was decoded: certificates, lists, bundles of both, keys, and what is none of these.

use alloc::format;
use core::ops::Range;

use super::content::Content;
use super::encoding::Coded;
use super::indefinite::TooDeep;
use super::source::Source;
use super::{Pasted, Reading, Wanted, envelope, indefinite};
use crate::certificate::der::Fault;
use crate::certificate::{Certificate, Crl, PRIVATE_KEY_PASTED};
use crate::{Error, ErrorKind, Finding, Limits};

impl Reading {
    /// Takes in what was decoded from `range`.
    pub(super) fn content(&mut self, source: &Source<'_>, coded: &Coded, range: &Range<usize>, content: Content) {
        match (content, self.wanted) {
            (Content::PrivateKey, _) => self.private_key(source, range),
            (Content::Pkcs12, _) => {
                self.private_key(source, range);
                let span = source.span(range.clone());
                let error = Error::new(ErrorKind::Unsupported, self.expected(), "a PKCS#12 archive (.pfx, .p12)", span);
                let help = "take the certificates out of it: `openssl pkcs12 -in FILE -nokeys`";
                self.bundle.errors.push(error.help(help));
            }
            (Content::Pkcs7, _) => match indefinite::definite(&coded.bytes) {
                Ok(Some(der)) => self.envelope(source, &coded.rewritten(der), range),
                Ok(None) => self.envelope(source, coded, range),
                Err(TooDeep) => {
                    let expected = format!("at most {} values of indefinite length in each other", Limits::DER_DEPTH);
                    let span = source.span(range.clone());
                    self.bundle.errors.push(Error::new(ErrorKind::Limit, expected, "one more", span));
                }
            },
            (Content::Pem, _) => match source.nested(coded) {
                Some(inner) => self.text(&inner),
                None => {
                    let span = source.span(range.clone());
                    let found = "base64 in base64 in base64";
                    self.bundle.errors.push(Error::new(ErrorKind::Syntax, self.expected(), found, span));
                }
            },
            (Content::Certificate | Content::Unknown, Wanted::Certificates) => {
                self.certificate(source, coded, range, 0..coded.bytes.len());
            }
            (Content::List | Content::Unknown, Wanted::Lists) => {
                self.list(source, coded, range, 0..coded.bytes.len());
            }
            (other, _) => {
                let span = source.span(range.clone());
                self.bundle.errors.push(Error::new(ErrorKind::Value, self.expected(), other.describe(), span));
            }
        }
    }

    pub(super) fn private_key(&mut self, source: &Source<'_>, range: &Range<usize>) {
        let span = source.span(range.clone());
        let finding = Finding::new(&PRIVATE_KEY_PASTED, "a private key was pasted; it is masked and not looked at")
            .at(span.clone())
            .help("replace the key if anyone else could see it, and paste certificates only");
        self.bundle.findings.push(finding);
        self.bundle.private_keys.push(span);
    }

    fn certificate(&mut self, source: &Source<'_>, coded: &Coded, range: &Range<usize>, part: Range<usize>) {
        match Certificate::from_der(coded.bytes.get(part.clone()).unwrap_or_default()) {
            Ok(value) => self.bundle.certificates.push(Pasted { value, span: source.span(range.clone()) }),
            Err(fault) => self.fault(source, coded, fault.shifted(part.start)),
        }
    }

    fn list(&mut self, source: &Source<'_>, coded: &Coded, range: &Range<usize>, part: Range<usize>) {
        match Crl::from_der(coded.bytes.get(part.clone()).unwrap_or_default()) {
            Ok(value) => self.bundle.crls.push(Pasted { value, span: source.span(range.clone()) }),
            Err(fault) => self.fault(source, coded, fault.shifted(part.start)),
        }
    }

    fn envelope(&mut self, source: &Source<'_>, coded: &Coded, range: &Range<usize>) {
        let envelope = match envelope::read(&coded.bytes) {
            Ok(envelope) => envelope,
            Err(fault) => return self.fault(source, coded, fault),
        };
        if envelope.certificates.is_empty() && envelope.lists.is_empty() {
            let span = source.span(range.clone());
            let found = "a PKCS#7 bundle without certificates";
            self.bundle.errors.push(Error::new(ErrorKind::Value, self.expected(), found, span));
        }
        for place in &envelope.certificates {
            if self.is_full(source, range) {
                return;
            }
            self.certificate(source, coded, range, place.range());
        }
        for place in &envelope.lists {
            if self.is_full(source, range) {
                return;
            }
            self.list(source, coded, range, place.range());
        }
    }

    fn fault(&mut self, source: &Source<'_>, coded: &Coded, fault: Fault) {
        let span = source.span(coded.place(source.text(), fault.at));
        let found = format!("{} at byte {} of the DER", fault.found, fault.at);
        let mut error = Error::new(fault.kind, fault.expected, found, span);
        if fault.found.contains("(BER)") {
            error =
                error.help("encode it as DER: `openssl x509 -outform DER`, for PKCS#7 `openssl pkcs7 -print_certs`");
        } else if fault.kind == ErrorKind::Truncated {
            error = error.help("paste the whole of it: bytes are missing, in the middle or at the end");
        }
        self.bundle.errors.push(error);
    }
}
