//! Time zones: `convert_utc_to_system_timezone`, `get_datetime_in_timezone`, `get_timestamp`, `get_eta`.

use std::rc::Rc;

use super::super::{Context, zones};
use super::dates::{date_of, moment_of};
use super::errors::no_attribute;
use super::given::Given;
use crate::python::datetime::{self, Aware, TimeDelta, Zone};
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// `convert_utc_to_system_timezone(utc_timestamp)`
pub fn convert_utc_to_system_timezone(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "convert_utc_to_system_timezone", &["utc_timestamp"], 1)?.value();
    match &value {
        Value::DateTime(utc) => zones::of_site(context)?.at(*utc).map(Value::object),
        Value::Time(_) => Err(no_attribute("datetime.time", "astimezone")),
        value if value.downcast::<Aware>().is_some() => {
            Err(Stop::value_error("Not naive datetime (tzinfo is already set)"))
        }
        Value::Object(_) => Err(Stop::unsupported("convert_utc_to_system_timezone of an object")),
        other => Err(no_attribute(&other.error_name(), "tzinfo")),
    }
}

/// `get_datetime_in_timezone(time_zone)`: now; in UTC for a zone that pytz does not know.
pub fn get_datetime_in_timezone(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let name = Given::new(arguments, "get_datetime_in_timezone", &["time_zone"], 1)?.value();
    let zone = match &name {
        Value::None => None,
        Value::Str(name) => zones::find(&name.replace("_plus_", "+").replace("_minus_", "-"))?,
        Value::Object(_) | Value::Bytes(_) => return Err(Stop::unsupported("a time zone that is no text")),
        other => return Err(no_attribute(&other.error_name(), "upper")),
    };
    let utc = zones::utc_now(context)?;
    let there = match zone {
        Some(zone) => zone.at(utc)?,
        None => Aware { local: utc, clock: Zone::Utc },
    };
    Ok(Value::object(there))
}

/// `get_timestamp(date)`: the midnight of the process's own time zone, which is not the site's.
pub fn get_timestamp(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_timestamp", &["date"], 1)?.value();
    match date_of(context, &value, false)? {
        Some(_) => Err(Stop::Server("server/clock")),
        None => Err(no_attribute("NoneType", "timetuple")),
    }
}

/// `get_eta(from_time, percent_complete)`: `1:30:00`
pub fn get_eta(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_eta", &["from_time", "percent_complete"], 2)?;
    let (start, percent) = (given.value(), given.value());
    let start = moment_of(context, &start)?;
    let Value::TimeDelta(passed) = operators::binary(Binary::Subtract, &Value::DateTime(context.now), &start, budget)?
    else {
        // A difference taken from now is a moment.
        return Err(no_attribute("datetime.datetime", "total_seconds"));
    };
    let passed = Value::Float(datetime::total_seconds(passed)?);
    let left = operators::binary(Binary::Subtract, &Value::from(100_i64), &percent, budget)?;
    let share = operators::binary(Binary::Divide, &left, &percent, budget)?;
    match operators::binary(Binary::Multiply, &share, &passed, budget)? {
        Value::Float(seconds) => Ok(Value::from(of_seconds(seconds)?.to_string())),
        _ => Err(Stop::unsupported("get_eta of this share")),
    }
}

/// `timedelta(seconds=...)` of a float, which CPython rounds in two steps.
fn of_seconds(seconds: f64) -> Outcome<TimeDelta> {
    if !seconds.is_finite() || seconds.abs() >= 1e14 {
        return Err(Stop::unsupported("a difference of very many seconds"));
    }
    let (whole, part) = (seconds.trunc(), seconds.fract() * 1e6);
    #[allow(clippy::cast_possible_truncation, reason = "whole and below 1e14")]
    let microseconds = i128::from(whole as i64) * 1_000_000 + i128::from(part.trunc() as i64);
    TimeDelta::rounded(microseconds, part.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expectations from CPython 3.11.
    #[test]
    fn floats_become_differences_as_cpython_makes_them() {
        for (seconds, expected) in [
            (5400.0, "1:30:00"),
            (0.000_000_5, "0:00:00"),
            (0.000_001_5, "0:00:00.000002"),
            (-0.1, "-1 day, 23:59:59.900000"),
            (1.234_567_89, "0:00:01.234568"),
        ] {
            assert_eq!(of_seconds(seconds).unwrap().to_string(), expected);
        }
    }
}
