//! Methods of `int`, `bool` and `float`.

use num_bigint::BigInt;

use super::super::signature::none;
use super::super::{Arguments, Budget, Int, Outcome, Stop, Value, datetime, operators};
use super::Answer;

/// `int.name(arguments)`
pub fn int(value: &Value, name: &str, arguments: &Arguments, _budget: &Budget) -> Answer {
    let number = operators::as_int(&value.base())?;
    let run: fn(Int) -> Value = match name {
        "bit_length" => |number| Value::Int(BigInt::from(number.bits()).into()),
        "bit_count" => |number| {
            let ones: u64 =
                number.to_big().magnitude().iter_u64_digits().map(|digit| u64::from(digit.count_ones())).sum();
            Value::Int(BigInt::from(ones).into())
        },
        "conjugate" => Value::Int,
        "as_integer_ratio" => |number| Value::tuple(vec![Value::Int(number), Value::from(1_i64)]),
        _ => return None,
    };
    // A bound method is named after the type of its object, not after the type that defines it.
    Some(none(arguments, &format!("{}.{name}", value.type_name())).map(|()| run(number)))
}

/// `float.name(arguments)`
pub fn float(value: f64, name: &str, arguments: &Arguments) -> Answer {
    let run: fn(f64) -> Outcome<Value> = match name {
        "is_integer" => |value| Ok(Value::Bool(value.is_finite() && value.fract() == 0.0)),
        "conjugate" => |value| Ok(Value::Float(value)),
        "as_integer_ratio" => |value| {
            let (numerator, denominator) = datetime::integer_ratio(value)?;
            Ok(Value::tuple(vec![numerator.into(), denominator.into()]))
        },
        "hex" => |_| Err(Stop::unsupported("float.hex")),
        _ => return None,
    };
    Some(none(arguments, &format!("float.{name}")).and_then(|()| run(value)))
}
