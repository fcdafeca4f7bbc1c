//! Instants as certificates write them.

use admit_core::Time;

use super::der;

/// UTCTime through 2049, GeneralizedTime otherwise (RFC 5280, section 4.1.2.5). `text` is RFC 3339 in UTC.
pub(super) fn instant(text: &str) -> Vec<u8> {
    let time: Time = text.parse().expect("an RFC 3339 instant");
    let digits: String = time.to_string().chars().filter(char::is_ascii_digit).collect();
    if ("1950".."2050").contains(&&digits[..4]) {
        der::value(0x17, format!("{}Z", &digits[2..]).as_bytes())
    } else {
        der::value(0x18, format!("{digits}Z").as_bytes())
    }
}
