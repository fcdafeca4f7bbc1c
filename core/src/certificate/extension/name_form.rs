//! GeneralName: a name of some form (RFC 5280, section 4.2.1.6).

use alloc::string::String;
use alloc::vec::Vec;

use crate::certificate::der::{Element, Fault, Reader, tag};
use crate::certificate::name::Name;
use crate::certificate::oid::Oid;
use crate::{ErrorKind, Limits};

/// A name of one of the forms of GeneralName.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameForm {
    /// otherName: its type, and the DER of its value.
    Other(Oid, Vec<u8>),
    /// rfc822Name: a mail address or its host.
    Email(String),
    /// dNSName.
    Dns(String),
    /// x400Address: its DER.
    X400(Vec<u8>),
    /// directoryName.
    Directory(Name),
    /// ediPartyName: its DER.
    EdiParty(Vec<u8>),
    /// uniformResourceIdentifier.
    Uri(String),
    /// iPAddress: 4 or 16 bytes, in name constraints 8 or 32; other lengths are kept as they are.
    Ip(Vec<u8>),
    /// registeredID.
    RegisteredId(Oid),
}

const FORM: &str = "a general name, tags 0xa0, 0x81, 0x82, 0xa3, 0xa4, 0xa5, 0x86, 0x87 or 0x88";

impl NameForm {
    /// Reads a GeneralName.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let at = reader.offset();
        let element = reader.any(FORM)?;
        Ok(match element.tag {
            0xA0 => {
                let mut parts = element.reader();
                let oid = Oid::read(&mut parts, "the type of an otherName, an OBJECT IDENTIFIER")?;
                let value = parts.take(0xA0, "the value of an otherName, tag 0xa0")?;
                parts.finish("the end of an otherName")?;
                Self::Other(oid, value.value().to_vec())
            }
            0x81 => Self::Email(ascii(&element, "an rfc822Name in ASCII")?),
            0x82 => Self::Dns(ascii(&element, "a dNSName in ASCII")?),
            0xA3 => Self::X400(element.whole().to_vec()),
            0xA4 => {
                let mut parts = element.reader();
                let name = Name::read(&mut parts, "a directoryName, a SEQUENCE")?;
                parts.finish("the end of a directoryName")?;
                Self::Directory(name)
            }
            0xA5 => Self::EdiParty(element.whole().to_vec()),
            0x86 => Self::Uri(ascii(&element, "a uniformResourceIdentifier in ASCII")?),
            0x87 => Self::Ip(element.value().to_vec()),
            0x88 => Self::RegisteredId(Oid::of(&element, "a registeredID, an OBJECT IDENTIFIER")?),
            other => return Err(Fault::new(ErrorKind::Syntax, at, FORM, alloc::format!("tag 0x{other:02x}"))),
        })
    }

    /// The directory name, if it is of that form.
    pub fn directory(&self) -> Option<&Name> {
        match self {
            Self::Directory(name) => Some(name),
            _ => None,
        }
    }
}

/// Reads GeneralNames inside their tag.
pub(crate) fn read_name_forms(list: Reader<'_>) -> Result<Vec<NameForm>, Fault> {
    list.many(Limits::GENERAL_NAMES, "general names, at least one", NameForm::read)
}

pub(crate) fn name_forms(reader: &mut Reader<'_>) -> Result<Vec<NameForm>, Fault> {
    read_name_forms(reader.enter(tag::SEQUENCE, "general names, a SEQUENCE")?)
}

fn ascii(element: &Element<'_>, expected: &'static str) -> Result<String, Fault> {
    match core::str::from_utf8(element.value()) {
        Ok(text) if text.is_ascii() => Ok(String::from(text)),
        _ => Err(element.fault(expected, "octets beyond ASCII")),
    }
}
