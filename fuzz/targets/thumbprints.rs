//! A list of thumbprints.
#![no_main]

use admit_core::fabric::ThumbprintList;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for item in ThumbprintList::read(text).items {
        assert!(text.get(item.range.clone()).is_some_and(|item| !item.is_empty()), "{:?}", item.range);
    }
});
