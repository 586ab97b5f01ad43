//! Reads texts as dates and times as the host's dateutil 2.8 does.
//!
//! dateutil cuts a text into tokens and gives each a meaning as it goes; what has none makes the whole text unknown.
//! What a text does not say comes from the day that the server's process has. Followed step by step, because people
//! write dates in every shape and dateutil's answers are often not theirs (`26-11-25` is 26 November 2025). Numbers of
//! more than 15 digits and digits of other scripts are not read here. Source: dateutil 2.8.2, observed; compared in
//! `tests/reference/date_texts.rs`.

mod day;
mod tokens;

use std::rc::Rc;

use super::super::{Context, zones};
use crate::python::datetime::{Aware, Date, DateTime, Time, Zone, make_date, make_time};
use crate::python::{Outcome, Stop, Value, letters};
use day::{Label, Numbers};

/// Why a text, or a part of it, has no meaning.
#[derive(Debug)]
enum Unread {
    /// dateutil does not know it.
    Unknown,
    /// This engine does not.
    Stop(Stop),
}

impl From<Stop> for Unread {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

type Read<T> = Result<T, Unread>;

/// What a text says.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The day; a text without one means the server's own today.
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
    /// `Server` for a text without one while the process's clock may show another day than the site's.
    pub fn day(&self, context: &Context) -> Outcome<Date> {
        self.date.map_or_else(|| zones::process_today(context), Ok)
    }

    /// The moment: naive, or aware when the text has a time zone.
    ///
    /// # Errors
    /// As [`Self::day`].
    pub fn moment(&self, context: &Context) -> Outcome<Value> {
        let local = DateTime { date: self.day(context)?, time: self.time };
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
    let mut reader = Reader { context, tokens, at: 0, numbers: Numbers::default(), parts: Parts::default() };
    match reader.run(day_first) {
        Ok(()) => {}
        Err(Unread::Unknown) => return Ok(Err(format!("Unknown string format: {text}"))),
        Err(Unread::Stop(stop)) => return Err(stop),
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

/// Halves of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// What a number is followed or preceded by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Hour,
    Minute,
    Second,
}

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
    half: Option<Half>,
    zone_name: Option<String>,
    zone_offset: Option<i64>,
}

impl Parts {
    fn is_empty(&self) -> bool {
        let numbers =
            [self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond, self.zone_offset];
        numbers.iter().all(Option::is_none) && self.weekday.is_none() && self.half.is_none() && self.zone_name.is_none()
    }

    /// The moment that the parts tell, or dateutil's error as a `ValueError`.
    fn build(self, context: &Context) -> Outcome<Reading> {
        let day = match (self.year, self.month, self.day, self.weekday) {
            (None, None, None, None) => None,
            (Some(year), Some(month), Some(day), _) => Some([year, month, day]),
            _ => Some(self.day(zones::process_today(context)?)?),
        };
        let [year, month, day_number] = fit(day.unwrap_or([1, 1, 1]))?;
        let clock = [self.hour, self.minute, self.second, self.microsecond].map(|part| part.unwrap_or(0));
        let [hour, minute, second, microsecond] = fit(clock)?;
        let mut date = make_date(year, month, day_number)?;
        let time = make_time(hour, minute, second, microsecond)?;
        if let Some(weekday) = self.weekday
            && self.day.unwrap_or(0) == 0
        {
            let out_of_range = || Stop::raise("OverflowError", "date value out of range");
            date = day::on_weekday(date, weekday).ok_or_else(out_of_range)?;
        }
        Ok(Reading { date: day.map(|_| date), time, zone: self.zone(context)? })
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

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
struct Number<'a> {
    text: &'a str,
    whole: i64,
    /// What follows the point, without the zeros at its end.
    fraction: &'a str,
}

impl<'a> Number<'a> {
    /// `12` or `12.5`
    fn parse(text: &'a str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || fraction.is_some_and(|fraction| !digits(fraction)) {
            return None;
        }
        Some(Self { text, whole: whole.parse().ok()?, fraction: fraction.unwrap_or_default().trim_end_matches('0') })
    }

    /// The fraction in sixtieths, rounded down; `None` when there is none.
    fn sixtieths(self) -> Option<i64> {
        let part: i64 = if self.fraction.is_empty() { return None } else { self.fraction.parse().ok()? };
        part.checked_mul(60)?.checked_div(10_i64.checked_pow(u32::try_from(self.fraction.len()).ok()?)?)
    }
}

/// Gives the tokens their meaning, one after the other.
struct Reader<'a> {
    context: &'a Context,
    tokens: Vec<String>,
    at: usize,
    numbers: Numbers,
    parts: Parts,
}

impl Reader<'_> {
    fn token(&self, place: usize) -> Option<&str> {
        self.tokens.get(place).map(String::as_str)
    }

    /// A token that must be there.
    fn needed(&self, place: usize) -> Read<&str> {
        self.token(place).ok_or(Unread::Unknown)
    }

    fn is(&self, place: usize, text: &str) -> bool {
        self.token(place) == Some(text)
    }

    fn run(&mut self, day_first: bool) -> Read<()> {
        while let Some(token) = self.token(self.at).map(str::to_owned) {
            self.one(&token)?;
            self.at += 1;
        }
        let (year, month, day) = self.numbers.resolve(day_first)?;
        (self.parts.month, self.parts.day) = (month, day);
        self.parts.year = year.map(|year| self.full_year(year, self.numbers.century)).transpose()?;
        Ok(())
    }

    /// A year of two digits in the century that lies nearest.
    fn full_year(&self, year: i64, has_century: bool) -> Read<i64> {
        if year >= 100 || has_century {
            return Ok(year);
        }
        // Near is counted from the year in which the server's process was started.
        let near = |now: i64| {
            let year = year + now / 100 * 100;
            if year >= now + 50 {
                year - 100
            } else if year < now - 50 {
                year + 100
            } else {
                year
            }
        };
        let now = i64::from(self.context.now.date.year);
        if near(now) == near(now - 1) { Ok(near(now)) } else { Err(Stop::Server("server/clock").into()) }
    }

    fn one(&mut self, token: &str) -> Read<()> {
        if let Some(number) = Number::parse(token) {
            return self.number(number);
        }
        // What Python takes for a number and dateutil for none.
        if ["nan", "inf", "infinity"].contains(&token.to_ascii_lowercase().as_str()) {
            return Err(Unread::Unknown);
        }
        if let Some(weekday) = weekday(token) {
            self.parts.weekday = Some(weekday);
            return Ok(());
        }
        if let Some(month) = month(token) {
            return self.month(month);
        }
        if let Some(half) = half(token) {
            let Some(hour) = self.parts.hour.filter(|hour| (0..=12).contains(hour)) else {
                return Err(Unread::Unknown);
            };
            self.parts.hour = Some(in_half(hour, half));
            self.parts.half = Some(half);
            return Ok(());
        }
        let known_zone = self.parts.zone_name.is_some() || self.parts.zone_offset.is_some();
        if !known_zone && self.could_be_zone(token) {
            return self.zone(token);
        }
        match token {
            "+" | "-" if self.parts.hour.is_some() => self.offset(token == "+"),
            _ if is_jump(token) => Ok(()),
            _ => Err(Unread::Unknown),
        }
    }

    fn month(&mut self, month: i64) -> Read<()> {
        self.numbers.month(month)?;
        match self.token(self.at + 1) {
            Some(separator @ ("-" | "/")) => {
                // Jan-01, Jan-01-99
                let separator = separator.to_owned();
                let second = self.needed(self.at + 2)?.to_owned();
                self.numbers.text(&second, None)?;
                if self.is(self.at + 3, &separator) {
                    let third = self.needed(self.at + 4)?.to_owned();
                    self.numbers.text(&third, None)?;
                    self.at += 2;
                }
                self.at += 2;
            }
            Some(" ")
                if self.is(self.at + 3, " ")
                    && self.token(self.at + 2).is_some_and(|token| token.eq_ignore_ascii_case("of"))
                    && self.token(self.at + 4).is_some() =>
            {
                // Jan of 01
                let year = self.token(self.at + 4).and_then(Number::parse).filter(|year| !year.text.contains('.'));
                if let Some(year) = year {
                    let year = self.full_year(year.whole, false)?.to_string();
                    self.numbers.text(&year, Some(Label::Year))?;
                }
                self.at += 4;
            }
            _ => {}
        }
        Ok(())
    }

    fn could_be_zone(&self, token: &str) -> bool {
        self.parts.hour.is_some()
            && token.chars().count() <= 5
            && (token.bytes().all(|byte| byte.is_ascii_uppercase()) || token == "z")
    }

    fn zone(&mut self, token: &str) -> Read<()> {
        self.parts.zone_name = Some(token.to_owned());
        self.parts.zone_offset = if token == "z" { Some(0) } else { None };
        // GMT+3 is three hours behind GMT here.
        if let Some(sign @ ("+" | "-")) = self.token(self.at + 1) {
            let turned = if sign == "+" { "-" } else { "+" };
            if let Some(place) = self.tokens.get_mut(self.at + 1) {
                *place = turned.to_owned();
            }
            self.parts.zone_offset = None;
            if is_utc(token) {
                self.parts.zone_name = None;
            }
        }
        Ok(())
    }

    /// `-0300`, `-03:00`, `-3`
    fn offset(&mut self, ahead: bool) -> Read<()> {
        let digits = self.needed(self.at + 1)?.to_owned();
        let number = |text: Option<&str>| -> Read<i64> {
            let text = text.unwrap_or_default();
            if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Unread::Unknown);
            }
            text.parse().map_err(|_| Unread::Unknown)
        };
        let (hours, minutes) = if digits.chars().count() == 4 {
            (number(digits.get(..2))?, number(digits.get(2..))?)
        } else if self.is(self.at + 2, ":") {
            let minutes = self.needed(self.at + 3)?;
            let parts = (number(Some(&digits))?, number(Some(minutes))?);
            self.at += 2;
            parts
        } else if digits.chars().count() <= 2 {
            (number(Some(&digits))?, 0)
        } else {
            return Err(Unread::Unknown);
        };
        let seconds = hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60));
        self.parts.zone_offset = Some(if ahead { seconds } else { -seconds });
        // -0300 (BRST)
        let at = self.at;
        if self.token(at + 2).is_some_and(is_jump)
            && self.is(at + 3, "(")
            && self.is(at + 5, ")")
            && let Some(name) = self.token(at + 4)
            && name.len() >= 3
            && self.parts.zone_name.is_none()
            && self.could_be_zone(name)
        {
            self.parts.zone_name = Some(name.to_owned());
            self.at += 4;
        }
        self.at += 1;
        Ok(())
    }

    fn number(&mut self, number: Number<'_>) -> Read<()> {
        let (text, at) = (number.text, self.at);
        let digits = |range: std::ops::Range<usize>| -> Read<i64> {
            let part = text.get(range).unwrap_or_default();
            let plain = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            if plain { part.parse().map_err(|_| Unread::Unknown) } else { Err(Unread::Unknown) }
        };
        let length = text.len();
        let followed = |unit: bool| !self.is(at + 1, ":") && !unit;
        if self.numbers.len() == 3
            && matches!(length, 2 | 4)
            && self.parts.hour.is_none()
            && followed(self.token(at + 1).and_then(unit).is_some())
        {
            // 19990101T23, 19990101T2359
            self.parts.hour = Some(digits(0..2)?);
            if length == 4 {
                self.parts.minute = Some(digits(2..4)?);
            }
        } else if length == 6 || length > 6 && text.find('.') == Some(6) {
            if self.numbers.len() == 0 && !text.contains('.') {
                for part in [0..2, 2..4, 4..6] {
                    self.numbers.text(text.get(part).unwrap_or_default(), None)?;
                }
            } else {
                (self.parts.hour, self.parts.minute) = (Some(digits(0..2)?), Some(digits(2..4)?));
                self.seconds(text.get(4..).unwrap_or_default())?;
            }
        } else if matches!(length, 8 | 12 | 14) {
            self.numbers.text(text.get(..4).unwrap_or_default(), Some(Label::Year))?;
            for part in [4..6, 6..8] {
                self.numbers.text(text.get(part).unwrap_or_default(), None)?;
            }
            if length > 8 {
                (self.parts.hour, self.parts.minute) = (Some(digits(8..10)?), Some(digits(10..12)?));
            }
            if length > 12 {
                self.parts.second = Some(digits(12..length)?);
            }
        } else if let Some((place, unit)) = self.unit_of(at) {
            self.at = self.at.max(place);
            match unit {
                Some(Unit::Hour) => {
                    self.parts.hour = Some(number.whole);
                    self.parts.minute = number.sixtieths().or(self.parts.minute);
                }
                Some(Unit::Minute) => {
                    (self.parts.minute, self.parts.second) = (Some(number.whole), number.sixtieths());
                }
                Some(Unit::Second) => self.seconds(text)?,
                None => {}
            }
        } else if self.is(at + 1, ":") && self.token(at + 2).is_some() {
            self.clock(number)?;
        } else if matches!(self.token(at + 1), Some("-" | "/" | ".")) {
            self.date(text)?;
        } else if self.token(at + 1).is_none_or(is_jump) {
            if let Some(half) = self.token(at + 2).and_then(half) {
                // 12 am
                self.parts.hour = Some(in_half(number.whole, half));
                self.at += 1;
            } else {
                self.numbers.number(number.whole, !number.fraction.is_empty())?;
            }
            self.at += 1;
        } else if let Some(half) = self.token(at + 1).and_then(half)
            && number.whole < 24
        {
            self.parts.hour = Some(in_half(number.whole, half));
            self.at += 1;
        } else if number.fraction.is_empty() && self.numbers.takes_day(number.whole)
            || !number.fraction.is_empty()
                && self.numbers.takes_day(number.whole)
                && self.numbers.takes_day(number.whole + 1)
        {
            self.numbers.number(number.whole, !number.fraction.is_empty())?;
        } else {
            return Err(Unread::Unknown);
        }
        Ok(())
    }

    /// `12.5` as seconds and their fraction, of which six digits count.
    fn seconds(&mut self, text: &str) -> Read<()> {
        let number = |text: &str| -> Read<i64> {
            let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if plain { text.parse().map_err(|_| Unread::Unknown) } else { Err(Unread::Unknown) }
        };
        let (whole, fraction) = match text.split_once('.') {
            None => (number(text)?, 0),
            Some((whole, fraction)) => {
                let kept: String = fraction.chars().chain("000000".chars()).take(6).collect();
                if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(Unread::Unknown);
                }
                (number(whole)?, number(&kept)?)
            }
        };
        (self.parts.second, self.parts.microsecond) = (Some(whole), Some(fraction));
        Ok(())
    }

    /// Which unit a number has by the word after it, or before it; the place of that word, and no unit after seconds.
    fn unit_of(&self, at: usize) -> Option<(usize, Option<Unit>)> {
        let unit_at = |place: usize| self.token(place).and_then(unit);
        let after = |place: usize| unit_at(place).map(|unit| (place, Some(unit)));
        let before = |place: usize| {
            let next = match unit_at(place)? {
                Unit::Hour => Some(Unit::Minute),
                Unit::Minute => Some(Unit::Second),
                Unit::Second => None,
            };
            Some((at, next))
        };
        after(at + 1)
            .or_else(|| if self.is(at + 1, " ") { after(at + 2) } else { None })
            .or_else(|| before(at.checked_sub(1)?))
            .or_else(|| {
                let last = at > 1 && at + 1 == self.tokens.len() && self.is(at - 1, " ");
                if last { before(at - 2) } else { None }
            })
    }

    /// `10:30`, `10:30:15.5`
    fn clock(&mut self, hour: Number<'_>) -> Read<()> {
        let at = self.at;
        let minute = self.needed(at + 2)?.to_owned();
        let minute = Number::parse(&minute).ok_or(Unread::Unknown)?;
        self.parts.hour = Some(hour.whole);
        (self.parts.minute, self.parts.second) = (Some(minute.whole), minute.sixtieths());
        if self.is(at + 3, ":")
            && let Some(second) = self.token(at + 4)
        {
            let second = second.to_owned();
            self.seconds(&second)?;
            self.at += 2;
        }
        self.at += 2;
        Ok(())
    }

    /// `01-02-03`, `01/Jan`, `1.2.`
    fn date(&mut self, first: &str) -> Read<()> {
        let at = self.at;
        let separator = self.needed(at + 1)?.to_owned();
        self.numbers.text(first, None)?;
        if let Some(second) = self.token(at + 2).filter(|second| !is_jump(second)) {
            let second = second.to_owned();
            self.member(&second)?;
            if self.is(at + 3, &separator) {
                let third = self.needed(at + 4)?.to_owned();
                self.member(&third)?;
                self.at += 2;
            }
            self.at += 1;
        }
        self.at += 1;
        Ok(())
    }

    fn member(&mut self, token: &str) -> Read<()> {
        match month(token) {
            Some(month) => self.numbers.month(month),
            None => self.numbers.text(token, None),
        }
    }
}

fn in_half(hour: i64, half: Half) -> i64 {
    match half {
        Half::Afternoon if hour < 12 => hour + 12,
        Half::Morning if hour == 12 => 0,
        _ => hour,
    }
}

/// Where a word stands in a list of words and their longer forms, which one blank divides.
fn place(words: &[&str], token: &str) -> Option<usize> {
    words.iter().position(|forms| forms.split(' ').any(|form| form.eq_ignore_ascii_case(token)))
}

fn weekday(token: &str) -> Option<u32> {
    const DAYS: [&str; 7] =
        ["mon monday", "tue tuesday", "wed wednesday", "thu thursday", "fri friday", "sat saturday", "sun sunday"];
    place(&DAYS, token).and_then(|place| u32::try_from(place).ok())
}

fn month(token: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "jan january",
        "feb february",
        "mar march",
        "apr april",
        "may",
        "jun june",
        "jul july",
        "aug august",
        "sep sept september",
        "oct october",
        "nov november",
        "dec december",
    ];
    place(&MONTHS, token).and_then(|place| i64::try_from(place + 1).ok())
}

fn half(token: &str) -> Option<Half> {
    place(&["am a", "pm p"], token).map(|place| if place == 0 { Half::Morning } else { Half::Afternoon })
}

fn unit(token: &str) -> Option<Unit> {
    let units = [Unit::Hour, Unit::Minute, Unit::Second];
    units.get(place(&["h hour hours", "m minute minutes", "s second seconds"], token)?).copied()
}

fn is_utc(token: &str) -> bool {
    place(&["utc gmt z"], token).is_some()
}

/// What dateutil passes over.
fn is_jump(token: &str) -> bool {
    matches!(token, " " | "." | "," | ";" | "-" | "/" | "'")
        || place(&["at on and ad m t of st nd rd th"], token).is_some()
}

#[cfg(test)]
mod tests;
