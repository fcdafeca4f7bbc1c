//! Certificate revocation lists (RFC 5280, section 5).
//!
//! ```text
//! CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }
//! TBSCertList     ::= SEQUENCE { version INTEGER OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL,
//!                                revokedCertificates SEQUENCE OF Entry OPTIONAL, crlExtensions [0] OPTIONAL }
//! ```

mod entry;

use alloc::format;
use alloc::vec::Vec;

pub use entry::{Entries, Entry};
use sha2::{Digest as _, Sha256};

use super::der::{self, Fault, Place, Reader, tag};
use super::extension::{self, AuthorityKeyId, Decoded, DistributionPoint, Extension, NameForm, Scope};
use super::name::Name;
use super::oid::{Oid, known};
use super::public_key::{Algorithm, bit_string};
use super::validity::{is_time, time};
use crate::{ErrorKind, Limits, Time};

/// A certificate revocation list, with its bytes as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crl {
    der: Vec<u8>,
    sha256: [u8; 32],
    tbs: Place,
    signature: Place,
    unused_bits: u8,
    entries: Place,
    /// The version: 1 or 2.
    pub version: u8,
    /// The algorithm of the signature, beside it.
    pub signature_algorithm: Algorithm,
    /// The algorithm of the signature, inside what is signed. RFC 5280 wants both to be the same.
    pub signed_signature_algorithm: Algorithm,
    /// Who signed it.
    pub issuer: Name,
    /// When it was issued.
    pub this_update: Time,
    /// When the next one is issued at the latest; RFC 5280 wants one.
    pub next_update: Option<Time>,
    /// How many entries there are.
    pub count: u32,
    /// All extensions, in order.
    pub extensions: Vec<Extension>,
    /// cRLNumber: the content bytes of the number.
    pub number: Decoded<Vec<u8>>,
    /// deltaCRLIndicator: the number of the list that this one adds to.
    pub base_number: Decoded<Vec<u8>>,
    /// issuingDistributionPoint.
    pub scope: Decoded<Scope>,
    /// authorityKeyIdentifier.
    pub authority_key_id: Decoded<AuthorityKeyId>,
    /// freshestCRL.
    pub freshest_crl: Decoded<Vec<DistributionPoint>>,
}

impl Crl {
    /// Reads a revocation list, which must take all of the bytes. Every entry is looked at once, and none is kept.
    ///
    /// # Errors
    ///
    /// The first byte that is not as RFC 5280 and DER want it.
    pub fn from_der(der: impl Into<Vec<u8>>) -> Result<Self, Fault> {
        let der = der.into();
        if der.len() > Limits::DOCUMENT_BYTES {
            let found = format!("more than {} bytes", Limits::DOCUMENT_BYTES);
            return Err(Fault::new(ErrorKind::Limit, 0, "a revocation list", found));
        }
        let mut outer = Reader::new(&der);
        let mut parts = outer.enter(tag::SEQUENCE, "a revocation list, a SEQUENCE")?;
        outer.finish("the end of the revocation list")?;
        let tbs = parts.take(tag::SEQUENCE, "tbsCertList, a SEQUENCE")?;
        let signature_algorithm = Algorithm::read(&mut parts, "signatureAlgorithm, a SEQUENCE")?;
        let (signature, unused_bits) = bit_string(&mut parts, "signatureValue, a BIT STRING")?;
        parts.finish("the end of the revocation list")?;

        let mut parts = tbs.reader();
        let version = version(&mut parts)?;
        let signed_signature_algorithm = Algorithm::read(&mut parts, "the signature's algorithm, a SEQUENCE")?;
        let issuer = Name::read(&mut parts, "the issuer, a SEQUENCE")?;
        let this_update = time(&mut parts, "thisUpdate, a UTCTime or GeneralizedTime")?;
        let mut next_update = None;
        if is_time(&parts) {
            next_update = Some(time(&mut parts, "nextUpdate, a UTCTime or GeneralizedTime")?);
        }
        let entries = parts.optional(tag::SEQUENCE, "revokedCertificates, a SEQUENCE")?;
        let extensions = parts.optional(0xA0, "the extensions, tag 0xa0")?;
        parts.finish("the end of tbsCertList")?;
        let mut count = 0u32;
        if let Some(entries) = &entries {
            for entry in Entries::new(entries.reader()) {
                entry?;
                count = count.saturating_add(1);
            }
        }
        let (tbs, entries) = (tbs.place(), entries.map(|entries| entries.value_place()).unwrap_or_default());
        let mut list = Self {
            sha256: Sha256::digest(&der).into(),
            der: Vec::new(),
            tbs,
            signature,
            unused_bits,
            entries,
            version,
            signature_algorithm,
            signed_signature_algorithm,
            issuer,
            this_update,
            next_update,
            count,
            extensions: Vec::new(),
            number: Decoded::Absent,
            base_number: Decoded::Absent,
            scope: Decoded::Absent,
            authority_key_id: Decoded::Absent,
            freshest_crl: Decoded::Absent,
        };
        if let Some(outer) = extensions {
            list.extensions = extension::read_list(outer, |oid, value| list.decode(oid, value))?;
        }
        list.der = der;
        Ok(list)
    }

    fn decode(&mut self, oid: &Oid, value: &der::Element<'_>) {
        if *oid == known::CRL_NUMBER {
            self.number.read(value, number);
        } else if *oid == known::DELTA_CRL_INDICATOR {
            self.base_number.read(value, number);
        } else if *oid == known::ISSUING_DISTRIBUTION_POINT {
            self.scope.read(value, Scope::read);
        } else if *oid == known::AUTHORITY_KEY_IDENTIFIER {
            self.authority_key_id.read(value, extension::authority);
        } else if *oid == known::FRESHEST_CRL {
            self.freshest_crl.read(value, extension::points);
        }
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the DER bytes.
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// What is signed: the bytes of tbsCertList as received.
    pub fn signed(&self) -> &[u8] {
        self.tbs.of(&self.der)
    }

    /// Bits of the signature's last byte that are not its own: none, where the signature is one that this build knows.
    pub fn unused_bits(&self) -> u8 {
        self.unused_bits
    }

    /// The signature's bytes.
    pub fn signature(&self) -> &[u8] {
        self.signature.of(&self.der)
    }

    /// The entries, read as they are asked for.
    pub fn entries(&self) -> Entries<'_> {
        Entries::new(Reader::within(&self.der, self.entries))
    }

    /// The names in an entry's certificateIssuer, which also holds for the entries after it (RFC 5280, section 5.3.3).
    ///
    /// # Errors
    ///
    /// The first byte that is not of the extension's form.
    pub fn certificate_issuer(&self, entry: &Entry<'_>) -> Result<Vec<NameForm>, Fault> {
        let Some(place) = entry.certificate_issuer else { return Ok(Vec::new()) };
        let mut reader = Reader::within(&self.der, place);
        let names = extension::name_forms(&mut reader)?;
        reader.finish("the end of certificateIssuer")?;
        Ok(names)
    }

    /// Why extensions of the list can't be understood.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        [
            self.number.fault(),
            self.base_number.fault(),
            self.scope.fault(),
            self.authority_key_id.fault(),
            self.freshest_crl.fault(),
        ]
        .into_iter()
        .flatten()
    }

    /// The extensions of the list that are critical and that this build does not decode.
    pub fn unknown_critical(&self) -> impl Iterator<Item = &Extension> {
        const DECODED: [const_oid::ObjectIdentifier; 5] = [
            known::CRL_NUMBER,
            known::DELTA_CRL_INDICATOR,
            known::ISSUING_DISTRIBUTION_POINT,
            known::AUTHORITY_KEY_IDENTIFIER,
            known::FRESHEST_CRL,
        ];
        self.extensions.iter().filter(|each| each.critical && !DECODED.iter().any(|known| each.oid == *known))
    }
}

fn number(reader: &mut Reader<'_>) -> Result<Vec<u8>, Fault> {
    const NUMBER: &str = "the number of a revocation list, an INTEGER";
    Ok(der::integer(&reader.take(tag::INTEGER, NUMBER)?, NUMBER)?.to_vec())
}

fn version(parts: &mut Reader<'_>) -> Result<u8, Fault> {
    const VERSION: &str = "the version: 1, or none";
    let Some(number) = parts.optional(tag::INTEGER, VERSION)? else { return Ok(1) };
    match der::count(&number, VERSION)? {
        0 => Ok(1),
        1 => Ok(2),
        other => Err(number.fault(VERSION, format!("{other}"))),
    }
}
