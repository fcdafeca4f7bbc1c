//! The curves' numbers (SP 800-186, section 3.2.1), and what computing with them needs. What follows from the standard's
//! numbers is tested.

use super::Curve;
use super::modulus::{LIMBS, Length, Modulus, Number};

/// A curve y^2 = x^3 - 3x + b over a field whose order is 3 modulo 4.
#[derive(Debug)]
pub(crate) struct Parameters {
    /// Bytes of a coordinate.
    pub(crate) bytes: usize,
    /// Bits of the order.
    pub(crate) bits: usize,
    /// The field's order.
    pub(crate) field: Modulus,
    /// The order of the group of points, which is prime.
    pub(crate) order: Modulus,
    /// The exponent of a square root in the field: its order plus 1, divided by 4.
    pub(crate) root: Number,
    pub(crate) b: Number,
    /// The base point.
    pub(crate) x: Number,
    pub(crate) y: Number,
}

impl Parameters {
    pub(crate) fn of(curve: Curve) -> &'static Self {
        match curve {
            Curve::P256 => &P256,
            Curve::P384 => &P384,
            Curve::P521 => &P521,
        }
    }
}

static P256: Parameters = Parameters {
    bytes: 32,
    bits: 256,
    field: Modulus {
        limbs: hex(&["ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"]),
        length: Length::Eight,
        negated: 1,
        square: hex(&["4fffffffdfffffffffffffffefffffffbffffffff0000000000000003"]),
    },
    order: Modulus {
        limbs: hex(&["ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"]),
        length: Length::Eight,
        negated: 0xee00_bc4f,
        square: hex(&["66e12d94f3d956202845b2392b6bec594699799c49bd6fa683244c95be79eea2"]),
    },
    root: hex(&["3fffffffc0000000400000000000000000000000400000000000000000000000"]),
    b: hex(&["5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"]),
    x: hex(&["6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"]),
    y: hex(&["4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"]),
};

static P384: Parameters = Parameters {
    bytes: 48,
    bits: 384,
    field: Modulus {
        limbs: hex(&[
            "ffffffffffffffffffffffffffffffff",
            "fffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        ]),
        length: Length::Twelve,
        negated: 1,
        square: hex(&["1", "0000000200000000fffffffe000000000000000200000000fffffffe00000001"]),
    },
    order: Modulus {
        limbs: hex(&[
            "ffffffffffffffffffffffffffffffff",
            "ffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        ]),
        length: Length::Twelve,
        negated: 0xe88f_dc45,
        square: hex(&[
            "c84ee012b39bf213fb05b7a28266895",
            "d40d49174aab1cc5bc3e483afcb82947ff3d81e5df1aa4192d319b2419b409a9",
        ]),
    },
    root: hex(&[
        "3fffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffbfffffffc00000000000000040000000",
    ]),
    b: hex(&["b3312fa7e23ee7e4988e056be3f82d19", "181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"]),
    x: hex(&["aa87ca22be8b05378eb1c71ef320ad74", "6e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"]),
    y: hex(&["3617de4a96262c6f5d9e98bf9292dc29", "f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"]),
};

static P521: Parameters = Parameters {
    bytes: 66,
    bits: 521,
    field: Modulus {
        limbs: hex(&[
            "1ff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ]),
        length: Length::Seventeen,
        negated: 1,
        square: hex(&["400000000000"]),
    },
    order: Modulus {
        limbs: hex(&[
            "1ff",
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa",
            "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
        ]),
        length: Length::Seventeen,
        negated: 0x79a9_95c7,
        square: hex(&[
            "19a",
            "5b5a3afe8c44383d2d8e03d1492d0d455bcc6d61a8e567bccff3d142b7756e3a",
            "4fb35b72d34027055d4dd6d30791d9dc18354a564374a6421163115a61c64ca7",
        ]),
    },
    root: hex(&[
        "80",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
    ]),
    b: hex(&[
        "51",
        "953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e1",
        "56193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
    ]),
    x: hex(&[
        "c6",
        "858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dba",
        "a14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
    ]),
    y: hex(&[
        "118",
        "39296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c",
        "97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
    ]),
};

/// A number in hexadecimal digits, in lines of up to 64, of which all but the first are full. Evaluated when this is
/// compiled.
#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a constant: it fails to compile")]
const fn hex(lines: &[&str]) -> Number {
    let mut number = [0; LIMBS];
    let (mut line, mut place) = (lines.len(), 0);
    while line > 0 {
        line -= 1;
        let digits = lines[line].as_bytes();
        let mut digit = digits.len();
        while digit > 0 {
            digit -= 1;
            let value = match digits[digit] {
                letter @ b'a'..=b'f' => letter - b'a' + 10,
                figure => figure - b'0',
            };
            number[place / 8] |= (value as u32) << (place % 8 * 4);
            place += 1;
        }
    }
    number
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "tests")]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    fn big(number: &Number) -> BigUint {
        BigUint::from_slice(number)
    }

    #[test]
    fn what_follows_from_the_standard_does() {
        for curve in [&P256, &P384, &P521] {
            let (p, one) = (big(&curve.field.limbs), BigUint::from(1_u32));
            assert_eq!(big(&curve.root), (&p + &one) / 4_u32, "the root's exponent");
            assert_eq!(&p % 4_u32, BigUint::from(3_u32));
            assert_eq!(big(&curve.order.limbs).bits(), curve.bits as u64);
            assert_eq!(p.bits().div_ceil(8), curve.bytes as u64);
            let (x, y) = (big(&curve.x), big(&curve.y));
            let right = (&x * &x * &x + (&p - 3_u32) * &x + big(&curve.b)) % &p;
            assert_eq!(&y * &y % &p, right, "the base point is on the curve");
            for modulus in [&curve.field, &curve.order] {
                let m = big(&modulus.limbs);
                let limbs = match modulus.length {
                    Length::Eight => 8_u32,
                    Length::Twelve => 12,
                    Length::Seventeen => 17,
                };
                assert_eq!(m.bits().div_ceil(32), u64::from(limbs));
                assert_eq!(big(&modulus.square), (&one << (64 * limbs)) % &m);
                let least = modulus.limbs.first().expect("a limb");
                assert_eq!(least.wrapping_mul(modulus.negated), u32::MAX);
                // Prime, as far as Fermat's test tells: bases 2, 3 and 5.
                for base in [2_u32, 3, 5] {
                    assert_eq!(BigUint::from(base).modpow(&(&m - &one), &m), one);
                }
            }
        }
    }
}
