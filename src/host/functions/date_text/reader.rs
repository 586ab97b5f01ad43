//! Gives the tokens of a text their meaning, one after the other.
//!
//! Longer than most files because dateutil is one loop over the tokens, and every kind of token looks at its neighbours.

use super::super::super::Context;
use super::Parts;
use super::day::{Label, Numbers};
use crate::python::Stop;

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
        if let Some(fraction) = fraction {
            self::whole(fraction)?;
        }
        let fraction = fraction.unwrap_or_default().trim_end_matches('0');
        Some(Self { text, whole: self::whole(whole)?, fraction })
    }

    /// The fraction in sixtieths, rounded down; `None` when there is none.
    fn sixtieths(self) -> Option<i64> {
        let part: i64 = if self.fraction.is_empty() { return None } else { self.fraction.parse().ok()? };
        part.checked_mul(60)?.checked_div(10_i64.checked_pow(u32::try_from(self.fraction.len()).ok()?)?)
    }
}

/// For how many years a process may run before it is started anew. At the turn of the year its clock may be in the next.
const PROCESS_YEARS: i64 = 10;

/// Gives the tokens their meaning, one after the other. What answers `None` has found a token without one, or a
/// `stop`.
pub struct Reader<'a> {
    context: &'a Context,
    tokens: &'a [String],
    /// A sign that stands for the other one.
    turned: Option<usize>,
    at: usize,
    numbers: Numbers,
    /// What has been read.
    pub parts: Parts,
    /// Why the reading was broken off, when it was.
    pub stop: Option<Stop>,
}

impl<'a> Reader<'a> {
    /// A reader that stands before the first token.
    pub fn new(context: &'a Context, tokens: &'a [String]) -> Self {
        let (numbers, parts) = (Numbers::default(), Parts::default());
        Self { context, tokens, turned: None, at: 0, numbers, parts, stop: None }
    }

    fn token(&self, place: usize) -> Option<&'a str> {
        match self.tokens.get(place)?.as_str() {
            "+" if self.turned == Some(place) => Some("-"),
            "-" if self.turned == Some(place) => Some("+"),
            token => Some(token),
        }
    }

    fn is(&self, place: usize, text: &str) -> bool {
        self.token(place) == Some(text)
    }

    /// Reads all tokens.
    pub fn run(&mut self, day_first: bool) -> Option<()> {
        while let Some(token) = self.token(self.at) {
            self.one(token)?;
            self.at += 1;
        }
        let (year, month, day) = self.numbers.resolve(day_first)?;
        (self.parts.month, self.parts.day) = (month, day);
        if let Some(year) = year {
            self.parts.year = Some(self.full_year(year, self.numbers.century)?);
        }
        Some(())
    }

    /// A year of two digits in the century that lies nearest.
    fn full_year(&mut self, year: i64, has_century: bool) -> Option<i64> {
        if year >= 100 || has_century {
            return Some(year);
        }
        // Near is counted from the year in which the server's process was started.
        let near = |now: i64| {
            let year = year + now / 100 * 100;
            match year - now {
                50.. => year - 100,
                ..-50 => year + 100,
                _ => year,
            }
        };
        let now = i64::from(self.context.now.date.year);
        let answer = near(now);
        if (now - PROCESS_YEARS..=now + 1).any(|started| near(started) != answer) {
            self.stop = Some(Stop::Server("server/clock"));
            return None;
        }
        Some(answer)
    }

    fn one(&mut self, token: &'a str) -> Option<()> {
        if let Some(number) = Number::parse(token) {
            return self.number(number);
        }
        if let Some(weekday) = place(&DAYS, token) {
            self.parts.weekday = u32::try_from(weekday).ok();
            return Some(());
        }
        if let Some(month) = month(token) {
            return self.month(month);
        }
        if let Some(half) = half(token) {
            let hour = self.parts.hour.filter(|hour| (0..=12).contains(hour))?;
            self.parts.hour = Some(in_half(hour, half));
            self.parts.half = true;
            return Some(());
        }
        let known_zone = self.parts.zone_name.is_some() || self.parts.zone_offset.is_some();
        if !known_zone && self.could_be_zone(token) {
            self.zone(token);
            return Some(());
        }
        match token {
            "+" | "-" if self.parts.hour.is_some() => self.offset(token == "+"),
            _ if is_jump(token) => Some(()),
            _ => None,
        }
    }

    fn month(&mut self, month: i64) -> Option<()> {
        self.numbers.month(month)?;
        match self.token(self.at + 1) {
            Some(separator @ ("-" | "/")) => {
                // Jan-01, Jan-01-99
                self.numbers.text(self.token(self.at + 2)?, None)?;
                if self.is(self.at + 3, separator) {
                    self.numbers.text(self.token(self.at + 4)?, None)?;
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
                if let Some(year) = whole(self.token(self.at + 4)?) {
                    let year = self.full_year(year, false)?.to_string();
                    self.numbers.text(&year, Some(Label::Year))?;
                }
                self.at += 4;
            }
            _ => {}
        }
        Some(())
    }

    fn could_be_zone(&self, token: &str) -> bool {
        self.parts.hour.is_some()
            && token.chars().count() <= 5
            && (token.bytes().all(|byte| byte.is_ascii_uppercase()) || token == "z")
            // Python takes these for numbers, and dateutil then for none.
            && !matches!(token, "NAN" | "INF")
    }

    fn zone(&mut self, token: &str) {
        self.parts.zone_name = Some(token.to_owned());
        self.parts.zone_offset = if token == "z" { Some(0) } else { None };
        // GMT+3 is three hours behind GMT here.
        if let Some("+" | "-") = self.token(self.at + 1) {
            self.turned = Some(self.at + 1);
            self.parts.zone_offset = None;
            if is_utc(token) {
                self.parts.zone_name = None;
            }
        }
    }

    /// `-0300`, `-03:00`, `-3`
    fn offset(&mut self, ahead: bool) -> Option<()> {
        let digits = self.token(self.at + 1)?;
        let (hours, minutes) = if digits.chars().count() == 4 {
            (whole(digits.get(..2)?)?, whole(digits.get(2..)?)?)
        } else if self.is(self.at + 2, ":") {
            let minutes = self.token(self.at + 3)?;
            self.at += 2;
            (whole(digits)?, whole(minutes)?)
        } else if digits.chars().count() <= 2 {
            (whole(digits)?, 0)
        } else {
            return None;
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
        Some(())
    }

    fn number(&mut self, number: Number<'a>) -> Option<()> {
        let (text, at, length) = (number.text, self.at, number.text.len());
        let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
        let next = self.token(at + 1);
        if self.numbers.len() == 3
            && matches!(length, 2 | 4)
            && self.parts.hour.is_none()
            && next != Some(":")
            && next.and_then(unit).is_none()
        {
            // 19990101T23, 19990101T2359
            self.parts.hour = Some(whole(part(0, 2))?);
            if length == 4 {
                self.parts.minute = Some(whole(part(2, 4))?);
            }
        } else if length == 6 || length > 6 && text.find('.') == Some(6) {
            if self.numbers.len() == 0 && !text.contains('.') {
                for start in [0, 2, 4] {
                    self.numbers.text(part(start, start + 2), None)?;
                }
            } else {
                (self.parts.hour, self.parts.minute) = (Some(whole(part(0, 2))?), Some(whole(part(2, 4))?));
                self.seconds(part(4, length))?;
            }
        } else if matches!(length, 8 | 12 | 14) {
            self.numbers.text(part(0, 4), Some(Label::Year))?;
            self.numbers.text(part(4, 6), None)?;
            self.numbers.text(part(6, 8), None)?;
            if length > 8 {
                (self.parts.hour, self.parts.minute) = (Some(whole(part(8, 10))?), Some(whole(part(10, 12))?));
            }
            if length > 12 {
                self.parts.second = Some(whole(part(12, length))?);
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
        } else if next == Some(":") && self.token(at + 2).is_some() {
            self.clock(number)?;
        } else if let Some(separator @ ("-" | "/" | ".")) = next {
            self.date(text, separator)?;
        } else if next.is_none_or(is_jump) {
            if let Some(half) = self.token(at + 2).and_then(half) {
                // 12 am
                self.parts.hour = Some(in_half(number.whole, half));
                self.at += 1;
            } else {
                self.numbers.number(number.whole, !number.fraction.is_empty())?;
            }
            self.at += 1;
        } else if let Some(half) = next.and_then(half)
            && number.whole < 24
        {
            self.parts.hour = Some(in_half(number.whole, half));
            self.at += 1;
        } else if self.numbers.takes_day(number.whole)
            && (number.fraction.is_empty() || self.numbers.takes_day(number.whole + 1))
        {
            self.numbers.number(number.whole, !number.fraction.is_empty())?;
        } else {
            return None;
        }
        Some(())
    }

    /// `12.5` as seconds and their fraction, of which six digits count.
    fn seconds(&mut self, text: &str) -> Option<()> {
        let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let kept: String = fraction.chars().chain("000000".chars()).take(6).collect();
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        (self.parts.second, self.parts.microsecond) = (Some(whole(seconds)?), Some(whole(&kept)?));
        Some(())
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
    fn clock(&mut self, hour: Number<'_>) -> Option<()> {
        let at = self.at;
        let minute = Number::parse(self.token(at + 2)?)?;
        self.parts.hour = Some(hour.whole);
        (self.parts.minute, self.parts.second) = (Some(minute.whole), minute.sixtieths());
        if self.is(at + 3, ":")
            && let Some(second) = self.token(at + 4)
        {
            self.seconds(second)?;
            self.at += 2;
        }
        self.at += 2;
        Some(())
    }

    /// `01-02-03`, `01/Jan`, `1.2.`
    fn date(&mut self, first: &str, separator: &str) -> Option<()> {
        let at = self.at;
        self.numbers.text(first, None)?;
        if let Some(second) = self.token(at + 2).filter(|second| !is_jump(second)) {
            self.member(second)?;
            if self.is(at + 3, separator) {
                self.member(self.token(at + 4)?)?;
                self.at += 2;
            }
            self.at += 1;
        }
        self.at += 1;
        Some(())
    }

    fn member(&mut self, token: &str) -> Option<()> {
        match month(token) {
            Some(month) => self.numbers.month(month),
            None => self.numbers.text(token, None),
        }
    }
}

/// A whole number in digits.
fn whole(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
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

const DAYS: [&str; 7] =
    ["mon monday", "tue tuesday", "wed wednesday", "thu thursday", "fri friday", "sat saturday", "sun sunday"];

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

fn month(token: &str) -> Option<i64> {
    place(&MONTHS, token).and_then(|place| i64::try_from(place + 1).ok())
}

fn half(token: &str) -> Option<Half> {
    place(&["am a", "pm p"], token).map(|place| if place == 0 { Half::Morning } else { Half::Afternoon })
}

fn unit(token: &str) -> Option<Unit> {
    let units = [Unit::Hour, Unit::Minute, Unit::Second];
    units.get(place(&["h hour hours", "m minute minutes", "s second seconds"], token)?).copied()
}

/// Whether a word is a name of UTC.
pub fn is_utc(token: &str) -> bool {
    place(&["utc gmt z"], token).is_some()
}

/// What dateutil passes over.
fn is_jump(token: &str) -> bool {
    matches!(token, " " | "." | "," | ";" | "-" | "/" | "'")
        || place(&["at on and ad m t of st nd rd th"], token).is_some()
}
