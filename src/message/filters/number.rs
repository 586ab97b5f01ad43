//! Filters on numbers.

use super::{builtin_filter, or, python, required};
use crate::message::environment::{Passed, Use};
use crate::message::undefined::Undefined;
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Outcome, Stop, Value, format};

pub(super) fn abs(applied: Use<'_>) -> Outcome<Value> {
    builtin_filter("abs", applied)
}

/// Units of `filesizeformat`: what the next one begins at, decimal and binary, and their names.
const UNITS: [(f64, f64, &str, &str); 8] = [
    (1e6, 1_048_576.0, "kB", "KiB"),
    (1e9, 1_073_741_824.0, "MB", "MiB"),
    (1e12, 1_099_511_627_776.0, "GB", "GiB"),
    (1e15, 1_125_899_906_842_624.0, "TB", "TiB"),
    (1e18, 1_152_921_504_606_846_976.0, "PB", "PiB"),
    (1e21, 1_180_591_620_717_411_303_424.0, "EB", "EiB"),
    (1e24, 1_208_925_819_614_629_174_706_176.0, "ZB", "ZiB"),
    (1e27, 1_237_940_039_285_380_274_899_124_224.0, "YB", "YiB"),
];

pub(super) fn filesizeformat(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, binary] = applied.bind("do_filesizeformat", &["value", "binary"], 1, Passed::Nothing)?;
    let budget = applied.budget;
    let value = required(value)?;
    if matches!(value, Value::Object(_)) {
        let undefined = Undefined::from(&value).map(Undefined::refuse);
        return Err(undefined.unwrap_or_else(|| Stop::unsupported("filesizeformat of an object")));
    }
    let Value::Float(bytes) = python("float", Arguments::positional(vec![value]), budget)? else {
        return Err(Stop::unsupported("filesizeformat"));
    };
    let binary = operators::truth(&or(binary, false))?;
    let base = if binary { 1024.0 } else { 1000.0 };
    if bytes == 1.0 {
        return Ok(Value::from("1 Byte"));
    }
    if bytes < base {
        if !bytes.is_finite() {
            return Err(Stop::unsupported("filesizeformat of no number"));
        }
        let whole = python("int", Arguments::positional(vec![Value::Float(bytes)]), budget)?;
        return Ok(Value::from(format!("{} Bytes", crate::python::show::str(&whole, budget)?)));
    }
    let next =
        |(decimal, binary_unit, _, _): &(f64, f64, &str, &str)| bytes < if binary { *binary_unit } else { *decimal };
    let found = UNITS.iter().find(|unit| next(unit)).or(UNITS.last());
    let Some((decimal_unit, binary_unit, decimal_name, binary_name)) = found else {
        return Err(Stop::unsupported("filesizeformat"));
    };
    let (unit, name) = if binary { (binary_unit, binary_name) } else { (decimal_unit, decimal_name) };
    let shown = format::format(&Value::Float(base * bytes / unit), ".1f", budget)?;
    Ok(Value::from(format!("{shown} {name}")))
}

/// `float(value)`, or the default where Python refuses.
pub(super) fn float(mut applied: Use<'_>) -> Outcome<Value> {
    let [value, default] = applied.bind("do_float", &["value", "default"], 1, Passed::Nothing)?;
    let value = required(value)?;
    if let Some(undefined) = Undefined::from(&value) {
        // Its `__float__` raises what the filter does not catch.
        return Err(undefined.refuse());
    }
    match python("float", Arguments::positional(vec![value]), applied.budget) {
        Err(Stop::Raise(exception)) if matches!(exception.kind, "TypeError" | "ValueError") => Ok(or(default, 0.0)),
        outcome => outcome,
    }
}

pub(super) fn round(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["value", "precision", "method"];
    let [value, precision, method] = applied.bind("do_round", &parameters, 1, Passed::Nothing)?;
    let budget = applied.budget;
    let (value, precision) = (required(value)?, or(precision, 0_i64));
    match or(method, "common").as_str() {
        Some("common") if Undefined::from(&value).is_some() => {
            Err(Stop::type_error(format!("type {} doesn't define __round__ method", value.type_name())))
        }
        Some("common") => python("round", Arguments::positional(vec![value, precision]), budget),
        Some(method @ ("ceil" | "floor")) => {
            let scale = operators::binary(Binary::Power, &Value::from(10_i64), &precision, budget)?;
            let scaled = operators::binary(Binary::Multiply, &value, &scale, budget)?;
            let whole = towards(&scaled, method == "ceil")?;
            operators::binary(Binary::Divide, &whole, &scale, budget)
        }
        _ => Err(super::argument_error("method must be common, ceil or floor")),
    }
}

/// `math.ceil` or `math.floor`.
fn towards(value: &Value, up: bool) -> Outcome<Value> {
    const EXACT: f64 = 9e15;
    match value {
        Value::Int(_) => Ok(value.clone()),
        Value::Bool(own) => Ok(Value::from(i64::from(*own))),
        Value::Float(float) if float.abs() < EXACT => {
            let whole = if up { float.ceil() } else { float.floor() };
            #[allow(clippy::cast_possible_truncation, reason = "whole and below 9e15")]
            Ok(Value::from(whole as i64))
        }
        Value::Str(_) | Value::None => Err(Stop::type_error(format!("must be real number, not {}", value.type_name()))),
        _ => Err(Stop::unsupported("round up or down")),
    }
}

pub(super) fn sum(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["environment", "iterable", "attribute", "start"];
    let [value, attribute, start] = applied.bind("sync_do_sum", &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let value = required(value)?;
    let items = match attribute {
        None | Some(Value::None) => value,
        Some(attribute) => super::attributes::each(&value, &attribute, budget)?,
    };
    python("sum", Arguments::positional(vec![items, or(start, 0_i64)]), budget)
}
