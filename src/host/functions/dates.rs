//! Days: `getdate`, `get_datetime`, `add_days`, `date_diff`...

use std::rc::Rc;

use super::super::{Context, moment};
use super::date_text;
use super::errors::{no_attribute, parser, validation};
use super::given::Given;
use super::relative::Shift;
use crate::python::datetime::{Aware, Date, DateTime, Time};
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// Midnight.
pub const MIDNIGHT: Time = Time { hour: 0, minute: 0, second: 0, microsecond: 0 };

/// `getdate(string_date=None, parse_day_first=False)`
pub fn getdate(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "getdate", &["string_date", "parse_day_first"], 0)?;
    let (value, day_first) = (given.value(), given.truth()?);
    Ok(date_of(context, &value, day_first)?.map_or(Value::None, Value::Date))
}

/// The day of a value as `getdate` sees it: today for an empty one, `None` for a value that is no date at all.
///
/// # Errors
/// The host's error for a text that is no date; `Unsupported` when that is not certain.
pub fn date_of(context: &Context, value: &Value, day_first: bool) -> Outcome<Option<Date>> {
    match &*value.base() {
        Value::Date(date) => Ok(Some(*date)),
        Value::DateTime(moment) => Ok(Some(moment.date)),
        value if let Some(aware) = value.downcast::<Aware>() => Ok(Some(aware.local.date)),
        value if !operators::truth(value)? => Ok(Some(context.now.date)),
        Value::Str(text) if is_invalid(text) => Ok(None),
        Value::Str(text) => match date_text::read(context, text, day_first)? {
            Ok(reading) => reading.day().map(Some),
            Err(_) => {
                let pattern = context.translate("{} is not a valid date string.");
                Err(validation(pattern.replacen("{}", &format!("<strong>{text}</strong>"), 1)))
            }
        },
        _ => Ok(None),
    }
}

/// Dates that the host takes for no date.
fn is_invalid(text: &str) -> bool {
    text.is_empty() || text.starts_with("0001-01-01") || text.starts_with("0000-00-00")
}

/// `is_invalid_date_string(date_string)`
pub fn is_invalid_date_string(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "is_invalid_date_string", &["date_string"], 1)?.value();
    Ok(Value::Bool(value.base().as_str().is_none_or(is_invalid)))
}

/// `get_datetime(datetime_str=None)`
pub fn get_datetime(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_datetime", &["datetime_str"], 0)?.value();
    moment_of(context, &value)
}

/// What `get_datetime` makes of a value; a datetime, `None`, or the difference that was given.
///
/// # Errors
/// dateutil's error for a text that is no date; `Unsupported` when that is not certain.
pub fn moment_of(context: &Context, value: &Value) -> Outcome<Value> {
    match &*value.base() {
        Value::None => Ok(Value::DateTime(context.now)),
        Value::DateTime(_) | Value::TimeDelta(_) => Ok(value.clone()),
        Value::Date(date) => Ok(Value::DateTime(DateTime { date: *date, time: MIDNIGHT })),
        value if value.downcast::<Aware>().is_some() => Ok(value.clone()),
        Value::Str(text) if is_invalid(text) => Ok(Value::None),
        Value::Str(text) => match stored(text) {
            Some(moment) => Ok(Value::DateTime(moment)),
            None => date_text::read(context, text, false)?.map_err(parser)?.moment(),
        },
        value @ (Value::List(_) | Value::Tuple(_)) => {
            Err(Stop::type_error(format!("'{}' object cannot be interpreted as an integer", value.type_name())))
        }
        _ => Ok(Value::None),
    }
}

/// `datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f")`, which the host tries first: it takes blanks that dateutil does not.
fn stored(text: &str) -> Option<DateTime> {
    let (year, rest) = text.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let (day, clock) = rest.split_at_checked(2)?;
    let (second, fraction) = clock.trim_start().split_once('.')?;
    let two = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if plain { text.parse().ok() } else { None }
    };
    let mut parts = second.split(':');
    let (hour, minute, second) = (two(parts.next()?)?, two(parts.next()?)?, two(parts.next()?)?);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let blank = clock.starts_with(|c: char| c.is_ascii_whitespace());
    if !blank || year.len() != 4 || !plain(year) || !plain(fraction) || !(1..=6).contains(&fraction.len()) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, two(month)?, two(day.strip_prefix(' ').unwrap_or(day))?)?;
    let time = Time::new(hour, minute, second, format!("{fraction:0<6}").parse().ok()?)?;
    parts.next().is_none().then_some(DateTime { date, time })
}

/// `add_to_date(date, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0, as_string=False, as_datetime=False)`
pub fn add_to_date(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 10] =
        ["date", "years", "months", "weeks", "days", "hours", "minutes", "seconds", "as_string", "as_datetime"];
    let mut given = Given::new(arguments, "add_to_date", &PARAMETERS, 1)?;
    let date = given.value();
    let mut number = || given.option().unwrap_or(Value::from(0_i64));
    let (years, months, weeks, days) = (number(), number(), number(), number());
    let (hours, minutes, seconds) = (number(), number(), number());
    let (as_string, as_datetime) = (given.truth()?, given.truth()?);
    let as_datetime = as_datetime || operators::truth(&hours)?;
    let shift = || Shift::new(&years, &months, &weeks, &days, [&hours, &minutes, &seconds], budget);
    add(context, &date, shift, as_string, as_datetime)
}

/// `add_days(date, days)`
pub fn add_days(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "add_days", &["date", "days"], 2)?;
    let (date, days) = (given.value(), given.value());
    add(context, &date, || Shift::days(&days, budget), false, false)
}

/// `add_months(date, months)`
pub fn add_months(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "add_months", &["date", "months"], 2)?;
    let (date, months) = (given.value(), given.value());
    add(context, &date, || Shift::months(&months, budget), false, false)
}

/// `add_years(date, years)`
pub fn add_years(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "add_years", &["date", "years"], 2)?;
    let (date, years) = (given.value(), given.value());
    add(context, &date, || Shift::years(&years, budget), false, false)
}

/// Shifts a date. A text stays a text; one with a blank in it, or a shift by hours, gives a text with a time.
fn add(
    context: &Context,
    date: &Value,
    shift: impl FnOnce() -> Outcome<Shift>,
    as_string: bool,
    as_datetime: bool,
) -> Outcome<Value> {
    match &*date.base() {
        Value::None => finish(shift()?.datetime(context.now).map(Value::DateTime)?, as_string, as_datetime),
        Value::DateTime(moment) => finish(shift()?.datetime(*moment).map(Value::DateTime)?, as_string, as_datetime),
        Value::Date(date) => finish(shift()?.date(*date)?, as_string, as_datetime),
        Value::Str(text) => match date_text::read(context, text, false)? {
            Ok(reading) => {
                // The text that comes out shows no time zone.
                let moment = DateTime { date: reading.day()?, time: reading.time };
                finish(shift()?.datetime(moment).map(Value::DateTime)?, true, as_datetime || text.contains(' '))
            }
            Err(_) => Err(validation(context.translate("Please select a valid date filter"))),
        },
        value if let Some(aware) = value.downcast::<Aware>() => {
            let local = shift()?.datetime(aware.local)?;
            finish(Value::object(Aware { local, clock: aware.clock.clone() }), as_string, as_datetime)
        }
        Value::Object(_) | Value::Bytes(_) | Value::TimeDelta(_) => {
            Err(Stop::unsupported("adding to a value that is no date"))
        }
        other => {
            shift()?;
            Err(Stop::type_error(match other {
                Value::List(_) | Value::Tuple(_) => {
                    let name = other.type_name();
                    format!("can only concatenate {name} (not \"relativedelta\") to {name}")
                }
                _ => format!("unsupported operand type(s) for +: '{}' and 'relativedelta'", date.error_name()),
            }))
        }
    }
}

fn finish(value: Value, as_string: bool, as_datetime: bool) -> Outcome<Value> {
    match (as_string, as_datetime) {
        (false, _) => Ok(value),
        (true, true) => stamp(&value),
        (true, false) => day(&value),
    }
}

/// `value.strftime('%Y-%m-%d %H:%M:%S.%f')`
fn stamp(value: &Value) -> Outcome<Value> {
    let moment = strftime_moment(value)?;
    Ok(Value::from(moment::stamp(&moment)))
}

/// `value.strftime('%Y-%m-%d')`
pub fn day(value: &Value) -> Outcome<Value> {
    Ok(Value::from(strftime_moment(value)?.date.to_string()))
}

/// What `strftime` writes of a value: a date has midnight, and a time the first day of 1900.
fn strftime_moment(value: &Value) -> Outcome<DateTime> {
    let moment = match value {
        Value::Date(date) => DateTime { date: *date, time: MIDNIGHT },
        Value::DateTime(moment) => *moment,
        Value::Time(time) => DateTime { date: Date { year: 1900, month: 1, day: 1 }, time: *time },
        value if let Some(aware) = value.downcast::<Aware>() => aware.local,
        Value::Object(_) => return Err(Stop::unsupported("strftime of an object")),
        other => return Err(no_attribute(&other.error_name(), "strftime")),
    };
    // The C library decides whether `%Y` writes the zeros of an early year.
    if moment.date.year < 1000 { Err(Stop::unsupported("strftime of a year before 1000")) } else { Ok(moment) }
}

/// `get_datetime_str(datetime_obj)`
pub fn get_datetime_str(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_datetime_str", &["datetime_obj"], 1)?.value();
    stamp(&for_strftime(context, value)?)
}

/// `get_date_str(date_obj)`
pub fn get_date_str(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_date_str", &["date_obj"], 1)?.value();
    day(&for_strftime(context, value)?)
}

fn for_strftime(context: &Context, value: Value) -> Outcome<Value> {
    match value {
        Value::Str(_) => moment_of(context, &value),
        other => Ok(other),
    }
}

/// `date_diff(string_ed_date, string_st_date)`
pub fn date_diff(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let (end, start) = two_dates(context, arguments, "date_diff")?;
    match operators::binary(Binary::Subtract, &end, &start, budget)? {
        Value::TimeDelta(delta) => Ok(Value::from(delta.days())),
        _ => Err(Stop::unsupported("date_diff")),
    }
}

/// `month_diff(string_ed_date, string_st_date)`
pub fn month_diff(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let (end, start) = match two_dates(context, arguments, "month_diff")? {
        (Value::Date(end), Value::Date(start)) => (end, start),
        (Value::Date(_), other) | (other, _) => return Err(no_attribute(&other.error_name(), "year")),
    };
    let months = |date: Date| i64::from(date.year) * 12 + i64::from(date.month);
    Ok(Value::from(months(end) - months(start) + 1))
}

fn two_dates(context: &Context, arguments: Arguments, function: &str) -> Outcome<(Value, Value)> {
    let mut given = Given::new(arguments, function, &["string_ed_date", "string_st_date"], 2)?;
    let (end, start) = (given.value(), given.value());
    let end = date_of(context, &end, false)?.map_or(Value::None, Value::Date);
    let start = date_of(context, &start, false)?.map_or(Value::None, Value::Date);
    Ok((end, start))
}
