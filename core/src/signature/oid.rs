//! The object identifiers of signature algorithms, keys, curves and hash functions.

use const_oid::ObjectIdentifier;

/// Declares identifiers; the arcs are checked when the crate is compiled.
macro_rules! identifiers {
    ($($name:ident = $arcs:literal;)*) => {
        $(pub(super) const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($arcs);)*
    };
}

// PKCS #1 (RFC 8017, appendix C; RFC 4055).
identifiers! {
    RSA = "1.2.840.113549.1.1.1";
    MD2_WITH_RSA = "1.2.840.113549.1.1.2";
    MD4_WITH_RSA = "1.2.840.113549.1.1.3";
    MD5_WITH_RSA = "1.2.840.113549.1.1.4";
    SHA1_WITH_RSA = "1.2.840.113549.1.1.5";
    MGF1 = "1.2.840.113549.1.1.8";
    RSA_PSS = "1.2.840.113549.1.1.10";
    SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    SHA384_WITH_RSA = "1.2.840.113549.1.1.12";
    SHA512_WITH_RSA = "1.2.840.113549.1.1.13";
    SHA224_WITH_RSA = "1.2.840.113549.1.1.14";
}

// The older names of the same algorithms: OIW (as in Windows' wincrypt.h) and X.509 (1988).
identifiers! {
    OIW_MD4_WITH_RSA = "1.3.14.3.2.2";
    OIW_MD5_WITH_RSA = "1.3.14.3.2.3";
    OIW_MD4_WITH_RSA_2 = "1.3.14.3.2.4";
    OIW_MD2_WITH_RSA = "1.3.14.3.2.24";
    OIW_MD5_WITH_RSA_SIGNATURE = "1.3.14.3.2.25";
    OIW_SHA1_WITH_RSA = "1.3.14.3.2.29";
    OIWDIR_MD2_WITH_RSA = "1.3.14.7.2.3.1";
    X500_RSA = "2.5.8.1.1";
}

// Elliptic curves (RFC 5480, RFC 5758, RFC 8410, RFC 5639; ANSI X9.62 for ecdsa-with-Specified).
identifiers! {
    EC = "1.2.840.10045.2.1";
    ECDSA_SHA1 = "1.2.840.10045.4.1";
    ECDSA_SPECIFIED = "1.2.840.10045.4.3";
    ECDSA_SHA224 = "1.2.840.10045.4.3.1";
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";
    P192 = "1.2.840.10045.3.1.1";
    P224 = "1.3.132.0.33";
    P256 = "1.2.840.10045.3.1.7";
    P384 = "1.3.132.0.34";
    P521 = "1.3.132.0.35";
    SECP256K1 = "1.3.132.0.10";
    BRAINPOOL_256 = "1.3.36.3.3.2.8.1.1.7";
    BRAINPOOL_384 = "1.3.36.3.3.2.8.1.1.11";
    BRAINPOOL_512 = "1.3.36.3.3.2.8.1.1.13";
    X25519 = "1.3.101.110";
    X448 = "1.3.101.111";
    ED25519 = "1.3.101.112";
    ED448 = "1.3.101.113";
}

// Other keys, named but not verified (RFC 3279; FIPS 204 with RFC 9881).
identifiers! {
    DSA = "1.2.840.10040.4.1";
    DH = "1.2.840.10046.2.1";
    ML_DSA_44 = "2.16.840.1.101.3.4.3.17";
    ML_DSA_65 = "2.16.840.1.101.3.4.3.18";
    ML_DSA_87 = "2.16.840.1.101.3.4.3.19";
}

// Hash functions (RFC 8017, appendix B.1).
identifiers! {
    MD2 = "1.2.840.113549.2.2";
    MD4 = "1.2.840.113549.2.4";
    MD5 = "1.2.840.113549.2.5";
    SHA1 = "1.3.14.3.2.26";
    SHA224 = "2.16.840.1.101.3.4.2.4";
    SHA256 = "2.16.840.1.101.3.4.2.1";
    SHA384 = "2.16.840.1.101.3.4.2.2";
    SHA512 = "2.16.840.1.101.3.4.2.3";
}
