//! Date patterns (`d MMMM y`, `HH:mm`), as Babel applies them. Source: Babel 2.12.1, observed; Unicode TR 35.

use super::super::errors::no_attribute;
use super::super::rounding;
use super::locale::{List, Locale};
use crate::python::datetime::{Date, Time, Zone};
use crate::python::{Budget, Outcome, Stop, Value};

/// Letters that stand for a field; all others are text.
const FIELDS: &str = "GyYuQqMLwWdDFgEecabBhHKkmsSAzZOvVxX";

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// A letter, repeated so many times.
    Field(char, usize),
    Text(String),
}

/// What is written: a day, a time of day or both, and the zone of a time; naive times are in UTC for Babel.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The day.
    pub date: Option<Date>,
    /// The time of day.
    pub time: Option<Time>,
    /// A zone other than UTC.
    pub zone: Option<&'a Zone>,
}

impl Moment<'_> {
    /// A day alone.
    pub fn day(date: Date) -> Self {
        Self { date: Some(date), time: None, zone: None }
    }
}

/// Writes a moment after a pattern.
///
/// # Errors
/// What Babel raises for a field of a length that it does not know, and for a part that the moment does not have;
/// `Unsupported` for a field that this engine does not write.
pub fn apply(pattern: &str, moment: Moment<'_>, locale: Locale, budget: &Budget) -> Outcome<String> {
    budget.bytes(pattern.len())?;
    let mut text = String::new();
    for piece in pieces(pattern)? {
        match piece {
            Piece::Text(literal) => text.push_str(&literal),
            Piece::Field(letter, length) => text.push_str(&Writer { moment, locale, budget }.field(letter, length)?),
        }
    }
    Ok(text)
}

/// Whether a pattern writes numbers alone, which no language changes.
pub fn is_numeric(pattern: &str) -> bool {
    let mut months = 0;
    pattern.chars().all(|letter| {
        months = if letter == 'M' { months + 1 } else { 0 };
        months < 3 && (!letter.is_ascii_alphabetic() || "yMdHms".contains(letter)) && letter != '\''
    })
}

fn pieces(pattern: &str) -> Outcome<Vec<Piece>> {
    let mut pieces = Vec::new();
    let (mut quote, mut text, mut field): (Option<String>, String, Option<(char, usize)>) = (None, String::new(), None);
    let flush_text = |pieces: &mut Vec<Piece>, text: &mut String| {
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(text).replace('\0', "'")));
        }
    };
    for letter in pattern.replace("''", "\0").chars() {
        match (&mut quote, letter) {
            (Some(quoted), '\'') => {
                text.push_str(quoted);
                quote = None;
            }
            (Some(quoted), letter) => quoted.push(letter),
            (None, '\'') => {
                match field.take() {
                    Some((letter, length)) => pieces.push(Piece::Field(letter, length)),
                    None => flush_text(&mut pieces, &mut text),
                }
                quote = Some(String::new());
            }
            (None, letter) if FIELDS.contains(letter) => {
                flush_text(&mut pieces, &mut text);
                match &mut field {
                    Some((last, length)) if *last == letter => *length += 1,
                    _ => {
                        let before = field.replace((letter, 1));
                        pieces.extend(before.map(|(letter, length)| Piece::Field(letter, length)));
                    }
                }
            }
            (None, letter) => {
                pieces.extend(field.take().map(|(letter, length)| Piece::Field(letter, length)));
                text.push(letter);
            }
        }
    }
    // What stands in a quote that is not closed is lost.
    match field {
        Some((letter, length)) => pieces.push(Piece::Field(letter, length)),
        None => flush_text(&mut pieces, &mut text),
    }
    for piece in &pieces {
        if let Piece::Field(letter, length) = piece
            && !is_length(*letter, *length)
        {
            let field = letter.to_string().repeat(*length);
            return Err(Stop::value_error(format!("Invalid length for field: '{field}'")));
        }
    }
    Ok(pieces)
}

/// Whether Babel knows a field of that length.
fn is_length(letter: char, length: usize) -> bool {
    match letter {
        'y' | 'Y' | 'u' | 'g' | 'S' | 'A' => true,
        'w' | 'd' | 'h' | 'H' | 'K' | 'k' | 'm' | 's' => length <= 2,
        'W' | 'F' => length == 1,
        'D' => length <= 3,
        'E' | 'e' => length <= 6,
        'c' => matches!(length, 1 | 3..=6),
        'z' | 'V' => length <= 4,
        'O' | 'v' => matches!(length, 1 | 4),
        _ => length <= 5,
    }
}

/// Wide (0), abbreviated (1) or narrow (2) by the length of a field.
fn width(length: usize) -> usize {
    match length {
        4 => 0,
        5 => 2,
        _ => 1,
    }
}

struct Writer<'a> {
    moment: Moment<'a>,
    locale: Locale,
    budget: &'a Budget,
}

impl Writer<'_> {
    fn number(&self, value: i64, length: usize) -> Outcome<String> {
        self.budget.bytes(length)?;
        Ok(format!("{value:0length$}"))
    }

    fn name(&self, list: List, place: u32) -> Outcome<String> {
        Ok(self.locale.entry(list, usize::try_from(place).unwrap_or(usize::MAX))?.to_owned())
    }

    /// The day, of which the attribute is asked.
    fn date(&self, attribute: &str) -> Outcome<Date> {
        self.moment.date.ok_or_else(|| no_attribute("datetime.time", attribute))
    }

    fn time(&self, attribute: &str) -> Outcome<Time> {
        self.moment.time.ok_or_else(|| no_attribute("datetime.date", attribute))
    }

    fn field(&self, letter: char, length: usize) -> Outcome<String> {
        let time = |attribute: &str| self.time(attribute);
        match letter {
            'G' if length <= 3 => self.date("year").and_then(|_| self.name(List::ERA, 0)),
            'y' | 'u' => self.year(self.date("year")?.year, length),
            'Y' => self.year(self.date("year")?.iso_calendar().0, length),
            'Q' | 'q' if length <= 2 => self.number(i64::from((self.date("month")?.month - 1) / 3) + 1, length),
            'Q' if length == 3 => self.name(List::QUARTERS, (self.date("month")?.month - 1) / 3),
            'M' | 'L' if length <= 2 => self.number(self.date("month")?.month.into(), length),
            'M' | 'L' => self.name(List::months(letter == 'L', width(length)), self.date("month")?.month - 1),
            'w' | 'D' if self.moment.date.is_none() => {
                Err(Stop::type_error("'month' is an invalid keyword argument for replace()"))
            }
            'w' => self.week(self.date("day")?, true).and_then(|week| self.number(week, length)),
            'W' => self.week(self.date("day")?, false).map(|week| week.to_string()),
            'd' => self.number(self.date("day")?.day.into(), length),
            'D' => self.number(self.date("day")?.day_of_year(), length),
            'F' => Ok(((self.date("day")?.day - 1) / 7 + 1).to_string()),
            'E' | 'e' | 'c' => self.weekday(self.date("weekday")?, letter, length),
            'a' if length <= 3 => self.name(List::PERIODS, u32::from(time("hour")?.hour >= 12)),
            'B' if length <= 3 => {
                let time = time("tzinfo")?;
                let place = match (time.hour, time.minute, time.second) {
                    (0, 0, 0) => 24,
                    (12, 0, 0) => 25,
                    (0, ..) => return Err(Stop::unsupported("B in the first hour of a day")),
                    (hour, ..) => hour,
                };
                self.name(List::PARTS, place)
            }
            'h' => self.number(((time("hour")?.hour + 11) % 12 + 1).into(), length),
            'H' => self.number(time("hour")?.hour.into(), length),
            'K' => self.number((time("hour")?.hour % 12).into(), length),
            // Only midnight differs from `H`.
            'k' => self.number(Some(time("hour")?.hour).filter(|hour| *hour > 0).unwrap_or(24).into(), length),
            'm' => self.number(time("minute")?.minute.into(), length),
            's' => self.number(time("second")?.second.into(), length),
            'S' => self.fraction(time("microsecond")?.microsecond, length),
            'A' => {
                let time = time("microsecond")?;
                let seconds = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second);
                self.number(seconds * 1000 + i64::from(time.microsecond / 1000), length)
            }
            'g' => Err(Stop::raise("KeyError", "\"Unsupported date/time field 'g'\"")),
            'z' | 'Z' | 'O' | 'x' | 'X' => self.zone(letter, length),
            'v' | 'V' if self.moment.time.is_none() => Err(no_attribute("datetime.date", "tzinfo")),
            _ => Err(Stop::unsupported(format!("{} in a date pattern", letter.to_string().repeat(length.min(9))))),
        }
    }

    fn year(&self, year: i32, length: usize) -> Outcome<String> {
        let text = self.number(year.into(), length)?;
        Ok(if length == 2 { text.get(text.len().saturating_sub(2)..).unwrap_or(&text).to_owned() } else { text })
    }

    fn weekday(&self, date: Date, letter: char, length: usize) -> Outcome<String> {
        if length < 3 && letter != 'E' {
            let first = self.locale.week()?.0;
            return self.number((7 - first + i64::from(date.weekday())) % 7 + 1, length);
        }
        let width = if length == 6 { 3 } else { width(length) };
        self.name(List::days(letter == 'c', width), date.weekday())
    }

    /// The week of the year or of the month, in the language's way of counting.
    fn week(&self, date: Date, of_year: bool) -> Outcome<i64> {
        let place = |date: Date| if of_year { date.day_of_year() } else { i64::from(date.day) };
        let week = self.week_number(date, date, place(date))?;
        if week != 0 {
            return Ok(week);
        }
        // The last week of the year or month before. Babel asks the year of the date itself how long it is.
        let before = Date::from_ordinal(date.ordinal() - place(date));
        let before = before.ok_or_else(|| Stop::raise("OverflowError", "date value out of range"))?;
        self.week_number(date, before, place(before))
    }

    fn week_number(&self, own: Date, date: Date, place: i64) -> Outcome<i64> {
        let (first, least) = self.locale.week()?;
        let offset = (i64::from(date.weekday()) - first - place + 1).rem_euclid(7);
        let mut week = (place + offset - 1) / 7 + i64::from(7 - offset >= least);
        if first == 0 {
            let longest = Date::new(own.year, 12, 28).map_or(53, |date| date.iso_calendar().1);
            if week > longest {
                week -= longest;
            }
        }
        Ok(week)
    }

    /// Fractional seconds, computed with floats as Babel does: `29` hundredths may become `28`.
    fn fraction(&self, microsecond: u32, length: usize) -> Outcome<String> {
        let Some(digits) = i64::try_from(length).ok().filter(|digits| *digits <= 15) else {
            return Err(Stop::unsupported("more than 15 S in a date pattern"));
        };
        let value = Value::Float(f64::from(microsecond) / 1_000_000.0);
        let Value::Float(rounded) = rounding::round(&value, Some(digits), self.budget)? else {
            return Err(Stop::unsupported("S in a date pattern"));
        };
        #[allow(clippy::cast_possible_truncation, reason = "below 1e15")]
        let number = (rounded * 10_f64.powi(i32::try_from(digits).unwrap_or(0))) as i64;
        self.number(number, length)
    }

    fn zone(&self, letter: char, length: usize) -> Outcome<String> {
        if letter == 'z' && self.moment.time.is_none() {
            return Err(no_attribute("datetime.date", "tzname"));
        }
        let offset = self.moment.zone.map_or(0, Zone::offset);
        // Babel takes the minutes of a distance before Greenwich from the hour below.
        let (hours, minutes) = (offset.div_euclid(3600), offset.rem_euclid(3600) / 60);
        let narrow = || format!("{hours:+03}{minutes:02}");
        let colon = || format!("{hours:+03}:{minutes:02}");
        let is_utc = self.moment.zone.is_none_or(|zone| matches!(zone, Zone::Utc | Zone::Read));
        Ok(match (letter, length) {
            ('z', 4) if is_utc => self.locale.entry(List::UTC, 1)?.to_owned(),
            ('z', _) if is_utc => self.locale.entry(List::UTC, 0)?.to_owned(),
            ('Z' | 'O', 4) if offset == 0 => self.locale.entry(List::UTC, 2)?.to_owned(),
            ('z', _) | ('Z' | 'O', 4) => return Err(Stop::unsupported("the name of a time zone in a date pattern")),
            // Babel forgets to write this one.
            ('O', _) => "None".to_owned(),
            ('Z', 5) | ('X', _) if offset == 0 => "Z".to_owned(),
            ('Z', 5) => colon(),
            ('Z', _) => narrow(),
            (_, 1) if offset % 3600 == 0 => format!("{hours:+03}"),
            (_, 1 | 2 | 4) => narrow(),
            _ => colon(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::locale::for_tests;
    use super::*;

    fn written(pattern: &str, code: &str) -> Outcome<String> {
        let moment = Moment { date: Date::new(2026, 3, 5), time: Time::new(14, 5, 9, 290_000), zone: None };
        apply(pattern, moment, for_tests(code), &Budget::default())
    }

    /// Expectations from Babel 2.12.1.
    #[test]
    fn patterns_are_written_as_babel_writes_them() {
        for (pattern, expected) in [
            ("EEEE d MMMM y à H:mm", "jeudi 5 mars 2026 à 14:05"),
            ("d MMM 'à' HH'h'mm", "5 mars à 14h05"),
            ("yy M D", "26 3 64"),
            ("h:mm a", "2:05 PM"),
            ("y''MM", "2026'03"),
            ("'d''d' d", "d'd 5"),
            ("d 'x", "5 "),
            ("w W e c QQQ G", "10 2 4 4 T1 ap. J.-C."),
            ("SS SSS A k", "28 290 50709290 14"),
            ("z Z ZZZZ O X x xxx", "TU +0000 UTC+00:00 None Z +00 +00:00"),
        ] {
            assert_eq!(written(pattern, "fr").unwrap(), expected, "{pattern}");
        }
    }

    #[test]
    fn what_babel_refuses_is_refused_in_its_words() {
        for (pattern, expected) in [
            ("MMMMMM", "Invalid length for field: 'MMMMMM'"),
            ("cc", "Invalid length for field: 'cc'"),
            ("g", "\"Unsupported date/time field 'g'\""),
        ] {
            assert!(matches!(written(pattern, "fr"), Err(Stop::Raise(error)) if error.message == expected));
        }
        let day = Moment::day(Date { year: 2026, month: 3, day: 5 });
        let answer = apply("d HH", day, for_tests("fr"), &Budget::default());
        assert_eq!(answer, Err(no_attribute("datetime.date", "hour")));
        assert!(matches!(written("B", "fr"), Err(Stop::Unsupported(_))));
    }
}
