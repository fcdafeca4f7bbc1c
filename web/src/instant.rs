//! Instants as people write and read them.

use admit_core::Time;

use crate::text;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Reads an instant: RFC 3339, or a date, or a date and a time in UTC with or without seconds.
pub fn read(written: &str) -> Option<Time> {
    let written = written.trim();
    let bare = written.trim_end_matches("UTC").trim_end_matches(['Z', 'z']).trim_end();
    let (date, time) = bare.split_once(['T', 't', ' ']).unwrap_or((bare, "00:00:00"));
    let seconds = if time.len() == 5 { ":00" } else { "" };
    format!("{date}T{time}{seconds}Z").parse().or_else(|_| written.parse()).ok()
}

/// Writes an instant: "2026-11-22 00:00 UTC", with seconds where there are some.
pub fn write(time: Time) -> String {
    let written = time.to_string().replace('T', " ").replace('Z', "");
    format!("{} UTC", written.strip_suffix(":00").unwrap_or(&written))
}

/// The date of an instant: "2026-11-22".
pub fn date(time: Time) -> String {
    time.to_string().chars().take(10).collect()
}

/// How far `time` is from `at`, in words: "in 99 days", "3 hours ago". Rounded down.
pub fn distance(at: Time, time: Time) -> String {
    let seconds = time.unix().saturating_sub(at.unix());
    let (count, units) = match seconds.abs() {
        0 => return text::AT_THIS_INSTANT.to_owned(),
        far if far >= 2 * 365 * DAY => (far / (365 * DAY + DAY / 4), text::YEARS),
        far if far >= DAY => (far / DAY, text::DAYS),
        far if far >= HOUR => (far / HOUR, text::HOURS),
        far if far >= MINUTE => (far / MINUTE, text::MINUTES),
        far => (far, text::SECONDS),
    };
    text::distance(count, units, seconds > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_in_every_form_that_is_shown() {
        let time: Time = "2026-11-22T09:30:00Z".parse().expect("an instant");
        for written in
            ["2026-11-22T09:30:00Z", "2026-11-22 09:30", " 2026-11-22 09:30:00 UTC ", "2026-11-22T10:30:00+01:00"]
        {
            assert_eq!(read(written), Some(time), "{written}");
        }
        assert_eq!(read(&write(time)), Some(time));
        assert_eq!(read(&write(time.plus(7))), Some(time.plus(7)));
        assert_eq!(read("2026-11-22").map(write).as_deref(), Some("2026-11-22 00:00 UTC"));
        for written in ["", "tomorrow", "2026-13-01", "2026-11-22 25:00", "22.11.2026"] {
            assert_eq!(read(written), None, "{written}");
        }
    }

    #[test]
    fn distances_are_in_one_unit() {
        let at = Time::from_unix(1_000_000_000);
        assert_eq!(distance(at, at.plus(99 * DAY + 5)), "in 99 days");
        assert_eq!(distance(at, at.plus(-HOUR)), "1 hour ago");
        assert_eq!(distance(at, at.plus(10 * 366 * DAY)), "in 10 years");
        assert_eq!(distance(at, at), "at this instant");
    }
}
