//! Reads texts as dates and times as the host's dateutil 2.8 does.
//!
//! dateutil cuts a text into tokens and gives each a meaning as it goes; what has none makes the whole text unknown.
//! What a text does not say comes from the day that the server's process has. Followed step by step, because people
//! write dates in every shape and dateutil's answers are often not theirs (`26-11-25` is 26 November 2025). Numbers of
//! more than 15 digits and digits of other scripts are not read here. Source: dateutil 2.8.2, observed; compared in
//! `tests/reference/date_texts.rs`.

mod day;
mod reader;
mod tokens;

use std::rc::Rc;

use super::super::{Context, zones};
use crate::python::datetime::{Aware, Date, DateTime, Time, Zone, make_date, make_time};
use crate::python::{Outcome, Stop, Value, letters};
use reader::{Reader, is_utc};

/// What a text says.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The day; `None` where it follows from the server's own today.
    pub date: Option<Date>,
    /// The time of day; midnight when the text has none.
    pub time: Time,
    /// The time zone.
    pub zone: Option<Zone>,
}

impl Reading {
    /// The day.
    ///
    /// # Errors
    /// `Server` where it follows from today: no source tells the zone of the server's process.
    pub fn day(&self) -> Outcome<Date> {
        self.date.ok_or(Stop::Server("server/clock"))
    }

    /// The moment: naive, or aware when the text has a time zone.
    ///
    /// # Errors
    /// As [`Self::day`].
    pub fn moment(&self) -> Outcome<Value> {
        let local = DateTime { date: self.day()?, time: self.time };
        Ok(match &self.zone {
            None => Value::DateTime(local),
            Some(clock) => Value::object(Aware { local, clock: clock.clone() }),
        })
    }
}

/// Reads a text. The inner error is the message of dateutil's `ParserError`.
///
/// # Errors
/// `OverflowError` for a very large number, `Unsupported` for what is not read here, `Server` where the answer depends
/// on the clock of the server's process.
pub fn read(context: &Context, text: &str, day_first: bool) -> Outcome<Result<Reading, String>> {
    let odd = |c: char| !c.is_ascii() && letters::is_digit(c) != Some(false);
    if text.contains(odd) {
        return Err(Stop::unsupported("reading a date in digits of another script"));
    }
    let tokens = tokens::split(text);
    if tokens.iter().any(|token| token.bytes().filter(u8::is_ascii_digit).count() > 15) {
        return Err(Stop::unsupported("reading a date with a very large number"));
    }
    let mut reader = Reader::new(context, &tokens);
    let known = reader.run(day_first).is_some();
    if let Some(stop) = reader.stop {
        return Err(stop);
    }
    if !known {
        return Ok(Err(format!("Unknown string format: {text}")));
    }
    let parts = reader.parts;
    if parts.is_empty() {
        return Ok(Err(format!("String does not contain a date: {text}")));
    }
    match parts.build(context) {
        Err(Stop::Raise(error)) if error.kind == "ValueError" => Ok(Err(format!("{}: {text}", error.message))),
        outcome => outcome.map(Ok),
    }
}

/// Stands for today where today does not matter.
const ANY_DAY: Date = Date { year: 1, month: 1, day: 1 };

/// What has been read so far.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    weekday: Option<u32>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    microsecond: Option<i64>,
    /// Whether a word said which half of the day it is.
    half: bool,
    zone_name: Option<String>,
    zone_offset: Option<i64>,
}

impl Parts {
    fn is_empty(&self) -> bool {
        let numbers =
            [self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond, self.zone_offset];
        numbers.iter().all(Option::is_none) && self.weekday.is_none() && !self.half && self.zone_name.is_none()
    }

    /// The moment that the parts tell, or dateutil's error as a `ValueError`.
    fn build(self, context: &Context) -> Outcome<Reading> {
        let (date, time) = match (self.year, self.month, self.day, self.weekday) {
            (None, None, None, None) => (None, self.on(ANY_DAY)?.1),
            // Nothing is left for today to say.
            (Some(_), Some(_), Some(_), _) => self.on(ANY_DAY).map(|(date, time)| (Some(date), time))?,
            _ => match zones::from_process_today(context, &mut |today| self.on(today)) {
                Ok((date, time)) => (Some(date), time),
                // Only the day depends on today; whether there is one may do so too.
                Err(Stop::Server(_)) => {
                    (None, zones::from_process_today(context, &mut |today| self.on(today).map(|(_, time)| time))?)
                }
                Err(stop) => return Err(stop),
            },
        };
        Ok(Reading { date, time, zone: self.zone(context)? })
    }

    /// The day and the time that the parts tell when what they do not say is taken from `today`.
    fn on(&self, today: Date) -> Outcome<(Date, Time)> {
        let [year, month, day] = fit(self.day(today)?)?;
        let clock = [self.hour, self.minute, self.second, self.microsecond].map(|part| part.unwrap_or(0));
        let [hour, minute, second, microsecond] = fit(clock)?;
        let mut date = make_date(year, month, day)?;
        let time = make_time(hour, minute, second, microsecond)?;
        if let Some(weekday) = self.weekday
            && self.day.unwrap_or(0) == 0
        {
            let out_of_range = || Stop::raise("OverflowError", "date value out of range");
            date = day::on_weekday(date, weekday).ok_or_else(out_of_range)?;
        }
        Ok((date, time))
    }

    /// Year, month and day, with what the text does not say taken from `today`.
    fn day(&self, today: Date) -> Outcome<[i64; 3]> {
        let year = self.year.unwrap_or(i64::from(today.year));
        let month = self.month.unwrap_or(i64::from(today.month));
        let bad = || Stop::value_error(format!("bad month number {month}; must be 1-12"));
        let day = match self.day {
            Some(day) => day,
            None => day::cut(year, month, today.day).ok_or_else(bad)?.into(),
        };
        Ok([year, month, day])
    }

    fn zone(&self, context: &Context) -> Outcome<Option<Zone>> {
        let (mut name, mut offset) = (self.zone_name.as_deref(), self.zone_offset);
        if offset == Some(0) && name.is_none_or(str::is_empty) || matches!(name, Some("Z" | "z")) {
            (name, offset) = (Some("UTC"), Some(0));
        } else if offset != Some(0) && name.is_some_and(is_utc) {
            offset = Some(0);
        }
        // A name that the process's own zone has means that zone.
        let own = |name| match name {
            "GMT" => zones::of_site(context).is_ok_and(|zone| zone.is_called(name)),
            name => !is_utc(name) && zones::is_abbreviation(name),
        };
        if name.is_some_and(own) {
            return Err(Stop::Server("server/clock"));
        }
        match offset {
            None => Ok(None),
            Some(0) => Ok(Some(Zone::Read)),
            Some(offset) => match i32::try_from(offset) {
                Ok(offset) if offset.unsigned_abs() < 86_400 => Ok(Some(zones::fixed(name.map(Rc::from), offset))),
                _ => Err(Stop::unsupported("a time zone of more than a day")),
            },
        }
    }
}

/// Numbers that must be C `int`s.
fn fit<const N: usize>(numbers: [i64; N]) -> Outcome<[i64; N]> {
    if numbers.iter().all(|number| i32::try_from(*number).is_ok()) {
        return Ok(numbers);
    }
    Err(Stop::raise("OverflowError", "signed integer is greater than maximum"))
}

#[cfg(test)]
mod tests;
