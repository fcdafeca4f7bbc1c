//! A revocation list in DER: read, and every entry looked at.
#![no_main]

use admit_core::certificate::Crl;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| {
    match Crl::from_der(der) {
        Ok(list) => {
            assert_eq!(list.der(), der);
            let mut count = 0;
            for entry in list.entries() {
                // Reading the list has looked at each entry once.
                let _ = list.certificate_issuer(&entry.expect("an entry that was read before"));
                count += 1;
            }
            assert_eq!(count, list.count);
        }
        Err(fault) => assert!(fault.at as usize <= der.len(), "{fault}"),
    }
});
