//! The certificate (RFC 5280, section 4.1).
//!
//! ```text
//! Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
//! TBSCertificate ::= SEQUENCE { version [0] DEFAULT v1, serialNumber, signature, issuer, validity, subject,
//!                               subjectPublicKeyInfo, issuerUniqueID [1], subjectUniqueID [2], extensions [3] }
//! ```

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use sha2::Digest as _;

use super::der::{self, Fault, Place, Reader, tag};
use super::extension::{Extension, Extensions};
use super::name::Name;
use super::oid::hexadecimal;
use super::public_key::{Algorithm, PublicKey, bit_string};
use super::validity::Validity;
use crate::{ErrorKind, Limits};

/// A certificate, with its bytes as received.
///
/// Version 1 certificates, serial numbers of any length and sign, dates before 1970 and names of any string type are
/// read: what a chain makes of them is for the chain to say.
#[derive(Debug, Clone)]
pub struct Certificate {
    der: Vec<u8>,
    sha1: OnceCell<[u8; 20]>,
    sha256: OnceCell<[u8; 32]>,
    self_issued: OnceCell<bool>,
    tbs: Place,
    serial: Place,
    signature: Place,
    unused_bits: u8,
    /// The version: 1, 2 or 3.
    pub version: u8,
    /// The algorithm of the signature, beside it.
    pub signature_algorithm: Algorithm,
    /// The algorithm of the signature, inside what is signed. RFC 5280 wants both to be the same.
    pub signed_signature_algorithm: Algorithm,
    /// Who signed it.
    pub issuer: Name,
    /// When it may be used.
    pub validity: Validity,
    /// Whose key it is.
    pub subject: Name,
    /// The key.
    pub public_key: PublicKey,
    /// The extensions.
    pub extensions: Extensions,
}

/// The same bytes are the same certificate.
impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Certificate {
    /// Reads a certificate, which must take all of the bytes.
    ///
    /// # Errors
    ///
    /// The first byte that is not as RFC 5280 and DER want it.
    pub fn from_der(der: impl Into<Vec<u8>>) -> Result<Self, Fault> {
        let der = der.into();
        if der.len() > Limits::CERTIFICATE_BYTES {
            let found = format!("more than {} bytes", Limits::CERTIFICATE_BYTES);
            return Err(Fault::new(ErrorKind::Limit, 0, "a certificate", found));
        }
        let mut outer = Reader::new(&der);
        let mut parts = outer.enter(tag::SEQUENCE, "a certificate, a SEQUENCE")?;
        outer.finish("the end of the certificate")?;
        let tbs = parts.take(tag::SEQUENCE, "tbsCertificate, a SEQUENCE")?;
        let signature_algorithm = Algorithm::read(&mut parts, "signatureAlgorithm, a SEQUENCE")?;
        let (signature, unused_bits) = bit_string(&mut parts, "signatureValue, a BIT STRING")?;
        parts.finish("the end of the certificate")?;

        let mut parts = tbs.reader();
        let version = version(&mut parts)?;
        const SERIAL: &str = "serialNumber, an INTEGER";
        let serial = parts.take(tag::INTEGER, SERIAL)?;
        der::integer(&serial, SERIAL)?;
        let signed_signature_algorithm = Algorithm::read(&mut parts, "the signature's algorithm, a SEQUENCE")?;
        let issuer = Name::read(&mut parts, "the issuer, a SEQUENCE")?;
        let validity = Validity::read(&mut parts)?;
        let subject = Name::read(&mut parts, "the subject, a SEQUENCE")?;
        let public_key = PublicKey::read(&mut parts)?;
        for tag in [0x81, 0x82] {
            const UNIQUE: &str = "a unique identifier, a BIT STRING";
            if let Some(unique) = parts.optional(tag, UNIQUE)? {
                der::bits(&unique, UNIQUE)?;
            }
        }
        let extensions = match parts.optional(0xA3, "the extensions, tag 0xa3")? {
            Some(outer) => Extensions::read(outer)?,
            None => Extensions::default(),
        };
        parts.finish("the end of tbsCertificate")?;
        let (tbs, serial) = (tbs.place(), serial.value_place());
        Ok(Self {
            sha1: OnceCell::new(),
            sha256: OnceCell::new(),
            self_issued: OnceCell::new(),
            tbs,
            serial,
            signature,
            unused_bits,
            version,
            signature_algorithm,
            signed_signature_algorithm,
            issuer,
            validity,
            subject,
            public_key,
            extensions,
            der,
        })
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What is signed: the bytes of tbsCertificate as received.
    pub fn signed(&self) -> &[u8] {
        self.tbs.of(&self.der)
    }

    /// The serial number's content bytes, big-endian, two's complement.
    pub fn serial(&self) -> &[u8] {
        self.serial.of(&self.der)
    }

    /// Bits of the signature's last byte that are not its own: none, where the signature is one that this build knows.
    pub fn unused_bits(&self) -> u8 {
        self.unused_bits
    }

    /// The signature's bytes.
    pub fn signature(&self) -> &[u8] {
        self.signature.of(&self.der)
    }

    /// The content of an extension's OCTET STRING.
    pub fn value(&self, extension: &Extension) -> &[u8] {
        extension.value.of(&self.der)
    }

    /// SHA-1 of the DER: what Windows and Service Fabric call the thumbprint.
    pub fn sha1(&self) -> [u8; 20] {
        *self.sha1.get_or_init(|| sha1::Sha1::digest(&self.der).into())
    }

    /// The thumbprint as it is written: [`Certificate::sha1`] in lower-case hexadecimal.
    pub fn thumbprint(&self) -> String {
        hexadecimal(&self.sha1())
    }

    /// SHA-256 of the DER.
    pub fn sha256(&self) -> [u8; 32] {
        *self.sha256.get_or_init(|| sha2::Sha256::digest(&self.der).into())
    }

    /// Whether subject and issuer are the same name (RFC 5280, section 7.1).
    pub fn is_self_issued(&self) -> bool {
        *self.self_issued.get_or_init(|| self.subject.matches(&self.issuer))
    }
}

fn version(parts: &mut Reader<'_>) -> Result<u8, Fault> {
    const VERSION: &str = "the version: 0, 1 or 2 in tag 0xa0";
    let Some(explicit) = parts.optional(0xA0, VERSION)? else { return Ok(1) };
    let mut explicit = explicit.reader();
    let number = explicit.take(tag::INTEGER, VERSION)?;
    explicit.finish("the end of the version")?;
    match der::count(&number, VERSION)? {
        0 => Ok(1),
        1 => Ok(2),
        2 => Ok(3),
        other => Err(number.fault(VERSION, format!("{other}"))),
    }
}
