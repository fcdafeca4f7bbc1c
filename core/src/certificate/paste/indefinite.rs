//! BER with indefinite lengths, in which some tools wrap PKCS#7 bundles (X.690, section 8.1.3.6).
//!
//! Values of definite length are copied as they are, so certificates inside keep their bytes.

use alloc::vec::Vec;

use crate::Limits;
use crate::certificate::der::wrap;

/// Values of indefinite length stand in each other deeper than [`Limits::DER_DEPTH`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooDeep;

/// The same value with definite lengths, if its outermost length is indefinite and everything in it ends.
pub(super) fn definite(ber: &[u8]) -> Result<Option<Vec<u8>>, TooDeep> {
    if ber.get(1) != Some(&0x80) {
        return Ok(None);
    }
    let mut rest = ber;
    let mut is_too_deep = false;
    match value(&mut rest, Limits::DER_DEPTH, &mut is_too_deep) {
        Some(der) => Ok(rest.is_empty().then_some(der)),
        None if is_too_deep => Err(TooDeep),
        None => Ok(None),
    }
}

fn value(rest: &mut &[u8], depth: usize, is_too_deep: &mut bool) -> Option<Vec<u8>> {
    let whole = *rest;
    let (tag, after) = whole.split_first()?;
    let (first, after) = after.split_first()?;
    // Tags of several octets don't occur around certificates.
    if tag & 0x1F == 0x1F {
        return None;
    }
    if *first == 0x80 {
        let Some(depth) = depth.checked_sub(1) else {
            *is_too_deep = true;
            return None;
        };
        *rest = after;
        let mut content = Vec::new();
        loop {
            if let Some(after) = rest.strip_prefix(&[0, 0]) {
                *rest = after;
                return Some(wrap(*tag, &[&content]));
            }
            content.append(&mut value(rest, depth, is_too_deep)?);
        }
    }
    let (octets, _) = after.split_at_checked(if *first < 0x80 { 0 } else { usize::from(first & 0x7F) })?;
    let length = match octets.len() {
        0 => usize::from(*first),
        1..=4 => octets.iter().fold(0usize, |length, octet| length.wrapping_shl(8) | usize::from(*octet)),
        _ => return None,
    };
    let (taken, after) = whole.split_at_checked(length.saturating_add(octets.len()).saturating_add(2))?;
    *rest = after;
    Some(taken.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_lengths_become_definite() {
        let ber = [0x30, 0x80, 0x02, 0x01, 0x07, 0xA0, 0x80, 0x30, 0x81, 0x00, 0x00, 0x00, 0x00, 0x00];
        assert_eq!(definite(&ber), Ok(Some(alloc::vec![0x30, 8, 0x02, 0x01, 0x07, 0xA0, 3, 0x30, 0x81, 0x00])));
        for length in 0..ber.len() {
            assert_eq!(definite(ber.get(..length).unwrap_or_default()), Ok(None));
        }
        assert_eq!(definite(&[0x30, 0x80].repeat(1000)), Err(TooDeep));
    }
}
