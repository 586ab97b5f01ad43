//! Shifting a date by years, months, days and hours, as dateutil's `relativedelta` does.

use crate::python::datetime::{self, Date, DateTime, TimeDelta};
use crate::python::operators::{self, Binary};
use crate::python::{Budget, Outcome, Stop, Value};

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
        let months = whole(years)? * 12 + whole(months)?;
        let weeks = operators::binary(Binary::Multiply, weeks, &Value::from(7_i64), budget)?;
        let days = whole_or_float(&operators::binary(Binary::Add, days, &weeks, budget)?)?;
        let [hours, minutes, seconds] = [whole(hours)?, whole(minutes)?, whole(seconds)?];
        let clock = (i128::from(hours) * 60 + i128::from(minutes)) * 60 + i128::from(seconds);
        let has_time = has_time([hours, minutes, seconds]);
        Ok(Self { months, microseconds: days + clock * SECOND, has_time })
    }

    /// Days alone.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn days(days: &Value, budget: &Budget) -> Outcome<Self> {
        let days = whole_or_float(&operators::binary(Binary::Add, days, &Value::from(0_i64), budget)?)?;
        Ok(Self { months: 0, microseconds: days, has_time: false })
    }

    /// Months alone.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn months(months: &Value) -> Outcome<Self> {
        Ok(Self { months: whole(months)?, microseconds: 0, has_time: false })
    }

    /// Years alone.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn years(years: &Value) -> Outcome<Self> {
        Ok(Self { months: whole(years)? * 12, microseconds: 0, has_time: false })
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
        let (Ok(year), Ok(month)) = (i32::try_from(year), u32::try_from(month)) else { return Err(out_of_years()) };
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

/// Microseconds in a number of days, which may have a part of a day that binary floats hold exactly.
fn whole_or_float(days: &Value) -> Outcome<i128> {
    if let Value::Float(number) = days
        && number.fract() != 0.0
        && (number * 1024.0).fract() == 0.0
        && number.abs() < 1e6
    {
        #[allow(clippy::cast_possible_truncation, reason = "whole and below 1e9")]
        return Ok((number * 1024.0) as i128 * DAY / 1024);
    }
    Ok(i128::from(whole(days)?) * DAY)
}

fn out_of_range() -> Stop {
    Stop::raise("OverflowError", "date value out of range")
}

fn out_of_years() -> Stop {
    Stop::unsupported("a date outside the years 1 to 9999")
}
