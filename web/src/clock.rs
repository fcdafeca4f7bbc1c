//! The device's clock. It is looked at for an empty page and on a click, and what it says is shown.

use admit_core::Time;

/// The instant that the device shows, in whole minutes.
pub(crate) fn now() -> Time {
    let minutes = (js_sys::Date::now() / 60_000.0).floor() as i64;
    Time::from_unix(minutes * 60)
}
