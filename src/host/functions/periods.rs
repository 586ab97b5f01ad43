//! Months, weeks, quarters and years: `get_first_day`, `get_last_day_of_week`, `get_timespan_date_range`...

use std::rc::Rc;

use super::super::Context;
use super::dates::{date_of, day};
use super::errors::no_attribute;
use super::given::Given;
use crate::python::datetime::Date;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// Monday first, as `date.weekday()` counts.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `get_first_day(dt, d_years=0, d_months=0, as_str=False)`
pub fn get_first_day(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_first_day", &["dt", "d_years", "d_months", "as_str"], 1)?;
    let date = date(context, &given.value(), "month")?;
    let mut number = || match given.option() {
        None => Ok(0),
        Some(value) => {
            let number = value.as_i64().filter(|number| number.abs() < 100_000);
            number.ok_or_else(|| Stop::unsupported("get_first_day with a number that is not whole"))
        }
    };
    let months = number()? * 12 + number()?;
    written(month_start(date, months)?, given.truth()?)
}

/// `get_last_day(dt)`
pub fn get_last_day(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let date = date(context, &Given::new(arguments, "get_last_day", &["dt"], 1)?.value(), "month")?;
    month_end(date).map(Value::Date)
}

/// `get_quarter_start(dt, as_str=False)`
pub fn get_quarter_start(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_quarter_start", &["dt", "as_str"], 1)?;
    let date = date(context, &given.value(), "month")?;
    written(quarter_start(date)?, given.truth()?)
}

/// `get_quarter_ending(date)`
pub fn get_quarter_ending(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let date = date(context, &Given::new(arguments, "get_quarter_ending", &["date"], 1)?.value(), "year")?;
    // The host writes the first day of a month and reads it again, which fails for early years.
    if date.year < 1000 {
        return Err(Stop::unsupported("get_quarter_ending of a year before 1000"));
    }
    quarter_end(date).map(Value::Date)
}

/// `get_year_start(dt, as_str=False)`
pub fn get_year_start(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_year_start", &["dt", "as_str"], 1)?;
    let date = date(context, &given.value(), "year")?;
    written(Date { year: date.year, month: 1, day: 1 }, given.truth()?)
}

/// `get_first_day_of_week(dt, as_str=False)`
pub fn get_first_day_of_week(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_first_day_of_week", &["dt", "as_str"], 1)?;
    let date = date(context, &given.value(), "weekday")?;
    written(week_start(context, date)?, given.truth()?)
}

/// `get_last_day_of_week(dt)`
pub fn get_last_day_of_week(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let date = date(context, &Given::new(arguments, "get_last_day_of_week", &["dt"], 1)?.value(), "weekday")?;
    by_days(week_start(context, date)?, 6).map(Value::Date)
}

/// `get_weekday(datetime=None)`: the English name.
pub fn get_weekday(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "get_weekday", &["datetime"], 0)?.value();
    let date = match &value {
        Value::Date(date) => *date,
        Value::DateTime(moment) => moment.date,
        value if !crate::python::operators::truth(value)? => context.now.date,
        Value::Object(_) => return Err(Stop::unsupported("get_weekday of an object")),
        other => return Err(no_attribute(&other.error_name(), "weekday")),
    };
    let name = usize::try_from(date.weekday()).ok().and_then(|place| WEEKDAYS.get(place));
    Ok(Value::str(name.copied().unwrap_or_default()))
}

/// `get_weekdays()`: the English names, from Monday.
pub fn get_weekdays(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_weekdays", &[], 0)?;
    Ok(Value::list(WEEKDAYS.iter().map(Value::str).collect()))
}

/// `get_timespan_date_range(timespan)`: the first and last day of `last week`, `this month`...
pub fn get_timespan_date_range(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let timespan = Given::new(arguments, "get_timespan_date_range", &["timespan"], 1)?.value();
    let Value::Str(timespan) = timespan else {
        return Err(Stop::unsupported("get_timespan_date_range of a value that is no text"));
    };
    let today = context.now.date;
    let days = |count| by_days(today, count);
    let months = |count| shifted(today, count);
    let range = match &*timespan {
        "yesterday" => (days(-1)?, days(-1)?),
        "today" => (today, today),
        "tomorrow" => (days(1)?, days(1)?),
        "last week" => week(context, days(-7)?)?,
        "this week" => week(context, today)?,
        "next week" => week(context, days(7)?)?,
        "last month" => (month_start(today, -1)?, month_end(months(-1)?)?),
        "this month" => (month_start(today, 0)?, month_end(today)?),
        "next month" => (month_start(today, 1)?, month_end(months(1)?)?),
        "last quarter" => (quarter_start(months(-3)?)?, quarter_end(months(-3)?)?),
        "this quarter" => (quarter_start(today)?, quarter_end(today)?),
        "next quarter" => (quarter_start(months(3)?)?, quarter_end(months(3)?)?),
        "last 6 months" => (quarter_start(months(-6)?)?, quarter_end(months(-3)?)?),
        "next 6 months" => (quarter_start(months(3)?)?, quarter_end(months(6)?)?),
        "last year" => year(today.year - 1),
        "this year" => year(today.year),
        "next year" => year(today.year + 1),
        // Other versions of the host know more of them.
        other if other.starts_with("last") || other.starts_with("next") || other.starts_with("this") => {
            return Err(Stop::unsupported("get_timespan_date_range of this timespan"));
        }
        _ => return Ok(Value::None),
    };
    Ok(Value::tuple(vec![Value::Date(range.0), Value::Date(range.1)]))
}

/// The day of a value; the host reads `attribute` from the result, which fails when there is no day.
fn date(context: &Context, value: &Value, attribute: &str) -> Outcome<Date> {
    date_of(context, value, false)?.ok_or_else(|| no_attribute("NoneType", attribute))
}

fn written(date: Date, as_str: bool) -> Outcome<Value> {
    if as_str { day(&Value::Date(date)) } else { Ok(Value::Date(date)) }
}

/// The first day of the month so many months away.
fn month_start(date: Date, months: i64) -> Outcome<Date> {
    let months = i64::from(date.year) * 12 + i64::from(date.month) - 1 + months;
    let year = i32::try_from(months.div_euclid(12)).ok();
    let month = u32::try_from(months.rem_euclid(12) + 1).ok();
    let (Some(year), Some(month)) = (year, month) else {
        return Err(Stop::unsupported("a date in a year of very many digits"));
    };
    Date::new(year, month, 1).ok_or_else(|| Stop::value_error(format!("year {year} is out of range")))
}

fn month_end(date: Date) -> Outcome<Date> {
    by_days(month_start(date, 1)?, -1)
}

fn quarter_start(date: Date) -> Outcome<Date> {
    month_start(Date { month: (date.month - 1) / 3 * 3 + 1, ..date }, 0)
}

fn quarter_end(date: Date) -> Outcome<Date> {
    by_days(month_start(quarter_start(date)?, 3)?, -1)
}

fn year(year: i32) -> (Date, Date) {
    (Date { year, month: 1, day: 1 }, Date { year, month: 12, day: 31 })
}

fn week(context: &Context, date: Date) -> Outcome<(Date, Date)> {
    let start = week_start(context, date)?;
    Ok((start, by_days(start, 6)?))
}

fn week_start(context: &Context, date: Date) -> Outcome<Date> {
    let first = match context.setting("first_day_of_the_week") {
        None => return Err(Stop::Server("server/site")),
        Some("") => "Sunday",
        Some(first) => first,
    };
    let first = WEEKDAYS.iter().position(|name| *name == first);
    let first = first.and_then(|first| i64::try_from(first).ok());
    let first = first.ok_or_else(|| Stop::unsupported("first_day_of_the_week"))?;
    by_days(date, -(i64::from(date.weekday()) - first).rem_euclid(7))
}

/// The same day of the month so many months away, or the last of that month.
fn shifted(date: Date, months: i64) -> Outcome<Date> {
    let start = month_start(date, months)?;
    Ok(Date { day: date.day.min(month_end(start)?.day), ..start })
}

fn by_days(date: Date, days: i64) -> Outcome<Date> {
    let out_of_range = || Stop::raise("OverflowError", "date value out of range");
    Date::from_ordinal(date.ordinal() + days).ok_or_else(out_of_range)
}
