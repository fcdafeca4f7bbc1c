//! Internationalised host names (RFC 5891, UTS #46): what a person writes and what a certificate has are two forms of one
//! name. Certificates have the encoded one (RFC 5280, section 7.2), so that is what is compared.
//!
//! `idna` converts: normal form, case, joiners and the Bidi rule take tables that a well-kept crate has. It adds some 40 KB
//! to what a browser loads. Processing is not transitional: `\u{df}` stays a letter of its own.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// The dots between labels (UTS #46, section 2.3).
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// The name in its encoded form. Names of plain letters are as they were.
///
/// # Errors
///
/// Why it can't be encoded, with the label that is at fault and its place in bytes.
pub(super) fn encoded(name: &str) -> Result<Cow<'_, str>, String> {
    if name.is_ascii() && !name.split('.').any(is_encoded) {
        return Ok(Cow::Borrowed(name));
    }
    convert(name).ok_or_else(|| {
        let mut at = 0_usize;
        for label in name.split_inclusive(DOTS) {
            let bare = label.trim_end_matches(DOTS);
            if convert(bare).is_none() {
                let what =
                    if is_encoded(bare) { "doesn't encode an internationalised label" } else { "can't be encoded" };
                return format!("{} at byte {at} of the name {what} (UTS #46)", crate::quote::quote(bare));
            }
            at = at.saturating_add(label.len());
        }
        format!("{} mixes directions of writing in a way that no host name may (UTS #46)", crate::quote::quote(name))
    })
}

/// Whether a label begins with `xn--`.
fn is_encoded(label: &str) -> bool {
    label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"))
}

fn convert(name: &str) -> Option<Cow<'_, str>> {
    Uts46::new().to_ascii(name.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow, DnsLength::Ignore).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_one_name() {
        for (name, wanted) in [
            ("b\u{fc}cher.shop.example", "xn--bcher-kva.shop.example"),
            ("B\u{dc}CHER.shop.example", "xn--bcher-kva.shop.example"),
            ("bu\u{308}cher\u{3002}shop.example", "xn--bcher-kva.shop.example"),
            ("XN--BCHER-KVA.shop.example", "xn--bcher-kva.shop.example"),
            ("fa\u{df}.example", "xn--fa-hia.example"),
            ("r3---sn_a.Example", "r3---sn_a.Example"),
        ] {
            assert_eq!(encoded(name).as_deref(), Ok(wanted), "{name}");
        }
    }

    #[test]
    fn what_is_not_a_label_says_where() {
        for (name, at) in [
            ("www.xn--a.example", "at byte 4"),
            ("b\u{fc}cher.a\u{200b}\u{302e}b\u{fffd}.example", "at byte 8"),
            ("\u{308}a.example", "at byte 0"),
        ] {
            let fault = encoded(name).err().unwrap_or_default();
            assert!(fault.contains(at), "{name}: {fault}");
        }
    }
}
