//! Times of day and differences: `get_time`, `to_timedelta`, `time_diff`...

use std::rc::Rc;

use super::super::{Context, Flavour};
use super::dates::moment_of;
use super::errors::{no_attribute, parser};
use super::given::Given;
use super::{date_text, rounding};
use crate::python::datetime::{self, Aware, Date, DateTime, Time, TimeDelta};
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// `get_time(time_str)`
pub fn get_time(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_time", &["time_str"], 1)?.value();
    time_of(context, &value).map(Value::Time)
}

/// What `get_time` makes of a value.
///
/// # Errors
/// dateutil's, and `OverflowError` for a difference below zero.
pub fn time_of(context: &Context, value: &Value) -> Outcome<Time> {
    match &*value.base() {
        Value::DateTime(moment) => Ok(moment.time),
        Value::Time(time) => Ok(*time),
        value if let Some(aware) = value.downcast::<Aware>() => Ok(aware.local.time),
        Value::TimeDelta(delta) => since_midnight(*delta),
        Value::Str(text) => match date_text::read(context, text, false)? {
            Ok(reading) => Ok(reading.time),
            Err(message) if is_difference(text, &message) => since_midnight(difference(text)?),
            Err(message) => Err(parser(message)),
        },
        Value::Bytes(_) | Value::Object(_) => Err(Stop::unsupported("get_time of a value that is no time")),
        _ => Err(Stop::type_error(format!("Parser must be a string or character stream, not {}", value.type_name()))),
    }
}

fn since_midnight(delta: TimeDelta) -> Outcome<Time> {
    let first = DateTime { date: Date { year: 1, month: 1, day: 1 }, time: super::dates::MIDNIGHT };
    Ok(datetime::add(first, delta)?.time)
}

/// Whether the host reads a text that dateutil refused as a difference.
fn is_difference(text: &str, message: &str) -> bool {
    text.contains("day") || message.starts_with("hour must be in")
}

/// Whether the host's pattern of a difference finds anything in a text.
fn has_clock(text: &str) -> bool {
    text.contains(':') && (!text.contains("day") || text.contains(" day"))
}

/// `1 day, 2:30:00`, `-1 day, 23:30:00` or `100:00:00`
fn difference(text: &str) -> Outcome<TimeDelta> {
    let unsure = || Stop::unsupported("reading a difference in this form");
    let (days, clock) = match text.split_once(" days, ").or_else(|| text.split_once(" day, ")) {
        Some((days, clock)) => match days.strip_prefix('-') {
            Some(days) => (-i128::from(number(days).ok_or_else(unsure)?), clock),
            None => (i128::from(number(days).ok_or_else(unsure)?), clock),
        },
        None => (0, text),
    };
    let mut parts = clock.split(':');
    let (Some(hours), Some(minutes), Some(seconds), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(unsure());
    };
    let (Some(hours), Some(minutes), Some(seconds)) = (number(hours), number(minutes), number(seconds)) else {
        return Err(unsure());
    };
    TimeDelta::new(
        ((days * 24 + i128::from(hours)) * 60 + i128::from(minutes)) * 60_000_000 + i128::from(seconds) * 1_000_000,
    )
}

fn number(text: &str) -> Option<u32> {
    let plain = (1..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// `to_timedelta(time_str)`
pub fn to_timedelta(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "to_timedelta", &["time_str"], 1)?.value();
    match &value {
        Value::Time(time) => Ok(Value::TimeDelta(TimeDelta { microseconds: time.microseconds() })),
        Value::Str(text) => match date_text::read(context, text, false)? {
            Ok(reading) => Ok(Value::TimeDelta(TimeDelta { microseconds: reading.time.microseconds() })),
            Err(message) => Err(parser(message)),
        },
        Value::Object(_) => Err(Stop::unsupported("to_timedelta of an object")),
        _ => Ok(value),
    }
}

/// `get_time_str(timedelta_obj)`: `9:5:0`, without the days.
pub fn get_time_str(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_time_str", &["timedelta_obj"], 1)?.value();
    let seconds = match &value {
        Value::TimeDelta(delta) => delta.seconds(),
        Value::Str(text) => match date_text::read(context, text, false)? {
            Ok(reading) => TimeDelta { microseconds: reading.time.microseconds() }.seconds(),
            Err(message) => return Err(parser(message)),
        },
        Value::Object(_) => return Err(Stop::unsupported("get_time_str of an object")),
        other => return Err(no_attribute(&other.error_name(), "seconds")),
    };
    Ok(Value::from(format!("{}:{}:{}", seconds / 3600, seconds % 3600 / 60, seconds % 60)))
}

/// `get_timedelta(time=None)`
pub fn get_timedelta(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_timedelta", &["time"], 0)?.value();
    timedelta_of(context, &value)
}

/// What `get_timedelta` makes of a value: `None` of what is no time.
///
/// # Errors
/// `Unsupported` for what is not known here.
pub fn timedelta_of(context: &Context, value: &Value) -> Outcome<Value> {
    match value {
        Value::Str(text) if !text.is_empty() => match date_text::read(context, text, false) {
            Ok(Ok(reading)) => Ok(Value::TimeDelta(TimeDelta { microseconds: reading.time.microseconds() })),
            Ok(Err(message)) if is_difference(text, &message) && has_clock(text) => {
                difference(text).map(Value::TimeDelta)
            }
            // The host catches every exception here.
            Ok(Err(_)) | Err(Stop::Raise(_)) => Ok(Value::None),
            Err(stop) => Err(stop),
        },
        // Frappe of 2023 gives a difference back; before that it was an error that the function caught.
        Value::TimeDelta(_) if context.flavour == Flavour::Frappe => Ok(value.clone()),
        value if !operators::truth(value)? => Ok(Value::TimeDelta(TimeDelta { microseconds: 0 })),
        Value::TimeDelta(_) => Err(Stop::unsupported("get_timedelta of a difference")),
        Value::Object(_) | Value::Bytes(_) => Err(Stop::unsupported("get_timedelta of a value that is no time")),
        // dateutil's TypeError is caught too, that of a difference as well.
        _ => Ok(Value::None),
    }
}

/// `time_diff(string_ed_date, string_st_date)`
pub fn time_diff(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "time_diff", &["string_ed_date", "string_st_date"], 2)?;
    let (end, start) = (given.value(), given.value());
    between(context, &end, &start, budget)
}

/// `get_datetime(end) - get_datetime(start)`
fn between(context: &Context, end: &Value, start: &Value, budget: &Budget) -> Outcome<Value> {
    // Two times without a day lie on the same day, whichever that is.
    if let (Value::Str(end), Value::Str(start)) = (end, start)
        && let (Ok(end), Ok(start)) = (date_text::read(context, end, false)?, date_text::read(context, start, false)?)
        && (&end.date, &end.zone, &start.date, &start.zone) == (&None, &None, &None, &None)
    {
        let microseconds = end.time.microseconds() - start.time.microseconds();
        return Ok(Value::TimeDelta(TimeDelta { microseconds }));
    }
    let (end, start) = (moment_of(context, end)?, moment_of(context, start)?);
    operators::binary(Binary::Subtract, &end, &start, budget)
}

/// `time_diff_in_seconds(string_ed_date, string_st_date)`
pub fn time_diff_in_seconds(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "time_diff_in_seconds", &["string_ed_date", "string_st_date"], 2)?;
    let (end, start) = (given.value(), given.value());
    seconds_between(context, &end, &start, budget).map(Value::Float)
}

/// `time_diff_in_hours(string_ed_date, string_st_date)`, rounded to six digits.
pub fn time_diff_in_hours(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "time_diff_in_hours", &["string_ed_date", "string_st_date"], 2)?;
    let (end, start) = (given.value(), given.value());
    let hours = seconds_between(context, &end, &start, budget)? / 3600.0;
    rounding::round(&Value::Float(hours), Some(6), budget)
}

fn seconds_between(context: &Context, end: &Value, start: &Value, budget: &Budget) -> Outcome<f64> {
    match between(context, end, start, budget)? {
        Value::TimeDelta(delta) => datetime::total_seconds(delta),
        Value::Object(_) => Err(Stop::unsupported("total_seconds of an object")),
        other => Err(no_attribute(&other.error_name(), "total_seconds")),
    }
}
