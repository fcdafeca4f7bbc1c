//! The certificate's key and the files it is written to.
//!
//! What it checks: type, size and paths of a certificate configuration.
//! Why it matters: the key is what proves to others that they talk to the enclave.
//! Reference: the models of the enclave manager; NIST SP 800-57 part 1, section 5.6.

use super::{Citation, manager, rule};

rule! { PATHS: Error "certificate-path" ["FX12"],
    title "certificate and key paths collide or are relative",
    what "Looks for paths that are not absolute, and for two files with the same path.",
    why "Files overwrite each other, or land where the application does not look.",
    bad "\"keyPath\": \"/run/x.pem\", \"certPath\": \"/run/x.pem\"",
    good "\"keyPath\": \"/run/key.pem\", \"certPath\": \"/run/cert.pem\"",
    cite manager("CertificateConfig")
}

rule! { EXPOSED: Warning "key-path-exposed" ["FX13"],
    title "the private key is not in a protected folder",
    what "Looks for a key path below none of `rw_dirs` and `encryptedDirs`.",
    why "On the container's root it is lost on restart, and may be readable.",
    bad "\"keyPath\": \"/appkey.pem\"",
    good "\"keyPath\": \"/run/key.pem\" with \"rw_dirs\": [\"/run\"]",
    cite manager("AdvancedSettings.rw_dirs, encryptedDirs")
}

rule! { TOO_SMALL: Error "rsa-key-too-small" ["FX14"],
    title "an RSA key is too small",
    what "Looks for RSA keys below 2048 bits.",
    why "They can be broken; certificate authorities refuse them.",
    bad "\"keyParam\": { \"size\": 1024 }",
    good "\"keyParam\": { \"size\": 3072 }",
    cite Citation::new("NIST SP 800-57 part 1 revision 5", "table 2")
}

rule! { SHORT_LIVED: Warning "rsa-key-short-lived" ["FX14"],
    title "an RSA key is short-lived",
    what "Looks for RSA keys of 2048 bits.",
    why "They are approved until 2030 and no longer.",
    bad "\"keyParam\": { \"size\": 2048 }",
    good "\"keyParam\": { \"size\": 3072 }",
    cite Citation::new("NIST SP 800-57 part 1 revision 5", "tables 2 and 4")
}

rule! { ODD_SIZE: Error "rsa-key-size-unknown" ["FX14"],
    title "an RSA key has a size that is not offered",
    what "Looks for sizes other than 2048, 3072 and 4096 bits.",
    why "The manager refuses it.",
    bad "\"keyParam\": { \"size\": 2047 }",
    good "\"keyParam\": { \"size\": 3072 }",
    cite manager("CertificateConfig.keyParam")
}

rule! { SYSTEM: Warning "ca-certificate-system" ["FX24"],
    title "`system` is no boolean",
    what "Looks for `caCertificate.system` with a value that is neither true nor false.",
    why "Text is dropped, and the certificate is not installed for the system.",
    bad "\"system\": \"true\"",
    good "\"system\": true",
    cite Citation::new("IBM Cloud Data Shield", "converting images: caCertificates")
}
