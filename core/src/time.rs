//! Instants.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// An instant in whole seconds since 1970-01-01T00:00:00Z, from year 0000 to year 9999: what X.509 can say (RFC 5280,
/// section 4.1.2.5), years before 1970 included. As text it is RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

impl Time {
    /// 0000-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_167_219_200);
    /// 9999-12-31T23:59:59Z.
    pub const MAX: Self = Self(253_402_300_799);

    /// The instant `seconds` after 1970-01-01T00:00:00Z, clamped to [`Time::MIN`] and [`Time::MAX`].
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < Self::MIN.0 {
            Self::MIN
        } else if seconds > Self::MAX.0 {
            Self::MAX
        } else {
            Self(seconds)
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z; negative before.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The instant of a civil date and time in UTC, if there is such a date.
    pub fn from_civil(year: i32, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let date = time::Date::from_calendar_date(year, time::Month::try_from(month).ok()?, day).ok()?;
        let instant = date.with_hms(hour, minute, second).ok()?.assume_utc();
        (0..=9999).contains(&year).then(|| Self(instant.unix_timestamp()))
    }

    /// The instant `seconds` later, clamped to what can be said.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }
}

/// Text that is not an RFC 3339 instant between year 0000 and year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATime;

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 instant such as `2026-11-22T00:00:00Z`")
    }
}

impl FromStr for Time {
    type Err = NotATime;

    /// Reads RFC 3339 with any offset; fractions of a second are dropped.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let instant = OffsetDateTime::parse(text.trim(), &Rfc3339).map_err(|_| NotATime)?;
        let instant = instant.checked_to_offset(UtcOffset::UTC).ok_or(NotATime)?;
        let seconds = instant.unix_timestamp();
        let time = Self::from_unix(seconds);
        (time.0 == seconds).then_some(time).ok_or(NotATime)
    }
}

impl Time {
    /// The day, as `2027-03-01`, in UTC.
    pub fn date(self) -> String {
        self.to_string().split('T').next().unwrap_or_default().to_string()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(instant) = OffsetDateTime::from_unix_timestamp(self.0) else {
            return Err(fmt::Error);
        };
        let (year, month, day) = instant.to_calendar_date();
        let (hour, minute, second) = instant.to_hms();
        // Every report is full of them, and a formatter of numbers takes ten times as long.
        let two = |number: u8| [b'0'.saturating_add(number / 10), b'0'.saturating_add(number % 10)];
        let part = |number: i32| two(u8::try_from(number).unwrap_or_default());
        let ([y, e], [a, r], [m, n]) = (part(year / 100), part(year % 100), two(u8::from(month)));
        let ([d, b], [h, i], [q, k], [s, t]) = (two(day), two(hour), two(minute), two(second));
        let text = [y, e, a, r, b'-', m, n, b'-', d, b, b'T', h, i, b':', q, k, b':', s, t, b'Z'];
        f.write_str(core::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            let found = crate::quote::quote(&text);
            D::Error::custom(format!(
                "invalid value: {found}, expected an RFC 3339 instant such as `2026-11-22T00:00:00Z`"
            ))
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Time {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "format": "date-time", "description": "An RFC 3339 instant, in whole seconds"
        })
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn instants_read_and_print() {
        for (text, printed) in [
            ("2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"),
            ("2026-11-22T01:30:00.750+01:30", "2026-11-22T00:00:00Z"),
            ("1601-01-01T00:00:00Z", "1601-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(text.parse::<Time>().map(|time| time.to_string()), Ok(printed.to_string()));
        }
        assert_eq!("tomorrow".parse::<Time>(), Err(NotATime));
        assert_eq!("9999-12-31T23:59:59-01:00".parse::<Time>(), Err(NotATime));
        assert_eq!(Time::from_civil(1950, 1, 1, 0, 0, 0).map(Time::unix), Some(-631_152_000));
        assert_eq!(Time::from_civil(2026, 2, 29, 0, 0, 0), None);
        assert_eq!(
            (Time::MIN.to_string(), Time::MAX.to_string()),
            ("0000-01-01T00:00:00Z".into(), "9999-12-31T23:59:59Z".into())
        );
    }
}
