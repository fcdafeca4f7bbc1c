//! Distinguished names (RFC 5280, sections 4.1.2.4 and 7.1; RFC 4514).

mod comparison;
mod printing;

use alloc::string::String;
use alloc::vec::Vec;

use super::der::{self, Element, Fault, Reader, tag};
use super::oid::{Oid, known};
use crate::{ErrorKind, Limits};

/// A distinguished name, with its bytes as received.
///
/// `==` compares bytes, as Windows does; [`Name::matches`] compares as RFC 5280 does.
#[derive(Clone)]
pub struct Name {
    raw: Vec<u8>,
    attributes: Vec<Attribute>,
    relative_names: u32,
}

/// One attribute of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its relative name, from 0 for the first encoded.
    pub relative_name: u32,
    /// Its type.
    pub oid: Oid,
    /// The identifier octet of its value: 0x0c for UTF8String, 0x13 for PrintableString.
    pub tag: u8,
    /// Its value.
    pub value: Value,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string, decoded by its type.
    Text(String),
    /// The content octets of anything else.
    Bytes(Vec<u8>),
}

impl Name {
    /// Reads a Name.
    pub(crate) fn read(reader: &mut Reader<'_>, expected: &'static str) -> Result<Self, Fault> {
        let sequence = reader.take(tag::SEQUENCE, expected)?;
        let mut name = Self { raw: sequence.whole().to_vec(), attributes: Vec::new(), relative_names: 0 };
        let mut sets = sequence.reader();
        while !sets.is_empty() {
            let set = sets.enter(tag::SET, "a relative distinguished name, a SET")?;
            name.attributes_of(set)?;
        }
        Ok(name)
    }

    /// Reads the attributes of one relative name, and makes a name of it.
    pub(crate) fn relative(attributes: Reader<'_>, content: &[u8]) -> Result<Self, Fault> {
        let raw = der::wrap(tag::SEQUENCE, &[&der::wrap(tag::SET, &[content])]);
        let mut name = Self { raw, attributes: Vec::new(), relative_names: 0 };
        name.attributes_of(attributes)?;
        Ok(name)
    }

    fn attributes_of(&mut self, mut set: Reader<'_>) -> Result<(), Fault> {
        let before = self.attributes.len();
        while !set.is_empty() {
            let at = set.offset();
            let mut attribute = set.enter(tag::SEQUENCE, "an attribute of a name, a SEQUENCE")?;
            let oid = Oid::read(&mut attribute, "the type of a name's attribute, an OBJECT IDENTIFIER")?;
            let value = attribute.any("the value of a name's attribute")?;
            attribute.finish("the end of a name's attribute")?;
            let limit = Limits::NAME_ATTRIBUTES.min(before.saturating_add(Limits::RELATIVE_NAME_ATTRIBUTES));
            if self.attributes.len() >= limit {
                let found = alloc::format!("more than {limit} attributes");
                return Err(Fault::new(ErrorKind::Limit, at, "a distinguished name", found));
            }
            self.attributes.push(Attribute {
                relative_name: self.relative_names,
                oid,
                tag: value.tag,
                value: Value::decode(&value)?,
            });
        }
        self.relative_names = self.relative_names.saturating_add(1);
        Ok(())
    }

    /// The DER bytes.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The attributes in the order in which they are encoded.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// How many relative names there are.
    pub fn relative_names(&self) -> u32 {
        self.relative_names
    }

    /// Whether there is no relative name.
    pub fn is_empty(&self) -> bool {
        self.relative_names == 0
    }

    /// The texts of the attributes of one type, in the order in which they are encoded.
    pub fn texts(&self, oid: const_oid::ObjectIdentifier) -> impl Iterator<Item = &str> {
        self.attributes.iter().filter(move |attribute| attribute.oid == oid).filter_map(Attribute::text)
    }

    /// Every common name.
    pub fn common_names(&self) -> impl Iterator<Item = &str> {
        self.texts(known::COMMON_NAME)
    }

    /// This name with the relative names of `below` after its own: what nameRelativeToCRLIssuer means.
    #[must_use]
    pub fn join(&self, below: &Self) -> Self {
        let content = |name: &Self| {
            let whole = Reader::new(&name.raw).any("a name");
            whole.map(|whole| whole.value().to_vec()).unwrap_or_default()
        };
        let mut joined = self.clone();
        joined.raw = der::wrap(tag::SEQUENCE, &[&content(self), &content(below)]);
        for attribute in &below.attributes {
            let mut attribute = attribute.clone();
            attribute.relative_name = attribute.relative_name.saturating_add(self.relative_names);
            joined.attributes.push(attribute);
        }
        joined.relative_names = self.relative_names.saturating_add(below.relative_names);
        joined
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl Eq for Name {}

impl Attribute {
    /// The value, where it is text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Bytes(_) => None,
        }
    }
}

impl Value {
    /// Decodes a string by its type. Characters that PrintableString and its kin forbid are kept, since certificates
    /// have them; octets beyond ASCII are UTF-8 if they can be, else Latin-1, and so is T61String.
    fn decode(element: &Element<'_>) -> Result<Self, Fault> {
        let content = element.value();
        let latin = || content.iter().map(|octet| char::from(*octet)).collect();
        const VALUE: &str = "the value of a name's attribute, a string of its type";
        let not_of = |form: &'static str| element.fault(VALUE, form);
        let text = match element.tag {
            0x0C => core::str::from_utf8(content).map(String::from).map_err(|_| not_of("octets that are not UTF-8"))?,
            // NumericString, PrintableString, IA5String, VisibleString.
            0x12 | 0x13 | 0x16 | 0x1A => core::str::from_utf8(content).map_or_else(|_| latin(), String::from),
            // T61String, GeneralString.
            0x14 | 0x1B => latin(),
            // BMPString: UTF-16, since surrogates are met.
            0x1E => {
                let (units, rest) = content.as_chunks::<2>();
                let text = char::decode_utf16(units.iter().map(|unit| u16::from_be_bytes(*unit))).collect();
                let text: Option<String> = Result::ok(text).filter(|_| rest.is_empty());
                text.ok_or_else(|| not_of("octets that are not UTF-16"))?
            }
            // UniversalString: UTF-32.
            0x1C => {
                let (units, rest) = content.as_chunks::<4>();
                let text = units.iter().map(|unit| char::from_u32(u32::from_be_bytes(*unit))).collect();
                let text: Option<String> = text;
                text.filter(|_| rest.is_empty()).ok_or_else(|| not_of("octets that are not UTF-32"))?
            }
            // Any other type of the universal class.
            0x00..=0x3F => return Ok(Self::Bytes(content.to_vec())),
            other => {
                let found = alloc::format!("tag 0x{other:02x}");
                return Err(Fault::new(ErrorKind::Syntax, element.start, VALUE, found));
            }
        };
        Ok(Self::Text(text))
    }
}
