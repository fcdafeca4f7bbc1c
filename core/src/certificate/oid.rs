//! Object identifiers, by their encoded octets: arcs of any size and any number, as certificates have them.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use const_oid::ObjectIdentifier;

use super::der::{Element, Fault, Reader, tag};

/// An object identifier (X.690, section 8.19).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Oid(Vec<u8>);

impl Oid {
    /// Reads an OBJECT IDENTIFIER.
    pub(crate) fn read(reader: &mut Reader<'_>, expected: &'static str) -> Result<Self, Fault> {
        Self::of(&reader.take(tag::OBJECT_IDENTIFIER, expected)?, expected)
    }

    /// The identifier in an element's content, whatever its tag.
    pub(crate) fn of(element: &Element<'_>, expected: &'static str) -> Result<Self, Fault> {
        let octets = element.value();
        if octets.last().is_none_or(|last| *last >= 0x80) {
            return Err(element.fault(expected, "an OBJECT IDENTIFIER that ends inside a number"));
        }
        let mut starts = true;
        for octet in octets {
            if starts && *octet == 0x80 {
                return Err(element.fault(expected, "an OBJECT IDENTIFIER with a needless 0x80 octet"));
            }
            starts = *octet < 0x80;
        }
        Ok(Self(octets.to_vec()))
    }

    /// The content octets.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The name that standards give it, where this build knows one: `commonName`, `serverAuth`.
    pub fn name(&self) -> Option<&'static str> {
        known::NAMES.iter().find(|(octets, _)| self.0 == *octets).map(|(_, name)| *name)
    }

    /// The name, or the dotted numbers.
    pub fn label(&self) -> alloc::borrow::Cow<'static, str> {
        match self.name() {
            Some(name) => name.into(),
            None => alloc::format!("{self}").into(),
        }
    }
}

impl PartialEq<ObjectIdentifier> for Oid {
    fn eq(&self, other: &ObjectIdentifier) -> bool {
        self.0 == other.as_bytes()
    }
}

impl From<ObjectIdentifier> for Oid {
    fn from(oid: ObjectIdentifier) -> Self {
        Self(oid.as_bytes().to_vec())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Oid {
    /// Dotted numbers; a number beyond 128 bits, which no registry gives out, shows as `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut arc = Some(0u128);
        let mut first = true;
        for octet in &self.0 {
            arc = arc.filter(|arc| arc.leading_zeros() >= 7).map(|arc| arc.wrapping_shl(7) | u128::from(octet & 0x7F));
            if *octet >= 0x80 {
                continue;
            }
            match arc {
                // The first two numbers share one: 40 * first + second, first at most 2.
                Some(both) if first => {
                    let root = (both / 40).min(2);
                    write!(f, "{root}.{}", both.saturating_sub(root.saturating_mul(40)))?;
                }
                Some(number) => write!(f, ".{number}")?,
                None if first => f.write_str("2.?")?,
                None => f.write_str(".?")?,
            }
            first = false;
            arc = Some(0);
        }
        Ok(())
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut digits = Vec::with_capacity(bytes.len().saturating_mul(2));
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
    for byte in bytes {
        digits.push(digit(byte >> 4));
        digits.push(digit(byte & 15));
    }
    String::from_utf8(digits).unwrap_or_default()
}

/// The bytes of an even number of hexadecimal digits; nothing where one is none.
pub(crate) fn octets(digits: &[u8]) -> Option<Vec<u8>> {
    /// The value of each digit, and [`NONE`] for every other character.
    static VALUES: [u8; 256] = values();
    let value = |digit: u8| VALUES.get(usize::from(digit)).copied().unwrap_or(NONE);
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    // Tens of thousands are read at every key, so what is none is looked for once, at the end.
    let mut seen = 0;
    let octet = |&[high, low]: &[u8; 2]| {
        let (high, low) = (value(high), value(low));
        seen |= high | low;
        high << 4 | low
    };
    let octets = pairs.iter().map(octet).collect();
    (seen & NONE == 0).then_some(octets)
}

/// No value of a digit has this bit.
const NONE: u8 = 0x80;

#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "the compiler runs it, and would say so")]
const fn values() -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 16 {
        let (small, capital) = (b"0123456789abcdef"[value], b"0123456789ABCDEF"[value]);
        values[small as usize] = value as u8;
        values[capital as usize] = value as u8;
        value += 1;
    }
    values
}

/// The identifiers that Admit knows, each by the name that its standard gives it.
pub mod known {
    use const_oid::ObjectIdentifier;

    macro_rules! identifiers {
        ($($constant:ident = $dotted:literal $name:literal)*) => {
            $(#[doc = $name] pub const $constant: ObjectIdentifier = ObjectIdentifier::new_unwrap($dotted);)*
            /// All of them, by their content octets.
            pub(in crate::certificate) static NAMES: &[(&[u8], &str)] = &[$(($constant.as_bytes(), $name)),*];
        };
    }

    identifiers! {
        // X.520 and RFC 4519 attribute types.
        COMMON_NAME = "2.5.4.3" "commonName"
        SURNAME = "2.5.4.4" "surname"
        SERIAL_NUMBER = "2.5.4.5" "serialNumber"
        COUNTRY_NAME = "2.5.4.6" "countryName"
        LOCALITY_NAME = "2.5.4.7" "localityName"
        STATE_OR_PROVINCE_NAME = "2.5.4.8" "stateOrProvinceName"
        STREET_ADDRESS = "2.5.4.9" "streetAddress"
        ORGANIZATION_NAME = "2.5.4.10" "organizationName"
        ORGANIZATIONAL_UNIT_NAME = "2.5.4.11" "organizationalUnitName"
        TITLE = "2.5.4.12" "title"
        POSTAL_CODE = "2.5.4.17" "postalCode"
        GIVEN_NAME = "2.5.4.42" "givenName"
        INITIALS = "2.5.4.43" "initials"
        GENERATION_QUALIFIER = "2.5.4.44" "generationQualifier"
        DN_QUALIFIER = "2.5.4.46" "dnQualifier"
        PSEUDONYM = "2.5.4.65" "pseudonym"
        ORGANIZATION_IDENTIFIER = "2.5.4.97" "organizationIdentifier"
        USER_ID = "0.9.2342.19200300.100.1.1" "userId"
        DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25" "domainComponent"
        EMAIL_ADDRESS = "1.2.840.113549.1.9.1" "emailAddress"
        // Extensions (RFC 5280, section 4.2).
        SUBJECT_KEY_IDENTIFIER = "2.5.29.14" "subjectKeyIdentifier"
        KEY_USAGE = "2.5.29.15" "keyUsage"
        SUBJECT_ALT_NAME = "2.5.29.17" "subjectAltName"
        ISSUER_ALT_NAME = "2.5.29.18" "issuerAltName"
        BASIC_CONSTRAINTS = "2.5.29.19" "basicConstraints"
        CRL_NUMBER = "2.5.29.20" "cRLNumber"
        REASON_CODE = "2.5.29.21" "reasonCode"
        INVALIDITY_DATE = "2.5.29.24" "invalidityDate"
        DELTA_CRL_INDICATOR = "2.5.29.27" "deltaCRLIndicator"
        ISSUING_DISTRIBUTION_POINT = "2.5.29.28" "issuingDistributionPoint"
        CERTIFICATE_ISSUER = "2.5.29.29" "certificateIssuer"
        NAME_CONSTRAINTS = "2.5.29.30" "nameConstraints"
        CRL_DISTRIBUTION_POINTS = "2.5.29.31" "cRLDistributionPoints"
        CERTIFICATE_POLICIES = "2.5.29.32" "certificatePolicies"
        ANY_POLICY = "2.5.29.32.0" "anyPolicy"
        POLICY_MAPPINGS = "2.5.29.33" "policyMappings"
        AUTHORITY_KEY_IDENTIFIER = "2.5.29.35" "authorityKeyIdentifier"
        POLICY_CONSTRAINTS = "2.5.29.36" "policyConstraints"
        EXTENDED_KEY_USAGE = "2.5.29.37" "extKeyUsage"
        ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0" "anyExtendedKeyUsage"
        FRESHEST_CRL = "2.5.29.46" "freshestCRL"
        INHIBIT_ANY_POLICY = "2.5.29.54" "inhibitAnyPolicy"
        AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1" "authorityInfoAccess"
        SUBJECT_INFO_ACCESS = "1.3.6.1.5.5.7.1.11" "subjectInfoAccess"
        TLS_FEATURE = "1.3.6.1.5.5.7.1.24" "tlsFeature"
        SIGNED_CERTIFICATE_TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2" "signedCertificateTimestampList"
        // Access methods (RFC 5280, section 4.2.2.1).
        OCSP = "1.3.6.1.5.5.7.48.1" "ocsp"
        CA_ISSUERS = "1.3.6.1.5.5.7.48.2" "caIssuers"
        // Purposes (RFC 5280, section 4.2.1.12).
        SERVER_AUTH = "1.3.6.1.5.5.7.3.1" "serverAuth"
        CLIENT_AUTH = "1.3.6.1.5.5.7.3.2" "clientAuth"
        CODE_SIGNING = "1.3.6.1.5.5.7.3.3" "codeSigning"
        EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4" "emailProtection"
        TIME_STAMPING = "1.3.6.1.5.5.7.3.8" "timeStamping"
        OCSP_SIGNING = "1.3.6.1.5.5.7.3.9" "OCSPSigning"
        DOCUMENT_ENCRYPTION = "1.3.6.1.4.1.311.80.1" "documentEncryption"
        SMARTCARD_LOGON = "1.3.6.1.4.1.311.20.2.2" "smartcardLogon"
        // Keys and signatures (RFC 3279, 4055, 5758, 8410).
        RSA_ENCRYPTION = "1.2.840.113549.1.1.1" "rsaEncryption"
        MD2_WITH_RSA = "1.2.840.113549.1.1.2" "md2WithRSAEncryption"
        MD4_WITH_RSA = "1.2.840.113549.1.1.3" "md4WithRSAEncryption"
        MD5_WITH_RSA = "1.2.840.113549.1.1.4" "md5WithRSAEncryption"
        SHA1_WITH_RSA = "1.2.840.113549.1.1.5" "sha1WithRSAEncryption"
        RSASSA_PSS = "1.2.840.113549.1.1.10" "rsassaPss"
        SHA256_WITH_RSA = "1.2.840.113549.1.1.11" "sha256WithRSAEncryption"
        SHA384_WITH_RSA = "1.2.840.113549.1.1.12" "sha384WithRSAEncryption"
        SHA512_WITH_RSA = "1.2.840.113549.1.1.13" "sha512WithRSAEncryption"
        SHA224_WITH_RSA = "1.2.840.113549.1.1.14" "sha224WithRSAEncryption"
        OIW_SHA1_WITH_RSA = "1.3.14.3.2.29" "sha1WithRSASignature"
        EC_PUBLIC_KEY = "1.2.840.10045.2.1" "ecPublicKey"
        P256 = "1.2.840.10045.3.1.7" "P-256"
        P384 = "1.3.132.0.34" "P-384"
        P521 = "1.3.132.0.35" "P-521"
        ECDSA_WITH_SHA1 = "1.2.840.10045.4.1" "ecdsa-with-SHA1"
        ECDSA_WITH_SHA224 = "1.2.840.10045.4.3.1" "ecdsa-with-SHA224"
        ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2" "ecdsa-with-SHA256"
        ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3" "ecdsa-with-SHA384"
        ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4" "ecdsa-with-SHA512"
        DSA = "1.2.840.10040.4.1" "dsa"
        DSA_WITH_SHA1 = "1.2.840.10040.4.3" "dsa-with-SHA1"
        DSA_WITH_SHA256 = "2.16.840.1.101.3.4.3.2" "dsa-with-SHA256"
        X25519 = "1.3.101.110" "X25519"
        ED25519 = "1.3.101.112" "Ed25519"
        ED448 = "1.3.101.113" "Ed448"
        // Envelopes (RFC 5652, RFC 7292).
        PKCS7_DATA = "1.2.840.113549.1.7.1" "pkcs7-data"
        PKCS7_SIGNED_DATA = "1.2.840.113549.1.7.2" "pkcs7-signedData"
        PKCS7_ENVELOPED_DATA = "1.2.840.113549.1.7.3" "pkcs7-envelopedData"
        PKCS7_ENCRYPTED_DATA = "1.2.840.113549.1.7.6" "pkcs7-encryptedData"
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn identifiers_print_as_dotted_numbers() {
        for (octets, dotted) in [
            (&[0x55u8, 0x04, 0x03][..], "2.5.4.3"),
            (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B], "1.2.840.113549.1.1.11"),
            (&[0x88, 0x37], "2.999"),
            (&[0x69, 0x8F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "2.25.9007199254740991"),
        ] {
            assert_eq!(Oid(octets.to_vec()).to_string(), dotted);
        }
        let mut huge = alloc::vec![0x69];
        huge.extend([0xFF; 40]);
        huge.push(0x7F);
        assert_eq!(Oid(huge).to_string(), "2.25.?");
    }

    #[test]
    fn known_identifiers_have_names() {
        assert_eq!(Oid::from(known::SERVER_AUTH).label(), "serverAuth");
        assert_eq!(Oid(alloc::vec![0x2A, 0x03]).label(), "1.2.3");
    }
}
