//! Writing DER (X.690): each function gives the bytes of one value.

use const_oid::ObjectIdentifier;

/// A value with any tag: lengths below 4 GiB.
pub(super) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a value below 4 GiB");
    let mut bytes = vec![tag];
    match length.to_be_bytes() {
        [0, 0, 0, low @ 0..=0x7f] => bytes.push(low),
        [0, 0, 0, low] => bytes.extend([0x81, low]),
        [0, 0, high, low] => bytes.extend([0x82, high, low]),
        [0, top, high, low] => bytes.extend([0x83, top, high, low]),
        all => {
            bytes.push(0x84);
            bytes.extend(all);
        }
    }
    bytes.extend(content);
    bytes
}

pub(super) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    value(0x30, &parts.concat())
}

pub(super) fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    value(0x31, &parts.concat())
}

/// `[number]`, constructed: explicit tags, and implicit ones around constructed values.
pub(super) fn context(number: u8, content: &[u8]) -> Vec<u8> {
    value(0xa0 | number, content)
}

/// `[number]`, primitive: implicit tags around strings.
pub(super) fn context_string(number: u8, content: &[u8]) -> Vec<u8> {
    value(0x80 | number, content)
}

pub(super) fn oid(dotted: &str) -> Vec<u8> {
    value(0x06, ObjectIdentifier::new(dotted).expect("an object identifier").as_bytes())
}

/// A positive INTEGER from big-endian bytes.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let mut content = bytes[zeros..].to_vec();
    if content.first().is_none_or(|&first| first >= 0x80) {
        content.insert(0, 0);
    }
    value(0x02, &content)
}

pub(super) fn boolean(yes: bool) -> Vec<u8> {
    value(0x01, &[if yes { 0xff } else { 0 }])
}

pub(super) fn null() -> Vec<u8> {
    value(0x05, &[])
}

/// An ENUMERATED below 128.
pub(super) fn enumerated(number: u8) -> Vec<u8> {
    value(0x0a, &[number])
}

pub(super) fn octets(content: &[u8]) -> Vec<u8> {
    value(0x04, content)
}

pub(super) fn utf8(text: &str) -> Vec<u8> {
    value(0x0c, text.as_bytes())
}

/// A BIT STRING of whole bytes.
pub(super) fn bits(content: &[u8]) -> Vec<u8> {
    value(0x03, &[&[0], content].concat())
}

/// A BIT STRING of named bits.
pub(super) fn named_bits(set: &[u8]) -> Vec<u8> {
    value(0x03, &named_bits_content(set))
}

/// The content of a BIT STRING of named bits, without trailing zeros (X.690, section 11.2.2). Bit 0 is the highest.
pub(super) fn named_bits_content(set: &[u8]) -> Vec<u8> {
    let highest = set.iter().copied().max().expect("at least one bit");
    let mut content = vec![0u8; usize::from(highest / 8) + 1];
    for &bit in set {
        content[usize::from(bit / 8)] |= 0x80 >> (bit % 8);
    }
    [&[7 - highest % 8], content.as_slice()].concat()
}
