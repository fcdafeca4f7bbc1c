//! Values of the universal types, and putting values together.

use alloc::format;
use alloc::vec::Vec;

use super::{Element, Fault, offset};

/// How many octets a length of at least one octet takes.
pub(super) fn octets_of(length: usize) -> u8 {
    match length {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    }
}

/// The content of an INTEGER: not empty, and not longer than needed (X.690, section 8.3.2).
pub(crate) fn integer<'a>(element: &Element<'a>, expected: &'static str) -> Result<&'a [u8], Fault> {
    match element.value() {
        [] => Err(element.fault(expected, "an INTEGER without content")),
        [0x00, second, ..] if *second < 0x80 => Err(element.fault(expected, "an INTEGER with a needless zero octet")),
        [0xFF, second, ..] if *second >= 0x80 => Err(element.fault(expected, "an INTEGER with a needless 0xff octet")),
        value => Ok(value),
    }
}

/// An INTEGER from 0 up; what passes `u32::MAX` counts as `u32::MAX`.
pub(crate) fn count(element: &Element<'_>, expected: &'static str) -> Result<u32, Fault> {
    let value = integer(element, expected)?;
    if value.first().is_some_and(|first| *first >= 0x80) {
        return Err(element.fault(expected, "a negative number"));
    }
    let over = value.len() > 5 || (value.len() == 5 && value.first() != Some(&0));
    let number = value.iter().fold(0u32, |number, octet| number.wrapping_shl(8) | u32::from(*octet));
    Ok(if over { u32::MAX } else { number })
}

/// A BOOLEAN: DER writes true as 0xff, BER as anything but zero, and both are met.
pub(crate) fn boolean(element: &Element<'_>, expected: &'static str) -> Result<bool, Fault> {
    match element.value() {
        [octet] => Ok(*octet != 0),
        _ => Err(element.fault(expected, "a BOOLEAN that is not one octet")),
    }
}

/// The octets of a BIT STRING and how many bits of the last one are unused, 0 to 7.
pub(crate) fn bits<'a>(element: &Element<'a>, expected: &'static str) -> Result<(&'a [u8], u8), Fault> {
    match element.value().split_first() {
        None => Err(element.fault(expected, "a BIT STRING without content")),
        Some((unused, rest)) if *unused > 7 || (*unused > 0 && rest.is_empty()) => {
            Err(element.fault(expected, format!("a BIT STRING with {unused} unused bits")))
        }
        Some((unused, rest)) => Ok((rest, *unused)),
    }
}

/// Named bits (X.680, section 22.7): bit 0 is the highest of the first octet; bits from 16 up are dropped.
pub(crate) fn named_bits(element: &Element<'_>, expected: &'static str) -> Result<u16, Fault> {
    let (octets, unused) = bits(element, expected)?;
    let mask = 0xFFu8.wrapping_shl(u32::from(unused));
    let octet = |at: usize| {
        let octet = octets.get(at).copied().unwrap_or(0);
        if octets.len() == at.saturating_add(1) { octet & mask } else { octet }
    };
    Ok(u16::from_be_bytes([octet(0), octet(1)]).reverse_bits())
}

/// Tag, length and content of a value that is put together from parts of others.
pub(crate) fn wrap(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).fold(0, usize::saturating_add);
    let octets = offset(length).to_be_bytes();
    let size = octets_of(length);
    let mut wrapped = alloc::vec![tag];
    if length >= 0x80 {
        wrapped.push(0x80 | size);
    }
    wrapped.extend(octets.iter().skip(octets.len().saturating_sub(usize::from(size))));
    for part in parts {
        wrapped.extend_from_slice(part);
    }
    wrapped
}
