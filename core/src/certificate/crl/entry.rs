//! Entries of a revocation list (RFC 5280, sections 5.1.2.6 and 5.3).

use super::super::der::{self, Element, Fault, Place, Reader, tag};
use super::super::extension::read_extensions;
use super::super::oid::{Oid, known};
use super::super::validity;
use crate::{ErrorKind, Time};

/// A revoked certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The serial number's content bytes, big-endian, two's complement.
    pub serial: &'a [u8],
    /// When it was revoked.
    pub date: Time,
    /// reasonCode: 0 unspecified to 10 aACompromise; 8 removeFromCRL in deltas.
    pub reason: Option<u8>,
    /// When it is suspected that the key was lost.
    pub invalidity_date: Option<Time>,
    /// certificateIssuer: see [`Crl::certificate_issuer`](super::Crl::certificate_issuer).
    pub certificate_issuer: Option<Place>,
    /// Whether there is a critical extension that this build does not decode.
    pub unknown_critical: bool,
    /// The first extension that is not of its form, or that stands there twice.
    pub fault: Option<Fault>,
}

/// Reads entries one after the other: none is kept, so the length of a list is bounded by its document only.
#[derive(Debug, Clone)]
pub struct Entries<'a> {
    rest: Reader<'a>,
    failed: bool,
}

impl<'a> Entries<'a> {
    pub(super) fn new(rest: Reader<'a>) -> Self {
        Self { rest, failed: false }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed || self.rest.is_empty() {
            return None;
        }
        let entry = entry(&mut self.rest);
        self.failed = entry.is_err();
        Some(entry)
    }
}

fn entry<'a>(reader: &mut Reader<'a>) -> Result<Entry<'a>, Fault> {
    let mut parts = reader.enter(tag::SEQUENCE, "an entry of a revocation list, a SEQUENCE")?;
    const SERIAL: &str = "the serial number of an entry, an INTEGER";
    let serial = der::integer(&parts.take(tag::INTEGER, SERIAL)?, SERIAL)?;
    let date = validity::time(&mut parts, "the date of an entry, a UTCTime or GeneralizedTime")?;
    let mut entry = Entry {
        serial,
        date,
        reason: None,
        invalidity_date: None,
        certificate_issuer: None,
        unknown_critical: false,
        fault: None,
    };
    if let Some(list) = parts.optional(tag::SEQUENCE, "the extensions of an entry, a SEQUENCE")? {
        let all = read_extensions(list.reader(), |oid, value| {
            if let Err(fault) = entry.decode(oid, value) {
                entry.fault.get_or_insert(fault);
            }
        })?;
        entry.unknown_critical = all.iter().any(|each| each.critical && !is_decoded(&each.oid));
    }
    parts.finish("the end of an entry")?;
    Ok(entry)
}

fn is_decoded(oid: &Oid) -> bool {
    [known::REASON_CODE, known::INVALIDITY_DATE, known::CERTIFICATE_ISSUER].iter().any(|known| *oid == *known)
}

impl Entry<'_> {
    fn decode(&mut self, oid: &Oid, value: &Element<'_>) -> Result<(), Fault> {
        const END: &str = "the end of the extension";
        let mut reader = value.reader();
        let again;
        if *oid == known::REASON_CODE {
            const REASON: &str = "a reason, an ENUMERATED from 0 to 10";
            let reason = reader.take(tag::ENUMERATED, REASON)?;
            let number = der::count(&reason, REASON)?;
            // 7 is not used (RFC 5280, section 5.3.1).
            let known = u8::try_from(number).ok().filter(|number| *number <= 10 && *number != 7);
            let known = known.ok_or_else(|| reason.fault(REASON, alloc::format!("{number}")))?;
            again = self.reason.replace(known).is_some();
        } else if *oid == known::INVALIDITY_DATE {
            let date = validity::time(&mut reader, "invalidityDate, a GeneralizedTime")?;
            again = self.invalidity_date.replace(date).is_some();
        } else if *oid == known::CERTIFICATE_ISSUER {
            let names = reader.take(tag::SEQUENCE, "certificateIssuer, a SEQUENCE")?;
            again = self.certificate_issuer.replace(names.place()).is_some();
        } else {
            return Ok(());
        }
        if again {
            let found = "the same extension again";
            return Err(Fault::new(ErrorKind::Value, value.content, "each extension once", found));
        }
        reader.finish(END)
    }
}
