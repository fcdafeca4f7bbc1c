//! A list of thumbprints.
#![no_main]

use admit_core::fabric::ThumbprintList;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for item in ThumbprintList::read(text).items {
        assert!(item.range.start >= end && text.get(item.range.clone()).is_some(), "{:?}", item.range);
        end = item.range.end;
    }
});
