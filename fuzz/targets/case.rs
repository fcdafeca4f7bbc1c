//! A case as JSON: what is read is written, and read again the same.
#![no_main]

use admit_core::Case;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &str| {
    match Case::from_json(json) {
        Ok(case) => assert_eq!(Case::from_json(&case.to_json()), Ok(case)),
        Err(error) => assert!(json.get(error.span.start as usize..error.span.end as usize).is_some(), "{error}"),
    }
});
