//! A cluster manifest.
#![no_main]

use admit_core::Document;
use admit_core::fabric::manifest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::new("policy.manifest", text);
    let reading = manifest::read(&document);
    for error in &reading.errors {
        assert!(text.get(error.span.start as usize..error.span.end as usize).is_some(), "{error}");
    }
});
