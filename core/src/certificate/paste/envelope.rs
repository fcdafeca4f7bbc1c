//! PKCS#7 bundles: SignedData that carries certificates and revocation lists (RFC 5652, section 5.1). Whether anything
//! is signed in it doesn't matter here.

use alloc::vec::Vec;

use crate::certificate::der::{Fault, Place, Reader, tag};
use crate::certificate::oid::Oid;

/// What a bundle carries, as places in its DER.
#[derive(Default)]
pub(super) struct Envelope {
    pub(super) certificates: Vec<Place>,
    pub(super) lists: Vec<Place>,
}

/// Reads a ContentInfo with SignedData. Attribute certificates and other forms of either set are passed over.
pub(super) fn read(der: &[u8]) -> Result<Envelope, Fault> {
    let mut outer = Reader::new(der);
    let mut info = outer.enter(tag::SEQUENCE, "a PKCS#7 bundle, a SEQUENCE")?;
    outer.finish("the end of the PKCS#7 bundle")?;
    Oid::read(&mut info, "the content type of a PKCS#7 bundle, an OBJECT IDENTIFIER")?;
    let mut explicit = info.enter(0xA0, "the content of a PKCS#7 bundle, tag 0xa0")?;
    info.finish("the end of the PKCS#7 bundle")?;
    let mut data = explicit.enter(tag::SEQUENCE, "SignedData, a SEQUENCE")?;
    explicit.finish("the end of SignedData")?;
    data.take(tag::INTEGER, "the version of SignedData, an INTEGER")?;
    data.take(tag::SET, "digestAlgorithms, a SET")?;
    data.take(tag::SEQUENCE, "the signed content, a SEQUENCE")?;
    let mut envelope = Envelope::default();
    for (form, places) in [(0xA0, &mut envelope.certificates), (0xA1, &mut envelope.lists)] {
        let Some(set) = data.optional(form, "certificates or revocation lists")? else { continue };
        let mut set = set.reader();
        while !set.is_empty() {
            let element = set.any("a certificate or revocation list")?;
            if element.tag == tag::SEQUENCE {
                places.push(element.place());
            }
        }
    }
    data.take(tag::SET, "signerInfos, a SET")?;
    data.finish("the end of SignedData")?;
    Ok(envelope)
}
