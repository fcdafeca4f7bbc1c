//! Points in Jacobian coordinates: (X, Y, Z) is the point (X / Z^2, Y / Z^3), and Z is zero at infinity.

use super::curve::Parameters;
use super::digits::digits;
use super::modulus::{Number, ZERO};

/// A point; its coordinates are in Montgomery form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub(crate) x: Number,
    pub(crate) y: Number,
    pub(crate) z: Number,
}

/// A point that is added again and again, with the square and the cube of its Z.
#[derive(Clone, Copy)]
struct Addend {
    point: Point,
    square: Number,
    cube: Number,
}

const INFINITY: Point = Point { x: ZERO, y: ZERO, z: ZERO };

/// `first * base + second * key`, both scalars below the order: the doublings are shared (Straus, 1964).
pub(crate) fn sum_of_products(curve: &Parameters, first: &Number, key: &Point, second: &Number) -> Point {
    let field = &curve.field;
    let base = Point { x: field.lift(&curve.x), y: field.lift(&curve.y), z: key.z };
    let parts = [(digits(first), odd_multiples(curve, &base)), (digits(second), odd_multiples(curve, key))];
    let mut sum = INFINITY;
    for place in (0..=curve.bits).rev() {
        sum = sum.double(curve);
        for (digits, multiples) in &parts {
            let digit = digits.get(place).copied().unwrap_or(0);
            // Digits are odd: 1, 3, 5 are the multiples 0, 1, 2.
            let multiple = usize::from(digit.unsigned_abs() >> 1);
            if let Some(addend) = multiples.get(multiple).filter(|_| digit != 0) {
                sum = sum.add(curve, addend, digit < 0);
            }
        }
    }
    sum
}

/// The point times 1, 3, 5, up to 15. The point must have Z = 1, and an order above 15, as all have but infinity.
fn odd_multiples(curve: &Parameters, point: &Point) -> [Addend; 8] {
    let mut multiples = [Addend::of(curve, point); 8];
    let twice = Addend::of(curve, &point.double(curve));
    let mut last = *point;
    for multiple in multiples.iter_mut().skip(1) {
        last = last.add(curve, &twice, false);
        *multiple = Addend::of(curve, &last);
    }
    multiples
}

impl Addend {
    fn of(curve: &Parameters, point: &Point) -> Self {
        let square = curve.field.multiply(&point.z, &point.z);
        Self { point: *point, square, cube: curve.field.multiply(&square, &point.z) }
    }
}

impl Point {
    pub(crate) fn is_infinity(&self) -> bool {
        self.z == ZERO
    }

    /// "dbl-2001-b" of the Explicit-Formulas Database, for curves with a = -3. There is no point of order 2.
    fn double(&self, curve: &Parameters) -> Self {
        if self.is_infinity() {
            return INFINITY;
        }
        let field = &curve.field;
        let delta = field.multiply(&self.z, &self.z);
        let gamma = field.multiply(&self.y, &self.y);
        let beta = field.multiply(&self.x, &gamma);
        let third = field.multiply(&field.subtract(&self.x, &delta), &field.add(&self.x, &delta));
        let alpha = field.add(&field.add(&third, &third), &third);
        let twice = field.add(&beta, &beta);
        let fourfold = field.add(&twice, &twice);
        let eightfold = field.add(&fourfold, &fourfold);
        let x = field.subtract(&field.multiply(&alpha, &alpha), &eightfold);
        let y_times_z = field.multiply(&self.y, &self.z);
        let z = field.add(&y_times_z, &y_times_z);
        let gamma_twice = field.add(&gamma, &gamma);
        let square = field.multiply(&gamma_twice, &gamma_twice);
        let right = field.add(&square, &square);
        let y = field.subtract(&field.multiply(&alpha, &field.subtract(&fourfold, &x)), &right);
        Self { x, y, z }
    }

    /// The sum of two points, or their difference, whatever they are: "add-1998-cmo-2" where neither is infinity and they
    /// have different x.
    fn add(&self, curve: &Parameters, other: &Addend, negative: bool) -> Self {
        let field = &curve.field;
        let Point { x: other_x, y: other_y, z: other_z } = other.point;
        let other_y = if negative { field.subtract(&ZERO, &other_y) } else { other_y };
        if self.is_infinity() {
            return Self { y: other_y, ..other.point };
        }
        if other.point.is_infinity() {
            return *self;
        }
        let square = field.multiply(&self.z, &self.z);
        let x = field.multiply(&self.x, &other.square);
        let across = field.subtract(&field.multiply(&other_x, &square), &x);
        let y = field.multiply(&self.y, &other.cube);
        let slope = field.subtract(&field.multiply(&other_y, &field.multiply(&square, &self.z)), &y);
        if across == ZERO {
            // The same point, or its opposite.
            return if slope == ZERO { self.double(curve) } else { INFINITY };
        }
        let across_square = field.multiply(&across, &across);
        let across_cube = field.multiply(&across_square, &across);
        let corner = field.multiply(&x, &across_square);
        let x = field
            .subtract(&field.subtract(&field.multiply(&slope, &slope), &across_cube), &field.add(&corner, &corner));
        let left = field.multiply(&slope, &field.subtract(&corner, &x));
        Self {
            x,
            y: field.subtract(&left, &field.multiply(&y, &across_cube)),
            z: field.multiply(&field.multiply(&self.z, &other_z), &across),
        }
    }
}
