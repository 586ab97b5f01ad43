//! `hash`: exact for numbers and for what is made of them. The hash of a text is salted anew, and that of an object is its
//! address, in every process of the server.
//!
//! Source: CPython 3.11 (`sys.hash_info`), observed.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::super::dict::Key;
use super::super::signature::one;
use super::super::{Arguments, Budget, Int, Outcome, Stop, Value, float, int, operators};

/// Numbers hash modulo this prime, on machines of 64 bits.
const MODULUS: i64 = (1 << BITS) - 1;
const BITS: i64 = 61;

/// What weighs the imaginary part.
const IMAGINARY: i64 = 1_000_003;

/// The constants of xxHash, by which tuples hash.
const PRIMES: [u64; 3] = [11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261];

/// `hash(value)`
pub fn hash(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let value = one(arguments, "hash")?;
    budget.hash(value)?;
    Key::of(value)?;
    of(value, budget).map(Value::from)
}

/// -1 is the sign of an error.
fn valid(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

fn of(value: &Value, budget: &Budget) -> Outcome<i64> {
    let base = value.base();
    Ok(match &*base {
        Value::Float(number) => of_float(*number),
        Value::Complex(real, imag) => valid(of_float(*real).wrapping_add(of_float(*imag).wrapping_mul(IMAGINARY))),
        Value::Tuple(items) => return of_items(items, budget),
        Value::Range(range) => {
            let length = int::range_length(range);
            let (first, step) = match length {
                Int::Small(0) => (Value::None, Value::None),
                Int::Small(1) => (Value::Int(range.0.clone()), Value::None),
                _ => (Value::Int(range.0.clone()), Value::Int(range.2.clone())),
            };
            return of_items(&[Value::Int(length), first, step], budget);
        }
        Value::TimeDelta(delta) => {
            let (seconds, rest) = (delta.microseconds.div_euclid(1_000_000), delta.microseconds.rem_euclid(1_000_000));
            let parts = [seconds.div_euclid(86_400), seconds.rem_euclid(86_400), rest];
            return of_items(&parts.map(|part| Value::from(BigInt::from(part))), budget);
        }
        // Nothing to salt.
        Value::Str(text) if text.is_empty() => 0,
        Value::None | Value::Str(_) | Value::Bytes(_) | Value::Date(_) | Value::DateTime(_) | Value::Time(_) => {
            return Err(Stop::Server("server/hash"));
        }
        base => match operators::as_int(base) {
            Some(number) => valid((number.to_big() % MODULUS).to_i64().unwrap_or(0)),
            None => return Err(Stop::unsupported(format!("hash of a {}", value.type_name()))),
        },
    })
}

fn of_float(number: f64) -> i64 {
    if number.is_infinite() {
        return if number > 0.0 { 314_159 } else { -314_159 };
    }
    let (mantissa, exponent) = float::decompose(number);
    // 2**61 is 1 there, so that a negative power of two is a positive one.
    let size = (BigInt::from(mantissa) << exponent.rem_euclid(BITS).unsigned_abs()) % MODULUS;
    let size = size.to_i64().unwrap_or(0);
    valid(if number < 0.0 { -size } else { size })
}

fn of_items(items: &[Value], budget: &Budget) -> Outcome<i64> {
    let [first, second, fifth] = PRIMES;
    budget.steps(items.len() as u64)?;
    budget.deeper(|| {
        let mut sum = fifth;
        for item in items {
            sum = sum.wrapping_add(of(item, budget)?.cast_unsigned().wrapping_mul(second));
            sum = sum.rotate_left(31).wrapping_mul(first);
        }
        sum = sum.wrapping_add(items.len() as u64 ^ (fifth ^ 3_527_539));
        Ok(if sum == u64::MAX { 1_546_275_796 } else { sum.cast_signed() })
    })
}
