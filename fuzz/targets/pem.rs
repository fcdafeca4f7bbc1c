//! What people paste where certificates and revocation lists belong.
#![no_main]

use admit_core::Document;
use admit_core::certificate::{read_certificates, read_crls};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::new("subject.certificates", text);
    for bundle in [read_certificates(&document), read_crls(&document)] {
        let places = bundle.certificates.iter().map(|pasted| &pasted.span);
        let places = places.chain(bundle.crls.iter().map(|pasted| &pasted.span));
        let places = places.chain(&bundle.private_keys).chain(bundle.errors.iter().map(|error| &error.span));
        for span in places {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
        }
    }
});
