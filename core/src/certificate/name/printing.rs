//! Printing names (RFC 4514).
//!
//! The last relative name comes first. Characters that can't be seen, or that change how their neighbours are seen, are
//! printed as the hexadecimal of their UTF-8 octets, which RFC 4514, section 2.4 allows: the result is harmless text.

use core::fmt::{self, Write as _};

use super::{Attribute, Name, Value};
use crate::certificate::der;
use crate::certificate::oid::{Oid, hexadecimal, known};
use crate::quote;

/// The short names of RFC 4514, section 3, and those that Windows and OpenSSL print besides.
static SHORT: &[(const_oid::ObjectIdentifier, &str)] = &[
    (known::COMMON_NAME, "CN"),
    (known::LOCALITY_NAME, "L"),
    (known::STATE_OR_PROVINCE_NAME, "ST"),
    (known::ORGANIZATION_NAME, "O"),
    (known::ORGANIZATIONAL_UNIT_NAME, "OU"),
    (known::COUNTRY_NAME, "C"),
    (known::STREET_ADDRESS, "STREET"),
    (known::DOMAIN_COMPONENT, "DC"),
    (known::USER_ID, "UID"),
];

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for number in (0..self.relative_names()).rev() {
            for (place, attribute) in self.relative_name(number).iter().enumerate() {
                if place > 0 {
                    f.write_char('+')?;
                }
                fmt::Display::fmt(attribute, f)?;
            }
            if number > 0 {
                f.write_char(',')?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match short(&self.oid) {
            Some(short) => {
                f.write_str(short)?;
                f.write_char('=')?;
            }
            None => write!(f, "{}=", self.oid)?,
        }
        match &self.value {
            Value::Text(text) => escape(f, text),
            Value::Bytes(bytes) => write!(f, "#{}", hexadecimal(&der::wrap(self.tag, &[bytes]))),
        }
    }
}

fn short(oid: &Oid) -> Option<&'static str> {
    SHORT.iter().find(|(known, _)| *oid == *known).map(|(_, short)| *short)
}

fn escape(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    // Nearly all texts: nothing to escape, and no blank that could stand at an end.
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'*' | b'@' | b':' | b'/');
    let inner = text.as_bytes().iter().all(|&byte| is_plain(byte) || byte == b' ');
    if inner && !text.starts_with(' ') && !text.ends_with(' ') {
        return f.write_str(text);
    }
    let last = text.chars().count();
    for (place, character) in text.chars().enumerate() {
        let edge = place == 0 || place.saturating_add(1) == last;
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => write!(f, "\\{character}")?,
            ' ' if edge => f.write_str("\\ ")?,
            '#' if place == 0 => f.write_str("\\#")?,
            character if quote::is_invisible(character) => {
                for octet in character.encode_utf8(&mut [0; 4]).bytes() {
                    write!(f, "\\{octet:02x}")?;
                }
            }
            character => f.write_char(character)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};
    use alloc::vec::Vec;

    use super::*;
    use crate::certificate::der::{Reader, tag, wrap};

    fn name(attributes: &[(&[u8], u8, &[u8])]) -> Name {
        let mut sets = Vec::new();
        for (oid, form, value) in attributes {
            let attribute = wrap(tag::SEQUENCE, &[&wrap(tag::OBJECT_IDENTIFIER, &[oid]), &wrap(*form, &[value])]);
            sets.extend(wrap(tag::SET, &[&attribute]));
        }
        Name::read(&mut Reader::new(&wrap(tag::SEQUENCE, &[&sets])), "a name").unwrap_or_else(|_| Name {
            raw: Vec::new(),
            attributes: Vec::new(),
            relative_names: 0,
        })
    }

    const CN: &[u8] = &[0x55, 4, 3];

    fn printed(form: u8, value: &[u8]) -> String {
        name(&[(CN, form, value)]).to_string()
    }

    #[test]
    fn the_last_relative_name_comes_first() {
        let two = name(&[(&[0x55, 4, 6], 0x13, b"DE"), (CN, 0x0C, "J\u{fc}rgen, x".as_bytes())]);
        assert_eq!(two.to_string(), "CN=J\u{fc}rgen\\, x,C=DE");
        assert_eq!(two.common_names().collect::<Vec<_>>(), ["J\u{fc}rgen, x"]);
        assert_eq!(name(&[(&[0x2A, 3], 0x13, b"x")]).to_string(), "1.2.3=x");
    }

    #[test]
    fn strange_strings_print_as_harmless_text() {
        assert_eq!(printed(0x0C, b" #\0\xE2\x80\xAEx "), "CN=\\ #\\00\\e2\\80\\aex\\ ");
        assert_eq!(printed(0x0C, b"#a"), "CN=\\#a");
        assert_eq!(printed(0x14, b"\xE4"), "CN=\u{e4}");
        assert_eq!(printed(0x1E, &[0, 0x41, 0xD8, 0x3D, 0xDD, 0x12]), "CN=A\u{1f512}");
        assert_eq!(printed(0x1C, &[0, 1, 0xF5, 0x12]), "CN=\u{1f512}");
        assert_eq!(printed(0x02, &[1]), "CN=#020101");
    }

    #[test]
    fn strings_that_their_type_forbids_are_refused_at_their_place() {
        for (form, value) in [(0x0C, &b"\xFF"[..]), (0x1E, &[0, 0x41, 0]), (0x1C, &[0, 0xFF, 0, 0]), (0x1E, &[0xD8, 0])]
        {
            let attribute = wrap(tag::SEQUENCE, &[&wrap(tag::OBJECT_IDENTIFIER, &[CN]), &wrap(form, &[value])]);
            let name = wrap(tag::SEQUENCE, &[&wrap(tag::SET, &[&attribute])]);
            let fault = Name::read(&mut Reader::new(&name), "a name").err();
            assert_eq!(fault.map(|fault| fault.at), Some(13));
        }
    }

    #[test]
    fn names_match_whatever_their_string_type() {
        let printable = name(&[(CN, 0x13, b"Example  CA")]);
        let utf8 = name(&[(CN, 0x0C, b"example ca ")]);
        assert!(printable.matches(&utf8) && printable != utf8);
        let longer = name(&[(CN, 0x13, b"Example CA"), (CN, 0x13, b"leaf")]);
        assert!(longer.is_within(&utf8) && !utf8.is_within(&longer) && !longer.matches(&utf8));
        assert_eq!(printable.join(&utf8).to_string(), "CN=example ca\\ ,CN=Example  CA");
        assert!(name(&[(CN, 0x02, &[1])]).matches(&name(&[(CN, 0x02, &[1])])));
        assert!(!name(&[(CN, 0x02, &[1])]).matches(&name(&[(CN, 0x04, &[1])])));
    }
}
