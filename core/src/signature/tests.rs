mod vectors;

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use const_oid::ObjectIdentifier;

use super::{Algorithm, Failure, Hash, PublicKey, Scheme, Unsupported, describe, oid, verify};
use vectors::{MESSAGE, Vector};

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        text.chars().map(|digit| u8::try_from(digit.to_digit(16).expect("hexadecimal")).expect("a digit")).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// Verifies with everything as given.
fn check(key: &[u8], algorithm: &str, parameters: Option<&[u8]>, signature: &[u8]) -> Result<Scheme, Failure> {
    let oid = ObjectIdentifier::new(algorithm).expect("arcs");
    verify(&PublicKey::from_der(key)?, &Algorithm { oid, parameters }, MESSAGE, signature)
}

/// The same with a vector's parts, except for what the test changes.
fn check_as(vector: &Vector, algorithm: &str, key: &str) -> Result<Scheme, Failure> {
    let parameters = vector.parameters.map(hex);
    check(&hex(key), algorithm, parameters.as_deref(), &hex(vector.signature))
}

fn vector(algorithm: &str) -> &'static Vector {
    vectors::VECTORS.iter().find(|vector| vector.algorithm == algorithm).expect("a vector")
}

const SHA1_WITH_RSA: &str = "1.2.840.113549.1.1.5";
const SHA256_WITH_RSA: &str = "1.2.840.113549.1.1.11";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const ED25519: &str = "1.3.101.112";

#[test]
fn every_right_signature_is_right() {
    for vector in vectors::VECTORS {
        assert_eq!(check_as(vector, vector.algorithm, vector.key), Ok(vector.scheme), "{}", vector.algorithm);
    }
}

#[test]
fn another_message_is_refused() {
    for vector in vectors::VECTORS {
        let key = hex(vector.key);
        let parameters = vector.parameters.map(hex);
        let oid = ObjectIdentifier::new_unwrap(vector.algorithm);
        let algorithm = Algorithm { oid, parameters: parameters.as_deref() };
        let key = PublicKey::from_der(&key).expect("a key");
        for message in [b"Would it be admitted, and why!".as_slice(), b""] {
            let found = verify(&key, &algorithm, message, &hex(vector.signature));
            assert_eq!(found, Err(Failure::Invalid), "{}", vector.algorithm);
        }
    }
}

#[test]
fn a_changed_or_cut_signature_is_refused() {
    for vector in vectors::VECTORS {
        let (key, signature) = (hex(vector.key), hex(vector.signature));
        let parameters = vector.parameters.map(hex);
        let run = |signature: &[u8]| check(&key, vector.algorithm, parameters.as_deref(), signature);
        for at in (0..signature.len()).step_by(7) {
            let mut changed = signature.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(matches!(run(&changed), Err(Failure::Invalid | Failure::MalformedSignature)), "byte {at}");
            assert!(matches!(run(&signature[..at]), Err(Failure::Invalid | Failure::MalformedSignature)), "cut {at}");
        }
        let longer = [signature.as_slice(), &[0]].concat();
        assert!(matches!(run(&longer), Err(Failure::Invalid | Failure::MalformedSignature)), "one byte more");
    }
}

#[test]
fn a_cut_key_is_malformed() {
    for vector in vectors::VECTORS {
        let (whole, signature) = (hex(vector.key), hex(vector.signature));
        let parameters = vector.parameters.map(hex);
        for length in 0..whole.len() {
            let found = PublicKey::from_der(&whole[..length]);
            assert!(matches!(found, Err(Failure::MalformedKey(_))), "{length}");
        }
        let oid = ObjectIdentifier::new_unwrap(vector.algorithm);
        let algorithm = Algorithm { oid, parameters: parameters.as_deref() };
        let key = PublicKey::from_der(&whole).expect("a key");
        for length in 0..key.key.len() {
            let cut = PublicKey { key: &key.key[..length], ..key };
            let found = verify(&cut, &algorithm, MESSAGE, &signature);
            assert!(matches!(found, Err(Failure::MalformedKey(_))), "{length}: {found:?}");
        }
    }
}

#[test]
fn cut_parameters_are_malformed() {
    for vector in vectors::VECTORS {
        let parameters = vector.parameters.map(hex).unwrap_or_default();
        for length in 0..parameters.len() {
            let found = check(&hex(vector.key), vector.algorithm, Some(&parameters[..length]), &hex(vector.signature));
            assert_eq!(found, Err(Failure::MalformedAlgorithm), "{} {length}", vector.algorithm);
        }
    }
}

#[test]
fn random_bytes_never_verify_and_never_panic() {
    let mut state = 0x0123_4567_89ab_cdef_u64;
    let mut random = |length: usize| -> Vec<u8> {
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        (0..length).map(|_| next()).collect()
    };
    for vector in vectors::VECTORS {
        let parameters = vector.parameters.map(hex);
        for length in (0..140).step_by(20) {
            let bytes = random(length);
            assert!(check(&hex(vector.key), vector.algorithm, parameters.as_deref(), &bytes).is_err());
            assert!(check(&bytes, vector.algorithm, parameters.as_deref(), &hex(vector.signature)).is_err());
            let changed = check(&hex(vector.key), vector.algorithm, Some(&bytes), &hex(vector.signature));
            assert_eq!(changed, Err(Failure::MalformedAlgorithm), "{}", vector.algorithm);
        }
    }
}

#[test]
fn the_older_name_of_sha1_with_rsa_is_known() {
    let vector = vector(SHA1_WITH_RSA);
    assert_eq!(check_as(vector, "1.3.14.3.2.29", vector.key), Ok(Scheme::RsaPkcs1(Hash::Sha1)));
}

#[test]
fn broken_digests_are_refused_by_name() {
    for (algorithm, name) in [
        ("1.2.840.113549.1.1.2", "MD2"),
        ("1.2.840.113549.1.1.3", "MD4"),
        ("1.2.840.113549.1.1.4", "MD5"),
        ("1.3.14.3.2.3", "MD5"),
    ] {
        let found = check(&hex(vectors::RSA_512), algorithm, Some(&[5, 0]), &hex(vectors::MD5_SIGNATURE));
        assert_eq!(found, Err(Failure::WeakDigest(name)));
        assert!(!Failure::WeakDigest(name).is_undecided());
    }
    // PSS over MD5: [0] { { md5, NULL } }.
    let parameters = hex("3010a00e300c06082a864886f70d02050500");
    let found = check(&hex(vectors::RSA_1024), RSA_PSS, Some(&parameters), &[]);
    assert_eq!(found, Err(Failure::WeakDigest("MD5")));
}

#[test]
fn what_is_not_supported_is_undecided() {
    // rsaEncryption, DSA with SHA-256, Ed448, ML-DSA-65, the SHA of 1993 with RSA.
    for algorithm in
        ["1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.3.2", "1.3.101.113", "2.16.840.1.101.3.4.3.18", "1.3.14.3.2.15"]
    {
        let found = check(&hex(vectors::RSA_1024), algorithm, Some(&[5, 0]), &[0; 128]);
        assert_eq!(found, Err(Failure::UnknownAlgorithm(ObjectIdentifier::new_unwrap(algorithm))));
        assert!(found.is_err_and(|failure| failure.is_undecided()));
    }
    let ecdsa = vector("1.2.840.10045.4.1");
    let explicit = check_as(ecdsa, ecdsa.algorithm, vectors::P256_EXPLICIT);
    assert_eq!(explicit, Err(Failure::Unsupported(Unsupported::ExplicitCurve)));
    // The same key under the name of another curve: secp256k1, in place of P-256.
    let other = vectors::P256
        .replace("301306072a8648ce3d020106082a8648ce3d030107", "301006072a8648ce3d020106052b8104000a")
        .replacen("3059", "3056", 1);
    assert_eq!(check_as(ecdsa, ecdsa.algorithm, &other), Err(Failure::UnknownKey(oid::SECP256K1)));
}

#[test]
fn a_key_of_another_kind_does_not_fit() {
    let rsa = vector(SHA256_WITH_RSA);
    assert_eq!(check_as(rsa, rsa.algorithm, vectors::P256), Err(Failure::KeyMismatch));
    assert_eq!(check_as(rsa, rsa.algorithm, vectors::RSA_PSS_BOUND), Err(Failure::KeyMismatch));
    let ecdsa = vector("1.2.840.10045.4.1");
    assert_eq!(check_as(ecdsa, ecdsa.algorithm, vectors::ED25519), Err(Failure::KeyMismatch));
    assert_eq!(check_as(vector(ED25519), ED25519, vectors::RSA_1024), Err(Failure::KeyMismatch));
}

#[test]
fn a_pss_key_binds_its_parameters() {
    let signature = [0; 128];
    let key = hex(vectors::RSA_PSS_BOUND);
    // SHA-256, MGF1 over SHA-256, but the default salt of 20 bytes; then everything by default.
    let short = vectors::PSS_SHA256_32.replacen("3034", "302f", 1).replace("a203020120", "");
    assert_eq!(check(&key, RSA_PSS, Some(&hex(&short)), &signature), Err(Failure::KeyMismatch));
    assert_eq!(check(&key, RSA_PSS, Some(&hex("3000")), &signature), Err(Failure::KeyMismatch));
    assert_eq!(check(&key, RSA_PSS, Some(&hex(vectors::PSS_SHA256_32)), &signature), Err(Failure::Invalid));
}

#[test]
fn pss_parameters_are_read_strictly() {
    let run = |parameters: Option<&str>| {
        let parameters = parameters.map(hex);
        check(&hex(vectors::RSA_1024), RSA_PSS, parameters.as_deref(), &hex(vector(RSA_PSS).signature))
    };
    assert!(run(Some("3000")).is_ok(), "every default");
    assert!(run(Some("300aa203020114a303020101")).is_ok(), "defaults written out");
    for wrong in
        [None, Some("0500"), Some("3005a303020102"), Some("3005a2030201ff"), Some("300000"), Some("3003040100")]
    {
        assert_eq!(run(wrong), Err(Failure::MalformedAlgorithm), "{wrong:?}");
    }
    assert_eq!(run(Some("3007a20502037fffff")), Err(Failure::Invalid), "a salt longer than the modulus");
}

/// SubjectPublicKeyInfo of an RSA key.
fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let tlv = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).expect("short").to_be_bytes();
        let length = match content.len() {
            0..128 => vec![length[1]],
            128..256 => vec![0x81, length[1]],
            _ => [&[0x82], &length[..]].concat(),
        };
        [&[tag], length.as_slice(), content].concat()
    };
    let integer = |number: &[u8]| {
        let sign: &[u8] = if number[0] & 0x80 == 0 { &[] } else { &[0] };
        tlv(2, &[sign, number].concat())
    };
    let key = tlv(0x30, &[integer(modulus), integer(exponent)].concat());
    tlv(0x30, &[hex("300d06092a864886f70d0101010500"), tlv(3, &[&[0], key.as_slice()].concat())].concat())
}

#[test]
fn rsa_keys_have_bounds() {
    let run = |modulus: &[u8], exponent: &[u8]| {
        check(&rsa_key(modulus, exponent), SHA256_WITH_RSA, None, &vec![1; modulus.len()])
    };
    let odd = |length: usize| vec![0xff_u8; length];
    let unsupported = |what| Err(Failure::Unsupported(what));
    assert_eq!(run(&odd(63), &[3]), unsupported(Unsupported::RsaModulus(504)));
    assert_eq!(run(&odd(64), &[3]), Err(Failure::Invalid));
    assert_eq!(run(&odd(2048), &[1, 0, 1]), Err(Failure::Invalid));
    assert_eq!(run(&odd(2049), &[3]), unsupported(Unsupported::RsaModulus(16_392)));
    assert_eq!(run(&odd(64), &odd(8)), Err(Failure::Invalid));
    assert_eq!(run(&odd(64), &[1, 0, 0, 0, 0, 0, 0, 0, 1]), unsupported(Unsupported::RsaExponent(65)));
    for exponent in [[0], [1], [2], [4]] {
        assert!(matches!(run(&odd(64), &exponent), Err(Failure::MalformedKey(_))), "{exponent:?}");
    }
    let mut even = odd(64);
    even[63] = 0xfe;
    assert!(matches!(run(&even, &[3]), Err(Failure::MalformedKey(_))));
}

#[test]
fn ed25519_keys_of_small_order_are_refused() {
    let vector = vector(ED25519);
    let prefix = "302a300506032b6570032100";
    assert!(vector.key.starts_with(prefix));
    let field_prime = ["ed", &"ff".repeat(30), "7f"].concat();
    for (point, what) in [
        (["01", &"00".repeat(31)].concat(), "the neutral element"),
        ("00".repeat(32), "a point of order 4"),
        (field_prime, "0 written as the field's prime"),
    ] {
        let found = check_as(vector, ED25519, &[prefix, &point].concat());
        assert!(matches!(found, Err(Failure::MalformedKey(_))), "{what}: {found:?}");
    }
    assert_eq!(
        check(&hex(vector.key), ED25519, Some(&[5, 0]), &hex(vector.signature)),
        Err(Failure::MalformedAlgorithm)
    );
}

#[test]
fn keys_are_described() {
    for (der, name, bits) in [
        (vectors::RSA_512, "RSA", 512),
        (vectors::RSA_1025, "RSA", 1025),
        (vectors::RSA_PSS_BOUND, "RSA", 1024),
        (vectors::P256, "P-256", 256),
        (vectors::P256_COMPRESSED, "P-256", 256),
        (vectors::P256_EXPLICIT, "EC", 0),
        (vectors::P384, "P-384", 384),
        (vectors::P521, "P-521", 521),
        (vectors::ED25519, "Ed25519", 255),
    ] {
        let der = hex(der);
        let key = describe(&PublicKey::from_der(&der).expect("a key"));
        assert_eq!((key.algorithm, key.bits), (Cow::Borrowed(name), bits));
    }
    let unnamed = Algorithm { oid: ObjectIdentifier::new_unwrap("1.2.3.4"), parameters: None };
    assert_eq!(describe(&PublicKey { algorithm: unnamed, key: &[] }).algorithm, "1.2.3.4");
    let broken = PublicKey { algorithm: Algorithm { oid: oid::RSA, parameters: None }, key: &[1, 2] };
    assert_eq!(describe(&broken).bits, 0);
}

#[test]
fn failures_say_what_was_expected() {
    let failure = Failure::Unsupported(Unsupported::RsaModulus(17_000));
    assert_eq!(failure.to_string(), "expected an RSA modulus of 512 to 16384 bits, found 17000");
    assert_eq!(Failure::UnknownKey(oid::DSA).to_string(), "keys of the kind `1.2.840.10040.4.1` are not supported");
}
