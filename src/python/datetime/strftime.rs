//! `strftime` in the C locale with the directives and flags of glibc, as CPython 3.11 calls it.

use std::fmt::Write as _;

use super::super::{Budget, Outcome, Stop, Value};
use super::{Date, DateTime, Time};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `value.strftime(format)` of a date, a datetime or a time.
///
/// # Errors
/// `Unsupported` for what depends on the server (`%s`), on glibc's version (years before 1000) or on no standard.
pub fn strftime(value: &Value, format: &str, budget: &Budget) -> Outcome<String> {
    let moment = match value {
        Value::Date(date) => DateTime { date: *date, time: Time::from_microseconds(0) },
        Value::DateTime(moment) => *moment,
        // A time is shown on the first day of 1900.
        Value::Time(time) => DateTime { date: Date { year: 1900, month: 1, day: 1 }, time: *time },
        _ => return Err(Stop::unsupported("strftime")),
    };
    if format.contains('\0') {
        return Err(Stop::unsupported("strftime of a null character"));
    }
    budget.bytes(format.len())?;
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        rest = directive(&mut text, moment, after, budget)?;
    }
    text.push_str(rest);
    budget.bytes(text.len())?;
    Ok(text)
}

/// How a directive is padded.
#[derive(Default)]
struct Flags {
    pad: Option<char>,
    upper: bool,
    swap: bool,
    width: Option<usize>,
}

/// Writes one directive (without its `%`) and answers what follows it.
fn directive<'a>(text: &mut String, moment: DateTime, after: &'a str, budget: &Budget) -> Outcome<&'a str> {
    // Python replaces these three itself, and only without flags.
    if let Some(rest) = after.strip_prefix('f') {
        let _ = write!(text, "{:06}", moment.time.microsecond);
        return Ok(rest);
    }
    if let Some(rest) = after.strip_prefix(['z', 'Z']) {
        return Ok(rest);
    }
    let mut flags = Flags::default();
    let mut rest = after;
    while let Some(flag) = rest.chars().next().filter(|flag| "_-0^#".contains(*flag)) {
        match flag {
            '^' => flags.upper = true,
            '#' => flags.swap = true,
            pad => flags.pad = Some(pad),
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    let digits = rest.len() - rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    if digits > 0 {
        let width = rest.get(..digits).and_then(|width| width.parse().ok());
        flags.width = Some(width.filter(|width| *width < 10_000).ok_or(Stop::Limit("limit/bytes"))?);
        rest = rest.get(digits..).unwrap_or_default();
    }
    let Some(letter) = rest.chars().next() else {
        return Err(Stop::unsupported("strftime of a lone %"));
    };
    if flags.pad == Some('-') && flags.width.is_some() {
        return Err(Stop::unsupported("strftime with '-' and a width"));
    }
    budget.bytes(flags.width.unwrap_or(0))?;
    write_directive(text, moment, letter, &flags)?;
    Ok(rest.get(letter.len_utf8()..).unwrap_or_default())
}

fn write_directive(text: &mut String, moment: DateTime, letter: char, flags: &Flags) -> Outcome<()> {
    let DateTime { date, time } = moment;
    let twelve = if time.hour % 12 == 0 { 12 } else { time.hour % 12 };
    let year_day = date.day_of_year();
    let weekday = i64::from(date.weekday());
    let (iso_year, iso_week, _) = date.iso_calendar();
    let mut number = |value: i64, width: usize, pad: char| push_number(text, value, width, pad, flags);
    match letter {
        'd' => number(date.day.into(), 2, '0'),
        'e' => number(date.day.into(), 2, ' '),
        'm' => number(date.month.into(), 2, '0'),
        'y' => number(i64::from(date.year % 100), 2, '0'),
        'Y' | 'C' | 'G' | 'F' | 'D' | 'c' | 'x' if date.year < 1000 || iso_year < 1000 => {
            return Err(Stop::unsupported("strftime of a year before 1000"));
        }
        'Y' => number(date.year.into(), 4, '0'),
        'C' => number(i64::from(date.year / 100), 2, '0'),
        'G' => number(iso_year.into(), 4, '0'),
        'g' => number(i64::from(iso_year.rem_euclid(100)), 2, '0'),
        'V' => number(iso_week, 2, '0'),
        'U' => number((year_day + 6 - (weekday + 1) % 7) / 7, 2, '0'),
        'W' => number((year_day + 6 - weekday) / 7, 2, '0'),
        'j' => number(year_day, 3, '0'),
        'u' => number(weekday + 1, 1, '0'),
        'w' => number((weekday + 1) % 7, 1, '0'),
        'H' => number(time.hour.into(), 2, '0'),
        'I' => number(twelve.into(), 2, '0'),
        'k' => number(time.hour.into(), 2, ' '),
        'l' => number(twelve.into(), 2, ' '),
        'M' => number(time.minute.into(), 2, '0'),
        'S' => number(time.second.into(), 2, '0'),
        'a' => push_text(text, day_name(date).get(..3).unwrap_or_default(), flags),
        'A' => push_text(text, day_name(date), flags),
        'b' | 'h' => push_text(text, month_name(date).get(..3).unwrap_or_default(), flags),
        'B' => push_text(text, month_name(date), flags),
        'p' if flags.swap => {
            push_text(text, if time.hour < 12 { "am" } else { "pm" }, &Flags { swap: false, ..*flags })
        }
        'p' => push_text(text, if time.hour < 12 { "AM" } else { "PM" }, flags),
        'P' => {
            push_text(text, if time.hour < 12 { "am" } else { "pm" }, &Flags { swap: false, upper: false, ..*flags });
        }
        'n' if flags.is_plain() => text.push('\n'),
        't' if flags.is_plain() => text.push('\t'),
        '%' if flags.is_plain() => text.push('%'),
        'F' if flags.is_plain() => several(text, moment, "Y-m-d")?,
        'D' | 'x' if flags.is_plain() => several(text, moment, "m/d/y")?,
        'T' | 'X' if flags.is_plain() => several(text, moment, "H:M:S")?,
        'R' if flags.is_plain() => several(text, moment, "H:M")?,
        'r' if flags.is_plain() => several(text, moment, "I:M:S p")?,
        'c' if flags.is_plain() => several(text, moment, "a b e H:M:S Y")?,
        _ => return Err(Stop::unsupported(format!("strftime %{letter}"))),
    }
    Ok(())
}

impl Flags {
    fn is_plain(&self) -> bool {
        self.pad.is_none() && !self.upper && !self.swap && self.width.is_none()
    }
}

/// The directives named by the letters of `pattern`; everything else stands for itself.
fn several(text: &mut String, moment: DateTime, pattern: &str) -> Outcome<()> {
    for character in pattern.chars() {
        if character.is_ascii_alphabetic() {
            write_directive(text, moment, character, &Flags::default())?;
        } else {
            text.push(character);
        }
    }
    Ok(())
}

fn day_name(date: Date) -> &'static str {
    usize::try_from(date.weekday()).ok().and_then(|day| WEEKDAYS.get(day)).copied().unwrap_or_default()
}

fn month_name(date: Date) -> &'static str {
    let month = date.month.checked_sub(1).and_then(|month| usize::try_from(month).ok());
    month.and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
}

fn push_number(text: &mut String, value: i64, width: usize, pad: char, flags: &Flags) {
    let digits = value.to_string();
    let pad = match flags.pad {
        Some('_') => ' ',
        Some('0') => '0',
        Some('-') => return text.push_str(&digits),
        _ => pad,
    };
    push_padded(text, &digits, flags.width.unwrap_or(width).max(width), pad);
}

fn push_text(text: &mut String, name: &str, flags: &Flags) {
    let name = if flags.upper || flags.swap { name.to_ascii_uppercase() } else { name.to_owned() };
    let pad = if flags.pad == Some('0') { '0' } else { ' ' };
    push_padded(text, &name, flags.width.unwrap_or(0), pad);
}

fn push_padded(text: &mut String, content: &str, width: usize, pad: char) {
    text.extend(std::iter::repeat_n(pad, width.saturating_sub(content.len())));
    text.push_str(content);
}
