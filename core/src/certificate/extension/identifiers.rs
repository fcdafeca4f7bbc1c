//! Key identifiers (RFC 5280, sections 4.2.1.1 and 4.2.1.2).

use alloc::vec::Vec;

use super::{NameForm, read_name_forms};
use crate::certificate::der::{self, Fault, Reader, tag};

/// The authorityKeyIdentifier extension: which certificate of the issuer's name signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorityKeyId {
    /// subjectKeyIdentifier of the issuer.
    pub key_id: Option<Vec<u8>>,
    /// Issuer of the issuer's certificate.
    pub issuer: Vec<NameForm>,
    /// Serial number of the issuer's certificate.
    pub serial: Option<Vec<u8>>,
}

pub(super) fn subject(reader: &mut Reader<'_>) -> Result<Vec<u8>, Fault> {
    Ok(reader.take(tag::OCTET_STRING, "subjectKeyIdentifier, an OCTET STRING")?.value().to_vec())
}

pub(crate) fn authority(reader: &mut Reader<'_>) -> Result<AuthorityKeyId, Fault> {
    let mut parts = reader.enter(tag::SEQUENCE, "authorityKeyIdentifier, a SEQUENCE")?;
    let mut id = AuthorityKeyId::default();
    if let Some(key_id) = parts.optional(0x80, "keyIdentifier")? {
        id.key_id = Some(key_id.value().to_vec());
    }
    if let Some(names) = parts.optional(0xA1, "authorityCertIssuer")? {
        id.issuer = read_name_forms(names.reader())?;
    }
    const SERIAL: &str = "authorityCertSerialNumber, an INTEGER";
    if let Some(serial) = parts.optional(0x82, SERIAL)? {
        id.serial = Some(der::integer(&serial, SERIAL)?.to_vec());
    }
    parts.finish("the end of authorityKeyIdentifier")?;
    Ok(id)
}
