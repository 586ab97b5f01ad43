//! Texts that dateutil reads as dates and times, in the shapes whose reading is beyond doubt.
//!
//! dateutil guesses at almost anything; only full numeric dates with a four-digit year, clock times, and texts that
//! start with a word it cannot know are answered here. Source: dateutil 2.9, observed.

use crate::python::datetime::{Date, DateTime, Time};
use crate::python::{Outcome, Stop};

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The day; a text without one means the server's own today.
    pub date: Option<Date>,
    /// The time of day; midnight when the text has none.
    pub time: Time,
}

/// Reads a text. The inner error is the message of dateutil's `ParserError`.
///
/// # Errors
/// `Unsupported` for a shape whose reading is not certain.
pub fn read(text: &str, day_first: bool) -> Outcome<Result<Reading, String>> {
    if text.is_empty() {
        return Ok(Err("String does not contain a date: ".to_owned()));
    }
    if starts_with_unknown_word(text) || is_days_and_clock(text) {
        return Ok(Err(format!("Unknown string format: {text}")));
    }
    let unsure = || Stop::unsupported("reading a date or time in this form");
    let (day, clock) = match text.split_once([' ', 'T']) {
        Some((day, clock)) if !day.contains(':') => (Some(day), Some(clock)),
        _ if text.contains(':') => (None, Some(text)),
        _ => (Some(text), None),
    };
    let day = day.map(|day| numeric_date(day, day_first).ok_or_else(unsure)).transpose()?;
    let clock = clock.map(|clock| clock_time(clock).ok_or_else(unsure)).transpose()?;
    let (hour, minute, second, microsecond) = clock.unwrap_or((0, 0, 0, 0));
    // The order in which datetime.replace() looks at its arguments.
    let date = match day {
        Some((_, month, _)) if !(1..=12).contains(&month) => {
            return Ok(Err(format!("month must be in 1..12: {text}")));
        }
        Some((year, month, day)) => match Date::new(year, month, day) {
            Some(date) => Some(date),
            None => return Ok(Err(format!("day is out of range for month: {text}"))),
        },
        None => None,
    };
    Ok(match Time::new(hour, minute, second, microsecond) {
        Some(time) => Ok(Reading { date, time }),
        None if hour > 23 => Err(format!("hour must be in 0..23: {text}")),
        None if minute > 59 => Err(format!("minute must be in 0..59: {text}")),
        None => Err(format!("second must be in 0..59: {text}")),
    })
}

impl Reading {
    /// The moment.
    ///
    /// # Errors
    /// `Unsupported` for a text without a day: the server then takes the day of its own operating system's clock, which
    /// need not be in the site's time zone.
    pub fn moment(self) -> Outcome<DateTime> {
        let date = self.date.ok_or_else(|| Stop::unsupported("a time without a day"))?;
        Ok(DateTime { date, time: self.time })
    }
}

/// `2026-11-20`, `2026/11/20`, `20/11/2026`, `11.20.2026` as year, month, day.
fn numeric_date(text: &str, day_first: bool) -> Option<(i32, u32, u32)> {
    let separator = text.chars().find(|character| !character.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let mut parts = text.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (a, b, c) = (digits(first)?, digits(second)?, digits(third)?);
    let (year, month, day) = match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) if day_first && c <= 12 => (a, c, b),
        (4, 1..=2, 1..=2) => (a, b, c),
        (1..=2, 1..=2, 4) if a > 31 => return None,
        (1..=2, 1..=2, 4) if a > 12 || day_first && b <= 12 => (c, b, a),
        (1..=2, 1..=2, 4) => (c, a, b),
        _ => return None,
    };
    // dateutil takes a number above 31 for a year and above 12 for a day in places; such texts are not certain.
    let certain = year >= 1000 && month <= 99 && day <= 99;
    certain.then_some((i32::try_from(year).ok()?, month, day))
}

/// `9:05`, `09:05:00.25`, `10:30 PM` as hour, minute, second, microsecond.
fn clock_time(text: &str) -> Option<(u32, u32, u32, u32)> {
    let (text, half) = match text.get(text.len().checked_sub(2)?..) {
        Some(half) if half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm") => {
            let clock = text.strip_suffix(half)?;
            (clock.strip_suffix(' ').unwrap_or(clock), Some(half.to_ascii_lowercase()))
        }
        _ => (text, None),
    };
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(clock, fraction)| (clock, Some(fraction)));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || (fraction.is_some() && second.is_none()) || hour.len() > 3 {
        return None;
    }
    let two = |text: &str| if text.len() <= 2 { digits(text) } else { None };
    let (hour, minute, second) = (digits(hour)?, two(minute)?, second.map_or(Some(0), two)?);
    let microsecond = match fraction {
        None => 0,
        // Digits beyond the sixth are cut off.
        Some(fraction) => {
            digits(fraction.get(..1)?)?;
            let kept: String = fraction.chars().chain("000000".chars()).take(6).collect();
            fraction.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits(&kept))??
        }
    };
    let hour = match half.as_deref() {
        None => hour,
        Some(_) if hour > 12 => return None,
        Some("am") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    Some((hour, minute, second, microsecond))
}

fn digits(text: &str) -> Option<u32> {
    let plain = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Whether the text begins with a word of ASCII letters that dateutil has no meaning for: it then reads no further.
fn starts_with_unknown_word(text: &str) -> bool {
    let end = text.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(text.len());
    let (Some(word), Some(rest)) = (text.get(..end), text.get(end..)) else { return false };
    // A point or another letter would belong to the word.
    let ends = rest.chars().next().is_none_or(|next| next.is_ascii_digit() || matches!(next, ' ' | '-' | '/' | ':'));
    !word.is_empty() && ends && KNOWN_WORDS.binary_search(&word.to_ascii_lowercase().as_str()).is_err()
}

/// `1 day, 2:30:00`: how Python writes a difference; dateutil knows no "day".
fn is_days_and_clock(text: &str) -> bool {
    let Some((days, rest)) = text.split_once(' ') else { return false };
    digits(days).is_some() && (rest.starts_with("day, ") || rest.starts_with("days, "))
}

/// Words that mean something to dateutil (or to `float()`), sorted.
const KNOWN_WORDS: [&str; 69] = [
    "a",
    "ad",
    "am",
    "and",
    "apr",
    "april",
    "at",
    "aug",
    "august",
    "d",
    "dec",
    "december",
    "feb",
    "february",
    "fri",
    "friday",
    "gmt",
    "h",
    "hour",
    "hours",
    "inf",
    "infinity",
    "jan",
    "january",
    "jul",
    "july",
    "jun",
    "june",
    "m",
    "mar",
    "march",
    "may",
    "minute",
    "minutes",
    "mon",
    "monday",
    "nan",
    "nd",
    "nov",
    "november",
    "oct",
    "october",
    "of",
    "on",
    "p",
    "pm",
    "rd",
    "s",
    "sat",
    "saturday",
    "second",
    "seconds",
    "sep",
    "sept",
    "september",
    "st",
    "sun",
    "sunday",
    "t",
    "th",
    "thu",
    "thursday",
    "tue",
    "tuesday",
    "utc",
    "wed",
    "wednesday",
    "y",
    "z",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read_plain(text: &str) -> Option<Result<String, String>> {
        match read(text, false) {
            Ok(Ok(reading)) => Some(Ok(format!(
                "{} {}",
                reading.date.map_or_else(|| "-".to_owned(), |date| date.to_string()),
                reading.time
            ))),
            Ok(Err(message)) => Some(Err(message)),
            Err(_) => None,
        }
    }

    /// Expectations from dateutil 2.9.0.
    #[test]
    fn certain_shapes_are_read_as_dateutil_reads_them() {
        for (text, expected) in [
            ("2026-11-20", "2026-11-20 00:00:00"),
            ("2026/1/5", "2026-01-05 00:00:00"),
            ("11/25/2026", "2026-11-25 00:00:00"),
            ("03/04/2026", "2026-03-04 00:00:00"),
            ("25.11.2026", "2026-11-25 00:00:00"),
            ("2026-11-25T14:05:00.1234567", "2026-11-25 14:05:00.123456"),
            ("12:00 am", "- 00:00:00"),
            ("10:30PM", "- 22:30:00"),
            ("1:2:3.5", "- 01:02:03.500000"),
        ] {
            assert_eq!(read_plain(text), Some(Ok(expected.to_owned())), "{text}");
        }
        assert_eq!(read("03/04/2026", true).unwrap().unwrap().date, Date::new(2026, 4, 3));
        assert_eq!(read("2026-11-10", true).unwrap().unwrap().date, Date::new(2026, 10, 11));
    }

    #[test]
    fn failures_have_dateutils_words() {
        for (text, expected) in [
            ("", "String does not contain a date: "),
            ("abc", "Unknown string format: abc"),
            ("2026-13-01", "month must be in 1..12: 2026-13-01"),
            ("2026-02-30", "day is out of range for month: 2026-02-30"),
            ("2026-11-20 24:00:00", "hour must be in 0..23: 2026-11-20 24:00:00"),
            ("100:00:00", "hour must be in 0..23: 100:00:00"),
            ("1 day, 2:30:00", "Unknown string format: 1 day, 2:30:00"),
        ] {
            assert_eq!(read_plain(text), Some(Err(expected.to_owned())), "{text}");
        }
    }

    #[test]
    fn other_shapes_are_not_guessed() {
        for text in ["Nov 2026", "2026", "26-11-25", "20261120", "2026-11-25T14:05:00Z", "5", "10h30", "may", " "] {
            assert_eq!(read_plain(text), None, "{text}");
        }
        assert!(KNOWN_WORDS.is_sorted());
    }
}
