//! Shifting a date by years, months, days and hours, as dateutil's `relativedelta` does.

use crate::python::datetime::{self, Date, DateTime, TimeDelta};
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, builtins};

/// How far to shift: whole months first (the day of the month is cut to the month's length), then a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    months: i64,
    microseconds: i128,
    /// Whether the difference reaches below days: a date then becomes a datetime.
    has_time: bool,
}

const SECOND: i128 = 1_000_000;
const DAY: i128 = datetime::DAY;

impl Shift {
    /// A shift of `relativedelta(years=..., months=..., ...)`.
    ///
    /// # Errors
    /// What the arithmetic raises; `Unsupported` for numbers whose handling is not certain.
    pub fn new(
        years: &Value,
        months: &Value,
        weeks: &Value,
        days: &Value,
        [hours, minutes, seconds]: [&Value; 3],
        budget: &Budget,
    ) -> Outcome<Self> {
        let months = whole_months(years, months, budget)?;
        let weeks = operators::binary(Binary::Multiply, weeks, &Value::from(7_i64), budget)?;
        let days = part(&operators::binary(Binary::Add, days, &weeks, budget)?, DAY, i64::MAX)?;
        let has_part = [hours, minutes, seconds].into_iter().any(is_part);
        let seconds = clock(seconds, 0, 1)?;
        let minutes = clock(minutes, seconds.0 / SECOND, 60)?;
        let below = (minutes.0 / (60 * SECOND)).abs().max((seconds.0 / SECOND).abs());
        let hours = clock(hours, below, 3600)?;
        let parts = [days, hours, minutes, seconds];
        if parts.iter().filter(|(_, rest)| *rest != 0.0).count() > 1 {
            return Err(Stop::unsupported("adding several parts of a day to a date"));
        }
        let (whole, rest) = parts.iter().fold((0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let count = |part: (i128, f64), unit: i128| i64::try_from(part.0 / unit / SECOND).unwrap_or(i64::MAX);
        let has_time = has_part || has_time([count(hours, 3600), count(minutes, 60), count(seconds, 1)]);
        Ok(Self { months, microseconds: TimeDelta::rounded(whole, rest)?.microseconds, has_time })
    }

    /// Days alone.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn days(days: &Value, budget: &Budget) -> Outcome<Self> {
        let (days, rest) = part(&operators::binary(Binary::Add, days, &Value::from(0_i64), budget)?, DAY, i64::MAX)?;
        Ok(Self { months: 0, microseconds: TimeDelta::rounded(days, rest)?.microseconds, has_time: false })
    }

    /// Months alone.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn months(months: &Value, budget: &Budget) -> Outcome<Self> {
        let months = whole_months(&Value::from(0_i64), months, budget)?;
        Ok(Self { months, microseconds: 0, has_time: false })
    }

    /// Years alone.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn years(years: &Value, budget: &Budget) -> Outcome<Self> {
        let months = whole_months(years, &Value::from(0_i64), budget)?;
        Ok(Self { months, microseconds: 0, has_time: false })
    }

    /// A shifted date: a datetime when the shift has hours.
    ///
    /// # Errors
    /// `OverflowError`; `Unsupported` outside the years 1 to 9999.
    pub fn date(self, date: Date) -> Outcome<Value> {
        if self.has_time {
            return self.datetime(DateTime { date, time: super::dates::MIDNIGHT }).map(Value::DateTime);
        }
        let date = self.by_months(date)?;
        // A date takes whole days of a difference only, rounded down.
        let days = i64::try_from(self.microseconds.div_euclid(DAY)).unwrap_or(i64::MAX);
        let ordinal = date.ordinal().checked_add(days);
        ordinal.and_then(Date::from_ordinal).map(Value::Date).ok_or_else(out_of_range)
    }

    /// A shifted datetime.
    ///
    /// # Errors
    /// As [`Self::date`].
    pub fn datetime(self, moment: DateTime) -> Outcome<DateTime> {
        let date = self.by_months(moment.date)?;
        let delta = TimeDelta::new(self.microseconds)?;
        datetime::add(DateTime { date, time: moment.time }, delta)
    }

    fn by_months(self, date: Date) -> Outcome<Date> {
        let months = i64::from(date.year) * 12 + i64::from(date.month) - 1 + self.months;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let out_of_years = || Stop::value_error(format!("year {year} is out of range"));
        let (Ok(year), Ok(month)) = (i32::try_from(year), u32::try_from(month)) else {
            return Err(Stop::unsupported("a date in a year of very many digits"));
        };
        if !(1..=9999).contains(&year) {
            return Err(out_of_years());
        }
        let last = (28..=31).rev().find(|day| Date::new(year, month, *day).is_some()).unwrap_or(28);
        Date::new(year, month, date.day.min(last)).ok_or_else(out_of_years)
    }
}

/// Whether anything below a day is left once whole minutes, hours and days have been carried.
fn has_time([hours, minutes, seconds]: [i64; 3]) -> bool {
    let carry = |value: i64, unit: i64| if value.abs() >= unit { (value / unit, value % unit) } else { (0, value) };
    let (carried, seconds) = carry(seconds, 60);
    let (carried, minutes) = carry(minutes.saturating_add(carried), 60);
    let (_, hours) = carry(hours.saturating_add(carried), 24);
    hours != 0 || minutes != 0 || seconds != 0
}

/// Years and months as months. relativedelta looks at both before it uses either.
fn whole_months(years: &Value, months: &Value, budget: &Budget) -> Outcome<i64> {
    let as_int = |part: &Value| -> Outcome<()> {
        let int = builtins::builtin("int").ok_or_else(|| Stop::unsupported("int"))?;
        access::call(&int, Arguments::positional(vec![part.clone()]), budget).map(|_| ())
    };
    for part in [years, months] {
        let ambiguous = match &*part.base() {
            Value::None | Value::Bool(_) | Value::Int(_) => false,
            Value::Float(number) if !number.is_finite() => return Err(Stop::unsupported("adding nan or inf months")),
            Value::Float(number) => number.fract() != 0.0,
            Value::Object(_) | Value::Bytes(_) => return Err(Stop::unsupported("adding an object to a date")),
            other => {
                // `int()` of it raises, or gives what no text equals.
                as_int(other)?;
                true
            }
        };
        if ambiguous {
            return Err(Stop::value_error("Non-integer years and months are ambiguous and not currently supported."));
        }
    }
    // What is left is a number, or raises here.
    as_int(years)?;
    as_int(months)?;
    Ok(whole(years)? * 12 + whole(months)?)
}

/// A number of hours, minutes or seconds, unless what the unit `below` carries is added first.
fn clock(value: &Value, below: i128, seconds: i128) -> Outcome<(i128, f64)> {
    match &*value.base() {
        Value::None | Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_) if below.abs() > 59 => {
            Err(Stop::unsupported("adding what is no number to a date"))
        }
        value @ (Value::None | Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_)) => {
            Err(Stop::type_error(format!("bad operand type for abs(): '{}'", value.error_name())))
        }
        // A larger one is carried, and one that is carried to is computed otherwise.
        value if is_part(value) && below.abs() > 59 => Err(Stop::unsupported("adding a part of an hour to a date")),
        value => part(value, seconds * SECOND, if seconds == 3600 { 22 } else { 58 }),
    }
}

/// Whether a number has decimals.
fn is_part(value: &Value) -> bool {
    matches!(&*value.base(), Value::Float(number) if number.fract() != 0.0)
}

/// A number of units in whole microseconds and a part of one; one with decimals is at most `most`.
fn part(value: &Value, unit: i128, most: i64) -> Outcome<(i128, f64)> {
    match &*value.base() {
        Value::Float(number) if number.fract() != 0.0 && number.abs() < 1e9 => {
            #[allow(clippy::cast_precision_loss, reason = "a unit is below 2**53")]
            let rest = number.fract() * unit as f64;
            #[allow(clippy::cast_possible_truncation, reason = "whole, and below 1e9 and 2**53")]
            let (whole, rest_whole) = (number.trunc() as i64, rest.trunc() as i64);
            if whole.abs() > most {
                return Err(Stop::unsupported("adding many hours and a part of one to a date"));
            }
            Ok((i128::from(whole) * unit + i128::from(rest_whole), rest.fract()))
        }
        value => Ok((i128::from(whole(value)?) * unit, 0.0)),
    }
}

/// A whole number of a size that cannot overflow here.
fn whole(value: &Value) -> Outcome<i64> {
    let number = match &*value.base() {
        // relativedelta takes a float that is whole for an int.
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e9 =>
        {
            #[allow(clippy::cast_possible_truncation, reason = "whole and below 1e9")]
            Some(*number as i64)
        }
        value => value.as_i64().filter(|number| number.unsigned_abs() < 1_000_000_000),
    };
    number.ok_or_else(|| Stop::unsupported("adding a number that is not whole or very large to a date"))
}

fn out_of_range() -> Stop {
    Stop::raise("OverflowError", "date value out of range")
}
