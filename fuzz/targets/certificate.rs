//! A certificate in DER: read, and its facts told.
#![no_main]

use admit_core::Document;
use admit_core::certificate::{Certificate, Facts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| {
    match Certificate::from_der(der) {
        Ok(certificate) => {
            assert_eq!(certificate.der(), der);
            let _ = Facts::of(&certificate, 1, Document::new("subject.certificates", "").span(0..0));
        }
        Err(fault) => assert!(fault.at as usize <= der.len(), "{fault}"),
    }
});
